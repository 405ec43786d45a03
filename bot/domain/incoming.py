"""What arrives, whatever way it came: the one shape that every intake source produces."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Source(StrEnum):
    """Where a request came in."""

    CHANNEL = "channel"
    WEBHOOK = "webhook"
    FORM = "form"
    SHORTCUT = "shortcut"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message, kept by reference: `url` says where it lies, `id` is Slack's file id when it has one."""

    name: str
    type: str = ""
    url: str | None = None
    id: str | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A client's words with all that is known about where they came from.

    `identity` is unique within its source and never reused: `channel:ts` for Slack, the `webhook-id` for webhooks,
    the view id for a form. `thread` is the sender's own id of the conversation (a Slack thread's root ts, a webhook's
    `thread`). `at` is when the client wrote it. `taken_by` is the member who entered it by hand (form, shortcut).
    """

    source: Source
    identity: str
    text: str
    at: datetime
    subject: str = ""
    client_name: str | None = None
    client_id: int | None = None
    sender_name: str = ""
    sender_email: str | None = None
    sender_user: str | None = None
    sender_team: str | None = None
    channel: str | None = None
    ts: str | None = None
    thread: str | None = None
    callback_url: str | None = None
    language: str | None = None
    category: str | None = None
    attachments: tuple[Attachment, ...] = ()
    taken_by: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an incoming message. `duplicate`: it had arrived before and nothing was done again."""

    request: int
    created: bool
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class ChannelMessage:
    """A message that a person wrote in a Slack channel, before anyone knows what it means.

    `thread` is the root's ts when it is a reply. `team` is the writer's own team id.
    """

    channel: str
    ts: str
    text: str
    user: str
    at: datetime
    team: str | None = None
    name: str = ""
    thread: str | None = None
    attachments: tuple[Attachment, ...] = ()
