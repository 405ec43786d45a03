"""What the settings windows show, each read in one transaction."""

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import CalendarRules, Holiday, week_text
from bot.domain.hours.settings import HolidayYear, HoursForm, Places, Presence, SettingsShown
from bot.domain.people import Actor
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.errors import RefusedError
from bot.services.away import statuses
from bot.services.context import Context
from bot.services.hours import calendars, public_holidays
from bot.services.people import check_member, lead
from bot.services.settings.calendar_saving import YEARS_AHEAD
from bot.store import Tx, people
from bot.store.calendars import TEAM

CONFIRM_FROM: Final = timedelta(days=61)
"""So long before a year begins somebody is asked to look through its holidays: from November on."""


def settings_of(ctx: Context, *, actor: Actor) -> SettingsShown:
    """Return what holds for the team and for whoever asks."""
    with ctx.store.reading() as tx:
        return settings(tx, ctx, actor)


def settings(tx: Tx, ctx: Context, actor: Actor) -> SettingsShown:
    """Return what `settings_of` does, inside a running transaction."""
    member = check_member(tx, actor)
    team = calendars.shown(tx, ctx, TEAM)
    today = today_of(team, ctx)
    return SettingsShown(
        member=member,
        team=team,
        mine=calendars.shown(tx, ctx, member.id),
        team_now=presence(calendars.team_hours(tx, ctx), ctx),
        mine_now=presence(calendars.hours_of(tx, ctx, member.id, since=ctx.now), ctx),
        today=today,
        place=place_of(team.team),
        to_confirm=year_to_confirm(team.team, today),
        lead=lead(tx),
        away=statuses.signs_of(tx),
        names=people.names(tx),
    )


def holidays_of(ctx: Context, *, actor: Actor, year: int | None = None) -> HolidayYear:
    """Return the holidays of a year, this one when none is named: all of the place, and those that are kept.

    Raises:
        RefusedError: the team has no country, or the year is too far away.
    """
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        team = calendars.shown(tx, ctx, TEAM)
    rules, today = team.team, today_of(team, ctx)
    if rules.country is None:
        raise RefusedError("Say first in which country you work: its holidays are then listed here.")
    years = tuple(range(today.year, today.year + YEARS_AHEAD + 1))
    wanted = today.year if year is None else year
    if wanted not in years:
        raise RefusedError(f"The holidays of {wanted} cannot be changed now; those of {years[0]} to {years[-1]} can.")
    kept = tuple(day for day in rules.holidays if day.date.year == wanted)
    known = public_holidays.look_up(rules.country, rules.region, [wanted], rules.week)
    listed = {day.date: day for day in (*known, *kept)}
    stored = bool(kept) or wanted in rules.confirmed
    return HolidayYear(
        year=wanted,
        place=place_of(rules),
        listed=tuple(Holiday(day.date, day.name) for day in sorted(listed.values(), key=lambda day: day.date)),
        kept=kept if stored else known,
        confirmed=wanted in rules.confirmed,
        years=years,
        special=tuple(day for day in rules.days if day.date.year == wanted),
    )


def countries(_ctx: Context) -> Places:
    """Return every country whose holidays are known, by name."""
    return tuple(public_holidays.countries().items())


def regions(_ctx: Context, *, country: str) -> Places:
    """Return the regions of a country that have holidays of their own, by name; none of one that nobody knows."""
    if country not in public_holidays.countries():
        return ()
    return tuple(sorted(public_holidays.regions(country).items(), key=lambda pair: pair[1]))


def team_form(shown: CalendarShown) -> HoursForm:
    """Return the form of the team's hours as they hold now."""
    rules = shown.team
    return HoursForm(
        week=week_text(rules.week),
        tz=shown.tz if shown.zone_chosen else "",
        country=rules.country or "",
        region=rules.region or "",
    )


def my_form(shown: CalendarShown) -> HoursForm:
    """Return the form of a member's hours as they hold now; without own hours it begins with the team's."""
    rules = None if shown.rules is not None and shown.rules.is_teams_week else shown.rules
    return HoursForm(
        week=week_text((rules or shown.team).week),
        tz=shown.tz if shown.zone_chosen else "",
        own=rules is not None,
        within=rules is None or rules.within_team,
        stand_in=shown.stand_in or "",
    )


def today_of(team: CalendarShown, ctx: Context) -> date:
    """Return the team's date."""
    return ctx.now.astimezone(ZoneInfo(team.tz)).date()


def place_of(rules: CalendarRules) -> str:
    """Return whose public holidays the rules have, as people say it; empty for nobody's."""
    if rules.country is None:
        return ""
    country = public_holidays.countries().get(rules.country, rules.country)
    if rules.region is None:
        return country
    return f"{public_holidays.regions(rules.country).get(rules.region, rules.region)}, {country}"


def year_to_confirm(rules: CalendarRules, today: date) -> int | None:
    """Return the year whose holidays nobody has looked through, though it runs or is about to begin."""
    if rules.country is None:
        return None
    near = range(today.year, (today + CONFIRM_FROM).year + 1)
    return next((year for year in near if year not in rules.confirmed), None)


def presence(hours: WorkingTime, ctx: Context) -> Presence:
    """Return whether hours are open now, and until when that stays so if it ends within a year."""
    is_open = hours.is_open(ctx.now)
    try:
        until = hours.closing(ctx.now) if is_open else hours.next_opening(ctx.now)
    except NoWorkingTimeError:
        until = None
    return Presence(is_open, until if until is not None and until - ctx.now < timedelta(days=366) else None)
