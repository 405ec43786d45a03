"""A request: one thing a client asked for, and the states it passes through."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.incoming import Attachment, Source


class State(StrEnum):
    """Where a request stands. `new` has no owner; `open` has one."""

    NEW = "new"
    OPEN = "open"
    WAITING_CLIENT = "waiting_client"
    WAITING_SUPPLIER = "waiting_supplier"
    PARKED = "parked"
    DONE = "done"
    NOT_A_REQUEST = "not_a_request"


LIVE = frozenset({State.NEW, State.OPEN, State.WAITING_CLIENT, State.WAITING_SUPPLIER, State.PARKED})
"""States in which somebody still has something to do or to wait for."""

OURS = frozenset({State.NEW, State.OPEN, State.WAITING_SUPPLIER})
"""States in which the next move is ours: such a request always has an open promise or an open target."""

CLOSED = frozenset({State.DONE, State.NOT_A_REQUEST})


class Direction(StrEnum):
    """Which way a message went: from the client, to the client, or a note that never leaves the team."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation. `said_directly`: a member wrote it in the client's channel themselves."""

    id: int
    request: int
    direction: Direction
    author: str
    text: str
    at: datetime
    edited: bool = False
    deleted: bool = False
    said_directly: bool = False
    attachments: tuple[Attachment, ...] = ()
    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the database has it now.

    `waiting_since` is when the oldest client message that no person has answered was written, None when all are
    answered; what was acknowledged counts as answered until the time told for it slips. `category_by` is None while the
    category is a guess, else the member who chose it; `reasons` are the words that made us guess. `heat` runs from 0
    calm to 3 burning and is never shown to the client. While it waits or is parked since `paused_at`, `pause_reason`
    says why, `pause_note` is a word of ours about it, `parked_until` when it is looked at again.
    """

    id: int
    client: int
    contact: int | None
    state: State
    owner: str | None
    category: str
    category_by: str | None
    reasons: tuple[str, ...]
    heat: int
    ask: str
    subject: str
    language: str
    source: Source
    opened_at: datetime
    waiting_since: datetime | None
    first_answered_at: datetime | None
    parked_until: datetime | None
    closed_at: datetime | None
    channel: str | None
    thread: str | None
    callback_url: str | None
    paused_at: datetime | None = None
    pause_reason: str = ""
    pause_note: str = ""


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands a request was when somebody looked at it: nobody's without an `owner`.

    `change` is the newest event by which it had changed hands, 0 for none: whoever has it again may have it anew.
    """

    owner: str | None
    change: int
