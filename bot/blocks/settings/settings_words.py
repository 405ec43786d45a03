"""Working hours in plain words, as they stand in the settings windows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.blocks.words import listed, one_line, person, when
from bot.domain.hours.calendar_shown import HEADSUP, CalendarShown
from bot.domain.hours.calendars import ALL_WEEK, CalendarRules, Holiday, SpecialDay, Week, spells_text, week_text
from bot.domain.hours.counted import counted, counted_words, idle_words
from bot.domain.hours.settings import Effect, Presence, SettingsShown
from bot.domain.local_times import day_words

_NOTE: Final = 60
_NAME: Final = 40
_DAYS_TOLD: Final = 3


def week_words(week: Week) -> str:
    """Return a week for reading: “Mon–Fri 09:00–17:00”."""
    return "around the clock, every day" if week == ALL_WEEK else dashed(week_text(week))


def dashed(text: str) -> str:
    """Return hours with the dash that belongs between times and days."""
    return text.replace("-", "–")


def zone_words(tz: str) -> str:
    """Return a zone as people call it: “Helsinki time”."""
    place = tz.rpartition("/")[2].replace("_", " ")
    return place if place in {"UTC", "GMT"} else f"{place} time"


def hours_words(week: Week, tz: str) -> str:
    """Return a week with the clock that it goes by."""
    return week_words(week) if week == ALL_WEEK else f"{week_words(week)}, {zone_words(tz)}"


def team_words(shown: SettingsShown) -> str:
    """Return when the team works, in one sentence."""
    return f"The team works {hours_words(shown.team.team.week, shown.team.tz)}."


def holidays_words(shown: SettingsShown) -> str:
    """Return which public holidays are off, and which comes next."""
    rules = shown.team.team
    if not rules.country:
        return "No public holidays yet: say in which country you work."
    coming = [day for day in sorted(rules.holidays, key=lambda day: day.date) if day.date >= shown.today]
    place = place_words(shown.place or rules.country)
    if not coming:
        return f"Public holidays of {place}: none to come are on the list."
    return f"Public holidays of {place} are off. The next: {holiday_words(coming[0], shown.today)}."


def place_words(place: str) -> str:
    """Return a country or region for a sentence."""
    return one_line(place, 80)


def holiday_words(day: Holiday, today: date | None = None) -> str:
    """Return a holiday with its day, and its hours when it is a half day."""
    hours = f", open {dashed(spells_text(day.spells))}" if day.spells else ""
    return f"{day_words(day.date, today)}, {one_line(day.name, _NAME)}{hours}"


def special_words(rules: CalendarRules, today: date) -> str:
    """Return the next special days, empty when there are none."""
    coming = sorted((day for day in rules.days if day.date >= today), key=lambda day: day.date)
    told = [special_day_words(day, today) for day in coming[:_DAYS_TOLD]]
    more = f", and {len(coming) - _DAYS_TOLD} more" if len(coming) > _DAYS_TOLD else ""
    return f"Special days: {'; '.join(told)}{more}." if told else ""


def special_day_words(day: SpecialDay, today: date | None = None) -> str:
    """Return a special day: “Thu 24 Dec closed (Christmas party)”."""
    how = f"open {dashed(spells_text(day.spells))}" if day.spells else "closed"
    note = f" ({one_line(day.note, _NOTE)})" if day.note.strip() else ""
    return f"{day_words(day.date, today)} {how}{note}"


def mine_words(shown: SettingsShown) -> str:
    """Return when the one who looks works, in one sentence."""
    mine = shown.mine
    if mine.rules is None or mine.rules.is_teams_week:
        if mine.tz == shown.team.tz:
            return f"You work like the team: {hours_words(mine.team.week, mine.tz)}."
        return f"You work like the team, on your own clock: {hours_words(mine.team.week, mine.tz)}."
    bounds = "inside the team's hours" if mine.rules.within_team else "also outside the team's hours"
    return f"You work {hours_words(mine.rules.week, mine.rules.tz or mine.tz)}, {bounds}."


def my_counting_words(shown: SettingsShown) -> str:
    """Return which hours of their own count for nothing, and their next own days with what counts of each."""
    mine = shown.mine
    if mine.rules is None:
        return ""
    idle = "" if mine.rules.is_teams_week else dashed(idle_words(mine.team, mine.rules))
    coming = sorted((day for day in mine.rules.days if day.date >= shown.today), key=lambda day: day.date)
    told = "; ".join(_my_day_words(shown, day) for day in coming[:_DAYS_TOLD])
    more = f"; and {len(coming) - _DAYS_TOLD} more" if len(coming) > _DAYS_TOLD else ""
    return "\n".join(filter(None, (idle, told and f"Days of your own: {told}{more}.")))


def _my_day_words(shown: SettingsShown, day: SpecialDay) -> str:
    mine = shown.mine
    within = mine.rules is None or mine.rules.within_team
    words = dashed(counted_words(counted(mine.team, day, mine.tz, within_team=within)))
    return special_day_words(day, shown.today) + (f", {words}" if words else "")


def stand_in_words(shown: SettingsShown) -> str:
    """Return who stands in for the one who looks."""
    if shown.mine.stand_in:
        return f"{name_of(shown, shown.mine.stand_in)} stands in for you when you are away."
    if shown.lead is not None and shown.lead.id != shown.member.id:
        return f"Nobody stands in for you yet: what cannot wait goes to {name_of(shown, shown.lead.id)}, the lead."
    return "Nobody stands in for you yet: what cannot wait goes to the team channel."


def name_of(shown: SettingsShown, user: str) -> str:
    """Return what somebody is called."""
    return one_line(shown.names.get(user, "") or "somebody", 60)


def now_text(presence: Presence, opened: str, closed: str) -> str:
    """Return, formatted, whether it is open right now and until when, in the reader's zone."""
    until = f", {when(presence.until, 'until ')}" if presence.until else ""
    return f"{opened if presence.is_open else closed}{until}."


def made_text(calendar: CalendarShown, names: Mapping[str, str]) -> str:
    """Return, formatted, who saved this and when, in the reader's zone; without an actor it was `headsup calendar`."""
    if calendar.made_at is None:
        return "As it was set up; nobody has changed it here." if not calendar.version else "As it was set up, again."
    if calendar.made_by == HEADSUP:
        return f"{when(calendar.made_at, 'Headsup added the public holidays of a new year, ')}."
    if calendar.made_by is None:
        return f"{when(calendar.made_at, 'Changed from the terminal, ')}."
    return f"{when(calendar.made_at, 'Saved ')} by {person(calendar.made_by, names.get(calendar.made_by, ''))}."


def effect_text(effect: Effect) -> str:
    """Return, formatted, what a save did to what was planned."""
    upcoming = f" {when(effect.next_at, 'The next one goes out ')}." if effect.next_at else ""
    if effect.later:
        return f"Everybody's nudges are being planned anew; that takes a few seconds.{upcoming}"
    if not effect.moved:
        return f"No nudge moves.{upcoming}" if upcoming else "No nudge was waiting, so none moves."
    moves = "1 nudge moves." if effect.moved == 1 else f"{effect.moved} nudges move."
    return f"{moves}{upcoming}"


def years_words(years: Sequence[int]) -> str:
    """Return years as a list in a sentence."""
    return listed([str(year) for year in years])
