"""What TEAM_CALENDAR may be: the team's working hours in one line."""

from bot.domain.hours.calendars import CalendarRules, parse_rules

OFFICE_HOURS = "Mon-Fri 09:00-17:00"


def team_calendar(given: str | CalendarRules) -> CalendarRules:
    """Accept the team's working hours, with their zone in front or without."""
    if isinstance(given, CalendarRules):
        return given
    found = parse_rules(given)
    if not any(found.week):
        raise ValueError(f"then nobody ever works; write for example {OFFICE_HOURS}")
    return found
