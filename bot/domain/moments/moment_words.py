"""Days and times as people type them, read into parts; which instants they are is for `bot.domain.moments.moments`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import normalize

from bot.domain.moments.moment_days import PARTS, Token, read_day
from bot.domain.moments.moment_parts import DATES, TIMES, Day, Length, MomentError, Point, Said, short

_LONGEST = 200
"""Characters of a time in words; what is longer is none."""

_TOKEN = re.compile(
    r"""(?P<iso>\d{4}-\d{1,2}-\d{1,2})
    | (?P<dotted>\d{1,2}\.\s?\d{1,2}(?:\.\s?\d{4}|\.|(?!\d)))
    | (?P<slashed>\d{1,2}/\d{1,2}(?:/\d{4})?)
    | (?P<time>\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)
    | (?P<number>\d{1,9})(?:st|nd|rd|th)?
    | (?P<word>[^\W\d_]+)
    | (?P<dash>[-\u2010-\u2015]+)
    | (?P<skip>[\s,.]+)
    | (?P<other>.)""",
    re.VERBOSE,
)


def read_said(text: str) -> Said:
    """Read what somebody typed. Raises MomentError with a sentence."""
    words = normalize("NFKC", text).casefold().strip()
    if len(words) > _LONGEST:
        raise MomentError("That is too long for a time.")
    found = Said()
    point = found.start
    tokens = [token for token in _tokens(words) if token[0] != "skip"]
    while tokens:
        kind, said = tokens.pop(0)
        if kind == "dash" or said in _UNTIL:
            if kind == "dash" and point.is_empty and _is_length(tokens):
                raise _backwards(tokens)
            found.end = point = _end_of(found, words)
        elif said in _FROM:
            found.begins = True
        elif said == "for" and found.end is None and found.length is None:
            found.length = _length(tokens)
        elif kind == "number" and tokens and tokens[0] in _UNIT_TOKENS and found == Said():
            found.length = _length([(kind, said), tokens.pop(0)])
        elif said == "all" and [word for _, word in tokens[:1]] == ["day"]:
            del tokens[:1]
        elif said not in _FILLERS:
            _add(point, kind, said, tokens, at_end=found.end is not None)
    return found


def _end_of(found: Said, words: str) -> Point:
    """Return the end that begins to be read; there is one."""
    if found.end is not None or found.length is not None:
        raise MomentError(f"I read two ends in “{short(words)}”.", at_end=True)
    return Point()


def _tokens(words: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(words):
        kind = found.lastgroup or "other"
        yield kind, found[kind]


def _add(point: Point, kind: str, said: str, tokens: list[Token], *, at_end: bool) -> None:
    """Take one token (and what belongs to it) into a point."""
    if kind == "time" or said in _TIMES:
        if point.has_time:
            raise MomentError(f"I read two times before “{short(said)}”.", at_end=at_end, example=TIMES)
        point.minutes, point.pm = (_TIMES[said], None) if said in _TIMES else _minutes(said, at_end=at_end)
        if said == "midnight" and at_end:
            point.minutes = 24 * 60
    elif said in PARTS:
        point.part = PARTS[said]
    elif said == "now":
        point.is_now = True
    elif (day := read_day(kind, said, tokens)) is not None:
        point.day = _same_day(point.day, day, at_end=at_end)
    elif kind == "number" and tokens[:1] and tokens[0] in _UNIT_TOKENS:
        length = f"{said} {tokens[0][1]}"
        raise MomentError(f"“{length}” says how long, not when.", at_end=at_end, example=_lasting(length))
    elif said in {"this", "next"} and tokens and tokens[0][1] in {"month", "year"}:
        which = f"From which day until which day of “{said} {tokens[0][1]}”?"
        raise MomentError(which, at_end=at_end, example=DATES)
    elif kind == "number" and point.number is None:
        point.number = int(said)
    else:
        why = f"I do not understand “{short(said)}”. I read days and times in English."
        raise MomentError(why, at_end=at_end)


def _is_length(tokens: list[Token]) -> bool:
    return len(tokens) > 1 and tokens[0][0] == "number" and tokens[1] in _UNIT_TOKENS


def _backwards(tokens: list[Token]) -> MomentError:
    length = f"{tokens[0][1]} {tokens[1][1]}"
    return MomentError(f"“-{length}” would be over before it begins.", at_end=True, example=_lasting(length))


def _lasting(length: str) -> str:
    """Return an example that lasts so long, a shorter one when that is more than an example should last."""
    amount, unit = length.split()
    most = next(most for names, (_, most) in _UNITS.items() if unit in names)
    return f"for {length}" if 0 < int(amount) <= most else _DAYS


def _same_day(before: Day | None, day: Day, *, at_end: bool) -> Day:
    """Take a weekday and a date for one day; whether the date falls on it is looked at later."""
    if before is None:
        return day
    if before.weekday is not None and day.date is not None:
        return replace(day, weekday=before.weekday, said=f"{before.said} {day.said}")
    if before.date is not None and day.weekday is not None:
        return replace(before, weekday=day.weekday, said=f"{before.said} {day.said}")
    raise MomentError(f"I read two days: “{before.said}” and “{day.said}”.", at_end=at_end)


def _length(tokens: list[Token]) -> Length:
    """Read "3 days", "a week", "2 hours", "90 min", "2h", "6 months", "2 years"."""
    if tokens[:1] and tokens[0][0] == "dash" and _is_length(tokens[1:]):
        raise _backwards(tokens[1:])
    said = " ".join(word for _, word in tokens[:2])
    amount, unit = (*(word for _, word in tokens[:2]), "", "")[:2]
    del tokens[:2]
    count = int(amount) if amount.isdecimal() else _COUNTS.get(amount)
    known = next((value for names, (value, _) in _UNITS.items() if unit in names), None)
    if count is None or known is None:
        raise MomentError(f"How long is “{short(said)}”?" if said else "For how long?", at_end=True, example=_DAYS)
    if not 0 < count < _MOST:
        raise MomentError(f"“{short(said)}” is no length of time that I can take.", at_end=True, example=_DAYS)
    return Length(months=known.months * count, days=known.days * count, minutes=known.minutes * count)


def _minutes(said: str, *, at_end: bool) -> tuple[int, bool | None]:
    """Read a time of the day: 15:30, 3:30 pm, 3pm; 24:00 is the midnight at its end."""
    figures = re.findall(r"\d+", said)
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) > 1 else 0
    half = re.search(r"[ap]", said)
    pm = None if half is None else half[0] == "p"
    fits = 1 <= hour <= _HALF if half else hour <= 2 * _HALF and (hour, minute) <= (2 * _HALF, 0)
    if not fits or minute > _LAST_MINUTE:
        why = "the clock goes from 1 to 12 am and pm" if half else "a day goes from 00:00 to 24:00"
        raise MomentError(f"There is no {said}: {why}.", at_end=at_end, example=TIMES)
    return (hour % _HALF + (_HALF if pm else 0) if half else hour) * 60 + minute, pm


_TIMES = {"noon": 720, "midday": 720, "midnight": 0}
_UNTIL = frozenset({"until", "till", "til", "to", "through", "thru", "untill"})
_FROM = frozenset({"from", "starting"})
_FILLERS = frozenset({"at", "on", "the", "t", "and", "including", "incl"})
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_UNITS = {
    ("m", "min", "mins", "minute", "minutes"): (Length(minutes=1), 600),
    ("h", "hr", "hrs", "hour", "hours"): (Length(minutes=60), 72),
    ("d", "day", "days"): (Length(days=1), 90),
    ("w", "week", "weeks"): (Length(days=7), 12),
    ("month", "months"): (Length(months=1), 11),
    ("y", "yr", "yrs", "year", "years"): (Length(months=12), 0),
}
"""What each unit is called, how long it is, and how many of it an example lasts at most: less than a year."""
_UNIT_TOKENS = {("word", unit) for units in _UNITS for unit in units}
_HALF, _LAST_MINUTE = 12, 59
_MOST = 100_000
_DAYS = "for 3 days"
