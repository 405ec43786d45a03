"""What `headsup deadline` says: when the nudges come, and why then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.domain.categories import CATEGORIES, Category
from bot.domain.ladder.deadline import Explained, is_break
from bot.domain.ladder.early import Missing, Usual
from bot.domain.ladder.ladders import LADDERS, Ladder, pause_before
from bot.domain.local_times import day_words, moment_words
from bot.domain.working_time import NoWorkingTimeError, Spell, WorkingTime
from bot.terminal.deadline_line import InLine, line_words, who_hears
from bot.terminal.spans import span

_WIDTH = 9
_MOST_SPELLS = 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ladder that is shown: of a `category` that was named, `given` lead by lead, else the team's.

    `refused` is why leads that were given cannot be those of a setting.
    """

    ladder: Ladder
    category: Category | None = None
    given: bool = False
    refused: str = ""


def ladder_words(chosen: Chosen) -> str:
    """Return a ladder's leads and whose they are: "4 h, 1 h, 15 min: New work has its own"."""
    leads = ", ".join(span(lead) for lead in sorted(chosen.ladder.leads, reverse=True))
    if chosen.given:
        refused = f"\n{'':{_WIDTH}}LADDER would not take that: {chosen.refused}." if chosen.refused else ""
        return f"{leads} before, as asked{refused}"
    if chosen.category is not None:
        own = chosen.category.key in LADDERS
        return (
            f"{leads} before: {chosen.category.name} has its own"
            if own
            else f"{leads} before: the team's, also for {chosen.category.name}"
        )
    names = " and ".join(row.name for row in CATEGORIES if row.key in LADDERS)
    return f"{leads} before: the team's; {names} have their own (--category)"


def show_deadline(
    due_at: datetime,
    nudges: Sequence[Explained],
    hours: WorkingTime,
    *,
    now: datetime,
    tz: tzinfo,
    zone: str,
    whose: str,
    ladder: str,
    note: str = "",
    usual: Usual,
    name: str = "",
    line: Sequence[InLine] = (),
) -> str:
    """Return a due time with its nudges as text; `whose` are the hours that count, `note` is about the time typed.

    `ladder` says which one it is; `usual` are those hours with times away not left out, of a member of this `name`,
    and `line` are those whom it goes to.
    """
    lines = [
        f"{'Hours':{_WIDTH}}{whose}",
        f"{'Ladder':{_WIDTH}}{ladder}",
        f"{'Due':{_WIDTH}}{moment_words(due_at, tz, now)} ({zone})",
        *([f"{'':{_WIDTH}}{note}"] if note else []),
        *([f"{'':{_WIDTH}}That has gone by; its nudges would have come like this."] if due_at <= now else []),
        *_beside_work(due_at, hours, usual, tz, now),
    ]
    for nudge in nudges:
        missing = None if nudge.past else _missing(nudge, due_at, hours, usual)
        lines += _nudge(nudge, _missing_words(missing, nudge, name, tz, now) if missing else "", tz, now)
    if due_at > now and not any(not nudge.past for nudge in nudges):
        lines.append(f"{'Nudge':{_WIDTH}}none: no working time is left before it. {who_hears(line)}")
    if line:
        lines += line_words(line, "In line", _WIDTH)
    return "\n".join(lines)


def _beside_work(due_at: datetime, hours: WorkingTime, usual: Usual, tz: tzinfo, now: datetime) -> Iterator[str]:
    """Say where working time ends when the due time itself lies outside of it."""
    try:
        closed = hours.previous_close(due_at)
    except NoWorkingTimeError:
        return
    if closed < due_at:
        ends = moment_words(closed, tz, now)
        away = usual.hours.is_open(due_at) and not hours.is_open(due_at)
        outside = "within a time away" if away else "outside working hours"
        yield f"{'':{_WIDTH}}That is {outside}; the last time that counts ends {ends}."


def _nudge(nudge: Explained, missing: str, tz: tzinfo, now: datetime) -> Iterator[str]:
    at = moment_words(nudge.at, tz, now)
    if nudge.past:
        yield f"{'Too late':{_WIDTH}}{at}, {span(nudge.left)} before; that has gone by"
        return
    yield f"{'Nudge':{_WIDTH}}{at}, {_why(nudge, missing, tz)}"
    for spell in nudge.spells[:_MOST_SPELLS] if len(nudge.spells) > 1 else ():
        yield f"{'':{_WIDTH}}  {_spell(spell, tz, now)}"
    if len(nudge.spells) > _MOST_SPELLS:
        yield f"{'':{_WIDTH}}  and {len(nudge.spells) - _MOST_SPELLS} more"


def _why(nudge: Explained, missing: str, tz: tzinfo) -> str:
    left = f"{span(nudge.left)} of working time is left"
    if nudge.to_act:
        reason = f"to leave time to act: {left} then"
    else:
        halfway = nudge.lead is None
        reason = f"halfway, because the time is short: {left} then" if halfway else f"because {left} then"
    if len(nudge.spells) < 2:  # noqa: PLR2004 - one spell is no pause
        return f"{reason}; {missing}" if missing else reason
    stops, goes_on = nudge.spells[0][1], nudge.spells[1][0]
    if is_break(stops, goes_on, tz):
        stop = f"work pauses from {stops.astimezone(tz):%H:%M} to {goes_on.astimezone(tz):%H:%M}"
    else:
        stop = f"work ends at {stops.astimezone(tz):%H:%M} that day"
    return f"{reason}; {stop}, and {missing}" if missing else f"{reason}; {stop}"


def _missing(nudge: Explained, due_at: datetime, hours: WorkingTime, usual: Usual) -> Missing | None:
    pause = pause_before(nudge.at, due_at, hours, usual)
    return pause.missing if pause else None


def _missing_words(found: Missing, nudge: Explained, name: str, tz: tzinfo, now: datetime) -> str:
    day = day_words(found.day, now.astimezone(tz).date()) if found.day else ""
    if found.off is not None:
        return f"{day} is a day off ({found.off})" if found.off else f"{day} is a day off"
    at = found.at.astimezone(tz)
    same_day = at.date() == nudge.at.astimezone(tz).date()
    return f"{name} is away from {day or (f'{at:%H:%M}' if same_day else moment_words(found.at, tz, now))}"


def _spell(spell: Spell, tz: tzinfo, now: datetime) -> str:
    start, end = spell
    until = end.astimezone(tz)
    shown = f"{until:%H:%M}" if until.date() == start.astimezone(tz).date() else moment_words(end, tz, now)
    return f"{moment_words(start, tz, now)}-{shown}  {span(end - start)}"
