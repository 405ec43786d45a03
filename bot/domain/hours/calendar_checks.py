"""What a calendar must not be, each as a sentence for the field where it stands."""

import difflib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final
from zoneinfo import available_timezones

from bot.domain.hours.calendar_rules import DAYS, MIDNIGHT, CalendarRules, CalendarTextError, Span, Week, minutes

LONGEST_NIGHT: Final = 16 * 60
"""Minutes that a spell over midnight may last: a night shift is shorter, a slip of the pen (09:00-08:00) is longer."""

NOON: Final = 12

MOST_DAYS: Final = 1_000
"""Special days in one calendar; more are a mistake, and windows and rows are not made for them."""

_NO_PLACES: Final = frozenset({"localtime", "posixrules", "Factory", "posix", "right"})
_DAY: Final = 24 * 60


def check_zone(name: str) -> str:
    """Return the IANA zone that is meant, spelled as it is; a city's name will do when there is just one.

    Raises:
        CalendarTextError: with a near match when there is one.
    """
    found = find_zone(name)
    if found is not None:
        return found
    wanted, zones = _folded(name), _zones()
    near = difflib.get_close_matches(wanted, [*zones, *_cities()], n=1, cutoff=0.7)
    meant = zones.get(near[0]) or _cities()[near[0]] if near else None
    hint = f"did you mean {meant}?" if meant else "write for example Europe/Helsinki or UTC."
    raise CalendarTextError(f"There is no time zone “{name.strip()[:60]}”; {hint}", "tz")


def find_zone(name: str) -> str | None:
    """Return the IANA zone of this name, or of the only city of this name; None when there is none."""
    wanted, zones = _folded(name), _zones()
    if wanted in zones:
        return zones[wanted]
    cities = [zone for key, zone in zones.items() if key.rpartition("/")[2] == wanted and "/" in key]
    return cities[0] if len(cities) == 1 else None


def is_zone(name: str) -> bool:
    """Tell whether there is a zone of exactly this name."""
    return _zones().get(name.casefold()) == name


def check_week(week: Week) -> None:
    """Refuse a week whose spells cross each other, also over midnight, or that run on for a day by a slip.

    Raises:
        CalendarTextError: with a sentence.
    """
    taken: list[tuple[int, int, str]] = []
    for day, spells in enumerate(week):
        check_lengths(spells)
        for spell in spells:
            start = day * _DAY + spell[0].hour * 60 + spell[0].minute
            taken.append((start, start + minutes(spell), f"{DAYS[day]} {shown(spell)}"))
    over = [(start + 7 * _DAY, end + 7 * _DAY, name) for start, end, name in taken]
    _check_apart([*taken, *over])


def check_crossing(spells: Sequence[Span]) -> None:
    """Refuse spells of one day that cross each other.

    Raises:
        CalendarTextError: with a sentence.
    """
    check_lengths(spells)
    starts = [(spell[0].hour * 60 + spell[0].minute, spell) for spell in spells]
    _check_apart([(start, start + minutes(spell), shown(spell)) for start, spell in starts])


def check_lengths(spells: Iterable[Span]) -> None:
    """Refuse a spell that ends where it starts, and one that runs over midnight for longer than any night shift.

    Raises:
        CalendarTextError: with what was probably meant.
    """
    for spell in spells:
        start, end = spell
        if start == end and start != MIDNIGHT:
            raise CalendarTextError(f"{shown(spell)} ends as it starts; write 00:00-24:00 for a whole day.")
        if end < start and end != MIDNIGHT and minutes(spell) > LONGEST_NIGHT:
            turned = shown(_meant(spell))
            hours = f"{minutes(spell) / 60:.3g}"
            raise CalendarTextError(
                f"{shown(spell)} would be {hours} hours, through the night. Did you mean {turned}? "
                "If not, write it as two: one until 24:00, one from 00:00."
            )


def check_days(rules: CalendarRules) -> None:
    """Refuse special days that are said twice or whose hours cross, and far too many of them.

    Raises:
        CalendarTextError: with a sentence.
    """
    if len(rules.days) > MOST_DAYS:
        raise CalendarTextError(f"That is more than {MOST_DAYS} special days; remove some that are past.", "days")
    seen = set()
    for day in rules.days:
        if day.date in seen:
            raise CalendarTextError(f"{_day_name(day.date)} stands there twice.", "days")
        seen.add(day.date)
    named = [(of.date, of.spells) for of in rules.days] + [(of.date, of.spells) for of in rules.holidays]
    for on, spells in named:
        try:
            check_crossing(spells)
        except CalendarTextError as error:
            raise CalendarTextError(f"{_day_name(on)}: {error}", "days") from error


def shown(spell: Span) -> str:
    """Return a spell as it is written."""
    end = "24:00" if spell[1] == MIDNIGHT else f"{spell[1]:%H:%M}"
    return f"{spell[0]:%H:%M}-{end}"


def _day_name(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _meant(spell: Span) -> Span:
    """Return what somebody meant who wrote an end before its start: 9-5 is 09:00-17:00, else they changed places."""
    start, end = spell
    afternoon = end.replace(hour=(end.hour + 12) % 24)
    return (start, afternoon) if start < afternoon and end.hour < NOON else (end, start)


def _check_apart(taken: list[tuple[int, int, str]]) -> None:
    ordered = sorted(taken)
    for (_, end, one), (start, _, other) in pairwise(ordered):
        if start < end:
            raise CalendarTextError(f"{one} and {other} cross each other; make one of them shorter.")


def _folded(name: str) -> str:
    return "_".join(name.split()).casefold()


@cache
def _zones() -> dict[str, str]:
    """Return all zones by their folded name, without links that name no place."""
    found = (zone for zone in sorted(available_timezones()) if zone.partition("/")[0] not in _NO_PLACES)
    return {zone.casefold(): zone for zone in found}


@cache
def _cities() -> dict[str, str]:
    return {key.rpartition("/")[2]: zone for key, zone in reversed(_zones().items()) if "/" in key}
