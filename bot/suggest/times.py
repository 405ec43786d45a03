"""A time as a client is told it: in their zone and language, and naming the zone's city."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_location

ENGLISH = "en"
WEEK = 7
"""Days from which on a weekday alone could be either of two."""


def client_time(instant: datetime, tz: str, language: str, now: datetime) -> str:
    """Return an instant as the client reads it: "Friday, 27 November, 3:00 pm (Helsinki time)".

    In English near days are "3:00 pm today (…)" and "3:00 pm tomorrow, Friday (…)"; a year is named when it is not
    this one. Midnight belongs to the day that it ends: "midnight tonight, at the end of Tuesday (…)". Other languages
    get their own full date. A zone or language that nobody knows is UTC or English. An hour that the clock shows twice
    names its offset.
    """
    zone = zone_of(tz)
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    locale = locale_of(language)
    if locale.language != ENGLISH:
        day = format_date(local, "full", locale=locale)
        return f"{day}, {_clock(local, locale)} ({city_of(tz, language)})".replace("\u202f", "\u00a0")
    said = _midnight_said(local, today, locale) if is_midnight(local) else _said(local, today, locale)
    return f"{said} ({zone_words(tz)}{_offset_if_twice(local)})"


def days_words(days: Sequence[date], today: date) -> str:
    """Return days to choose from as English texts name them: "today or on Monday", "on Monday or Tuesday"."""
    named = [_near_day(day, today) for day in days]
    first, *others = named or [""]
    return " or ".join([first, *(each.removeprefix("on ") if first.startswith("on ") else each for each in others)])


def is_midnight(local: datetime) -> bool:
    """Tell whether a clock shows midnight: the minute in which one day is over and the next begins."""
    return (local.hour, local.minute) == (0, 0)


def english_clock(local: datetime) -> str:
    """Return "3:00 pm"; noon is "12:00 noon", because nobody is sure of 12:00 pm."""
    if (local.hour, local.minute) == (12, 0):
        return "12:00 noon"
    return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 (a day's half)


def zone_of(tz: str) -> ZoneInfo:
    """Return the zone of an IANA name; UTC for a name that nobody knows."""
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def zone_words(tz: str) -> str:
    """Return what English texts call a zone: "Helsinki time", or "UTC"."""
    city = city_of(tz)
    return city if city.startswith("UTC") else f"{city} time"


def city_of(tz: str, language: str = ENGLISH) -> str:
    """Return the city that stands for a zone, in a language: "Helsinki", "Хельсинки"; or how far from UTC it is."""
    zone = zone_of(tz)
    area, _, place = zone.key.rpartition("/")
    if place in _UTC:
        return "UTC"
    if area == "Etc":
        # These names count the other way round: Etc/GMT+5 is five hours behind UTC.
        return place.replace("GMT", "UTC").translate(_TURNED)
    return get_timezone_location(zone, locale=locale_of(language), return_city=True).rpartition("/")[2]


def locale_of(language: str) -> Locale:
    """Return the locale of a language tag such as "de", "pt-BR" or "zh-Hant"; English for one that nobody knows."""
    return _locale(language[:_LONGEST_TAG].strip().replace("_", "-").lower())


_LONGEST_TAG = 20
_MINUS = "\u2212"
_TURNED = str.maketrans({"+": _MINUS, "-": "+"})
_UTC = frozenset({"UTC", "UCT", "GMT", "GMT0", "GMT+0", "GMT-0", "Zulu", "Universal", "Greenwich"})


@lru_cache(maxsize=64)
def _known(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def _locale(tag: str) -> Locale:
    try:
        return _known(tag)
    except (UnknownLocaleError, ValueError, TypeError):
        return _known(ENGLISH)


def _said(local: datetime, today: date, locale: Locale) -> str:
    clock, weekday = english_clock(local), format_date(local, "EEEE", locale=locale)
    near = {0: f"{clock} today", 1: f"{clock} tomorrow, {weekday}"}
    return near.get((local.date() - today).days) or f"{_day(local.date(), today, locale)}, {clock}"


def _midnight_said(local: datetime, today: date, locale: Locale) -> str:
    """Say which day it ends: at "12:00 am tomorrow, Wednesday" half of us think that all of Wednesday is left."""
    over = local.date() - timedelta(days=1)
    weekday = format_date(over, "EEEE", locale=locale)
    near = {0: f"midnight tonight, at the end of {weekday}", 1: f"midnight at the end of tomorrow, {weekday}"}
    return near.get((over - today).days) or f"midnight at the end of {_day(over, today, locale)}"


def _day(day: date, today: date, locale: Locale) -> str:
    return format_date(day, "EEEE, d MMMM" if day.year == today.year else "EEEE, d MMMM y", locale=locale)


def _near_day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead in {0, 1}:
        return "tomorrow" if ahead else "today"
    locale = locale_of(ENGLISH)
    return f"on {format_date(day, 'EEEE', locale=locale) if ahead < WEEK else _day(day, today, locale)}"


def _clock(local: datetime, locale: Locale) -> str:
    return format_time(local, "short", locale=locale)


def _offset_if_twice(local: datetime) -> str:
    if local.utcoffset() == local.replace(fold=1 - local.fold).utcoffset():
        return ""
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    sign, minutes = (_MINUS if minutes < 0 else "+"), abs(minutes)
    return f", UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
