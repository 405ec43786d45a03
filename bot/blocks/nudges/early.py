"""What makes something come early, in words: who is away from when, or which day is off."""

from datetime import datetime, tzinfo

from bot.blocks.words import at_time, escape, one_line, when, when_named
from bot.domain.ladder.early import Missing
from bot.domain.local_times import day_words

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def missing_words(found: Missing, subject: str, *, now: datetime, at: datetime, tz: tzinfo | None) -> str:
    """Return "you are away from Fri 27 Nov", or "Thu 26 Nov is a day off (Thanksgiving)".

    `subject` is who is away, with the verb; `at` is when they hear. `tz` is the reader's zone, None for nobody's: a day
    is named only where it is the same day for the reader, else they read when it begins for them.
    """
    today = now.astimezone(tz).date()
    if found.off is not None and found.day is not None:
        name = f" ({escape(one_line(found.off, 80))})" if found.off else ""
        return f"{day_words(found.day, today)} is a day off{name}"
    there = found.at.astimezone(tz).date() if tz else None
    if found.day is not None and found.day == there:
        return f"{subject} away from {day_words(found.day, today)}"
    if tz is not None and there == at.astimezone(tz).date():
        return f"{subject} away {at_time(found.at, 'from ')}"
    return f"{subject} away {on_day(found.at, now, tz, 'from ')}"


def on_day(at: datetime, now: datetime, tz: tzinfo | None, before: str = "") -> str:
    """Return an instant as a date token, with the day of the week in the reader's zone.

    A day that Slack names itself ("tomorrow") has none, nor has any for a reader whose zone nobody knows.
    """
    if tz is None:
        return when(at, before)
    day, today = at.astimezone(tz).date(), now.astimezone(tz).date()
    return when_named(at, WEEKDAYS[day.weekday()], before) if abs((day - today).days) > 1 else when(at, before)
