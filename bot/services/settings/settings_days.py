"""Saving days that are not like others: the public holidays of a year, and special days."""

from dataclasses import replace
from datetime import date

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import CalendarRules, CalendarTextError, Holiday, SpecialDay, parse_spells
from bot.domain.hours.counted import counted, nothing_counts
from bot.domain.hours.settings import HolidayYear, Saved, YearForm
from bot.domain.hours.settings_days import parse_half_days, year_form
from bot.domain.local_times import day_words
from bot.domain.people import Actor
from bot.errors import FieldError
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.settings.own_settings import checked
from bot.services.settings.settings_saving import Result, change_team
from bot.services.settings.settings_shown import holidays_of, today_of


def change_holidays(ctx: Context, *, actor: Actor, year: int, was: YearForm, wanted: YearForm) -> Result:
    """Save which holidays of a year are kept, and that somebody has looked through them. Safe to repeat.

    Raises:
        FieldError: a half day cannot be; its field is "half_days".
    """
    found = holidays_of(ctx, actor=actor, year=year)
    kept = _kept_days(found, wanted)

    def change(shown: CalendarShown) -> tuple[str, ...] | CalendarRules:
        now = year_form(holidays_of(ctx, actor=actor, year=year))
        if now not in (was, wanted) and wanted != was:
            return ("holidays",)
        rules = shown.rules or shown.team
        if now != was and wanted == was:
            return replace(rules, confirmed=tuple(sorted({*rules.confirmed, year})))
        others = [day for day in rules.holidays if day.date.year != year]
        days = tuple(sorted([*others, *kept], key=lambda day: day.date))
        return replace(rules, holidays=days, confirmed=tuple(sorted({*rules.confirmed, year})))

    return change_team(ctx, actor, change, notes=(f"The holidays of {year} are confirmed.",))


def add_special_day(
    ctx: Context, *, actor: Actor, day: date | None, is_open: bool, hours: str, note: str, version: int
) -> Result:
    """Save a day with hours of its own, or closed; another special day of that date gives way. Safe to repeat.

    `version` is that of the calendar when the window was opened.

    Raises:
        FieldError: its field is "date", "opening" or "open_hours".
    """
    special = _special_day(ctx, day, is_open, hours, note)
    notes: list[str] = []

    def change(shown: CalendarShown) -> tuple[str, ...] | CalendarRules:
        rules = shown.rules or shown.team
        there = next((one for one in rules.days if one.date == special.date), None)
        if there is not None and there != special and shown.version != version:
            return ("days",)
        notes[:] = _worth_knowing(rules, special, there)
        others = [one for one in rules.days if one.date != special.date]
        return replace(rules, days=tuple(sorted([*others, special], key=lambda one: one.date)))

    try:
        result = change_team(ctx, actor, change)
    except FieldError as error:
        raise FieldError("open_hours" if is_open else "date", error.sentence) from error
    return replace(result, notes=tuple(notes)) if isinstance(result, Saved) else result


def remove_special_day(ctx: Context, *, actor: Actor, day: date) -> Result:
    """Let a day be like any other again. Safe to repeat: one that is no special day any more needs nothing."""

    def change(shown: CalendarShown) -> tuple[str, ...] | CalendarRules:
        rules = shown.rules or shown.team
        return replace(rules, days=tuple(one for one in rules.days if one.date != day))

    return change_team(ctx, actor, change)


def check_to_come(ctx: Context, shown: CalendarShown, day: date) -> None:
    """Refuse a day that is past by the clock of the calendar's owner: nothing could come of it.

    Raises:
        FieldError: its field is "date".
    """
    if day < today_of(shown, ctx):
        raise FieldError("date", f"That day is past: {day_words(day)} {day.year}. Pick today or a day to come.")


def check_counts(shown: CalendarShown, day: SpecialDay, *, name: str) -> None:
    """Refuse a day of a member's own of whose hours none lie in the team's, where theirs count inside those.

    Raises:
        FieldError: its field is "days".
    """
    within = shown.rules is None or shown.rules.within_team
    if counted(shown.team, day, shown.tz, within_team=within).is_nothing:
        raise FieldError("days", nothing_counts(shown.team, day, shown.tz, name))


def _kept_days(found: HolidayYear, wanted: YearForm) -> list[Holiday]:
    half = checked(lambda: parse_half_days(wanted.half_days, found.listed))
    for day in sorted(half):
        if day.isoformat() not in wanted.kept:
            raise FieldError("half_days", f"There is no tick at {day_words(day)} above: it is a whole working day.")
    ticked = [day for day in found.listed if day.date.isoformat() in wanted.kept]
    return [Holiday(day.date, day.name, half.get(day.date, ())) for day in ticked]


def _special_day(ctx: Context, day: date | None, is_open: bool, hours: str, note: str) -> SpecialDay:
    if day is None:
        raise FieldError("date", "Which day is it?")
    check_to_come(ctx, calendars.calendar_of(ctx), day)
    if not is_open and hours.strip():
        raise FieldError("opening", "You wrote hours below: choose Open here, or clear them.")
    if not is_open:
        return SpecialDay(day, (), " ".join(note.split()))
    try:
        spells = parse_spells(hours) if hours.strip() else ()
    except CalendarTextError as error:
        raise FieldError("open_hours", str(error)) from error
    if not spells:
        raise FieldError("open_hours", "From when to when is it open? Write for example 10:00-14:00.")
    return SpecialDay(day, spells, " ".join(note.split()))


def _worth_knowing(rules: CalendarRules, special: SpecialDay, there: SpecialDay | None) -> list[str]:
    name = day_words(special.date)
    found = [f"{name} was a special day already; this takes its place."] if there not in (None, special) else []
    holiday = next((day for day in rules.holidays if day.date == special.date), None)
    if holiday is not None:
        found.append(f"{name} is a public holiday, {holiday.name}; the special day wins.")
    return found
