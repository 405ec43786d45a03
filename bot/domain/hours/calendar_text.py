"""Weeks as people write them: `Mon-Fri 09:00-12:00 13:00-17:00, Sat 10-14`, and back."""

import re
from collections.abc import Sequence
from datetime import time
from itertools import groupby
from typing import Final

from bot.domain.hours.calendar_checks import check_crossing, check_week, check_zone, find_zone
from bot.domain.hours.calendar_rules import ALL_WEEK, DAYS, MIDNIGHT, CalendarRules, CalendarTextError, Span, Week

_USUAL: Final = "Mon-Fri 09:00-17:00"
EXAMPLE: Final = f"{_USUAL}, Sat 10:00-14:00"
AROUND: Final = "24/7"

_SHOWN: Final = 40
"""Characters of a word that are repeated to whoever wrote it."""

_GROUPS: Final = {
    "daily": range(7),
    "everyday": range(7),
    "weekdays": range(5),
    "weekday": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_CLOSED: Final = frozenset({"closed", "off", "free", "none", "-"})
_NO_PLACE: Final = re.compile(
    r"(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|AEDT|AEST|AK[DS]T|BST|C[DES]T|CEST|E[DES]T|EEST|HST|IST|JST|KST|M[DES]T"
    r"|MEST|MSK|P[DS]T|SGT|WES?T",
    re.IGNORECASE,
)
"""What people call the time on a clock; some mean more than one, and none says when it becomes another."""

_AROUND_A_ZONE: Final = "(),; "
_DASHES: Final = re.compile(r"(?<!\s)\s*+(?:[-‐‑‒–—−]|\bto\b|\buntil\b)\s*+")  # noqa: RUF001 - dashes on keyboards
_JOINTS: Final = re.compile(r"[,;&+\n]|\band\b")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?(?:m\.?)?")
_SPELL: Final = re.compile(r"(?<![a-z\d])(\d[^-\s]*+(?:\s*[ap]\.?m\.?)?)-(\d[^-\s]*+(?:\s*[ap]\.?m\.?)?)")
"""Both begin at most once in a run of blanks or digits, however long it is: what is no week is refused at once."""


def parse_rules(text: str) -> CalendarRules:
    """Read a calendar in one line: a week, with the zone that it is meant in before or behind it if there is one.

    Raises:
        CalendarTextError: with a sentence.
    """
    for word, rest in (text.strip().partition(" ")[::2], text.strip().rpartition(" ")[::-2]):
        zone = _zone(word.strip(_AROUND_A_ZONE))
        if zone is not None:
            return CalendarRules(tz=zone, week=parse_week(rest.rstrip(_AROUND_A_ZONE)))
    return CalendarRules(week=parse_week(text))


def _zone(word: str) -> str | None:
    """Return the zone that a word names; None when it is none, but days or times."""
    if _NO_PLACE.fullmatch(word):
        raise CalendarTextError(
            f"“{word}” does not say when clocks change; write a place, for example Europe/Helsinki {_USUAL}.",
            "tz",
        )
    if "/" in word and any(letter.isalpha() for letter in word):
        return check_zone(word)
    return find_zone(word)


def parse_week(text: str) -> Week:
    """Read a week. Days without times in front of a comma share those that follow; a day that is not named is closed.

    Raises:
        CalendarTextError: with a sentence.
    """
    if text.strip() == AROUND:
        return ALL_WEEK
    week: list[list[Span]] = [[] for _ in DAYS]
    waiting: list[int] = []
    last: list[int] = []
    for part in _parts(text):
        days, times = _days_and_times(part)
        if days and not times:
            waiting += days
            continue
        last = [*waiting, *days] or last or list(range(7))
        waiting = []
        spells = _spells(times)
        for day in last:
            week[day] += spells
    if waiting:
        raise CalendarTextError(f"From when to when on {DAYS[waiting[-1]]}? Write for example {EXAMPLE}.")
    found = tuple(tuple(sorted(spells)) for spells in week)
    check_week(found)
    return found


def parse_spells(text: str) -> tuple[Span, ...]:
    """Read the hours of one day: `09:00-12:00 13:00-17:00`, or `closed`.

    Raises:
        CalendarTextError: with a sentence.
    """
    found = _spells(text)
    check_crossing(found)
    return found


def _spells(text: str) -> tuple[Span, ...]:
    plain = _DASHES.sub("-", _JOINTS.sub(" ", text.strip().lower()))
    if plain in _CLOSED:
        return ()
    rest = _SPELL.sub(" ", plain).strip()
    found = tuple(sorted((_time(start), _end(end)) for start, end in _SPELL.findall(plain)))
    if rest or not found:
        raise CalendarTextError(
            f"“{(rest or text.strip())[:_SHOWN]}” is no time of a day; write for example 09:00-17:00."
        )
    return found


def week_text(week: Week) -> str:
    """Return a week as `parse_week` reads it: days with the same hours together, closed days left out."""
    if week == ALL_WEEK:
        return AROUND
    days_of: dict[tuple[Span, ...], list[int]] = {}
    for day, spells in enumerate(week):
        days_of.setdefault(spells, []).append(day)
    return ", ".join(f"{_runs(days)} {spells_text(spells)}" for spells, days in days_of.items() if spells) or "closed"


def spells_text(spells: Sequence[Span]) -> str:
    """Return the hours of one day as `parse_spells` reads them."""
    return " ".join(f"{start:%H:%M}-{_end_text(spell)}" for spell in spells for start in spell[:1]) or "closed"


def rules_text(rules: CalendarRules) -> str:
    """Return the zone (if one was chosen) and the week of rules as `parse_rules` reads them."""
    return " ".join(filter(None, (rules.tz, week_text(rules.week))))


def _end_text(spell: Span) -> str:
    return "24:00" if spell[1] == MIDNIGHT else f"{spell[1]:%H:%M}"


def _runs(days: Sequence[int]) -> str:
    """Return days such as 0, 1, 2, 6 as “Mon-Wed, Sun”."""
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])]
    return ", ".join("-".join(dict.fromkeys(DAYS[day][:3] for day in (run[0], run[-1]))) for run in runs)


