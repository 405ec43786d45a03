"""How the installation is: who plans, and what the audit found."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LATE = timedelta(seconds=45)
"""Three ticks without a finished one: then promises may slip without word."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last tick that any worker finished: `by` is its host and process, `at` wall time, UTC."""

    by: str
    at: datetime

    def is_late(self, wall_now: datetime) -> bool:
        """Tell whether that is more than three ticks ago, or as far ahead: then clocks do not agree, or one was set."""
        return abs(wall_now - self.at) > LATE
