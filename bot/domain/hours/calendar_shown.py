"""A calendar as people are shown it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.hours.calendar_rules import CalendarRules

HEADSUP = "headsup"
"""Who made a version that nobody asked for; no Slack id is this word (those are capitals and digits)."""


@dataclass(frozen=True, slots=True)
class CalendarShown:
    """The hours of the team (`owner` "team") or of a member (their id), and where they come from.

    `rules` are as they were saved, None for a member without hours of their own; `team` are the team's, with the zone
    that counts for it.
    `tz` is the zone that counts for the owner, `zone_chosen` is False when it was only derived: the team's from its
    people, a member's from Slack. `version` 0 means that nobody has saved any. The team's come from the settings then,
    and also after somebody went back to those: `made_at` is None in both cases. `made_by` is `HEADSUP` when nobody did
    it.
    `by_itself` is the zone that the team has as long as nobody chooses one, `by_itself_of` the lead whose it is, empty
    when it is the one that most of the team are in.
    A save carries `version` back, so that two who change the same hours at once hear of each other.
    """

    owner: str
    rules: CalendarRules | None
    team: CalendarRules
    tz: str
    zone_chosen: bool
    version: int
    made_at: datetime | None = None
    made_by: str | None = None
    stand_in: str | None = None
    by_itself: str = "UTC"
    by_itself_of: str = ""
