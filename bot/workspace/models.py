"""The things a workspace holds, as plain records that turn into JSON and back by their fields."""

from dataclasses import dataclass, field, fields
from typing import Any, Self

JSON = dict[str, Any]


@dataclass
class Record:
    """A record whose fields are all JSON values, so that the storage needs to know nothing about it."""

    def to_json(self) -> JSON:
        """The fields by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_json(cls, body: JSON) -> Self:
        """The record back from its fields; fields of an older or newer release are ignored."""
        names = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in body.items() if name in names})


@dataclass
class Team(Record):
    """An organisation; the first one of a workspace is the one that installed the app."""

    id: str
    name: str
    domain: str


@dataclass
class User(Record):
    """A person or bot. `status_expiration` is a Unix time, 0 for never; `dnd` a [start, end] of Unix times."""

    id: str
    team: str
    name: str
    real_name: str
    tz: str = "Etc/UTC"
    locale: str = "en-US"
    email: str = ""
    title: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    dnd: list[int] | None = None
    updated: int = 0


@dataclass
class Channel(Record):
    """A conversation; `kind` is channel (public), group (private) or im. `user` is the other one of an im."""

    id: str
    name: str
    kind: str = "channel"
    creator: str = ""
    created: int = 0
    members: list[str] = field(default_factory=list)
    shared_with: list[str] = field(default_factory=list)
    is_general: bool = False
    is_archived: bool = False
    user: str = ""
    topic: str = ""
    purpose: str = ""
    previous_ids: list[str] = field(default_factory=list)


@dataclass
class Message(Record):
    """A message; `body` is Slack's shape without metadata and thread counts, `audience` the one who sees an ephemeral.

    `chosen` is what each person has set in the message's selects and inputs: user → block_id → action_id → state.
    """

    channel: str
    ts: str
    body: JSON
    metadata: JSON | None = None
    audience: str = ""
    chosen: dict[str, JSON] = field(default_factory=dict)

    @property
    def thread_ts(self) -> str:
        """The thread that the message stands in, empty for one that stands in the channel."""
        thread: str = self.body.get("thread_ts", "")
        return "" if thread == self.ts else thread


def mark_key(user: str, channel: str, thread_ts: str) -> str:
    """Under which a mark is kept."""
    return f"{user}/{channel}/{thread_ts}"


@dataclass
class Mark(Record):
    """How far a person has read a channel, or the thread under `thread_ts` in it: up to and with `ts`."""

    user: str
    channel: str
    thread_ts: str = ""
    ts: str = ""

    @property
    def key(self) -> str:
        """Under which it is kept: one for each person, channel and thread."""
        return mark_key(self.user, self.channel, self.thread_ts)


@dataclass
class View(Record):
    """An open modal or a published Home tab; `body` is the payload with block ids, `values` what is filled in.

    `errors` are the sentences at its fields, by block_id, since it was last submitted.
    """

    id: str
    user: str
    body: JSON
    values: JSON
    hash: str
    root: str
    previous: str | None = None
    channel: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def external_id(self) -> str:
        """The id that the app gave, or the empty string."""
        return str(self.body.get("external_id") or "")


@dataclass
class File(Record):
    """An uploaded file; the bytes are kept in base64."""

    id: str
    user: str
    name: str
    mimetype: str
    content: str
    size: int
    created: int
    channels: list[str] = field(default_factory=list)


@dataclass
class App(Record):
    """The app under test as the workspace has it installed; `features` are those of its manifest, for menus and hints.

    Manifest: docs /reference/app-manifest, "features": slash_commands and shortcuts with their descriptions.
    """

    id: str
    name: str
    bot_id: str
    bot_user: str
    scopes: list[str]
    subscriptions: list[str]
    commands: list[str] | None = None
    features: JSON = field(default_factory=dict)
    home_enabled: bool = True
    installed: bool = True
    token_revoked: bool = False
    events_url: str = ""

    @property
    def known_commands(self) -> list[str] | None:
        """The slash commands that exist, by `commands` or else the manifest; None when neither names any."""
        described = [str(one["command"]) for one in self.features.get("slash_commands", [])]
        return (described or None) if self.commands is None else self.commands
