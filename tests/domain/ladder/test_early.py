"""Why a nudge comes before its reader's work stops: a time away or a day off, or only that their day ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours.calendar_text import parse_spells, parse_week
from bot.domain.hours.calendars import CalendarRules, Holiday, SpecialDay, member_time, usual_time
from bot.domain.ladder.early import Missing
from bot.domain.ladder.ladders import pause_before
from bot.domain.working_time import Spell

TEAM = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
HOUR, MINUTE, TICK = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)
FRIDAY = date(2026, 11, 27)


def nov(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """An instant of November 2026, or of December from the 31st on; the 26th is a Thursday."""
    return datetime(2026, 11, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)


def missing(
    due: datetime,
    *away: Spell,
    lead: timedelta = HOUR,
    team: CalendarRules = TEAM,
    own: CalendarRules | None = None,
    tz: str = "UTC",
) -> Missing | None:
    """Return what brings a nudge as early as it comes, so much working time before."""
    hours = member_time(team, own, tz, tuple(away))
    pause = pause_before(hours.subtract(due, lead), due, hours, usual_time(team, own, tz))
    return pause.missing if pause else None


def away(day: int, start: int = 0, until: tuple[int, int] | None = None) -> Spell:
    """A time away from an hour of a day on: until its end, or a day and hour."""
    return nov(day, start), nov(*until) if until else nov(day + 1)


ALL_FRIDAY = Missing(nov(27, 9), FRIDAY)


@pytest.mark.parametrize(
    ("due", "spells", "expected"),
    [
        (nov(30, 9, 15), [], None),
        (nov(30, 9, 15), [away(27)], ALL_FRIDAY),
        (nov(30, 9, 15), [away(27, 9, (27, 17))], ALL_FRIDAY),
        (nov(30, 9, 15), [(nov(26, 17), nov(30))], ALL_FRIDAY),
        (nov(30, 9, 15), [away(28), away(29)], None),
        (nov(34, 9, 15), [away(30, 0, (34, 0))], Missing(nov(30, 9), date(2026, 11, 30))),
        (nov(34, 9, 15), [away(31), away(32), away(33)], Missing(nov(31, 9), date(2026, 12, 1))),
        (nov(27, 9), [away(27)], None),
        (nov(27, 9) + TICK, [away(27)], None),
        (nov(26, 18), [away(27)], None),
        (nov(26, 17), [away(27)], None),
        (nov(27, 9, 59), [away(27)], None),
        (nov(27, 10), [away(27)], ALL_FRIDAY),
        (nov(27, 14), [away(27)], ALL_FRIDAY),
        (nov(27, 16), [away(27, 13)], Missing(nov(27, 13), None)),
        (nov(30, 9, 15), [away(27, 13)], Missing(nov(27, 13), None)),
        (nov(30, 9, 15), [away(27, 16)], Missing(nov(27, 16), None)),
        (nov(30, 9, 15), [away(27, 17)], None),
        (nov(27, 12, 30), [away(27, 9, (27, 12))], Missing(nov(27, 9), None)),
        (nov(27, 13), [away(27, 9, (27, 12))], None),
        (nov(27, 10, 1), [(nov(27, 9), nov(27, 9, 1))], None),
        (nov(27, 10), [(nov(27, 9), nov(27, 9) + TICK)], Missing(nov(27, 9), None)),
        (nov(30, 9, 15), [away(20)], None),
        (nov(30, 9, 15), [away(30, 12), away(34)], None),
    ],
    ids=[
        "nobody is away",
        "the whole day",
        "all hours of the day",
        "since closing time",
        "only at the weekend",
        "several days",
        "several times, from the second day on",
        "due when they would begin",
        "due just after",
        "due in the evening before",
        "due at closing time",
        "there is no hour in what is taken",
        "there is just an hour in it",
        "due while they are away",
        "from the middle of the day on which it is due",
        "from the middle of the day",
        "for the last hour of the week",
        "from the end of the week",
        "in the morning, and back before it is due",
        "back, with an hour left",
        "a minute that brings nothing over the night",
        "as little as brings it over the night",
        "long ago",
        "only after it is due",
    ],
)
def test_a_time_away_is_the_reason_when_without_it_the_nudge_would_come_after_closing(
    due: datetime, spells: list[Spell], expected: Missing | None
) -> None:
    assert missing(due, *spells) == expected


def test_a_time_away_later_on_is_the_reason_too_but_not_when_a_day_would_end_anyway() -> None:
    """Four hours before Friday noon lie on Thursday anyway; before Friday at five they do only because of it."""
    late = away(27, 10, (27, 17))
    assert missing(nov(27, 12), (nov(27, 9), nov(27, 10)), lead=4 * HOUR) is None
    assert missing(nov(27, 17), late, lead=4 * HOUR) == Missing(nov(27, 10), None)


def test_who_stops_because_they_go_away_is_told_so_even_if_it_would_come_before_the_end_of_the_day() -> None:
    assert missing(nov(30, 9, 15), away(27, 16), lead=4 * HOUR) == Missing(nov(27, 16), None)


def test_a_time_away_that_a_break_hides_is_the_reason_when_it_takes_what_comes_after() -> None:
    lunch = replace(TEAM, week=parse_week("Mon-Fri 09:00-12:00 13:00-17:00"))
    assert missing(nov(27, 13, 30), team=lunch) is None
    assert missing(nov(27, 15, 30), away(27, 13, (27, 15)), team=lunch) == Missing(nov(27, 13), None)
    assert missing(nov(27, 15, 30), away(27, 12, (27, 13)), team=lunch) is None


NIGHTS = replace(TEAM, week=parse_week("Mon-Fri 22:00-06:00"))


@pytest.mark.parametrize(
    ("due", "spell", "expected"),
    [
        (nov(30, 22, 15), away(27, 22, (28, 6)), Missing(nov(27, 22), None)),
        (nov(30, 22, 15), away(28), Missing(nov(28), date(2026, 11, 28))),
        (nov(30, 22, 15), away(28, 2), Missing(nov(28, 2), None)),
        (nov(30, 22, 15), away(28, 6), None),
    ],
    ids=["a whole night", "from midnight on", "within a night", "after the night"],
)
def test_a_night_is_away_from_where_it_is_taken(due: datetime, spell: Spell, expected: Missing | None) -> None:
    assert missing(due, spell, team=NIGHTS) == expected


def test_the_day_is_that_of_who_is_away() -> None:
    """In Auckland Friday begins while it is Thursday noon in Greenwich."""
    friday = (nov(26, 11), nov(27, 11))
    found = missing(nov(29, 20, 15), friday, tz="Pacific/Auckland")
    assert found == Missing(nov(26, 20), FRIDAY)


def test_a_day_on_which_clocks_change_is_a_whole_day() -> None:
    """Clocks go back in Helsinki on Sunday 25 October 2026; whoever works then has that day off for 25 hours."""
    daily = replace(TEAM, week=parse_week("Mon-Sun 00:00-24:00"), tz="Europe/Helsinki")
    start, end = (datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((24, 21), (25, 22)))
    due = end + 15 * MINUTE
    assert missing(due, (start, end), team=daily, tz="Europe/Helsinki") == Missing(start, date(2026, 10, 25))
    assert missing(due, (start, end - HOUR), team=daily, tz="Europe/Helsinki") is None
    assert missing(due - HOUR, (start, end - HOUR), team=daily, tz="Europe/Helsinki") == Missing(start, None)


THANKSGIVING = replace(TEAM, holidays=(Holiday(date(2026, 11, 26), "Thanksgiving"),))
OFF = Missing(nov(26, 9), date(2026, 11, 26), "Thanksgiving")


@pytest.mark.parametrize(
    ("team", "due", "expected"),
    [
        (THANKSGIVING, nov(27, 9, 15), OFF),
        (THANKSGIVING, nov(26, 12), OFF),
        (THANKSGIVING, nov(26, 9, 59), None),
        (THANKSGIVING, nov(26, 9), None),
        (THANKSGIVING, nov(27, 10), None),
        (THANKSGIVING, nov(26, 10), OFF),
        (replace(THANKSGIVING, days=(SpecialDay(date(2026, 11, 26), parse_spells("9-17")),)), nov(27, 9, 15), None),
        (
            replace(THANKSGIVING, days=(SpecialDay(date(2026, 11, 26), (), "Outing"),)),
            nov(27, 9, 15),
            replace(OFF, off="Outing"),
        ),
        (replace(THANKSGIVING, days=(SpecialDay(date(2026, 11, 26)),)), nov(27, 9, 15), OFF),
        (replace(TEAM, days=(SpecialDay(date(2026, 11, 26)),)), nov(27, 9, 15), replace(OFF, off="")),
        (replace(TEAM, days=(SpecialDay(date(2026, 11, 28)),)), nov(30, 9, 15), None),
        (
            replace(TEAM, holidays=(Holiday(date(2026, 11, 26), "Eve", parse_spells("9-13")),)),
            nov(27, 9, 15),
            None,
        ),
    ],
    ids=[
        "a holiday between",
        "due on it",
        "due on it, no hour after it would begin",
        "due when it would begin",
        "an hour is left after it",
        "due on it, just an hour after it would begin",
        "worked nonetheless",
        "a day of its own wins",
        "which has no name of its own",
        "no name at all",
        "on a Saturday",
        "half a day: then the office closes",
    ],
)
def test_a_day_off_is_the_reason_when_without_it_the_nudge_would_come_after_closing(
    team: CalendarRules, due: datetime, expected: Missing | None
) -> None:
    assert missing(due, team=team) == expected


def test_of_several_days_off_the_first_that_takes_working_time_is_named() -> None:
    saturday, monday = SpecialDay(date(2026, 11, 28), (), "Party"), SpecialDay(date(2026, 11, 30), (), "Bridge day")
    found = missing(nov(31, 9, 15), team=replace(TEAM, days=(saturday, monday)))
    assert found == Missing(nov(30, 9), date(2026, 11, 30), "Bridge day")


def test_a_day_off_is_that_of_the_reader() -> None:
    """Thursday's work in Auckland lies between Wednesday 20:00 and Thursday 04:00 in Greenwich."""
    assert missing(nov(26, 20, 15), team=THANKSGIVING, tz="Pacific/Auckland") == replace(OFF, at=nov(25, 20))


