"""Times as people type them, as instants: "until Fri", "tomorrow", "24 Dec - 2 Jan", "14:00-16:00", "Mon 09:00".

A whole day lasts from local midnight to local midnight, and a day that ends a span belongs to it. What was meant is
shown to whoever typed it, so it may be guessed a little; what cannot be meant is answered with a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bot.domain.local_times import DAY_MINUTES, Moment, midnight, moment
from bot.domain.moments.moment_dates import LATELY, check_not_past, day_of, last_of_week, lately, months_after
from bot.domain.moments.moment_numbers import settle_numbers
from bot.domain.moments.moment_parts import DATES, TIMES, Length, MomentError, Point, Said
from bot.domain.moments.moment_words import read_said

__all__ = ["MomentError", "Span", "read_moment", "read_span"]

OVERNIGHT = timedelta(hours=12)
"""A time of the day that comes before the one it follows is the next day's when it is at most this far."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant until another (aware, UTC); `notes` say what is not quite as it was typed."""

    starts_at: datetime
    ends_at: datetime
    notes: tuple[str, ...] = ()


def read_moment(text: str, *, now: datetime, tz: tzinfo) -> Moment:
    """Return the one instant that somebody typed: a day begins at its midnight, a time alone is today's.

    Raises MomentError with a sentence when it is none, or a span.
    """
    try:
        return _moment(read_said(text), now, tz)
    except OverflowError:
        raise MomentError(f"{_TOO_FAR} {_ONE}") from None
    except MomentError as error:
        raise MomentError(f"{error.sentence} {_ONE}", at_end=error.at_end) from None


def _moment(said: Said, now: datetime, tz: tzinfo) -> Moment:
    if said.end is not None or said.length is not None:
        raise MomentError("One time, please, not a span.")
    if said.start.is_now:
        return Moment(now)
    today = now.astimezone(tz).date()
    if said.start.is_empty or said.start.number is not None:
        raise MomentError("Which time?")
    day = day_of(said.start.day, today, today) if said.start.day else today
    return moment(day, _first_minute(said.start), tz)


def read_span(text: str, *, now: datetime, tz: tzinfo) -> Span:
    """Return the span that somebody typed, from now on when only its end was named.

    It may lie in the past or end before it starts: `bot.domain.away.absences.check_spell` says so in a sentence.
    Raises MomentError with a sentence when it cannot be understood.
    """
    try:
        return _span_of(read_said(text), now, tz)
    except OverflowError:
        raise MomentError(_TOO_FAR) from None


def _span_of(said: Said, now: datetime, tz: tzinfo) -> Span:
    today = now.astimezone(tz).date()
    settle_numbers(said)
    if said.start.is_empty and said.end is None and said.length is None:
        raise MomentError("From when until when?")
    if said.length is not None:
        return _lasting(said.start, said.length, now, today, tz)
    if said.end is None:
        return _alone(said, now, today, tz)
    if said.end.is_empty or said.end.is_now:
        raise _endless(said)
    if said.end == Point(minutes=0) and not said.start.has_time:
        said.end.minutes = DAY_MINUTES
    first = _first_day(said.start, said.end, today)
    start = _start(said.start, first, now, tz)
    last = _last_day(said, first, today)
    end = _end(said.end, last, tz)
    has_no_day = said.end.day is None and said.end.minutes is not None and said.start.has_time
    if has_no_day and start.at >= end.at and _end(said.end, last + timedelta(days=1), tz).at - start.at <= OVERNIGHT:
        end = _end(said.end, last + timedelta(days=1), tz)
    return _span(start, end)


_TOO_FAR = "That is too far away."
_NEARLY_A_YEAR = timedelta(days=300)
_ONE = "For example: Fri 14:00."


def _endless(said: Said) -> MomentError:
    """Ask for the end, with an example that begins as it was begun."""
    begins = said.start.day is not None
    example = TIMES if said.start.has_time else "from Mon until Wed" if begins else "until Fri"
    return MomentError("Until when?", at_end=True, example=example)


def _span(start: Moment, end: Moment) -> Span:
    return Span(start.at, end.at, tuple(note for note in (start.note, end.note) if note))


def _alone(said: Said, now: datetime, today: date, tz: tzinfo) -> Span:
    """Return a day, a part of one or a week that stands alone."""
    point = said.start
    if point.minutes is not None or point.is_now or said.begins or (point.day is None and point.part is None):
        raise _endless(said)
    if point.day is not None:
        check_not_past(point.day, today)
    day = _first_day(point, point, today)
    return _span(_start(point, day, now, tz), _end(point, last_of_week(point.day, day), tz))


def _lasting(start: Point, length: Length, now: datetime, today: date, tz: tzinfo) -> Span:
    """Return what lasts so long; whole days end at a midnight unless a time was named at the beginning.

    Months that end on a day that their last one lacks end with that month: one from 31 Jan on lasts until 28 Feb.
    """
    day = _first_day(start, start, today)
    begins = _start(start, day, now, tz)
    if length.minutes:
        if start.day is not None and not start.has_time:
            raise MomentError("From what time on that day?", example="from tomorrow 14:00 for 2 hours")
        return Span(begins.at, begins.at + timedelta(minutes=length.minutes), (begins.note,) if begins.note else ())
    last, clipped = months_after(day, length.months)
    if start.has_time:
        return _span(begins, moment(last + timedelta(days=length.days), _first_minute(start), tz))
    return _span(begins, Moment(midnight(last + timedelta(days=length.days + clipped), tz)))


def _start(point: Point, day: date, now: datetime, tz: tzinfo) -> Moment:
    if point.is_empty or point.is_now:
        return Moment(now)
    return moment(day, _first_minute(point), tz)


def _end(point: Point, day: date, tz: tzinfo) -> Moment:
    if point.part is not None:
        return moment(day, point.part[1], tz)
    if point.minutes is not None:
        return moment(day, point.minutes, tz)
    return Moment(midnight(day + timedelta(days=1), tz))


def _first_minute(point: Point) -> int:
    return point.minutes if point.minutes is not None else point.part[0] if point.part is not None else 0


def _first_day(start: Point, end: Point, today: date) -> date:
    """Return the day on which it begins: the next of that name, or one just past when its end is still to come."""
    if start.day is None:
        return today
    coming = day_of(start.day, today, today)
    before = lately(start.day, today)
    if before is None or end.day is None or end is start:
        return coming
    last = day_of(end.day, before, today)
    return before if today <= last <= before + 2 * LATELY else coming


def _last_day(said: Said, first: date, today: date) -> date:
    """Return the day on which it ends: the first of that name from the beginning on."""
    end = said.end or said.start
    if end.day is None:
        return first if said.start.day is not None else today
    last = last_of_week(end.day, day_of(end.day, max(first, today), today, at_end=True))
    if said.start.is_empty:
        check_not_past(end.day, today, at_end=True)
    has_no_year = end.day.year is None and end.day.month is not None
    if has_no_year and said.start.day is not None and last - first > _NEARLY_A_YEAR:
        why = f"{end.day.said} comes before {said.start.day.said}. Did you mean another year?"
        raise MomentError(why, at_end=True, example=DATES)
    return last
