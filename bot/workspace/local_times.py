"""What a picker of a date and time means in a person's zone."""

from bisect import bisect_left
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.workspace.errors import ControlError


def instant_of(given: Any, tz: str) -> int:
    """Unix seconds of a local "YYYY-MM-DDTHH:MM" in a zone; a number is Unix seconds already.

    A time that the clocks skip is the first that exists after it; one that they show twice is the first of the two.
    ControlError for anything else.
    """
    text = str(given).strip()
    if isinstance(given, bool):
        raise _not_understood(given)
    if isinstance(given, int | float) or text.isdecimal():
        return int(given)
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise _not_understood(given) from None
    if local.tzinfo:
        return int(local.timestamp())
    return _first(local, ZoneInfo(tz))


def _first(local: datetime, zone: ZoneInfo) -> int:
    before, after = (int(local.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    if before <= after:  # an ordinary time, or one that comes twice
        return before
    # The clocks skip it: read with the offset before the change it is too late, with the one after it too early.
    seconds = range(after, before + 1)
    new = _offset(before, zone)
    return seconds[bisect_left(seconds, True, key=lambda second: _offset(second, zone) == new)]  # noqa: FBT003 (searched for)


def _offset(second: int, zone: ZoneInfo) -> object:
    return datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()


def _not_understood(given: Any) -> ControlError:
    return ControlError(f"{given!r} is no date and time; write it like 2026-11-23T15:00, or in Unix seconds")
