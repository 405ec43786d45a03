"""A due time is explained by the rules that plan: which working time is left at each nudge."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours.calendars import CalendarRules, parse_rules, team_time
from bot.domain.ladder.deadline import explain, is_break
from bot.domain.ladder.ladders import Ladder

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


def test_a_promise_made_at_night_for_a_quarter_past_nine_is_nudged_at_nine():
    """Nothing that lies ahead has gone by: at nine all of the quarter is left."""
    late, nudge = explain(at(22, 11, 33), at(23, 9, 15), HELSINKI, LADDER)
    assert (late.at, late.lead, late.past) == (at(20, 16, 15), HOUR, True)
    assert (nudge.at, nudge.lead, nudge.past) == (at(23, 9), QUARTER, False)


def test_a_time_that_is_past_is_explained_as_if_the_promise_were_old():
    found = explain(at(23, 9), at(16, 9, 15), HELSINKI, LADDER)
    assert [one.at for one in found] == [at(13, 16, 15), at(16, 9)]


def test_without_working_time_there_is_no_nudge():
    assert explain(at(23, 9), at(30, 9), NEVER, LADDER) == ()
    assert explain(at(23, 9), at(16, 9), NEVER, LADDER) == ()


IN_HELSINKI, IN_KOLKATA = ZoneInfo("Europe/Helsinki"), ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("closes", "opens", "breaks"),
    [
        ("2026-11-27 12:00", "2026-11-27 13:00", True),
        ("2026-11-27 12:00", "2026-11-27 17:30", True),
        ("2026-11-27 17:00", "2026-11-30 09:00", False),
        ("2026-11-26 17:00", "2026-11-27 09:00", False),
        ("2026-11-27 12:59:59", "2026-11-27 23:59:58", True),
        ("2026-11-27 12:59:59", "2026-11-27 23:59:59", False),
        ("2026-11-27 06:00", "2026-11-27 22:00", False),
        ("2026-11-27 23:45", "2026-11-28 00:15", True),
        ("2026-11-27 23:45", "2026-11-28 03:44", True),
        ("2026-11-27 23:45", "2026-11-28 03:45", False),
        ("2027-03-28 02:00", "2027-03-28 04:00", True),
        ("2026-10-25 03:00", "2026-10-25 04:00", True),
    ],
    ids=[
        "lunch",
        "a long siesta",
        "the weekend",
        "the night",
        "just before a day's rest",
        "a day's rest",
        "after a night shift",
        "in a night shift",
        "just before four hours",
        "four hours",
        "clocks go forward",
        "clocks go back",
    ],
)
def test_who_goes_on_the_same_day_only_breaks(closes: str, opens: str, breaks: bool):
    at, again = (datetime.fromisoformat(each).replace(tzinfo=IN_HELSINKI).astimezone(UTC) for each in (closes, opens))
    assert is_break(at, again, IN_HELSINKI) is breaks


def test_whose_day_it_is_goes_by_their_own_clock():
    """Seven hours from half past six in the evening in UTC: one date in Kolkata, two in Helsinki."""
    closes = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
    assert is_break(closes, closes + timedelta(hours=7), IN_KOLKATA)
    assert not is_break(closes, closes + timedelta(hours=7), IN_HELSINKI)


def test_the_call_before_closing_is_for_a_promise_that_is_long_enough():
    """For a lead of a minute, asked a week ahead, it comes an hour before; half an hour is halved."""
    call, last = explain(at(23, 9), at(30, 9, 15), HELSINKI, Ladder((timedelta(minutes=1),)))
    assert (call.at, call.lead, call.to_act, last.to_act) == (at(27, 16, 15), None, True, False)
    _, short, _ = explain(at(20, 16, 50), at(23, 9, 20), HELSINKI, LADDER)
    assert (short.lead, short.to_act) == (None, False)


def test_half_of_what_is_shorter_than_the_smallest_lead_is_no_call_before_closing():
    _, half = explain(at(23, 9), at(23, 11), HELSINKI, Ladder((timedelta(hours=4),)))
    assert (half.left, half.lead, half.to_act) == (timedelta(hours=1), None, False)
