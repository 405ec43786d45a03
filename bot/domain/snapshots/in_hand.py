"""Who hears of a promise that somebody has in hand, because they go away before it is due."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ladder.early import Missing
from bot.domain.people import Member


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What comes at `at` of a promise in hand: `to` hears of it (None: the team's channel).

    `has_it` has it in hand until then; `missing` is the time away or day off that takes them from it, None where that
    is not known by its name.
    """

    at: datetime
    to: Member | None
    has_it: Member
    missing: Missing | None = None
