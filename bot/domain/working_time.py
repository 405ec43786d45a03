"""Working time: what counts while people are at work, to the microsecond, in any zone.

Every moment that goes in must be aware, every moment that comes out is in UTC. A spell is half-open: at its start there
is work, at its end there is none. Spells that touch are one spell.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from bot.domain.working.working_blocks import MICROSECOND, Span, gaps, merged, shared, to_moment, to_us
from bot.domain.working.working_days import Calendar, Days, Hours
from bot.domain.working.working_open import BOUND, BOUND_US, NoWorkingTimeError, OpenTime

__all__ = ["ALWAYS", "BOUND", "Calendar", "Hours", "NoWorkingTimeError", "Spell", "WorkingTime"]
__all__ += ["both", "without", "working_time"]

Spell = tuple[datetime, datetime]

_NOTHING = timedelta(0)
_KEPT = 1024
"""So many hours of each kind are remembered: more than a team has people."""


class WorkingTime:
    """Somebody's working time, for ever the same; equal `tag`s give equal answers. Threads may share it.

    Whatever looks for a moment looks ten years far (`BOUND`), then raises NoWorkingTimeError. A moment without a zone
    raises ValueError.
    """

    __slots__ = ("_open", "tag")

    def __init__(self, tag: str, fill: Callable[[int, int], list[Span]]) -> None:
        self.tag = tag
        self._open = OpenTime(fill)

    def __repr__(self) -> str:
        return f"WorkingTime({self.tag!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorkingTime) and self.tag == other.tag

    def __hash__(self) -> int:
        return hash(self.tag)

    def add(self, t: datetime, amount: timedelta) -> datetime:
        """Return the earliest end such that between(t, end) is `amount`; of nothing, the next opening.

        Raises:
            ValueError: `amount` is negative.
        """
        if amount > _NOTHING:
            return to_moment(self._open.after(to_us(t), amount // MICROSECOND))
        return to_moment(self._open.opening(_start(t, amount)))

    def subtract(self, t: datetime, amount: timedelta) -> datetime:
        """Return the latest start such that between(start, t) is `amount`; of nothing, the previous close.

        Raises:
            ValueError: `amount` is negative.
        """
        if amount > _NOTHING:
            return to_moment(self._open.ahead(to_us(t), amount // MICROSECOND))
        return to_moment(self._open.close(_start(t, amount)))

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Return the working time from `a` to `b`, negative when `b` is before `a`; centuries take their time."""
        first, last = to_us(a), to_us(b)
        passed = self._open.between(first, last) if first <= last else -self._open.between(last, first)
        return timedelta(microseconds=passed)

    def is_open(self, t: datetime) -> bool:
        """Tell whether there is work at this moment."""
        return self._open.covers(to_us(t))

    def next_opening(self, t: datetime) -> datetime:
        """Return the first moment, `t` itself or later, at which there is work."""
        return to_moment(self._open.opening(to_us(t)))

    def previous_close(self, t: datetime) -> datetime:
        """Return the last moment, `t` itself or earlier, right before which there was work."""
        return to_moment(self._open.close(to_us(t)))

    def closing(self, t: datetime) -> datetime:
        """Return when the spell that is open at `t` ends; when none is, the end of the next one."""
        at = to_us(t)
        return to_moment(self._open.end_of(self._open.opening(at), at + BOUND_US))

    def last_spell_before(self, t: datetime) -> Spell:
        """Return the last spell that starts before `t`, whole: its end may lie after `t`."""
        at = to_us(t)
        inside = self._open.close(at) - 1
        start, end = self._open.start_of(inside, at - BOUND_US), self._open.end_of(inside, at + BOUND_US)
        return to_moment(start), to_moment(end)

    def spells(self, a: datetime, b: datetime) -> list[Spell]:
        """Return the spells between `a` and `b` in order, the first and last cut there; none when `b` is not after."""
        return [(to_moment(start), to_moment(end)) for start, end in self._open.spans(to_us(a), to_us(b))]

    def spans(self, first: int, last: int) -> list[Span]:
        """Return what `spells` does, in microseconds since 1970: for hours that are made of these."""
        return self._open.spans(first, last)


def _start(t: datetime, amount: timedelta) -> int:
    if amount < _NOTHING:
        raise ValueError("An amount of working time is not negative.")
    return to_us(t)


ALWAYS = WorkingTime("always", lambda first, last: [(first, last)])
"""Around the clock, every day."""


@lru_cache(maxsize=_KEPT)
def working_time(calendar: Calendar) -> WorkingTime:
    """Return the working time of a calendar; equal calendars share one.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: there is no such zone.
        ValueError: its name cannot be a zone's, or the week has not seven days.
    """
    facts = (calendar.tz, calendar.week, calendar.overrides, sorted(calendar.holidays))
    return WorkingTime(f"{calendar.version}:{_digest(facts)}", Days(calendar))


@lru_cache(maxsize=_KEPT)
def both(a: WorkingTime, b: WorkingTime) -> WorkingTime:
    """Return the time that counts in both."""
    if b in (a, ALWAYS):
        return a
    if a == ALWAYS:
        return b
    tag = f"both:{_digest(sorted((a.tag, b.tag)))}"
    return WorkingTime(tag, lambda first, last: shared(a.spans(first, last), b.spans(first, last)))


def without(a: WorkingTime, closed: Sequence[Spell], tag: str) -> WorkingTime:
    """Return `a` without these spells, which may cross each other; `tag` names them. Nothing to take away: `a`."""
    taken = tuple(merged((to_us(start), to_us(end)) for start, end in closed))
    return _without(a, taken, tag) if taken else a


@lru_cache(maxsize=_KEPT)
def _without(a: WorkingTime, taken: tuple[Span, ...], tag: str) -> WorkingTime:
    named = f"without:{_digest((a.tag, taken, tag))}"
    return WorkingTime(named, lambda first, last: shared(a.spans(first, last), gaps(taken, first, last)))


def _digest(facts: object) -> str:
    """Return a short name of facts that is the same in every process."""
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()
