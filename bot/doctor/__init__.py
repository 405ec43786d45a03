"""`headsup doctor`: is everything in place, and if not, what cures it."""

from bot.doctor.examining import examine, exit_code, show
from bot.doctor.finding import Finding, Level

__all__ = ["Finding", "Level", "examine", "exit_code", "show"]
