"""Tables of people: members, clients with their profile, contacts, and the channels that belong to clients."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint
from sqlmodel import Field

from bot.store.tables.base import Base


class MemberRow(Base, table=True):
    """A person of our team, mirrored from Slack. `id` is the Slack user id.

    `tz` is what Slack says, `tz_own` what they chose here, which wins. `stand_in` covers for them unless an absence
    names somebody else. Do not disturb runs until `dnd_until`, as Slack said at `dnd_seen_at`.
    """

    __tablename__ = "member"

    id: str = Field(primary_key=True)
    name: str
    tz: str = "UTC"
    active: bool = True
    lead: bool = False
    tz_own: str | None = None
    stand_in: str | None = Field(default=None, foreign_key="member.id")
    dnd_until: datetime | None = None
    dnd_seen_at: datetime | None = None


class CalendarRow(Base, table=True):
    """One version of working hours, never changed: the team's (`owner` is "team") or a member's (their id).

    The newest version counts. `rules` are the hours, days off and zone as data (`bot.domain.hours.calendars`).
    """

    __tablename__ = "calendar"
    __table_args__ = (UniqueConstraint("owner", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    owner: str
    version: int
    rules: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    made_at: datetime
    made_by: str | None = None


class AbsenceRow(Base, table=True):
    """A time in which a member is away. `ends_at` is None only while a Slack status without an end says so.

    `ended_at` is when they came back early or took it back; `summarised_at` when they were told what happened.
    `promises` are those that fell into it when it was entered, `kept` those of them that were said to stay.
    """

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_member_over", "member", "ended_at", "ends_at"),)

    id: int | None = Field(default=None, primary_key=True)
    member: str = Field(foreign_key="member.id")
    starts_at: datetime
    ends_at: datetime | None = None
    stand_in: str | None = Field(default=None, foreign_key="member.id")
    reason: str = ""
    source: str
    made_at: datetime
    made_by: str | None = None
    ended_at: datetime | None = None
    summarised_at: datetime | None = None
    promises: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    kept: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))


class ClientRow(Base, table=True):
    """A client organisation with its profile. `name_key` is the name case-folded, for finding it again.

    `first_answer_s` and `next_answer_s` are aims in seconds of working time; None: as for everybody.
    """

    __tablename__ = "client"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    confirmed: bool
    language: str = "en"
    tz: str = "UTC"
    tone: str = ""
    notes: str = ""
    first_answer_s: int | None = None
    next_answer_s: int | None = None
    created_at: datetime


class ContactRow(Base, table=True):
    """A person of a client. `identity` is `slack:U…`, `mail:a@b` or `name:…`, unique within the client."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("client", "identity"),)

    id: int | None = Field(default=None, primary_key=True)
    client: int = Field(foreign_key="client.id", index=True)
    identity: str
    name: str
    email: str | None = None
    slack_user: str | None = Field(default=None, index=True)
    slack_team: str | None = None


class ChannelRow(Base, table=True):
    """A Slack channel linked to a client. `read_until` is how far its history has been read (ISO 8601)."""

    __tablename__ = "channel"

    id: str = Field(primary_key=True)
    name: str
    client: int = Field(foreign_key="client.id", index=True)
    shared: bool = False
    joined: bool = True
    read_until: str = ""
