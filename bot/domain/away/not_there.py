"""What whoever hands a request over needs to know of whom they gave it to."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.requests import Request


@dataclass(frozen=True, slots=True)
class NotThere:
    """The owner of a request is not at work, and has no working time before a promise of it is due, or too little.

    `back_at` is when they are at work again, None: nobody can tell. `hears` hears of it instead; None: the team channel
    does.
    """

    request: Request
    owner: Member
    promise: Promise
    back_at: datetime | None = None
    hears: Member | None = None
