"""What a person is shown, as frozen values: the store reads them, services hand them out, blocks draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.health import Audits
from bot.domain.ladders import RungKind
from bot.domain.languages import Unwritten
from bot.domain.people import Client, Contact, LinkedChannel, Member
from bot.domain.promises import ClientAnswer, Ledger, Promise
from bot.domain.reaching import Why
from bot.domain.replies import PromiseKind, Reply, ReplyKind, Way
from bot.domain.requests import Message, Request
from bot.domain.targets import Target


@dataclass(frozen=True, slots=True)
class SuggestionChoice:
    """One suggestion button: `key` finds the draft again, `label` says what the reply will say."""

    key: str
    label: str
    kind: ReplyKind


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card of one request shows, at one version.

    `opening` are the client's messages that made the request, oldest first; `conversation_count` counts all messages.
    `promises` are open and pending ones, soonest due first. `replies` are those that are on their way or need a
    person, then the newest one that was sent. `channel`/`ts` are where the card stands, None before it is posted.
    `slipped` is the newest promise when it slipped and the client was told no new time since. `others` are the
    client's other live requests. `unwritten` is their language when the suggestions are not in it.
    """

    request: Request
    client: Client
    contact: Contact | None
    owner: Member | None
    opening: tuple[Message, ...]
    conversation_count: int
    promises: tuple[Promise, ...]
    target: Target | None
    replies: tuple[Reply, ...]
    ledger: Ledger
    suggestions: tuple[SuggestionChoice, ...]
    way: Way
    members: tuple[Member, ...] = ()
    channel: str | None = None
    ts: str | None = None
    slipped: Promise | None = None
    others: tuple[int, ...] = ()
    unwritten: Unwritten | None = None


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


class ItemKind(StrEnum):
    """What one line of a nudge message is about."""

    PROMISE = "promise"
    TARGET = "target"
    REPLY = "reply"
    CLIENT_ANSWER = "client_answer"
    SAID_DIRECTLY = "said_directly"
    FOLLOW_UP = "follow_up"
    RESUMED = "resumed"
    RECHECK = "recheck"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class NudgeItem:
    """One line of a nudge: its subject as it stands now. `moot` says in words why it no longer matters, else empty.

    `card` is where the card stands (channel, ts), None before it is posted; `by` is who said something directly.
    `acknowledge` is the card's suggestion that meets a target, None where there is none. `why` this reader hears of it;
    their working time ends at `closes_at` and goes on at `opens_at` when that is why they hear now; the owner is away
    until `back_at`.
    """

    key: str
    kind: ItemKind
    rung: RungKind | None
    request: Request
    client: Client
    owner: Member | None
    promise: Promise | None = None
    target: Target | None = None
    reply: Reply | None = None
    excerpt: str = ""
    moot: str = ""
    card: tuple[str, str] | None = None
    by: Member | None = None
    acknowledge: SuggestionChoice | None = None
    why: Why = Why.FIRST
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Nudge:
    """One message to one recipient (a member's id, or the team channel's) with up to ten items."""

    recipient: str
    to_channel: bool
    items: tuple[NudgeItem, ...]


@dataclass(frozen=True, slots=True)
class ThreadPost:
    """One message of the conversation, mirrored into the card's thread; or a note of ours about the request."""

    request: Request
    client: Client
    message: Message | None
    note: str = ""
    reply: Reply | None = None
    promise: Promise | None = None


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
class Line:
    """One request in a list: `/headsup open`, a queue, App Home. `slipped` is as on its card."""

    request: Request
    client: Client
    owner: Member | None
    promise: Promise | None
    target: Target | None
    excerpt: str
    card: tuple[str, str] | None = None
    slipped: Promise | None = None


class StepKind(StrEnum):
    """What happens at a step of a ladder: a nudge, one more when nobody answers it, or that the time has come."""

    NUDGE = "nudge"
    PASSED_ON = "passed_on"
    SLIPPED = "slipped"


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step that is still to come, if nothing happens before: when, and to whom (nobody: the team channel).

    `why` this one and not the owner. It comes so early because their working time ends at `closes_at`, None otherwise.
    """

    at: datetime
    kind: StepKind
    to: tuple[Member, ...]
    why: Why = Why.FIRST
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """One request in full for `/headsup status #n`: the card, every promise it ever had, and what happened when.

    `ladder` is what comes next of the soonest open promise, in order.
    """

    card: Card
    promises: tuple[Promise, ...]
    history: tuple["HistoryEntry", ...]
    ladder: tuple[LadderStep, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that happened to a request: an event kind, who did it, when."""

    at: datetime
    kind: str
    actor: str | None
    detail: str = ""


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
