"""Rows that agree when nothing is lost or doubled: what Headsup's database says, and what stands in the world outside.

The two are never read at one instant, and something is always on its way. So the world is looked at between two reads
of the database: what had left before the first must stand, what the second does not know of is too much, and all else
is on its way. No patience is needed for what leaves. What clients wrote needs some: it is on its way to us as long as
the workspace is still delivering or the app is not connected, and a while longer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.domain.overview import Books, Leaving, Place
from bot.trial.outside import Outside
from bot.trial.standing import Standing
from bot.workspace.channel_log import ts_key
from bot.workspace.companion import Account

PATIENCE: Final = 15.0
"""Seconds (elapsed) that a client's message may take to be stored once nothing delivers it any more: catching up."""

_MICROS: Final = 1_000_000
_UNCERTAIN: Final = "uncertain"
_NEVER_LEFT: Final = frozenset({"failed", "cancelled", "superseded"})


@dataclass(slots=True)
class Accounts:
    """Makes the rows. `monotonic` gives elapsed seconds; `settling` says that a row waits for time to pass."""

    monotonic: Callable[[], float]
    settling: bool = False
    _since: dict[Place, float] = field(default_factory=dict)

    def rows(
        self, before: Books, standing: Standing, after: Books, systems: Sequence[Outside], *, delivering: bool
    ) -> tuple[Account, ...]:
        """Return all rows: the world as seen between two reads. `delivering`: client messages may still come to us."""
        return (
            _cards(before, standing, after),
            _channel_replies(before, standing, after),
            *([_webhook_replies(before, after, systems)] if systems else []),
            _nudges(before, standing, after),
            self._client_words(standing, after, delivering=delivering),
        )

    def _client_words(self, standing: Standing, after: Books, *, delivering: bool) -> Account:
        since = {link.channel: link.since.timestamp() * _MICROS for link in after.links}
        written = {
            place
            for place, author in standing.words.items()
            if place[0] in since and author not in after.members and ts_key(place[1]) >= since[place[0]]
        }
        written |= after.stored & {*standing.words, *standing.posts}  # a member's or bot's, taken in by a shortcut
        waits = self._young((written - after.stored) | (after.stored - written), delivering=delivering)
        note = _note(len(waits & written), 0)
        return Account("client messages · taken in", len(written - waits), len(after.stored - waits), note)

    def _young(self, odd: set[Place], *, delivering: bool) -> set[Place]:
        """Return what may still find its counterpart."""
        now = self.monotonic()
        self._since = {place: now if delivering else self._since.get(place, now) for place in odd}
        young = {place for place, at in self._since.items() if now - at < PATIENCE}
        self.settling = bool(young)
        return young


def _cards(before: Books, standing: Standing, after: Books) -> Account:
    rows = [row for row in after.leaving if row.kind == "card"]
    agreed = _agreed([row for row in before.leaving if row.kind == "card"], rows, standing.posts, "card:")
    without = before.requests - {row.subject for row in rows}
    return Account("requests · cards", agreed.expected + len(without), agreed.seen, _note(agreed.on_the_way, 0))


def _nudges(before: Books, standing: Standing, after: Books) -> Account:
    rows = [row for row in after.leaving if row.kind == "nudge"]
    agreed = _agreed([row for row in before.leaving if row.kind == "nudge"], rows, standing.posts, "nudge:")
    return Account("nudges · standing", agreed.expected, agreed.seen, _note(agreed.on_the_way, 0))


def _channel_replies(before: Books, standing: Standing, after: Books) -> Account:
    rows = _replies(after, by_webhook=False)
    theirs = {link.channel for link in after.links}
    # In a client's channel the app says nothing but replies: a message without a key of ours is one too many.
    posts = {
        place: [key for key in keys if key.startswith("reply:")] or ["reply:"] if place[0] in theirs else keys
        for place, keys in standing.posts.items()
    }
    agreed = _agreed(_replies(before, by_webhook=False), rows, posts, "reply:")
    return Account(
        "channel replies · standing there",
        agreed.expected,
        agreed.seen,
        _note(agreed.on_the_way, _undecided(rows, after)),
    )


def _webhook_replies(before: Books, after: Books, systems: Sequence[Outside]) -> Account:
    left = {_name(row) for row in _replies(before, by_webhook=True) if row.stands}
    rows = _replies(after, by_webhook=True)
    came = Counter(one.ident for system in systems for one in system.received if one.verified)
    may_have_left = {_name(row) for row in rows if row.state not in _NEVER_LEFT} - left
    on_the_way = {_name(row) for row in rows if row.state not in {*_NEVER_LEFT, _UNCERTAIN}} - left
    again = came.total() - len(came)
    notes = [_note(len(on_the_way), _undecided(rows, after))]
    notes += [f"{again} came once more and did nothing"] if again else []
    received = set(came) - may_have_left
    return Account("webhook replies · received", len(left), len(received), ", ".join(filter(None, notes)))


def _replies(books: Books, *, by_webhook: bool) -> list[Leaving]:
    return [row for row in books.leaving if row.kind == "reply" and row.by_webhook is by_webhook]


def _undecided(rows: Iterable[Leaving], books: Books) -> int:
    return len({row.subject for row in rows} & books.undecided)


@dataclass(frozen=True, slots=True)
class _Agreed:
    expected: int
    seen: int
    on_the_way: int


def _agreed(
    before: Sequence[Leaving], after: Sequence[Leaving], posts: Mapping[Place, Sequence[str]], prefix: str
) -> _Agreed:
    """Compare what had left with what stands. A message that stands elsewhere is too much, unless it may have left."""
    settled = {row.key: row.place for row in before if row.stands and row.place is not None}
    unsettled = [row for row in after if row.key not in settled and row.state not in _NEVER_LEFT]
    waiting = Counter(_name(row) for row in unsettled)
    arrived: dict[Place, list[str]] = {}
    for row in unsettled:
        if row.place is not None:  # whoever read it may have changed it since, and its key with it
            arrived.setdefault(row.place, []).append(_name(row))
    places = Counter(place for place in settled.values() if place is not None)
    seen = sum(count for place, count in places.items() if place in posts)
    for place, keys in posts.items():
        for key in arrived.get(place, keys) if place not in places else ():
            if key.startswith(prefix):
                seen += waiting[key] <= 0
                waiting[key] -= 1
    return _Agreed(len(settled), seen, sum(row.state != _UNCERTAIN for row in unsettled))


def _name(row: Leaving) -> str:
    """Return the key that a row's message carries: a reply that is sent again carries the same."""
    return f"reply:{row.subject}" if row.kind == "reply" else row.key


def _note(on_the_way: int, undecided: int) -> str:
    parts = [f"{on_the_way} on the way"] if on_the_way > 0 else []
    parts += [f"{undecided} for a person to decide"] if undecided else []
    return ", ".join(parts)