def test_a_night_shift_has_the_night_off_that_begins_on_a_day_off() -> None:
    """They work until six on Friday morning; the night from Friday on is off."""
    nights = replace(NIGHTS, holidays=(Holiday(FRIDAY, "Black Friday"),))
    assert missing(nov(30, 22, 15), team=nights) == Missing(nov(27, 22), FRIDAY, "Black Friday")


def test_a_time_away_comes_before_a_day_off_that_alone_would_not_have_done_it() -> None:
    assert missing(nov(30, 9, 15), away(27), team=THANKSGIVING) == ALL_FRIDAY
    assert missing(nov(27, 9, 15), away(26), team=THANKSGIVING) == OFF


def test_hours_of_ones_own_have_their_own_days_off_and_the_teams_as_far_as_they_count() -> None:
    own = CalendarRules(week=parse_week("Mon-Fri 09:00-17:00"), days=(SpecialDay(FRIDAY, (), "Moving house"),))
    assert missing(nov(30, 9, 15), own=own) == Missing(nov(27, 9), FRIDAY, "Moving house")
    assert missing(nov(27, 9, 15), own=replace(own, days=()), team=THANKSGIVING) == OFF
    alone = replace(own, days=(), within_team=False)
    assert missing(nov(27, 9, 15), own=alone, team=THANKSGIVING) is None


