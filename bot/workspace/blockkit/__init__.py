"""A strict judge of Block Kit payloads: says what Slack would refuse, before Slack has to.

`check_message` and `check_view` are pure: JSON in, a list of `Problem` out, empty when Slack would take it.
"""

from bot.workspace.blockkit.limits import LIMITS, SOURCES
from bot.workspace.blockkit.message import check_message
from bot.workspace.blockkit.schema import Problem
from bot.workspace.blockkit.view import check_view

__all__ = ["LIMITS", "SOURCES", "Problem", "check_message", "check_view"]
