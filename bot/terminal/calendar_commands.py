"""What `headsup calendar` does."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import (
    CalendarRules,
    CalendarTextError,
    SpecialDay,
    parse_rules,
    parse_spells,
    spells_text,
    team_time,
)
from bot.domain.local_times import day_words
from bot.domain.people import Member
from bot.errors import RefusedError
from bot.services.context import Context
from bot.services.hours import calendars, public_holidays
from bot.services.hours.calendars import TEAM
from bot.services.settings import calendar_saving, own_settings, settings_days
from bot.terminal import calendar_words
from bot.terminal.database import database, settings_here

AS_USUAL = frozenset({"as-usual", "as usual"})
NOWHERE = "none"
LONGEST_NOTE = 60
"""As the window of special days takes it."""


def show(member: str | None) -> str:
    """Return whose hours hold, and where they come from, as text."""
    settings = settings_here()
    with database(settings) as ctx:
        if ctx is not None:
            return _shown(ctx, member)
    if member is not None:
        raise RefusedError("There is no database yet, so nobody is known. Start with `headsup run`.")
    return _from_settings(settings.team_calendar)


def set_hours(hours: str, member: str | None, *, outside: bool) -> str:
    """Set the week of the team or of a member, and return what holds then."""
    as_team = hours.strip().casefold() == TEAM
    if as_team and member is None:
        raise RefusedError(
            "“team” is for a member, with --member. The team goes back to its setting with: headsup calendar reset"
        )
    with _sentences():
        given = None if as_team else parse_rules(hours)
    with _writing() as ctx:
        if member is not None:
            _set_for(ctx, member, given, outside=outside)
        elif given is not None:
            shown = calendars.calendar_of(ctx)
            rules = replace(shown.rules or CalendarRules(), week=given.week)
            shown = _save_team(ctx, shown, replace(rules, tz=given.tz or rules.tz))
            note = "" if given.tz else calendar_words.kept_zone(shown)
            return "\n".join([_shown(ctx, None), *([note] if note else [])])
        return _shown(ctx, member)


def reset(member: str | None) -> str:
    """Go back to the hours of the settings, or a member's to the team's, and return what holds then."""
    settings = settings_here()
    with database(settings) as ctx:
        if ctx is not None:
            if member is not None:
                return _reset_for(ctx, member)
            before = calendars.calendar_of(ctx)
            after = calendar_saving.reset_team_calendar(ctx, actor=None, based_on=before.version)
            lost = calendar_words.no_longer_counted(before, after, ctx.now)
            return "\n".join([_shown(ctx, None), *([lost] if lost else [])])
    return show(member)


def set_day(on: str, hours: str, note: str, member: str | None) -> str:
    """Give one day hours of its own, or take them back, and return what it has then."""
    with _sentences():
        when, note = _date(on), " ".join(note.split())
        if len(note) > LONGEST_NOTE:
            raise RefusedError(f"A note has room for {LONGEST_NOTE} characters; this one has {len(note)}.")
        spells = None if hours.strip().lower() in AS_USUAL else parse_spells(hours)
    with _writing() as ctx:
        found = own_settings.find_member(ctx, name=member) if member is not None else None
        shown = calendars.calendar_of(ctx, owner=found.id if found else TEAM)
        if spells is not None:
            settings_days.check_to_come(ctx, shown, when)
        rules = shown.rules or CalendarRules()
        others = tuple(one for one in rules.days if one.date != when)
        special = (SpecialDay(when, spells, note),) if spells is not None else ()
        if found is not None and special:
            settings_days.check_counts(shown, special[0], name=found.name)
        rules = replace(rules, days=tuple(sorted((*others, *special), key=lambda one: one.date)))
        if found is None:
            _save_team(ctx, shown, rules)
        else:
            own = None if rules == CalendarRules() else rules
            calendar_saving.save_member_calendar(ctx, actor=None, member=found.id, rules=own, based_on=shown.version)
    words = "as usual again" if spells is None else spells_text(spells)
    said = f"{day_words(when)} {when.year}: {words}" + (f" ({note})" if note and spells is not None else "")
    return said + (calendar_words.counting(shown, special[0]) if found is not None and special else "")


def set_holidays(
    country: str | None, region: str | None, *, year: int | None, confirm: int | None, opened: Sequence[str]
) -> str:
    """Choose a country, confirm a year's list, and return a year's list as text."""
    if region is not None and not region.strip():
        raise RefusedError("Which region? Leave --region out for the whole country.")
    if region and not country:
        raise RefusedError(
            "Which country is that in? Write for example: headsup calendar holidays Germany --region Bayern"
        )
    if opened and confirm is None:
        with _sentences():
            year = _date(opened[0]).year
        days = " ".join(f"--open {each}" for each in opened)
        raise RefusedError(
            "--open goes with --confirm and its year; nothing was changed. "
            f"Write for example: headsup calendar holidays --confirm {year} {days}"
        )
    with database(settings_here(), make=country is not None) as ctx, _sentences():
        if ctx is None:
            return calendar_words.show_holidays(CalendarRules(), 0, today_year=0)
        shown = calendars.calendar_of(ctx)
        if country is not None:
            shown = _choose_country(ctx, shown, country, region)
        if confirm is not None:
            shown = _confirm(ctx, shown, confirm, opened)
        today = ctx.now.astimezone(ZoneInfo(shown.tz)).year
        return calendar_words.show_holidays(shown.rules or CalendarRules(), confirm or year or today, today_year=today)


def _choose_country(ctx: Context, shown: CalendarShown, country: str, region: str | None) -> CalendarShown:
    rules = shown.rules or CalendarRules()
    nowhere = country.strip().casefold() == NOWHERE
    code = None if nowhere else public_holidays.find_country(country)
    return _save_team(ctx, shown, replace(rules, country=code, region=None if nowhere else region))


def _confirm(ctx: Context, shown: CalendarShown, year: int, opened: Sequence[str]) -> CalendarShown:
    rules = shown.rules or CalendarRules()
    known = frozenset(one.date for one in rules.holidays if one.date.year == year)
    if not known:
        raise RefusedError(
            f"No public holidays of {year} are stored. List a year: headsup calendar holidays --year 2027"
        )
    works = {_date(text) for text in opened}
    if works - known:
        strange = ", ".join(sorted(str(one) for one in works - known))
        raise RefusedError(f"{strange} is no public holiday of {year}; nothing was changed.")
    return calendar_saving.confirm_holidays(ctx, actor=None, year=year, kept=known - works, based_on=shown.version)


def _save_team(ctx: Context, shown: CalendarShown, rules: CalendarRules) -> CalendarShown:
    return calendar_saving.save_team_calendar(ctx, actor=None, rules=rules, based_on=shown.version)


def _reset_for(ctx: Context, name: str) -> str:
    found = own_settings.find_member(ctx, name=name)
    shown = calendars.calendar_of(ctx, owner=found.id)
    calendar_saving.save_member_calendar(ctx, actor=None, member=found.id, rules=None, based_on=shown.version)
    lost = calendar_words.no_longer_own(shown, found, ctx.now)
    return "\n".join([_shown(ctx, name), *([lost] if lost else [])])


def _set_for(ctx: Context, name: str, given: CalendarRules | None, *, outside: bool) -> None:
    """Give a member other hours, or the team's again; days of their own stay beside either."""
    found = own_settings.find_member(ctx, name=name)
    shown = calendars.calendar_of(ctx, owner=found.id)
    days = shown.rules.days if shown.rules else ()
    rules = CalendarRules(days=days) if days else None
    if given is not None:
        if given.tz is not None:
            own_settings.set_zone(ctx, actor=None, member=found.id, tz=given.tz)
        rules = replace(shown.rules or CalendarRules(), week=given.week, within_team=not outside)
    calendar_saving.save_member_calendar(ctx, actor=None, member=found.id, rules=rules, based_on=shown.version)


