"""One request in full: its card, what it was promised, what comes next and what happened."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ladder.early import Missing
from bot.domain.ladder.reaching import Why
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.snapshots.card import Card


class StepKind(StrEnum):
    """What happens at a step of a ladder: a nudge, one more when nobody answers it, or that the time has come."""

    NUDGE = "nudge"
    PASSED_ON = "passed_on"
    SLIPPED = "slipped"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step that is still to come, if nothing happens before: when, and to whom (nobody: the team channel).

    `why` this one and not the owner. `lead` is how much working time is left then. When it comes so early because the
    working time of whoever hears it stops, that is at `closes_at`, and it goes on at `opens_at`; `office` says that the
    whole team stops then, `missing` is the time away or day off of theirs without which it would come later. When it
    comes because the `leaver`, who had it or was told of it, goes away, `leaving` is what that takes from them.
    """

    at: datetime
    kind: StepKind
    to: tuple[Member, ...]
    why: Why = Why.FIRST
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    missing: Missing | None = None
    office: bool = False
    lead: timedelta | None = None
    leaver: Member | None = None
    leaving: Missing | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a request: an event kind, who did it, when."""

    at: datetime
    kind: str
    actor: str | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """One request in full for `/headsup status #n`: the card, every promise it ever had, and what happened when.

    `ladder` is what comes next of the soonest open promise, in order. `reader` is who asked.
    """

    card: Card
    promises: tuple[Promise, ...]
    history: tuple[HistoryEntry, ...]
    ladder: tuple[LadderStep, ...] = ()
    reader: str = ""
