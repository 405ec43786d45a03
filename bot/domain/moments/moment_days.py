"""Days as people name them: "Fri", "next Monday", "24 Dec", "24.12.2026", "2026-12-24", "tomorrow"."""

import re

from bot.domain.moments.moment_parts import DATES, TIMES, Day, MomentError, Which

Token = tuple[str, str]
"""What kind of thing stands there, and its letters."""


def read_day(kind: str, said: str, tokens: list[Token]) -> Day | None:
    """Read a day that begins with this token; what belongs to it is taken from the others."""
    if kind in {"iso", "dotted", "slashed"}:
        return _in_figures(said)
    if said in _AHEAD:
        return Day(said, ahead=_AHEAD[said])
    if said == "day" and [word for _, word in tokens[:2]] == ["after", "tomorrow"]:
        del tokens[:2]
        return Day("the day after tomorrow", ahead=2)
    if said in {"next", "this"}:
        return _this_or_next(said, tokens)
    if kind == "word" and said[:3] in _WEEKDAYS and _is_short_for(said, _WEEKDAY_NAMES):
        return Day(said.capitalize(), weekday=_WEEKDAYS[said[:3]])
    return _with_month(kind, said, tokens)


def _this_or_next(said: str, tokens: list[Token]) -> Day | None:
    word = tokens[0][1] if tokens else ""
    if word == "week":
        tokens.pop(0)
        return Day(f"{said} week", week=int(said == "next"))
    if word in PARTS and said == "this":
        return Day("today", ahead=0)
    if word[:3] in _WEEKDAYS and _is_short_for(word, _WEEKDAY_NAMES):
        tokens.pop(0)
        which = Which.NEXT if said == "next" else Which.COMING
        return Day(f"{said} {word.capitalize()}", weekday=_WEEKDAYS[word[:3]], which=which)
    return None


def _with_month(kind: str, said: str, tokens: list[Token]) -> Day | None:
    """Read "24 Dec", "24 of December 2026", "Dec 24"."""
    while tokens and tokens[0][1] in {"of", "the"}:
        tokens.pop(0)
    after_kind, after = tokens[0] if tokens else ("", "")
    if kind == "number" and after_kind == "word" and _is_month(after):
        date, month = int(said), _MONTHS[after[:3]]
    elif kind == "word" and _is_month(said) and after_kind == "number":
        date, month = int(after), _MONTHS[said[:3]]
    else:
        return None
    tokens.pop(0)
    year = None
    if tokens and tokens[0][0] == "number" and len(tokens[0][1]) == len("2026"):
        year = int(tokens.pop(0)[1])
    return Day(f"{date} {_MONTH_NAMES[month - 1][:3].capitalize()}", year=year, month=month, date=date)


def _in_figures(said: str) -> Day:
    """Read 2026-12-24, 24.12., 24.12.2026 and 24/12; with slashes it must be plain which of the two is the month."""
    if said.count("-"):
        year, month, date = (int(part) for part in said.split("-"))
        return Day(said, year=year, month=month, date=date)
    first, second, *years = (int(part) for part in re.split(r"[./]\s?", said) if part)
    if "/" in said and first <= _MOST_MONTHS and second <= _MOST_MONTHS and first != second:
        raise MomentError(f"“{said}” can be two days. Please write the month in letters.", example=DATES)
    date, month = (second, first) if "/" in said and second > _MOST_MONTHS else (first, second)
    if not 1 <= month <= _MOST_MONTHS:
        why = f"There is no month {month} in “{said}”. A time is written with a colon, like 14:30."
        raise MomentError(why, example=TIMES)
    return Day(said, year=years[0] if years else None, month=month, date=date)


def _is_month(word: str) -> bool:
    return word[:3] in _MONTHS and _is_short_for(word, _MONTH_NAMES)


def _is_short_for(word: str, names: tuple[str, ...]) -> bool:
    return any(name.startswith(word) for name in names) or word in {"tues", "thurs", "thur", "weds", "sept"}


_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {name[:3]: number for number, name in enumerate(_WEEKDAY_NAMES)}
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)}
_AHEAD = {"yesterday": -1, "today": 0, "tomorrow": 1, "tmrw": 1, "tmr": 1, "overmorrow": 2}
PARTS = {"morning": (0, 720), "afternoon": (720, 1440), "evening": (1080, 1440)}
_MOST_MONTHS = 12
