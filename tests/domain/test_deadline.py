"""A due time is explained by the rules that plan: which working time is left at each nudge."""

from datetime import UTC, datetime, timedelta

from bot.domain.calendars import CalendarRules, parse_rules, team_time
from bot.domain.deadline import explain
from bot.domain.ladders import Ladder

HELSINKI = team_time(parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00"))
NEVER = team_time(CalendarRules(week=((),) * 7))
HOUR, QUARTER = timedelta(hours=1), timedelta(minutes=15)
LADDER = Ladder((HOUR, QUARTER))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026, as it is told in Helsinki."""
    return datetime(2026, 11, day, hour - 2, minute, tzinfo=UTC)


def test_what_is_left_at_a_nudge_lies_on_both_sides_of_the_weekend():
    call, last = explain(at(23, 9), at(30, 9, 15), HELSINKI, LADDER)
    assert (call.at, call.left, call.lead, call.past) == (at(27, 16, 15), HOUR, HOUR, False)
    assert call.spells == ((at(27, 16, 15), at(27, 17)), (at(30, 9), at(30, 9, 15)))
    assert (last.at, last.left) == (at(30, 9), QUARTER)


def test_a_lead_that_has_gone_by_is_said_beside_what_comes_instead():
    """Friday 16:50, “30 minutes”: due on Monday at 9:20."""
    late, call, last = explain(at(20, 16, 50), at(23, 9, 20), HELSINKI, LADDER)
    assert (late.at, late.lead, late.past) == (at(20, 16, 20), HOUR, True)
    assert (call.at, call.lead, call.past) == (at(20, 16, 55), None, False)
    assert (last.at, last.past) == (at(23, 9, 5), False)


def test_a_time_that_is_past_is_explained_as_if_the_promise_were_old():
    found = explain(at(23, 9), at(16, 9, 15), HELSINKI, LADDER)
    assert [one.at for one in found] == [at(13, 16, 15), at(16, 9)]


def test_without_working_time_there_is_no_nudge():
    assert explain(at(23, 9), at(30, 9), NEVER, LADDER) == ()
    assert explain(at(23, 9), at(16, 9), NEVER, LADDER) == ()
