"""What `headsup calendar` says: whose hours, since when, what is special, and until when it is open or closed now."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import CalendarRules, Holiday, SpecialDay, spells_text, week_text
from bot.domain.hours.counted import counted, counted_words, idle_words
from bot.domain.local_times import day_words, moment_words, zone
from bot.domain.people import Member
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.services.hours import public_holidays

MOST_DAYS = 8
"""Days off and special days that are listed before the rest is only counted."""


def show_team(shown: CalendarShown, hours: WorkingTime, now: datetime, *, own: Sequence[str] = ()) -> str:
    """Return the team's hours as text; `own` are the names of those who have hours of their own."""
    rules = shown.rules or CalendarRules()
    whose = f"where {shown.by_itself_of} is, the lead" if shown.by_itself_of else "where most of the team are"
    derived = not shown.zone_chosen and (shown.by_itself_of or shown.tz != "UTC")
    chosen = f", {whose}" if derived else ""
    lines = [
        f"The team works {week_text(rules.week)} ({shown.tz}{chosen}).",
        _since(shown, now),
        _now(hours, zone(shown.tz), now),
        *_days(rules, now.astimezone(zone(shown.tz)), now),
        *([f"Hours of their own: {', '.join(own)}."] if own else []),
    ]
    return "\n".join(lines)


def kept_zone(shown: CalendarShown) -> str:
    """Return which zone the team's hours are in when they were typed without one."""
    if shown.zone_chosen:
        return f"No zone was given, so {shown.tz} stays, which was chosen before."
    whose = f"the one where {shown.by_itself_of} is, the lead" if shown.by_itself_of else "the one of most of the team"
    return f"No zone was given, so it is {whose}."


def no_longer_counted(before: CalendarShown, after: CalendarShown, now: datetime) -> str:
    """Return which days off went with hours that were taken back, and how they come again; empty when none did."""
    was, rules = before.rules or CalendarRules(), after.rules or CalendarRules()
    today = now.astimezone(zone(before.tz)).date()
    special = len([day for day in was.days if day.date >= today and day not in rules.days])
    parts = [f"{special} special day{'' if special == 1 else 's'}"] if special else []
    back = ""
    if was.country is not None and (was.country, was.region) != (rules.country, rules.region):
        place = public_holidays.place_name(was.country, was.region)
        parts.append(f"the public holidays in {place}")
        country = public_holidays.place_name(was.country, None)
        region = f" --region {shlex.quote(was.region)}" if was.region else ""
        back = f" They come back with: headsup calendar holidays {shlex.quote(country)}{region}"
    return f"No longer counted: {', and '.join(parts)}.{back}" if parts else ""


def no_longer_own(before: CalendarShown, member: Member, now: datetime) -> str:
    """Return which days of a member's own went with their hours, and how they come again; empty when none did."""
    was = before.rules or CalendarRules()
    today = now.astimezone(zone(before.tz)).date()
    days = [day for day in was.days if day.date >= today]
    if not days:
        return ""
    week = "" if was.is_teams_week else week_text(was.week)
    whose = f"--member {shlex.quote(member.name)}"
    outside = "" if was.within_team else " --outside"
    back = [f"headsup calendar set {shlex.quote(week)} {whose}{outside}"] if week else []
    for day in days:
        note = f" --note {shlex.quote(day.note)}" if day.note else ""
        back.append(f"headsup calendar day {day.date} {shlex.quote(spells_text(day.spells))}{note} {whose}")
    gone = f"{len(days)} day{'' if len(days) == 1 else 's'} of their own" + (f", and {week}" if week else "")
    comes = "It comes" if len(days) == 1 and not week else "They come"
    return "\n".join([f"No longer counted: {gone}. {comes} back with:", *(f"  {command}" for command in back)])


