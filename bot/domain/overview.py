"""The whole installation at a glance: what comes next by itself, how much there is, and how far a request has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.people import Contact, Member
from bot.domain.promises import Promise
from bot.domain.replies import Reply, Way
from bot.domain.requests import Request

Place = tuple[str, str]
"""Where a message stands in Slack: channel and ts."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next instant at which somebody hears of a request by itself. Nobody in `to`: the team channel."""

    at: datetime
    request: int
    client: str
    to: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What is done by itself: `is_due` now, and when something is due `next`; None when nothing ever is."""

    is_due: bool
    next: datetime | None


class Milestone(StrEnum):
    """What can have happened to a request, in the order of a day."""

    CLAIMED = "claimed"
    PROMISED = "promised"
    NUDGED = "nudged"
    DELAY_SENT = "delay_sent"
    MOVED_BEFORE = "moved_before"
    CLIENT_ANSWERED = "client_answered"


Happened = dict[Milestone, tuple[int, ...]]
"""What happened at least once, each with the numbers of the requests, those of the latest events last."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One request and how far it has come.

    `label` is what its card's first suggestion with an acknowledgement says, "" for none. `told` is the newest reply
    that the client has and that is no delay update, `update` the newest delay update that they have, `leaving` the
    newest one that they do not have yet; `nudge` is where the newest nudge about `promise` stands. `promise` is the
    one that is open, else the newest when it slipped; `next` is when somebody is nudged about it.
    """

    request: Request
    client: str
    contact: Contact | None
    owner: Member | None
    way: Way
    card: Place | None
    label: str
    told: Reply | None
    told_at: Place | None
    update: Reply | None
    update_at: Place | None
    leaving: Reply | None
    promise: Promise | None
    nudge: Place | None
    next: Upcoming | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is. Cards `wanted` include those that stand; `replies` are counted by state."""

    requests: int = 0
    cards_wanted: int = 0
    cards_standing: int = 0
    nudges_sent: int = 0
    replies: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """What one look at the installation shows. `next` is the soonest nudge of all.

    `journey` is the request that people took furthest, `untouched` one that nobody owns yet.
    """

    counts: Counts
    next: Upcoming | None
    happened: Happened
    journey: Journey | None
    untouched: Journey | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """A card, reply or nudge that has to leave. `stands` once it has left, at `place` if that is in Slack.

    `subject` is the request, the reply, or what the nudge is about; `state` is the outbox's word.
    """

    key: str
    kind: str
    subject: int
    state: str
    stands: bool
    place: Place | None
    by_webhook: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A client's channel that is read, and since when."""

    channel: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Books:
    """What must agree with the world outside: what left, and what clients wrote in linked channels.

    `stored` are the client messages that we have, without those that their authors deleted; `members` are the Slack
    ids of those whose words are none of a client's, `undecided` the replies that wait for a person's word.
    """

    requests: frozenset[int]
    leaving: tuple[Leaving, ...]
    stored: frozenset[Place]
    links: tuple[Link, ...]
    members: frozenset[str]
    undecided: frozenset[int]