def _parts(text: str) -> list[str]:
    plain = _DASHES.sub("-", text.strip().lower())
    parts = [part.strip(" .:") for part in _JOINTS.split(plain)]
    found = [part for part in parts if part]
    if not found:
        raise CalendarTextError(f"Which days, from when to when? Write for example {EXAMPLE}.")
    return found


def _days_and_times(part: str) -> tuple[list[int], str]:
    days: list[int] = []
    words = part.split()
    while words and (words[0][:1].isalpha() and words[0] not in _CLOSED):
        days += _days(words.pop(0).rstrip(":."))
    return days, " ".join(words)


def _days(word: str) -> list[int]:
    if word in _GROUPS:
        return list(_GROUPS[word])
    first, dash, last = word.partition("-")
    start = _day(first)
    end = _day(last) if dash else start
    return [day % 7 for day in range(start, (end if end >= start else end + 7) + 1)]


def _day(word: str) -> int:
    found = [number for number, name in enumerate(DAYS) if len(word) > 1 and name.lower().startswith(word.rstrip("s."))]
    if len(found) != 1:
        raise CalendarTextError(f"“{word[:_SHOWN]}” is no day of the week; write for example {EXAMPLE}.")
    return found[0]


def _end(word: str) -> time:
    return MIDNIGHT if re.fullmatch(r"24(?:[:.h]00)?", word) else _time(word)


def _time(word: str) -> time:
    match = _TIME.fullmatch(word.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if match and match[3]:
        hour = 99 if not 1 <= hour <= 12 else hour % 12 + (12 if match[3] == "p" else 0)  # noqa: PLR2004 - a clock's dial
    try:
        return time(hour, minute)
    except ValueError:
        raise CalendarTextError(f"“{word[:_SHOWN]}” is no time of day; write for example 09:00 or 17:30.") from None
