"""What the card of a request shows, and what stands in its thread."""

from dataclasses import dataclass

from bot.domain.languages import Unwritten
from bot.domain.people import Client, Contact, Member
from bot.domain.promises import Ledger, Promise
from bot.domain.replies import Reply, ReplyKind, Way
from bot.domain.requests import Hands, Message, Request
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
    `slipped` is the newest promise when it slipped and the client was told no new time since. `missed` is an aim that
    passed before `target` and that nobody has met since. `others` are the client's other live requests. `unwritten` is
    their language when the suggestions are not in it. `hands` is what a window about it carries along, else None.
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
    missed: Target | None = None
    others: tuple[int, ...] = ()
    unwritten: Unwritten | None = None
    hands: Hands | None = None


@dataclass(frozen=True, slots=True)
class ThreadPost:
    """One message of the conversation, mirrored into the card's thread; or a note of ours about the request."""

    request: Request
    client: Client
    message: Message | None
    note: str = ""
    reply: Reply | None = None
    promise: Promise | None = None
