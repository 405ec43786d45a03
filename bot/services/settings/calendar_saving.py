"""Saving hours: each save makes a new version, and what was planned by the old one is planned anew."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.hours.calendar_shown import HEADSUP, CalendarShown
from bot.domain.hours.calendars import (
    CalendarRules,
    check_member_rules,
    check_rules,
)
from bot.domain.people import Actor
from bot.errors import StaleWindowError
from bot.services.context import Context
from bot.services.hours import calendars, public_holidays
from bot.services.nudges import replanning
from bot.services.people import check_member
from bot.services.settings.own_settings import check_may_change, checked
from bot.store import Tx, events, people
from bot.store import calendars as versions
from bot.store.calendars import TEAM

YEARS_AHEAD = 2
"""Holidays are stored for this year and the next two: a time may be promised a year ahead."""


def save_team_calendar(ctx: Context, *, actor: Actor | None, rules: CalendarRules, based_on: int) -> CalendarShown:
    """Save the team's hours, and have everybody's promises and targets planned anew by them.

    `based_on` is the version that was changed (0: the settings'). Holidays are looked up when the country, the region
    or the week is another than before. Saving the same again changes nothing. Without an actor it is whoever may use
    this machine.

    Raises:
        FieldError: the rules cannot be; its field is "week", "tz", "days" or "country".
        StaleWindowError: somebody saved other hours meanwhile.
    """
    with ctx.store.writing() as tx:
        if actor is not None:
            check_member(tx, actor)
        return _save_team(tx, ctx, actor, rules, based_on)


def reset_team_calendar(ctx: Context, *, actor: Actor | None, based_on: int) -> CalendarShown:
    """Have the hours of the settings count again, today's and whatever they say later, and plan everything anew.

    Special days and public holidays go with the hours that somebody saved. Safe to repeat. Without an actor it is
    whoever may use this machine.

    Raises:
        StaleWindowError: somebody saved other hours meanwhile.
    """
    with ctx.store.writing() as tx:
        if actor is not None:
            check_member(tx, actor)
        standing = versions.newest(tx, TEAM)
        saved = standing is not None and standing.rules is not None
        if saved and _save(tx, ctx, actor, TEAM, rules=None, based_on=based_on):
            replanning.ask_for_team(tx, ctx)
        return calendars.shown(tx, ctx, TEAM)


def save_member_calendar(
    ctx: Context, *, actor: Actor | None, member: str, rules: CalendarRules | None, based_on: int
) -> CalendarShown:
    """Save a member's own hours, or None to work the team's again, and have their promises planned anew.

    Raises:
        FieldError: the rules cannot be; its field is "week" or "days".
        StaleWindowError: somebody saved other hours meanwhile.
        RefusedError: somebody else's hours, and the actor is not the lead.
    """
    with ctx.store.writing() as tx:
        check_may_change(tx, actor, member)
        before = calendars.shown(tx, ctx, member)
        if rules is not None:
            own = rules = replace(rules, tz=None, country=None, region=None, holidays=(), confirmed=())
            checked(lambda: check_member_rules(before.team, own, before.tz, ctx.now))
        if _save(tx, ctx, actor, member, rules=rules, based_on=based_on):
            replanning.replan_member(tx, ctx, member)
        return calendars.shown(tx, ctx, member)


def confirm_holidays(
    ctx: Context, *, actor: Actor | None, year: int, kept: frozenset[date], based_on: int
) -> CalendarShown:
    """Take a year's list of public holidays as looked at: the team is off on the `kept` dates and works on the rest.

    Raises:
        StaleWindowError: somebody saved other hours meanwhile.
    """
    with ctx.store.writing() as tx:
        if actor is not None:
            check_member(tx, actor)
        rules = calendars.shown(tx, ctx, TEAM).rules or CalendarRules()
        holidays = tuple(day for day in rules.holidays if day.date.year != year or day.date in kept)
        confirmed = tuple(sorted({*rules.confirmed, year}))
        return _save_team(tx, ctx, actor, replace(rules, holidays=holidays, confirmed=confirmed), based_on)


def extend_holidays(ctx: Context) -> bool:
    """Look up the holidays of years that have come near since the calendar was saved; safe to repeat at any time.

    Nobody need have confirmed them: a day off that turns out to be none only makes nudges come early. Tells whether
    there were any; it was Headsup who made that version.
    """
    with ctx.store.writing() as tx:
        before = calendars.shown(tx, ctx, TEAM)
        saved = versions.newest(tx, TEAM)
        if saved is None or saved.rules is None:
            return False
        rules = _complete(saved.rules, before, ctx.now)
        if rules == saved.rules:
            return False
        made = versions.try_add(tx, TEAM, rules, after=saved.version, now=ctx.now, made_by=HEADSUP)
        if made is None:  # somebody saves at this very moment: their version is extended next time
            return False
        calendars.forget(ctx, made.key)
        replanning.ask_for_team(tx, ctx)
        return True


def _save_team(tx: Tx, ctx: Context, actor: Actor | None, rules: CalendarRules, based_on: int) -> CalendarShown:
    before = calendars.shown(tx, ctx, TEAM)
    whole = checked(lambda: _complete(rules, before, ctx.now))
    checked(lambda: check_rules(replace(whole, tz=whole.tz or before.tz), ctx.now))
    if _save(tx, ctx, actor, TEAM, rules=whole, based_on=based_on):
        replanning.ask_for_team(tx, ctx)
    return calendars.shown(tx, ctx, TEAM)


def _save(tx: Tx, ctx: Context, actor: Actor | None, owner: str, *, rules: CalendarRules | None, based_on: int) -> bool:
    """Insert the version after `based_on`; False when these rules hold already, whoever saved them."""
    standing = versions.newest(tx, owner)
    if standing is not None and standing.rules == rules:
        return False
    if standing is None and rules is None:
        return False
    who = actor.user if actor else None
    saved = versions.try_add(tx, owner, rules, after=based_on, now=ctx.now, made_by=who)
    if saved is None:
        raise _stale(tx, versions.newest(tx, owner))
    calendars.forget(ctx, saved.key)
    events.note(tx, "hours_saved", at=ctx.now, actor=who, detail=owner, version=saved.version)
    return True


def _stale(tx: Tx, standing: versions.Saved | None) -> StaleWindowError:
    if standing is not None and standing.made_by == HEADSUP:
        return StaleWindowError(
            "Headsup added the public holidays of a new year while you were changing these. Nothing is lost: look "
            "again, then change them."
        )
    who = people.member(tx, standing.made_by) if standing and standing.made_by else None
    name = who.name if who else "Somebody"
    return StaleWindowError(
        f"{name} saved other hours while you were changing these. Nothing is lost: look at theirs, then change them."
    )


def _complete(rules: CalendarRules, before: CalendarShown, now: datetime) -> CalendarRules:
    """Return the rules with the holidays of their country; years that somebody confirmed stay as they are."""
    if rules.country is None:
        return replace(rules, region=None, holidays=(), confirmed=())
    country = public_holidays.find_country(rules.country)
    region = public_holidays.find_region(country, rules.region) if rules.region else None
    old = before.rules or before.team
    elsewhere = (country, region) != (old.country, old.region)
    this_year = now.astimezone(ZoneInfo(rules.tz or before.tz)).year
    years = range(this_year, this_year + YEARS_AHEAD + 1)
    confirmed = () if elsewhere else rules.confirmed
    stored = set() if elsewhere or rules.week != old.week else {day.date.year for day in rules.holidays}
    missing = [year for year in years if year not in stored and year not in confirmed]
    kept = () if elsewhere else tuple(day for day in rules.holidays if day.date.year not in missing)
    fresh = public_holidays.look_up(country, region, missing, rules.week)
    holidays = tuple(sorted([*kept, *fresh], key=lambda day: day.date))
    return replace(rules, country=country, region=region, holidays=holidays, confirmed=confirmed)
