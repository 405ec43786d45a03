"""Tables of what comes in raw, what must leave, its pace, what happened, and settings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from bot.store.tables.base import Base


class InboundRow(Base, table=True):
    """What arrived, raw, before anyone looked at it. `identity` is unique within its source."""

    __tablename__ = "inbound"
    __table_args__ = (UniqueConstraint("source", "identity"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    identity: str
    fingerprint: str
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    message: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = Field(index=True)
    request: int | None = None
    error: str | None = None
    received_at: datetime


class OutboxRow(Base, table=True):
    """One message that must leave, and after it left, the message as it stands there.

    It is due while `wanted` is above `shown`. `not_before` and `useless_after` follow the adjustable clock; `retry_at`
    and `lease_until` are elapsed seconds, valid within one `boot` (a database server counts as one).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "not_before",
            sqlite_where=text("state in ('pending', 'leased')"),
            postgresql_where=text("state in ('pending', 'leased')"),
        ),
        Index(
            "ix_outbox_lane_waiting",
            "lane",
            "id",
            sqlite_where=text("state in ('pending', 'leased')"),
            postgresql_where=text("state in ('pending', 'leased')"),
        ),
    )

    id: int | None = Field(
        default=None,
        sa_column=Column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    )
    key: str = Field(unique=True)
    lane: str
    kind: str
    subject: int = Field(index=True)
    recipient: str = ""
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    parent: int | None = None
    bundle: int | None = Field(default=None, index=True)
    rank: int = 1
    wanted: int = 1
    shown: int = 0
    not_before: datetime
    useless_after: datetime | None = None
    state: str
    token: str | None = None
    boot: str | None = None
    lease_until: float = 0.0
    retry_at: float = 0.0
    sending: bool = False
    ambiguous: bool = False
    looks: int = 0
    tries: int = 0
    remote_channel: str | None = None
    remote_ts: str | None = None
    created_at: datetime
    sent_at: datetime | None = None
    error: str | None = None


class PaceRow(Base, table=True):
    """When a method may be called again: `key` is `method:channel`, or `method:*` after a 429. Elapsed seconds.

    A 429 is also kept by the adjustable clock, `asked` seconds from `asked_at`: elapsed seconds end with their boot.
    """

    __tablename__ = "pace"

    key: str = Field(primary_key=True)
    free_at: float = 0.0
    asked: float | None = None
    asked_at: datetime | None = None


class EventRow(Base, table=True):
    """What happened: ids, enums and instants, never text, so that a client's data can be erased without it."""

    __tablename__ = "event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    kind: str
    request: int | None = Field(default=None, index=True)
    actor: str | None = None
    promise: int | None = None
    reply: int | None = None
    data: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class SettingRow(Base, table=True):
    """One stored setting of the installation: the clock's offset, the team channel's id, our own Slack ids."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str
