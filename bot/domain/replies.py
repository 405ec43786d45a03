"""A reply: words on their way to the client, from approval to a known end."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


def says_something(text: str) -> bool:
    """Tell whether anything of a text can be read: blanks and invisible characters alone are no words."""
    return any(not char.isspace() and unicodedata.category(char) not in {"Cf", "Cc", "Mn"} for char in text)


class PromiseKind(StrEnum):
    """What a told time means. `hear`: you will hear from us by; `have`: you will have it by."""

    HEAR = "hear"
    HAVE = "have"


class ReplyKind(StrEnum):
    """What a reply does for the client."""

    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    ANSWER = "answer"
    DELAY_UPDATE = "delay_update"
    CLOSING = "closing"


ANSWERS = frozenset({ReplyKind.ANSWER, ReplyKind.QUESTION, ReplyKind.CLOSING})
"""Kinds in which the client really hears from us: delivered before the due time, they keep an open *hear*.

An acknowledgement or a delay update with a new time moves the promise instead: saying "later" is not having answered.
"""


class ReplyState(StrEnum):
    """Where a reply is. Held can still be undone; uncertain means that only a person can tell whether it arrived."""

    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    UNDONE = "undone"
    DROPPED = "dropped"


ON_ITS_WAY = frozenset({ReplyState.HELD, ReplyState.SENDING})
NEEDS_A_PERSON = frozenset({ReplyState.FAILED, ReplyState.UNCERTAIN})


class WayKind(StrEnum):
    """A way out to a client. `by_hand`: the member sends it with their own means and tells us so."""

    CHANNEL = "channel"
    WEBHOOK = "webhook"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a reply will go: `target` is a channel id or a callback URL, `label` what a person reads."""

    kind: WayKind
    target: str
    label: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One approved reply. `error` is a sentence for a person, set when it failed or is uncertain."""

    id: int
    request: int
    kind: ReplyKind
    state: ReplyState
    text: str
    revision: int
    approver: str
    approved_at: datetime
    hold_until: datetime
    way: WayKind
    way_label: str
    sent_at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """What Send says. `window` is the review window's id: the same window approves once, however often it is pressed.

    `latest_reply` is the newest reply's id when the window opened. `promise_kind` and `due_at` go together.
    """

    window: str
    request: int
    kind: ReplyKind
    text: str
    promise_kind: PromiseKind | None
    due_at: datetime | None
    replaces: int | None
    latest_reply: int