def show_member(shown: CalendarShown, member: Member, hours: WorkingTime, now: datetime) -> str:
    """Return a member's hours as text."""
    tz = zone(shown.tz)
    idle = ""
    if shown.rules is None or shown.rules.is_teams_week:
        first = f"{member.name} works the team's week, {week_text(shown.team.week)}, by their own clock ({shown.tz})."
    else:
        inside = "as far as the team does too" if shown.rules.within_team else "whatever the team's hours are"
        first = f"{member.name} works {week_text(shown.rules.week)} ({shown.tz}), {inside}."
        idle = idle_words(shown.team, shown.rules)
    source = "chosen in Headsup" if shown.zone_chosen else "from Slack"
    lines = [first, *([idle] if idle else []), f"The zone is {source}.", _now(hours, tz, now)]
    if shown.rules is not None:
        lines += _days(shown.rules, now.astimezone(tz), now, of=shown)
    return "\n".join(lines)


def counting(shown: CalendarShown, day: SpecialDay) -> str:
    """Return what of the hours of a member's own day counts, to be said after them; empty when all of it does."""
    within = shown.rules is None or shown.rules.within_team
    words = counted_words(counted(shown.team, day, shown.tz, within_team=within))
    return f", {words}" if words else ""


def show_holidays(rules: CalendarRules, year: int, *, today_year: int) -> str:
    """Return a year's public holidays as text, with what to do about them."""
    if rules.country is None:
        return "No country is set, so no public holidays are known. Set one: headsup calendar holidays Finland"
    place = public_holidays.place_name(rules.country, rules.region)
    found = [day for day in rules.holidays if day.date.year == year]
    lines = [f"Public holidays in {place}, {year}:", *(f"  {_day(day)}" for day in found)]
    if not found:
        lines.append("  none are stored")
    if year in rules.confirmed:
        lines.append("Somebody has looked at this list and confirmed it.")
    elif year >= today_year:
        command = f"headsup calendar holidays --confirm {year}"
        lines.append(f"Nobody has looked at this list yet. Right as it is: {command}")
        worked = next((day for day in reversed(found) if rules.week[day.date.weekday()]), None)
        lines += [f"The team works on one of them? For example: {command} --open {worked.date}"] if worked else []
    return "\n".join(lines)


def _since(shown: CalendarShown, now: datetime) -> str:
    if shown.made_at is None:
        return "From the setting TEAM_CALENDAR. Hours saved in Slack or with `headsup calendar set` win over it."
    return f"Saved {moment_words(shown.made_at, zone(shown.tz), now)}; the setting TEAM_CALENDAR no longer counts."


def _now(hours: WorkingTime, tz: tzinfo, now: datetime) -> str:
    try:
        if hours.is_open(now):
            closing = hours.closing(now)
            return (
                f"Now: at work, until {moment_words(closing, tz, now)}."
                if closing.year < now.year + 5
                else "Now: at work."
            )
        return f"Now: not at work, until {moment_words(hours.next_opening(now), tz, now)}."
    except NoWorkingTimeError:
        return "Now: not at work, and no working time is ahead."


def _days(rules: CalendarRules, today: datetime, now: datetime, *, of: CalendarShown | None = None) -> Iterator[str]:
    """Yield the days that are not like others; `of` is the member's calendar whose they are."""
    first = today.date()
    special = [day for day in rules.days if day.date >= first]
    if special:
        yield "Special days:"
        yield from _listed(special, of)
    holidays = [day for day in rules.holidays if day.date >= first and day.date.year <= now.year + 1]
    if rules.country is not None:
        yield f"Public holidays in {public_holidays.place_name(rules.country, rules.region)}:"
        yield from _listed(holidays)
        open_years = sorted({day.date.year for day in holidays} - set(rules.confirmed))
        if open_years:
            years = " and ".join(str(year) for year in open_years)
            yield f"Not confirmed yet: {years}. Look at them: headsup calendar holidays --year {open_years[0]}"


def _listed(days: Sequence[SpecialDay | Holiday], of: CalendarShown | None = None) -> Iterator[str]:
    for day in days[:MOST_DAYS]:
        yield f"  {_day(day)}" + (counting(of, day) if of is not None and isinstance(day, SpecialDay) else "")
    if len(days) > MOST_DAYS:
        yield f"  and {len(days) - MOST_DAYS} more"


def _day(day: SpecialDay | Holiday) -> str:
    name = day.name if isinstance(day, Holiday) else day.note
    return f"{day_words(day.date)} {day.date.year}  {spells_text(day.spells)}" + (f"  {name}" if name else "")
