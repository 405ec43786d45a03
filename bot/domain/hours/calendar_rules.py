"""The rules of a calendar as values: a week, days off, days of their own kind, and the zone they are meant in."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

Span = tuple[time, time]
"""One spell of a day by the wall clock; an end that is not after its start lies on the next day (0:00 to 0:00: all)."""

Week = tuple[tuple[Span, ...], ...]
"""The spells of Monday to Sunday, in order."""

MIDNIGHT: Final = time(0)
ALL_DAY: Final[Span] = (MIDNIGHT, MIDNIGHT)
ALL_WEEK: Final[Week] = ((ALL_DAY,),) * 7
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class CalendarTextError(ValueError):
    """A calendar cannot be as it was written; the text is a sentence for whoever wrote it.

    `part` says which field is meant: "week", "tz", "days" or "country".
    """

    def __init__(self, sentence: str, part: str = "week") -> None:
        super().__init__(sentence)
        self.part = part


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with hours of its own, whatever the week or a holiday says; without spells: closed."""

    date: date
    spells: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday. With spells it is a half day: open in those."""

    date: date
    name: str
    spells: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """Working hours as people say them: of the team, or of one member.

    `tz` is None when nobody chose a zone: then the team's is its lead's, a member's their own. `holidays` are dates
    that were looked up for `country` and `region` when the rules were saved; `confirmed` are the years whose list
    somebody looked at. `within_team` (of a member) keeps their hours inside the team's.
    """

    tz: str | None = None
    week: Week = ALL_WEEK
    days: tuple[SpecialDay, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    country: str | None = None
    region: str | None = None
    confirmed: tuple[int, ...] = ()
    within_team: bool = True

    @property
    def is_teams_week(self) -> bool:
        """Whether a member with these works the team's week, with at most days of their own beside it."""
        return self.within_team and self.week == ALL_WEEK


def minutes(spell: Span) -> int:
    """Return how many minutes a spell lasts by the wall clock; the same time twice is a whole day."""
    start, end = (of.hour * 60 + of.minute for of in spell)
    return end - start if end > start else end - start + 24 * 60
