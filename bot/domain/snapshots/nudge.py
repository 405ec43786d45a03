"""What a nudge says: one message to one recipient, item by item."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ladder.early import Missing
from bot.domain.ladder.ladders import RungKind
from bot.domain.ladder.reaching import Why
from bot.domain.people import Client, Member
from bot.domain.promises import Promise
from bot.domain.replies import Reply
from bot.domain.requests import Request
from bot.domain.snapshots.card import SuggestionChoice
from bot.domain.snapshots.in_hand import HandedOn
from bot.domain.targets import Target


class ItemKind(StrEnum):
    """What one line of a nudge message is about."""

    PROMISE = "promise"
    TARGET = "target"
    REPLY = "reply"
    CLIENT_ANSWER = "client_answer"
    SAID_DIRECTLY = "said_directly"
    FOLLOW_UP = "follow_up"
    STAYS_OPEN = "stays_open"
    RESUMED = "resumed"
    RECHECK = "recheck"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class NudgeItem:
    """One line of a nudge: its subject as it stands now. `moot` says in words why it no longer matters, else empty.

    `card` is where the card stands (channel, ts), None before it is posted; `by` is who said something directly.
    `acknowledge` is the card's suggestion that meets a target, None where there is none. `why` this reader hears of it;
    their working time ends at `closes_at` and goes on at `opens_at`, in their zone `tz`, when that is why they hear
    now, and `missing` is the time away or day off of theirs without which they would hear later; the owner is away
    until `back_at`. `by` is also who handed something over, which `was` had before, who then is the one who is away,
    from `away_from` on when that is still to come; `away_days` are whole days of it in words, `away_until` its end when
    that is the end of a day. `new_time` is what the client was told in the first words after the promise had slipped.
    `passed` is, of an aim, the promise that slipped before it and that no word followed. `missed` is, of an aim, the
    one that passed first of those in a row before it.
    `handed_on` is who hears of a promise in hand because whoever has it goes away, None while nobody does. `put_off` is
    how often its promise had been put off when this left: a snooze is for the nudge that it stands below.
    """

    key: str
    kind: ItemKind
    rung: RungKind | None
    request: Request
    client: Client
    owner: Member | None
    promise: Promise | None = None
    target: Target | None = None
    reply: Reply | None = None
    excerpt: str = ""
    moot: str = ""
    card: tuple[str, str] | None = None
    by: Member | None = None
    acknowledge: SuggestionChoice | None = None
    why: Why = Why.FIRST
    closes_at: datetime | None = None
    opens_at: datetime | None = None
    missing: Missing | None = None
    back_at: datetime | None = None
    tz: str = "UTC"
    was: Member | None = None
    away_from: datetime | None = None
    away_days: str = ""
    away_until: str = ""
    new_time: datetime | None = None
    passed: Promise | None = None
    missed: Target | None = None
    handed_on: HandedOn | None = None
    put_off: int = 0


@dataclass(frozen=True, slots=True)
class Nudge:
    """One message to one recipient: a member's id with up to ten items, or the team's channel with up to fifty."""

    recipient: str
    to_channel: bool
    items: tuple[NudgeItem, ...]