@contextmanager
def _writing() -> Iterator[Context]:
    with database(settings_here(), make=True) as ctx, _sentences():
        if ctx is None:  # pragma: no cover - it was made
            raise RefusedError("There is no database.")
        yield ctx


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what cannot be read into a sentence for whoever typed it."""
    try:
        yield
    except CalendarTextError as error:
        raise RefusedError(str(error)) from error


def _shown(ctx: Context, name: str | None) -> str:
    member: Member | None = own_settings.find_member(ctx, name=name) if name is not None else None
    shown = calendars.calendar_of(ctx, owner=member.id if member else TEAM)
    with ctx.store.reading() as tx:
        hours = calendars.hours_of(tx, ctx, member.id) if member else calendars.team_hours(tx, ctx)
    if member is not None:
        return calendar_words.show_member(shown, member, hours, ctx.now)
    return calendar_words.show_team(shown, hours, ctx.now, own=calendars.names_with_hours(ctx))


def _from_settings(rules: CalendarRules) -> str:
    shown = CalendarShown(
        owner=TEAM, rules=rules, team=rules, tz=rules.tz or "UTC", zone_chosen=rules.tz is not None, version=0
    )
    return calendar_words.show_team(shown, team_time(rules), Clock().now())


def _date(text: str) -> date:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        raise CalendarTextError(f"“{text.strip()[:40]}” is no date; write it as 2026-12-24.", "days") from None
