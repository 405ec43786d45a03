"""What `headsup deadline` says: when the nudges come, and why then."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from bot.domain.deadline import Explained
from bot.domain.local_times import moment_words
from bot.domain.working_time import NoWorkingTimeError, Spell, WorkingTime

_WIDTH = 9
_MOST_SPELLS = 6


def show_deadline(
    due_at: datetime,
    nudges: Sequence[Explained],
    hours: WorkingTime,
    *,
    now: datetime,
    tz: tzinfo,
    zone: str,
    whose: str,
    note: str = "",
) -> str:
    """Return a due time with its nudges as text; `whose` are the hours that count, `note` is about the time typed."""
    lines = [
        f"{'Hours':{_WIDTH}}{whose}",
        f"{'Due':{_WIDTH}}{moment_words(due_at, tz, now)} ({zone})",
        *([f"{'':{_WIDTH}}{note}"] if note else []),
        *([f"{'':{_WIDTH}}That has gone by; its nudges would have come like this."] if due_at <= now else []),
        *_beside_work(due_at, hours, tz, now),
    ]
    for nudge in nudges:
        lines += _nudge(nudge, tz, now)
    if due_at > now and not any(not nudge.past for nudge in nudges):
        lines.append(
            f"{'Nudge':{_WIDTH}}none: no working time is left before it. Their stand-in or the lead hears at once."
        )
    return "\n".join(lines)


def _beside_work(due_at: datetime, hours: WorkingTime, tz: tzinfo, now: datetime) -> Iterator[str]:
    """Say where working time ends when the due time itself lies outside of it."""
    try:
        closed = hours.previous_close(due_at)
    except NoWorkingTimeError:
        return
    if closed < due_at:
        ends = moment_words(closed, tz, now)
        yield f"{'':{_WIDTH}}That is outside working hours; the last time that counts ends {ends}."


def _nudge(nudge: Explained, tz: tzinfo, now: datetime) -> Iterator[str]:
    at = moment_words(nudge.at, tz, now)
    if nudge.past:
        yield f"{'Too late':{_WIDTH}}{at}, {span(nudge.left)} before; that has gone by"
        return
    yield f"{'Nudge':{_WIDTH}}{at}, {_why(nudge, tz)}"
    for spell in nudge.spells[:_MOST_SPELLS] if len(nudge.spells) > 1 else ():
        yield f"{'':{_WIDTH}}  {_spell(spell, tz, now)}"
    if len(nudge.spells) > _MOST_SPELLS:
        yield f"{'':{_WIDTH}}  and {len(nudge.spells) - _MOST_SPELLS} more"


def _why(nudge: Explained, tz: tzinfo) -> str:
    left = f"{span(nudge.left)} of working time is left"
    reason = f"because {left} then" if nudge.lead is not None else f"halfway, because the time is short: {left} then"
    if len(nudge.spells) < 2:  # noqa: PLR2004 - one spell is no pause
        return reason
    return f"{reason}; work ends at {nudge.spells[0][1].astimezone(tz):%H:%M} that day"


def _spell(spell: Spell, tz: tzinfo, now: datetime) -> str:
    start, end = spell
    until = end.astimezone(tz)
    shown = f"{until:%H:%M}" if until.date() == start.astimezone(tz).date() else moment_words(end, tz, now)
    return f"{moment_words(start, tz, now)}-{shown}  {span(end - start)}"


def span(length: timedelta) -> str:
    """Return a length in words: “45 min”, “2 h”, “2 h 30 min”, “40 s”."""
    seconds = round(length.total_seconds())
    if seconds % 60 and seconds < 3600:  # noqa: PLR2004 - an hour
        return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"  # noqa: PLR2004 - a minute
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    return " ".join(part for part in parts if part) or "no time"
