"""What the settings windows show, read at one moment, and what a save came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import Holiday, SpecialDay
from bot.domain.people import Member

Places = tuple[tuple[str, str], ...]
"""Countries or their regions: code and name, by name."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether hours are open at this moment, and until when that stays so; None: for as far as can be seen."""

    is_open: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a colleague is right now; `stand_in` is who acts for them while they are away."""

    member: Member
    now: Presence
    away: bool = False
    stand_in: Member | None = None


@dataclass(frozen=True, slots=True)
class AwaySigns:
    """What makes a Slack status an absence: words in its text, and names of emoji without their colons."""

    words: tuple[str, ...] = ()
    emoji: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """Everything that holds for the team and for the member who looks.

    `place` is where the team's public holidays are from, as people say it, empty for nowhere. `to_confirm` is the year
    whose holidays somebody should look at now. `names` are everybody's, by Slack id. `today` is the team's date.
    """

    member: Member
    team: CalendarShown
    mine: CalendarShown
    team_now: Presence
    mine_now: Presence
    today: date
    place: str = ""
    to_confirm: int | None = None
    lead: Member | None = None
    away: AwaySigns = field(default_factory=AwaySigns)
    names: Mapping[str, str] = field(default_factory=dict)


def may_change_signs(shown: SettingsShown) -> bool:
    """Tell whether the one who looks may say what makes a status an absence: the lead, or anyone when there is none."""
    return shown.lead is None or shown.lead.id == shown.member.id


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The public holidays of one year: all that the place has, and those that the team has off.

    A holiday with hours in `kept` is a half day. `years` are those that can be looked at.
    """

    year: int
    place: str
    listed: tuple[Holiday, ...]
    kept: tuple[Holiday, ...]
    confirmed: bool
    years: tuple[int, ...]
    special: tuple[SpecialDay, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursForm:
    """What stands in a form of hours, as people type and choose it.

    `tz`, `country` and `region` are empty for none of its own. `own`, `within` and `stand_in` are of a member's form.
    """

    week: str
    tz: str = ""
    country: str = ""
    region: str = ""
    own: bool = True
    within: bool = True
    stand_in: str = ""


@dataclass(frozen=True, slots=True)
class YearForm:
    """What stands in the form of a year's holidays: the ticked dates (ISO 8601), and the half days as typed."""

    kept: frozenset[str]
    half_days: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a save did to what was planned: how many nudges go out at another time, and when the next one does.

    `later` when there is so much to plan anew that it goes on after the save.
    """

    moved: int = 0
    next_at: datetime | None = None
    later: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that went through: what holds now, what it did, and sentences about what else is worth knowing."""

    shown: SettingsShown
    effect: Effect
    changed: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody saved the same thing in another way meanwhile: who, and what holds now. Nothing was saved."""

    shown: SettingsShown
    by: str | None
    parts: tuple[str, ...]
