"""How far ahead a moment lies, said so that nobody goes there by mistake."""

from typing import Final

from bot.workspace.render.reader import Reader

_MINUTE: Final = 60
_HOUR: Final = 3600
_DAY: Final = 86_400
_COUNTED_IN_HOURS: Final = 48
_NEAR: Final = {0: "today, ", 1: "tomorrow, "}


def told_ahead(instant: float, reader: Reader) -> str:
    """A moment ahead in full: tomorrow, Wednesday 25 November 08:00, in 22 hours.

    How long that is goes to the nearest minute, from an hour on to the nearest hour, from two days on to the nearest
    day: never further off than half of what it is counted in.
    """
    there, here = reader.local(instant), reader.local(reader.now)
    near = _NEAR.get((there.date() - here.date()).days, "")
    year = "" if there.year == here.year else f" {there.year}"
    span = _span(instant - reader.now)
    return f"{near}{there:%A} {there.day} {there:%B}{year} {reader.clock(instant)}, in {span}"


def _span(seconds: float) -> str:
    minutes, hours, days = (round(seconds / unit) for unit in (_MINUTE, _HOUR, _DAY))
    if minutes < 1:
        return "less than a minute"
    if minutes < _HOUR // _MINUTE:
        return _counted(minutes, "minute")
    return _counted(hours, "hour") if hours < _COUNTED_IN_HOURS else _counted(days, "day")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
