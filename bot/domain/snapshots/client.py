"""What leaves to a client, and what their own press comes to."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.promises import ClientAnswer
from bot.domain.replies import PromiseKind


@dataclass(frozen=True, slots=True)
class ClientPost:
    """A reply as it leaves into a client's channel: only the approved words, and answer buttons under a new time."""

    reply: int
    request: int
    text: str
    channel: str
    thread: str | None
    promise: int | None
    due_at: datetime | None
    ask_if_it_works: bool
    answer: ClientAnswer | None = None


@dataclass(frozen=True, slots=True)
class ClientAnswered:
    """What a client's press came to. `shown`: the message that they pressed is about to say so itself."""

    answer: ClientAnswer
    shown: bool


@dataclass(frozen=True, slots=True)
class ReplyOut:
    """A reply as it leaves through a webhook. `thread` is the sender's own id of the conversation."""

    reply: int
    request: int
    text: str
    callback_url: str
    approved_at: datetime
    thread: str | None = None
    promise_kind: PromiseKind | None = None
    due_at: datetime | None = None
