"""An answer about working time, explained: which spells count, and how much of each."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo

from bot.domain.local_times import day_words
from bot.domain.spans import span_words
from bot.domain.working_time import Spell, WorkingTime

MOST_STEPS = 5
"""So many spells are told one by one; of more the middle is summed up."""


def steps(hours: WorkingTime, a: datetime, b: datetime) -> tuple[Spell, ...]:
    """Return what counts from one moment to another, spell by spell in order, the first and last cut at them.

    Their lengths add up to `hours.between(a, b)`, and to its opposite when `b` is the earlier one. In UTC.
    """
    return tuple(hours.spells(min(a, b), max(a, b)))


def step_words(step: Spell, tz: tzinfo, now: datetime) -> str:
    """Return one spell in the words of a zone: "45 min on Fri 20 Nov 16:15–17:00"."""
    start, end = (moment.astimezone(tz) for moment in step)
    today, length = now.astimezone(tz).date(), step[1] - step[0]
    clock = "%H:%M" if length >= timedelta(minutes=1) else "%H:%M:%S"
    first, last = (day_words(moment.date(), today) for moment in (start, end))
    if start.date() == end.date():
        return f"{span_words(length)} on {first} {start:{clock}}–{end:{clock}}"
    if end.date() - start.date() == timedelta(days=1) and end.time() == time():
        return f"{span_words(length)} on {first} {start:{clock}}–24:00"
    return f"{span_words(length)} from {first} {start:{clock}} to {last} {end:{clock}}"


def steps_words(found: Sequence[Spell], tz: tzinfo, now: datetime) -> str:
    """Return spells in the words of a zone, those in the middle of many as a sum; "no working time" when there is none.

    "45 min on Fri 20 Nov 16:15–17:00 and 15 min on Mon 23 Nov 09:00–09:15".
    """
    if not found:
        return "no working time"
    told = [step_words(step, tz, now) for step in (found if len(found) <= MOST_STEPS else (*found[:2], found[-1]))]
    if len(found) > MOST_STEPS:
        middle = found[2:-1]
        told.insert(2, f"{span_words(_length(middle))} in {len(middle)} spells after that")
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _length(found: Sequence[Spell]) -> timedelta:
    return sum((end - start for start, end in found), timedelta())
