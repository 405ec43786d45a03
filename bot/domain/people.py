"""Who is who: members of our team, clients, their contacts, and whoever pressed a button."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever Slack says did something; not yet known to be a member.

    `team` is the Slack team id of the *person* (an outsider in a shared channel carries their own).
    """

    user: str
    team: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What Slack says of anybody: a name, an IANA zone when it is known, and whether they are a guest of ours."""

    name: str
    tz: str | None = None
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person of our team. `id` is the Slack user id, `handle` what Slack mentions show.

    `tz` is the IANA zone that counts: `tz_own` when they chose one here, else what Slack says. `stand_in` covers for
    them unless an absence names somebody else. Do not disturb runs until `dnd_until`, as far as Slack has said.
    """

    id: str
    name: str
    tz: str = "UTC"
    active: bool = True
    lead: bool = False
    handle: str = ""
    tz_own: str | None = None
    stand_in: str | None = None
    dnd_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """A client organisation and its profile. `confirmed` is false while we only guess that it exists.

    `first_answer` and `next_answer` are our own aims for this client in working time; None: as for everybody.
    """

    id: int
    name: str
    confirmed: bool
    language: str = "en"
    tz: str = "UTC"
    tone: str = ""
    notes: str = ""
    first_answer: timedelta | None = None
    next_answer: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person of a client, known by a mail address or a Slack user id."""

    id: int
    client: int
    name: str
    email: str | None = None
    slack_user: str | None = None
    slack_team: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedChannel:
    """A Slack channel that belongs to a client. `joined` is false after the bot was removed from it."""

    id: str
    name: str
    client: int
    shared: bool = False
    joined: bool = True


@dataclass(frozen=True, slots=True)
class ClientProfile:
    """A client with everything its profile window and `/headsup client NAME` show."""

    client: Client
    channels: tuple[LinkedChannel, ...] = ()
    contacts: tuple[Contact, ...] = ()
    open_requests: int = 0
    total_requests: int = field(default=0)
