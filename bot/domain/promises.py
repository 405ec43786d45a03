"""A promise: a time told to a client, and the rules of how it opens and ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.replies import ANSWERS, PromiseKind, ReplyKind
from bot.domain.working_time import Spell

FARTHEST = timedelta(days=366)
"""A promise beyond a year is a slip of the date picker, not a promise."""

HOLD_MARGIN = timedelta(seconds=5)
"""A hold ends at least this long before the promise it saves is due."""


class Outcome(StrEnum):
    """How a promise stands. Pending until its reply is sent; void when that reply never left."""

    PENDING = "pending"
    OPEN = "open"
    KEPT = "kept"
    MOVED_BEFORE = "moved_before"
    SLIPPED = "slipped"
    RELEASED = "released"
    VOID = "void"


class ClientAnswer(StrEnum):
    """What the client said to a time: it works, they need it sooner, or please call."""

    WORKS = "works"
    SOONER = "sooner"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Promise:
    """One time told (or about to be told) to a client.

    `revision` grows with everything that changes when nudges are due; a nudge of an older revision is pointless.
    `next_at` is when there is something to do next, None when it has ended; `rung` is the lowest one not yet told.
    `nudged_at`, `acked_at`, `escalated_at` and `snoozed_until` are of this revision: since when whoever was nudged is
    waited for, when they answered, when the next one in line heard, and when what was put off comes again. `acked_by`
    is who answered or put it off; None: the request's owner. `counted_on` is the last working time, an hour at most,
    that they had left before it is due, by the hours that they had when they said so. `anew_at` is from when on
    somebody else's working time counts than when it was told. `told_at` is when the client got a word after it slipped.
    `replaces` is the promise that this one moves.
    """

    id: int
    request: int
    kind: PromiseKind
    due_at: datetime
    made_at: datetime
    revision: int
    outcome: Outcome
    reply: int | None
    replaces: int | None = None
    answer: ClientAnswer | None = None
    answered_at: datetime | None = None
    next_at: datetime | None = None
    rung: int = 0
    snoozed: int = 0
    closed_at: datetime | None = None
    opened_at: datetime | None = None
    nudged_at: datetime | None = None
    acked_at: datetime | None = None
    acked_by: str | None = None
    counted_on: tuple[Spell, ...] | None = None
    escalated_at: datetime | None = None
    snoozed_until: datetime | None = None
    anew_at: datetime | None = None
    told_at: datetime | None = None
    hours: str = ""


def still_stands(told: Iterable[Promise | None], slipped: Promise | None, now: datetime) -> bool:
    """Tell whether a time that a client was told is ahead; no longer once one slipped and no new time was told."""
    ahead = (entry is not None and entry.outcome is Outcome.OPEN and entry.due_at > now for entry in told)
    return slipped is None and any(ahead)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Promises to one client (or by one team) by how they ended; after `told_after` of the slipped a word came."""

    kept: int = 0
    moved_before: int = 0
    slipped: int = 0
    told_after: int = 0


def outcome_when_replaced(due_at: datetime, sent_at: datetime) -> Outcome:
    """Tell how a promise ended whose new time was sent at `sent_at`: before the old due time or too late."""
    return Outcome.MOVED_BEFORE if sent_at < due_at else Outcome.SLIPPED


def outcome_when_answered(due_at: datetime, answered_at: datetime) -> Outcome:
    """Tell how a promise ended that was answered at `answered_at`; at the due time itself it is still kept."""
    return Outcome.KEPT if answered_at <= due_at else Outcome.SLIPPED


def keeps(kind: PromiseKind, reply: ReplyKind) -> bool:
    """Tell whether a delivered reply keeps an open promise: a *have* is kept only by a press."""
    return kind is PromiseKind.HEAR and reply in ANSWERS


def hold_until(now: datetime, undo: timedelta, open_dues: Iterable[datetime]) -> datetime:
    """Return when a reply approved at `now` leaves: after the undo time, but never past five seconds before a due time.

    A due time that is already (nearly) past does not shorten the hold below "at once".
    """
    latest = min((due - HOLD_MARGIN for due in open_dues if due > now), default=now + undo)
    return max(now, min(now + undo, latest))
