"""What `headsup deadline` does: any due time, by any calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.config import Settings
from bot.domain.categories import read_category
from bot.domain.hours.calendars import (
    CalendarRules,
    CalendarTextError,
    parse_rules,
    rules_text,
    team_time,
    usual_time,
    week_text,
)
from bot.domain.ladder.deadline import explain
from bot.domain.ladder.early import Usual
from bot.domain.ladder.ladder_checks import LONGEST, SHORTEST, LadderError, check_leads
from bot.domain.ladder.ladders import Ladder, ladder_of
from bot.domain.local_times import moment_words, zone
from bot.domain.moments.moments import MomentError, read_moment
from bot.domain.promises import FARTHEST
from bot.domain.spans import read_span
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.errors import RefusedError
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.settings import own_settings
from bot.terminal.database import database, settings_here
from bot.terminal.deadline_line import line_of
from bot.terminal.deadline_words import Chosen, ladder_words, show_deadline


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose hours were asked about, in words, with the zone that they are told in.

    `name` and `member` (an id) are a member's.
    """

    hours: WorkingTime
    tz: str
    whose: str
    now: datetime
    usual: Usual
    name: str = ""
    member: str = ""


def deadline(
    when: str,
    *,
    leads: Sequence[str],
    category: str | None,
    member: str | None,
    calendar: str | None,
    made: str | None,
) -> str:
    """Return when the nudges of a due time come, by which ladder, and why, as text.

    Raises:
        RefusedError: something cannot be read, or nobody of that name is known; with a sentence.
    """
    if member is not None and calendar is not None:
        raise RefusedError("Either --member or --calendar: whose hours are meant?")
    if leads and category is not None:
        raise RefusedError("Either --lead or --category: which ladder is meant?")
    settings = settings_here()
    try:
        with database(settings) as ctx:
            asked = _asked(settings, ctx, member, calendar)
            tz = zone(asked.tz)
            due = read_moment(when, now=asked.now, tz=tz)
            opened = read_moment(made, now=asked.now, tz=tz).at if made is not None else asked.now
            _check_times(opened, due.at, asked, is_said=made is not None)
            is_theirs = ctx is not None and asked.member and due.at > asked.now
            line = line_of(ctx, asked.member, since=opened, due_at=due.at) if ctx and is_theirs else ()
        chosen = _ladder(settings, leads, category)
        nudges = explain(opened, due.at, asked.hours, chosen.ladder)
    except (CalendarTextError, MomentError, NoWorkingTimeError, ValueError) as error:
        raise RefusedError(str(error)) from error
    return show_deadline(
        due.at,
        nudges,
        asked.hours,
        now=asked.now,
        tz=tz,
        zone=asked.tz,
        whose=asked.whose,
        ladder=ladder_words(chosen),
        note=due.note,
        usual=asked.usual,
        name=asked.name,
        line=line,
    )


def _check_times(opened: datetime, due_at: datetime, asked: _Asked, *, is_said: bool) -> None:
    """Refuse times that no promise has; `is_said` tells whether somebody said when it is made."""
    if due_at > asked.now + FARTHEST:
        raise RefusedError("That is more than a year away; nothing is promised so far ahead. Name a nearer time.")
    if is_said and not timedelta() < due_at - opened <= FARTHEST:
        due, made = (moment_words(at, zone(asked.tz), asked.now) for at in (due_at, opened))
        when = "before it is due" if due_at <= opened else "at most a year before it is due"
        raise RefusedError(f"A promise is made {when}: this is due {due}, and made {made}.")


def _ladder(settings: Settings, leads: Sequence[str], category: str | None) -> Chosen:
    """Return the ladder that was asked for: these leads, a category's, or the team's."""
    team = Ladder(settings.ladder)
    if leads:
        return _given(tuple(read_span(lead) for lead in leads))
    if category is None:
        return Chosen(team)
    named = read_category(category)
    return Chosen(ladder_of(named.key, team), named)


def _given(leads: tuple[timedelta, ...]) -> Chosen:
    """Return the ladder of these leads. Each keeps the bounds of LADDER; what else that would not take is only said."""
    if not all(leads):
        raise RefusedError("A nudge comes before the time: a lead is longer than nothing, for example 15m.")
    try:
        check_leads(leads)
    except LadderError as error:
        why = str(error)
        if not all(SHORTEST <= lead <= LONGEST for lead in leads):
            raise RefusedError(f"{why[:1].upper()}{why[1:]}.") from error
        return Chosen(Ladder(leads), given=True, refused=why)
    return Chosen(Ladder(leads), given=True)


def _asked(settings: Settings, ctx: Context | None, member: str | None, calendar: str | None) -> _Asked:
    now = ctx.now if ctx is not None else Clock().now()
    if ctx is None:
        team = replace(settings.team_calendar, tz=settings.team_calendar.tz or "UTC")
        if member is not None:
            raise RefusedError("There is no database yet, so nobody is known. Start with `headsup run`.")
    else:
        with ctx.store.reading() as tx:
            team = calendars.team_rules(tx, ctx)
    if calendar is not None:
        given = parse_rules(calendar)
        given = replace(given, tz=given.tz or team.tz)
        return _Asked(team_time(given), given.tz or "UTC", rules_text(given), now, _usual(given))
    if member is not None and ctx is not None:
        found = own_settings.find_member(ctx, name=member)
        shown = calendars.calendar_of(ctx, owner=found.id)
        with ctx.store.reading() as tx:
            hours = calendars.hours_of(tx, ctx, found.id)
        own_week = None if shown.rules is None or shown.rules.is_teams_week else shown.rules.week
        week = week_text(own_week) if own_week else f"the team's week, {week_text(shown.team.week)}"
        own = f"{found.name} works {week}"
        usual = usual_time(shown.team, shown.rules, shown.tz)
        return _Asked(hours, shown.tz, f"{own}, absences left out", now, usual, found.name, found.id)
    return _Asked(team_time(team), team.tz or "UTC", f"the team's: {rules_text(team)}", now, _usual(team))


def _usual(rules: CalendarRules) -> Usual:
    return usual_time(rules, None, rules.tz or "UTC")
