"""How the installation is: who plans, and what the hourly look at everything found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LATE = timedelta(seconds=45)
"""Three ticks without a finished one: then promises may slip without word."""

AUDIT_LATE = timedelta(hours=2, minutes=5)
"""Two audits were missed."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last tick that any worker finished: `by` is its host and process, `at` wall time, UTC."""

    by: str
    at: datetime

    def is_late(self, wall_now: datetime) -> bool:
        """Tell whether that is more than three ticks ago, or as far ahead: then clocks do not agree, or one was set."""
        return abs(wall_now - self.at) > LATE


class Orphan(StrEnum):
    """A kind of thing that no plan would ever find again, or that people have to see to; there should be none."""

    PROMISE = "promise_without_step"
    REQUEST = "request_without_clock"
    MESSAGE = "message_overdue"
    ABSENCE = "absence_not_ended"
    PAUSE = "pause_without_end"
    UNPLANNED = "not_planned"
    AIM = "aim_by_the_clock"
    HOURS = "hours_end"


WORDS: Mapping[Orphan, tuple[str, str]] = {
    Orphan.PROMISE: ("1 open promise had no next step", "{} open promises had no next step"),
    Orphan.REQUEST: ("1 request of ours had no clock", "{} requests of ours had no clock"),
    Orphan.MESSAGE: (
        "1 message should have left more than ten minutes ago",
        "{} messages should have left more than ten minutes ago",
    ),
    Orphan.ABSENCE: ("1 absence was over, and nobody had noticed", "{} absences were over, and nobody had noticed"),
    Orphan.PAUSE: ("1 pause had no end", "{} pauses had no end"),
    Orphan.UNPLANNED: (
        "1 promise, aim, pause or return could not be planned",
        "{} promises, aims, pauses or returns could not be planned",
    ),
    Orphan.AIM: (
        "1 aim found no working time and counts by the clock",
        "{} aims found no working time and count by the clock",
    ),
    Orphan.HOURS: ("the team's working hours end soon, or have ended",) * 2,
}


@dataclass(frozen=True, slots=True)
class Audit:
    """One look at everything: how many of each kind were found, and how many of those were mended. `at` is wall time.

    Kinds of which there was none are left out.
    """

    at: datetime
    found: Mapping[Orphan, int] = field(default_factory=dict)
    mended: Mapping[Orphan, int] = field(default_factory=dict)

    @property
    def left(self) -> dict[Orphan, int]:
        """What was found and could not be mended."""
        left = {kind: count - self.mended.get(kind, 0) for kind, count in self.found.items()}
        return {kind: count for kind, count in left.items() if count > 0}

    def is_late(self, wall_now: datetime) -> bool:
        """Tell whether two more should have come since."""
        return abs(wall_now - self.at) > AUDIT_LATE


@dataclass(frozen=True, slots=True)
class Audits:
    """The last look at everything, and the last one that found anything (it may be the same)."""

    last: Audit
    finding: Audit | None = None


def in_words(found: Mapping[Orphan, int]) -> str:
    """Return counts by kind as one phrase: "1 pause had no end and 2 requests of ours had no clock"."""
    phrases = [WORDS[kind][count != 1].format(count) for kind, count in found.items()]
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)


@dataclass(frozen=True, slots=True)
class Health:
    """What `/readyz` and `/headsup status` without tokens say: each problem is a sentence.

    `tick_age_s` is how long ago any worker finished planning, in wall time; None while none runs. `audits` are what the
    hourly look at everything found, None before the first one.
    """

    ready: bool
    problems: tuple[str, ...] = ()
    outbox_waiting: int = 0
    oldest_waiting_s: float = 0.0
    tick_age_s: float | None = None
    audits: Audits | None = None
