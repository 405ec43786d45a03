"""Half days as people write them below a list of holidays: `24 Dec 09:00-12:00`, one a line."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.hours.calendars import CalendarTextError, Holiday, Span, parse_spells, spells_text
from bot.domain.hours.settings import HolidayYear, YearForm

_MOST = 60


def half_days_text(days: Iterable[Holiday]) -> str:
    """Return the half days among holidays as `parse_half_days` reads them."""
    return "\n".join(f"{day.date.day} {day.date:%b} {spells_text(day.spells)}" for day in days if day.spells)


def year_form(found: HolidayYear) -> YearForm:
    """Return the form of a year's holidays as they hold now."""
    kept = frozenset(day.date.isoformat() for day in found.kept)
    return YearForm(kept=kept, half_days=half_days_text(found.kept))


def parse_half_days(text: str, days: Sequence[Holiday]) -> dict[date, tuple[Span, ...]]:
    """Read in which hours the team works on some of the days. Each line begins with a day of the list, or its name.

    Raises:
        CalendarTextError: with a sentence that names the line.
    """
    names = {name: day.date for day in days for name in _ways(day)}
    found: dict[date, tuple[Span, ...]] = {}
    for line in filter(None, (" ".join(entry.split()) for entry in text.replace(";", "\n").splitlines())):
        low = line.casefold()
        name = max((name for name in names if _begins(low, name)), key=len, default="")
        if not name:
            raise CalendarTextError(
                f"“{line[:_MOST]}” begins with none of the days above. Write for example 24 Dec 09:00-12:00; "
                "hours of any other day are a special day.",
                "half_days",
            )
        spells = _spells(line, low[len(name) :].strip(" :,·-"))
        if names[name] in found:
            raise CalendarTextError(f"{name.title()} stands there twice.", "half_days")
        found[names[name]] = spells
    return found


def _spells(line: str, hours: str) -> tuple[Span, ...]:
    if not hours:
        raise CalendarTextError(f"From when to when on “{line[:_MOST]}”? Write for example 09:00-12:00.", "half_days")
    try:
        spells = parse_spells(hours)
    except CalendarTextError as error:
        raise CalendarTextError(f"In “{line[:_MOST]}”: {error}", "half_days") from error
    if not spells:
        raise CalendarTextError(f"“{line[:_MOST]}”: a whole day off needs no line here, only its tick.", "half_days")
    return spells


def _begins(line: str, name: str) -> bool:
    return line.startswith(name) and not line[len(name) : len(name) + 1].isalnum()


def _ways(day: Holiday) -> Iterable[str]:
    """Return every way in which somebody may begin a line for this day, folded."""
    number, short, long = day.date.day, f"{day.date:%b}".casefold(), f"{day.date:%B}".casefold()
    plain = [f"{number} {short}", f"{number} {long}", f"{number}. {long}", f"{short} {number}", f"{long} {number}"]
    weekday = f"{day.date:%a}".casefold()
    numeric = [f"{number}.{day.date.month}.", f"{number:02}.{day.date.month:02}.", day.date.isoformat()]
    return [*plain, *(f"{weekday} {way}" for way in plain), *numeric, " ".join(day.name.casefold().split())]
