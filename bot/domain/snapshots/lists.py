"""Requests in lists: queues and App Home."""

from dataclasses import dataclass

from bot.domain.people import Client, LinkedChannel, Member
from bot.domain.promises import Ledger, Promise
from bot.domain.requests import Request
from bot.domain.targets import Target


@dataclass(frozen=True, slots=True)
class Line:
    """One request in a list: `/headsup open`, a queue, App Home. `slipped` and `missed` are as on its card."""

    request: Request
    client: Client
    owner: Member | None
    promise: Promise | None
    target: Target | None
    excerpt: str
    card: tuple[str, str] | None = None
    slipped: Promise | None = None
    missed: Target | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of requests with its heading's facts; `of` says whose it is or which client's."""

    of: str
    lines: tuple[Line, ...]
    total: int
    ledger: Ledger | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What the first-run guide asks for: both true, and it disappears."""

    team_channel: str | None
    team_channel_joined: bool
    linked: tuple[LinkedChannel, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """App Home of one member."""

    member: Member
    mine: tuple[Line, ...]
    unclaimed: tuple[Line, ...]
    promises: tuple[Line, ...]
    ledger: Ledger
    setup: Setup
    total_mine: int
    total_unclaimed: int
