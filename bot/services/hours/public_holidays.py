"""Public holidays as dates, looked up once when a calendar is saved: the library's data moves between its releases."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

import holidays
from babel import Locale

from bot.domain.hours.calendars import CalendarTextError, Holiday, Span, Week
from bot.services.hours.region_names import ENGLISH

LANGUAGE: Final = "en_US"
NOON: Final = 12
LIKE: Final = 0.7
"""How alike two names must be for one to be taken for a slip in the other."""

MOST_NAMED: Final = 20
"""So many regions are named to whoever named one that there is not."""

_FROM: Final = re.compile(r"from (\d{1,2})\s*([ap])m", re.IGNORECASE)
_SHORTER: Final = re.compile(r"shortened by (\d{1,2}) hours?", re.IGNORECASE)


@cache
def countries() -> dict[str, str]:
    """Return every country whose holidays are known: its code (ISO 3166-1) and its English name, by name."""
    names = Locale("en").territories
    known = holidays.list_supported_countries(include_aliases=False)
    return dict(sorted(((code, str(names.get(code, code))) for code in known), key=lambda pair: pair[1]))


@cache
def regions(country: str) -> dict[str, str]:
    """Return the regions of a country that have holidays of their own: the code, and a name where there is one."""
    codes = holidays.country_holidays(country, years=()).subdivisions
    names = {code: name for name, code in reversed(_region_names(country).items())}
    return {code: names.get(code, code) for code in codes}


def _region_names(country: str) -> dict[str, str]:
    """Return the code of each name of a region; where several languages are spoken it has several, the usual first."""
    names: dict[str, str] = getattr(holidays.country_holidays(country, years=()), "subdivisions_aliases", {})
    return names


def place_name(country: str, region: str | None) -> str:
    """Return “Bayern, Germany” for DE and BY."""
    name = countries().get(country, country)
    return f"{regions(country).get(region, region)}, {name}" if region else name


def find_country(text: str) -> str:
    """Return the code of a country by its code or English name.

    Raises:
        CalendarTextError: with a near match when there is one.
    """
    wanted = " ".join(text.split()).casefold()
    by_name = {name.casefold(): code for code, name in countries().items()}
    aliases = {code.casefold(): code for code in holidays.list_supported_countries(include_aliases=True)}
    if wanted in by_name:
        return by_name[wanted]
    if wanted in aliases:
        return str(holidays.country_holidays(aliases[wanted], years=()).country)
    near = difflib.get_close_matches(wanted, by_name, n=1, cutoff=LIKE)
    hint = f"did you mean {_named(by_name[near[0]])}?" if near else "write its name or code, such as Finland or FI."
    raise CalendarTextError(f"The holidays of “{text.strip()[:60]}” are not known; {hint}", "country")


def find_region(country: str, text: str) -> str:
    """Return the code of a region of a country by its code or name, also by an English one that is not its own.

    Raises:
        CalendarTextError: with a near match, or the regions that there are.
    """
    known = regions(country)
    wanted = " ".join(text.split()).casefold()
    names = {**ENGLISH.get(country, {}), **{code: code for code in known}, **_region_names(country)}
    by_name = {name.casefold(): code for name, code in names.items()}
    if wanted in by_name:
        return by_name[wanted]
    name = countries()[country]
    if not known:
        raise CalendarTextError(f"The holidays of {name} are the same in all regions; leave the region out.", "country")
    near = difflib.get_close_matches(wanted, by_name, n=1, cutoff=LIKE)
    hint = f"did you mean {_region_named(known, by_name[near[0]])}?" if near else _regions_there_are(known)
    raise CalendarTextError(f"{name} has no region “{text.strip()[:60]}”; {hint}", "country")


def _regions_there_are(known: Mapping[str, str]) -> str:
    named = [_region_named(known, code) for code in list(known)[:MOST_NAMED]]
    left = len(known) - len(named)
    more = f" and {left} more; all are in Slack (App Home, Settings, Team hours)" if left else ""
    return f"it has {', '.join(named)}{more}."


def _region_named(known: Mapping[str, str], code: str) -> str:
    return code if known[code] == code else f"{known[code]} ({code})"


def look_up(country: str, region: str | None, years: Iterable[int], week: Week) -> tuple[Holiday, ...]:
    """Return the holidays of a country and region in these years, as dates with English names where there are some.

    A half day keeps the part of the week's hours that lies before it begins: before noon when nothing else is said.
    """
    wanted = sorted(years)
    found = _of(country, region, wanted, "public")
    known = holidays.country_holidays(country, years=()).supported_categories
    half = _of(country, region, wanted, "half_day") if "half_day" in known else {}
    whole = [Holiday(day, name) for day, name in found.items()]
    partly = [
        Holiday(day, name, spells)
        for day, name in half.items()
        if day not in found and (spells := _before(week[day.weekday()], name)) != week[day.weekday()]
    ]
    return tuple(sorted([*whole, *partly], key=lambda holiday: holiday.date))


def _of(country: str, region: str | None, years: Sequence[int], category: str) -> dict[date, str]:
    spoken = holidays.country_holidays(country, years=()).supported_languages
    language = LANGUAGE if LANGUAGE in spoken else None
    found = holidays.country_holidays(country, subdiv=region, years=years, categories=(category,), language=language)
    return {day: name.replace("; ", ", ") for day, name in sorted(found.items()) if day.year in years}


def _before(spells: Sequence[Span], name: str) -> tuple[Span, ...]:
    """Return the hours of a half day, by what the library's name for it says."""
    if not spells:
        return ()
    shorter = _SHORTER.search(name)
    if shorter:
        start, end = spells[-1]
        closes = datetime.combine(date.min, end) + timedelta(days=1) - timedelta(hours=int(shorter[1]))
        return (*spells[:-1], (start, closes.time())) if start < closes.time() else tuple(spells[:-1])
    said = _FROM.search(name)
    hour = int(said[1]) % NOON + (NOON if said[2].lower() == "p" else 0) if said else NOON
    closes_at = time(hour)
    cut = [(start, min(end, closes_at) if end > start else closes_at) for start, end in spells if start < closes_at]
    return tuple(cut)


def _named(code: str) -> str:
    return f"{countries()[code]} ({code})"
