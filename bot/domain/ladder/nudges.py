"""Nudges: what they are about, when several share one message, and under which key each exists at most once."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ladder.ladders import Ladder, Rung, RungKind
from bot.domain.working_time import WorkingTime

__all__ = ["Ladder", "Rung", "RungKind"]
__all__ += ["BUNDLE_MOST", "BUNDLE_WINDOW", "PILE_MOST", "SNOOZE", "Subject", "nudge_key", "snooze_until"]

BUNDLE_WINDOW = timedelta(seconds=60)
"""A nudge may wait this long for another one to the same person."""

BUNDLE_MOST = 10
"""Promises named in one message."""

PILE_MOST = 50
"""What the team's channel hears of in one message: the few that press most, and how many more there are."""

SNOOZE = timedelta(minutes=30)
"""How much working time a snooze lasts, unless the due time is nearer: then half of what is left."""


class Subject(StrEnum):
    """What a nudge is about; with an id and a revision it makes the nudge's key."""

    PROMISE = "promise"
    TARGET = "target"
    REPLY = "reply"
    REQUEST = "request"


def snooze_until(now: datetime, due_at: datetime, hours: WorkingTime) -> datetime:
    """Return when a snoozed nudge comes again: after `SNOOZE`, or at half of what is left when that is sooner.

    Both count in the working time of whoever hears it (`hours`), and by the clock when none of that is left.
    """
    left = hours.between(now, due_at)
    if left <= timedelta():
        return now + min(SNOOZE, max(timedelta(), (due_at - now) / 2))
    return hours.next_opening(hours.add(now, min(SNOOZE, left / 2)))


def nudge_key(subject: Subject, ident: int, revision: int, rung: str, recipient: str) -> str:
    """Return the key under which a nudge exists at most once: (what, id, revision, rung, recipient)."""
    return f"nudge:{subject}:{ident}:{revision}:{rung}:{recipient}"
