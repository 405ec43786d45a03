"""What people are shown of absences, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.away.absences import Absence
from bot.domain.people import Client, Member
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import Request


@dataclass(frozen=True, slots=True)
class StillAway:
    """A Slack status that makes its member away as long as it counts: what it says, and until when.

    `until` None: for as long as it is set.
    """

    status: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Falling:
    """A promise of somebody who will be away, as it stands now: due then (`due`), or only nudged about then.

    `owner` is whose it is now. `kept`: somebody said that it stays as it is. `moved_to` is the new time that the client
    was told instead, `moving_to` one that a reply on its way tells them. `hears` is who hears of it before it is due,
    once the absence has begun: None when that is the team channel.
    """

    promise: Promise
    request: Request
    client: Client
    excerpt: str
    owner: Member | None = None
    due: bool = True
    kept: bool = False
    moved_to: datetime | None = None
    moving_to: datetime | None = None
    hears: Member | None = None

    def is_undecided(self, member: Member) -> bool:
        """Tell whether a member who will be away still has to say what becomes of it."""
        is_theirs = self.owner is not None and self.owner.id == member.id
        return is_theirs and self.promise.outcome is Outcome.OPEN and not self.kept and self.moving_to is None


@dataclass(frozen=True, slots=True)
class AwayShown:
    """An absence as it was understood, and the promises that fall into it, the soonest first.

    `stand_in` is who hears first meanwhile, None when it is the team channel; `chosen` when they stand in, not lead.
    `notes` are sentences about what is not quite as it was typed. `by` is who entered it, when somebody else did.
    `still` is the status that counts beside it now, and goes on when it is over or taken back.
    """

    absence: Absence
    member: Member
    reader: Member
    stand_in: Member | None
    chosen: bool = False
    by: Member | None = None
    falling: tuple[Falling, ...] = ()
    notes: tuple[str, ...] = ()
    still: StillAway | None = None


@dataclass(frozen=True, slots=True)
class AwayForm:
    """What the window opens with: whose absence, who may stand in, and what is entered already, soonest first.

    `still` is the status that counts beside it now.
    """

    member: Member
    reader: Member
    colleagues: tuple[Member, ...]
    entered: tuple[Absence, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    still: StillAway | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """What `back` came to: what ended, what is still to come, and whether a summary tells what happened meanwhile.

    `slipped` are the slips that they hear of in a message of its own each, at once. `passed` are promises that fell
    into what ended, one of each request that somebody else has now, or nobody.
    """

    member: Member
    ended: tuple[Absence, ...] = ()
    coming: tuple[Absence, ...] = ()
    summary: bool = False
    slipped: tuple["Meanwhile", ...] = ()
    passed: tuple[Falling, ...] = ()


class Happened(StrEnum):
    """What happened to a request while its owner was away."""

    HANDED_AWAY = "handed_away"
    HANDED_HERE = "handed_here"
    SLIPPED = "slipped"
    MOVED = "moved"
    WROTE = "wrote"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """One thing that happened: about which request, when, by whom and to whom it went; `count` of messages.

    Of what was asked of another `to` is who that was, None: the team channel; `in_hand`: they have it in hand since.
    """

    kind: Happened
    request: Request
    client: Client
    at: datetime
    by: Member | None = None
    to: Member | None = None
    promise: Promise | None = None
    count: int = 0
    in_hand: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """The one summary for somebody who is back: since when they were away, what happened, what is due next."""

    member: Member
    since: datetime
    happened: tuple[Meanwhile, ...]
    due: tuple[Falling, ...] = ()


class PostKind(StrEnum):
    """What a message about an absence tells its reader."""

    ENTERED = "entered"
    ENDED = "ended"
    STANDS_IN = "stands_in"
    NO_LONGER = "no_longer"


@dataclass(frozen=True, slots=True)
class AwayPost:
    """A message about an absence to the one who is away, or to the one who stands in. `by` is who entered it."""

    kind: PostKind
    shown: AwayShown
