"""Tables of the work: requests, their messages, replies, promises and targets, and people's corrections."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from bot.store.tables.base import Base
from bot.store.tables.spells import Spells


class RequestRow(Base, table=True):
    """One request; its id is the short number people say. `last_in_at` (of an opening message) bounds the merging.

    While it is parked it comes back at `parked_until`; while it waits, the owner is asked then how it goes on.
    """

    __tablename__ = "request"
    __table_args__ = (Index("ix_request_state_parked", "state", "parked_until"),)

    id: int | None = Field(default=None, primary_key=True)
    client: int = Field(foreign_key="client.id", index=True)
    contact: int | None = Field(default=None, foreign_key="contact.id", index=True)
    state: str
    owner: str | None = Field(default=None, foreign_key="member.id", index=True)
    category: str
    category_by: str | None = None
    reasons: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    heat: int = 0
    ask: str = ""
    subject: str = ""
    language: str = "en"
    source: str
    opened_at: datetime
    last_in_at: datetime
    waiting_since: datetime | None = None
    first_answered_at: datetime | None = None
    parked_until: datetime | None = None
    paused_at: datetime | None = None
    pause_reason: str = ""
    pause_note: str = ""
    closed_at: datetime | None = None
    channel: str | None = None
    thread: str | None = None
    callback_url: str | None = None


class MessageRow(Base, table=True):
    """One message of a conversation. `root` is the client thread it stands in (its own ts when it is a root)."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("channel", "ts"), Index("ix_message_channel_root", "channel", "root"))

    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id", index=True)
    direction: str
    author: str
    author_user: str | None = None
    text: str
    at: datetime
    edited: bool = False
    deleted: bool = False
    said_directly: bool = False
    opening: bool = False
    attachments: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    channel: str | None = None
    ts: str | None = None
    root: str | None = None
    inbound: int | None = Field(default=None, foreign_key="inbound.id")
    reply: int | None = Field(default=None, foreign_key="reply.id")


class ReplyRow(Base, table=True):
    """One approved reply. `frozen` are the exact bytes that leave, `begun_at` is when; a `window` approves once."""

    __tablename__ = "reply"

    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id", index=True)
    kind: str
    state: str = Field(index=True)
    text: str
    revision: int = 1
    window: str = Field(unique=True)
    approver: str = Field(foreign_key="member.id")
    approved_at: datetime
    hold_until: datetime
    way: str
    way_target: str
    way_label: str
    way_thread: str | None = None
    frozen: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    begun_at: datetime | None = None
    sent_at: datetime | None = None
    error: str | None = None


class PromiseRow(Base, table=True):
    """One time told to a client. Only the next step of its ladder is materialised, in `next_at`.

    `nudged_at`, `acked_at`, `escalated_at` and `snoozed_until` are of this revision: when somebody was first nudged,
    when they answered, when the next one in line heard, and when what was put off comes again. `acked_by` is who
    answered or put it off, NULL: the request's owner; `counted_on` the last working time they had before it is due when
    they did, NULL: nobody knows. `anew_at` is from when on somebody else's working time counts than when it was told.
    `told_at` is when the client got a new word after it slipped. `hours` names the working hours that `next_at` was
    computed with.
    """

    __tablename__ = "promise"
    __table_args__ = (
        Index(
            "ix_promise_due_next",
            "next_at",
            sqlite_where=text("outcome = 'open'"),
            postgresql_where=text("outcome = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id", index=True)
    kind: str
    due_at: datetime
    made_at: datetime
    opened_at: datetime | None = None
    revision: int = 1
    outcome: str
    reply: int | None = Field(default=None, foreign_key="reply.id", index=True)
    replaces: int | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    next_at: datetime | None = None
    rung: int = 0
    snoozed: int = 0
    nudged_at: datetime | None = None
    acked_at: datetime | None = None
    acked_by: str | None = None
    counted_on: tuple[tuple[datetime, datetime], ...] | None = Field(
        default=None, sa_column=Column(Spells, nullable=True)
    )
    escalated_at: datetime | None = None
    snoozed_until: datetime | None = None
    anew_at: datetime | None = None
    told_at: datetime | None = None
    hours: str = ""
    closed_at: datetime | None = None


class TargetRow(Base, table=True):
    """One internal aim: `amount_s` seconds of the team's working time from `start_at`, with its next rung at `next_at`.

    While the next move is not ours it is paused: `paused_at` is since when, `remaining_us` (microseconds) what was left
    then, `resumed_at` when it went on. `nudged_at`: somebody was reminded. `hours` names what it was computed with.
    """

    __tablename__ = "target"
    __table_args__ = (
        Index(
            "ix_target_due_next",
            "next_at",
            sqlite_where=text("outcome = 'open'"),
            postgresql_where=text("outcome = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id", index=True)
    kind: str
    due_at: datetime
    revision: int = 1
    outcome: str
    next_at: datetime | None = None
    start_at: datetime
    amount_s: int
    paused_at: datetime | None = None
    remaining_us: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    resumed_at: datetime | None = None
    nudged_at: datetime | None = None
    acked_at: datetime | None = None
    hours: str = ""


class CorrectionRow(Base, table=True):
    """A person's re-categorisation: what was guessed, what they chose."""

    __tablename__ = "correction"

    id: int | None = Field(default=None, primary_key=True)
    request: int = Field(foreign_key="request.id", index=True)
    member: str
    was: str
    chosen: str
    at: datetime
