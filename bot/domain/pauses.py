"""Pauses: what a request waits for, and when somebody looks at it again; a pause without an end loses things."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.requests import State
from bot.domain.working_time import NoWorkingTimeError, WorkingTime

RECHECK_DAYS: Final = 3
"""After so many working days the owner is asked whether the wait still makes sense, unless they chose another day."""

LONGEST_PAUSE: Final = timedelta(days=366)
LONGEST_NOTE: Final = 200

NO_PAUSE: Final[Mapping[str, str | None]] = {
    "parked_until": None,
    "paused_at": None,
    "pause_reason": "",
    "pause_note": "",
}
"""The facts of a request that neither waits nor rests."""

WAITING: Final = frozenset({State.WAITING_CLIENT, State.WAITING_SUPPLIER})
"""States that end when somebody else moves; on the re-check date the owner is asked."""

RESTING: Final = frozenset({State.WAITING_CLIENT, State.PARKED})
"""States in which the next move is not ours: our own aims rest. A promise never does."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request waits: `key` is what is stored and never changes, `words` end the sentence "Waiting for …"."""

    key: str
    words: str


REASONS: Final[Mapping[State, tuple[Reason, ...]]] = {
    State.WAITING_CLIENT: (
        Reason("answer", "their answer to our question"),
        Reason("material", "files or access from them"),
        Reason("approval", "their approval"),
        Reason("other", "something of theirs"),
    ),
    State.WAITING_SUPPLIER: (
        Reason("answer", "the supplier's answer"),
        Reason("delivery", "a delivery"),
        Reason("repair", "a repair"),
        Reason("other", "something of a supplier's"),
    ),
    State.PARKED: (
        Reason("agreed", "the day agreed with the client"),
        Reason("later", "a better moment"),
        Reason("other", "something else"),
    ),
}
"""By state, the likeliest first: it is what a pause has whose reason nobody chose."""


def is_reason(state: State, key: str) -> bool:
    """Tell whether a pause in this state may have this reason."""
    return any(reason.key == key for reason in REASONS[state])


def reason_words(state: State, key: str) -> str:
    """Return a stored reason as words, nothing for one that is not known or for a state that is no pause."""
    return next((reason.words for reason in REASONS.get(state, ()) if reason.key == key), "")


def recheck_at(hours: WorkingTime, now: datetime, days: int = RECHECK_DAYS) -> datetime:
    """Return a moment at work so many working days ahead: three from a Friday afternoon is Wednesday morning.

    Where hours end, days of the clock follow: a pause always has an end.
    """
    at = now
    for _ in range(days):
        at = _opening(hours, at + timedelta(days=1))
    return at


def _opening(hours: WorkingTime, at: datetime) -> datetime:
    try:
        return hours.next_opening(at)
    except NoWorkingTimeError:
        return at
