"""What the windows around a reply show, and what Send comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.domain.languages import Unwritten
from bot.domain.people import Client, Member
from bot.domain.promises import Promise
from bot.domain.replies import PromiseKind, Reply, ReplyKind, Way
from bot.domain.requests import Request


@dataclass(frozen=True, slots=True)
class Review:
    """What the review window opens with. `latest_reply` is the newest reply's id then: a later one refuses Send.

    `promise_kind` and `due_at` are prefilled or None for a reply without a time. `open_promises` are those that the
    reply may move; `replaces` is the one it moves by default. `unwritten` is as on the card.
    """

    request: Request
    client: Client
    owner: Member | None
    kind: ReplyKind
    way: Way
    text: str
    promise_kind: PromiseKind | None
    due_at: datetime | None
    open_promises: tuple[Promise, ...]
    replaces: int | None
    latest_reply: int
    undo_seconds: int
    excerpt: str = ""
    checks: tuple[str, ...] = ()
    unwritten: Unwritten | None = None


def mark_of(checks: Sequence[str]) -> str:
    """Return a short mark of what a window showed about a reply, so that Send can tell whether there is more to say."""
    return sha256("\n".join(checks).encode(errors="replace")).hexdigest()[:12] if checks else ""


@dataclass(frozen=True, slots=True)
class DelayForm:
    """What the four-part delay form opens with: the promise that would slip and what the client asked."""

    request: Request
    client: Client
    promise: Promise
    way: Way
    new_due_at: datetime
    latest_reply: int
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """The answer to Send: the reply as it was frozen, and whether this very press had been taken before."""

    reply: Reply
    request: Request
    client: Client
    promise: Promise | None
    again: bool = False
