"""Tables of people: members, clients with their profile, contacts, and the channels that belong to clients."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from bot.store.tables.base import Base


class MemberRow(Base, table=True):
    """A person of our team, mirrored from Slack. `id` is the Slack user id."""

    __tablename__ = "member"

    id: str = Field(primary_key=True)
    name: str
    tz: str = "UTC"
    active: bool = True
    lead: bool = False


class ClientRow(Base, table=True):
    """A client organisation with its profile. `name_key` is the name case-folded, for finding it again."""

    __tablename__ = "client"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    confirmed: bool
    language: str = "en"
    tz: str = "UTC"
    tone: str = ""
    notes: str = ""
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
