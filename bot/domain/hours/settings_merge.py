"""One form that two people filled in at once: what each changed, and where they changed the same."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.hours.calendars import CalendarTextError, parse_week
from bot.domain.hours.settings import HoursForm


def both_changed(was: HoursForm, held: HoursForm, wanted: HoursForm, parts: Sequence[str]) -> tuple[str, ...]:
    """Return the parts that this person and somebody else changed to different things."""
    return tuple(
        part
        for part in parts
        if not same(part, held, was) and not same(part, wanted, was) and not same(part, wanted, held)
    )


def merged(was: HoursForm, held: HoursForm, wanted: HoursForm, parts: Sequence[str]) -> HoursForm:
    """Return the form with what this person changed, and for the rest what holds now."""
    found = {part: getattr(held if same(part, wanted, was) else wanted, part) for part in parts}
    if "country" in parts:  # a region means nothing without its country
        found["region"] = (held if found["country"] != wanted.country else wanted).region
        if same("country", wanted, was) and same("region", wanted, was):
            found["region"] = held.region
    return replace(held, **found)


def same(part: str, one: HoursForm, other: HoursForm) -> bool:
    """Tell whether a part means the same in both; a week is what it says, however it is written."""
    a, b = getattr(one, part), getattr(other, part)
    if part != "week" or a == b:
        return bool(a == b)
    try:
        return parse_week(a) == parse_week(b)
    except CalendarTextError:
        return False