@given(
    st.integers(min_value=0, max_value=14 * 24 * 60),
    st.integers(min_value=1, max_value=20 * 60),
    st.lists(st.tuples(st.integers(0, 14 * 24), st.integers(1, 72)), max_size=3),
    st.sampled_from([TEAM, NIGHTS, THANKSGIVING, CalendarRules(tz="UTC")]),
    st.sampled_from(["UTC", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_what_is_missing_is_usual_time_that_is_taken_between_closing_and_due(
    due_in: int, lead: int, spells: list[tuple[int, int]], team: CalendarRules, tz: str
) -> None:
    due = nov(16) + due_in * MINUTE
    taken = tuple((nov(16) + start * HOUR, nov(16) + (start + length) * HOUR) for start, length in spells)
    hours, usual = member_time(team, None, tz, taken), usual_time(team, None, tz)
    at = hours.subtract(due, lead * MINUTE)
    pause = pause_before(at, due, hours, usual)
    if pause is None or pause.missing is None:
        return
    found = pause.missing
    assert at < pause.closes <= found.at < due
    assert not hours.is_open(found.at)
    assert usual.week.is_open(found.at)
    assert usual.hours.is_open(found.at) is (found.off is None)
    assert (found.off is not None) <= (found.day is not None)
    assert pause_before(at, due, usual.week, usual_time(team, None, tz)) is None or found.at >= pause.closes
