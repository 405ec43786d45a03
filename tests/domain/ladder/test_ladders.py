"""When a promise is nudged about: in its owner's working time, once more before closing time, and openly at the end."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import CATEGORIES, SUPPORT
from bot.domain.ladder.ladders import (
    LADDERS,
    TIME_TO_ACT,
    Ladder,
    Pause,
    RungKind,
    due_rung,
    escalation_at,
    ladder_of,
    next_rung,
    pause_before,
    timetable,
)
from bot.domain.working_time import ALWAYS, without
from tests.domain.office_hours import NEVER, office

TICK = timedelta(microseconds=1)
HOUR, QUARTER, MINUTE = timedelta(hours=1), timedelta(minutes=15), timedelta(minutes=1)
LADDER = Ladder()
OFFICE = office()
OPENED = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)


def friday(hour, minute=0, second=0):
    return datetime(2026, 11, 27, hour, minute, second, tzinfo=UTC)


def monday(hour, minute=0, second=0):
    return datetime(2026, 11, 30, hour, minute, second, tzinfo=UTC)


def at(rungs):
    return [rung.at for rung in rungs]


def numbers(rungs):
    return [rung.number for rung in rungs]


@pytest.mark.parametrize("ladder", [LADDER, *LADDERS.values()])
def test_every_ladder_leaves_time_to_act_and_its_rungs_lie_apart(ladder):
    leads = list(ladder.leads)
    assert leads == sorted(leads, reverse=True)
    assert max(leads) >= TIME_TO_ACT
    assert all(longer >= 2 * shorter for longer, shorter in pairwise(leads))
    assert min(leads) >= 10 * MINUTE
    assert 10 * MINUTE <= ladder.ack <= max(leads) / 2


def test_ladders_are_of_categories_and_all_others_have_the_teams():
    assert set(LADDERS) <= {category.key for category in CATEGORIES}
    team = Ladder(leads=(2 * HOUR,))
    assert ladder_of(SUPPORT, team) is team
    assert all(ladder_of(key, team) is LADDERS[key] for key in LADDERS)


def test_around_the_clock_it_is_an_hour_and_a_quarter_before_and_at_the_due_time():
    rungs = timetable(OPENED, DUE, ALWAYS, LADDER)
    assert at(rungs) == [DUE - HOUR, DUE - QUARTER, DUE]
    assert [rung.kind for rung in rungs] == [RungKind.BEFORE, RungKind.BEFORE, RungKind.SLIPPED]
    assert numbers(rungs) == [1, 3, 5]
    assert rungs[-1].number == LADDER.slipped


def test_a_promise_for_monday_morning_is_called_about_on_friday_before_closing_time():
    assert at(timetable(friday(9), monday(9, 15), OFFICE, LADDER)) == [friday(16, 15), monday(9), monday(9, 15)]


@pytest.mark.parametrize(
    ("due", "first"),
    [
        (monday(9), friday(16)),
        (monday(9) + TICK, friday(16) + TICK),
        (monday(9, 59, 59), friday(16, 59, 59)),
        (monday(10) - TICK, friday(17) - TICK),
        (monday(10), monday(9)),
        (monday(10) + TICK, monday(9) + TICK),
        (monday(16), monday(15)),
        (monday(18), monday(16)),
        (monday(3), friday(16)),
    ],
    ids=["opening", "after it", "59:59 in", "just short", "exactly", "more", "afternoon", "after hours", "at night"],
)
def test_the_hour_before_is_an_hour_of_work(due, first):
    rungs = timetable(friday(9), due, OFFICE, LADDER)
    assert rungs[0].at == first
    assert OFFICE.between(rungs[0].at, due) == HOUR


@pytest.mark.parametrize(
    ("length", "offsets"),
    [
        (timedelta(days=30), [-HOUR, -QUARTER, timedelta()]),
        (HOUR + TICK, [-HOUR, -QUARTER, timedelta()]),
        (HOUR, [-QUARTER, timedelta()]),
        (QUARTER + TICK, [-QUARTER, timedelta()]),
        (QUARTER, [-QUARTER / 2, timedelta()]),
        (10 * MINUTE, [-5 * MINUTE, timedelta()]),
        (timedelta(), [timedelta()]),
        (-HOUR, [timedelta()]),
    ],
)
def test_what_is_past_at_the_opening_is_left_out_and_the_shortest_have_one_at_half(length, offsets):
    assert at(timetable(DUE - length, DUE, ALWAYS, LADDER)) == [DUE + offset for offset in offsets]


@pytest.mark.parametrize(
    ("opened", "due", "told"),
    [
        (friday(18), monday(9, 15), [monday(9)]),
        (monday(9) - TICK, monday(9, 15), [monday(9)]),
        (friday(17), monday(9, 15), [monday(9)]),
        (monday(9), monday(9, 15), [monday(9, 7, 30)]),
        (monday(9) + 2 * TICK, monday(9, 15), [monday(9, 7, 30) + TICK]),
        (friday(18), monday(9, 15) - 2 * TICK, [monday(9, 7, 30) - TICK]),
        (friday(18), monday(9, 15) + TICK, [monday(9) + TICK]),
        (friday(18), monday(10), [monday(9), monday(9, 45)]),
        (monday(9), monday(10), [monday(9, 45)]),
        (friday(18), monday(10) - TICK, [monday(9, 45) - TICK]),
    ],
)
def test_a_lead_that_lies_right_at_the_opening_has_not_gone_by_before_it(opened, due, told):
    assert at(timetable(opened, due, OFFICE, LADDER)) == [*told, due]


def test_leads_are_sorted_and_an_empty_ladder_still_says_that_it_slipped():
    assert at(timetable(OPENED, DUE, ALWAYS, Ladder(leads=(QUARTER, HOUR)))) == [DUE - HOUR, DUE - QUARTER, DUE]
    assert at(timetable(OPENED, DUE, ALWAYS, Ladder(leads=()))) == [DUE]


def test_friday_ten_to_five_thirty_minutes_are_ten_on_friday_and_twenty_on_monday():
    """The hour before is past already, a quarter before is Monday: one more at half of what Friday has left."""
    rungs = timetable(friday(16, 50), monday(9, 20), OFFICE, LADDER)
    assert at(rungs) == [friday(16, 55), monday(9, 5), monday(9, 20)]
    assert numbers(rungs) == [2, 3, 5]


@pytest.mark.parametrize(
    ("opened", "due", "called"),
    [
        (friday(16, 58), monday(9, 12), [friday(16, 59), monday(9, 5)]),
        (friday(16, 50), monday(9, 5), [friday(16, 57, 30)]),
        (friday(16, 59, 58), monday(9, 40), [friday(16, 59, 59), monday(9, 25)]),
        (friday(17), monday(9, 40), [monday(9, 25)]),
        (friday(17, 1), monday(9, 40), [monday(9, 25)]),
        (friday(16), monday(10), [monday(9)]),
        (friday(16, 30), monday(10), [monday(9)]),
        (friday(16, 30), monday(10) - TICK, [friday(17) - TICK, monday(9, 45) - TICK]),
    ],
)
def test_somebody_hears_before_closing_time_when_the_morning_is_too_short_to_act(opened, due, called):
    found = [rung.at for rung in timetable(opened, due, OFFICE, LADDER) if rung.kind is RungKind.BEFORE]
    assert found[: len(called)] == called


def test_a_ladder_of_short_leads_calls_an_hour_before_at_the_latest():
    rungs = timetable(friday(9), monday(9, 20), OFFICE, Ladder(leads=(QUARTER,)))
    assert at(rungs) == [friday(16, 20), monday(9, 5), monday(9, 20)]
    assert numbers(rungs) == [0, 1, 3]


def test_who_was_never_at_work_in_between_has_the_slipped_rung_alone():
    for hours in (NEVER, without(OFFICE, [(friday(0), monday(23))], "away")):
        assert at(timetable(friday(9), monday(9, 15), hours, LADDER)) == [monday(9, 15)]


def test_an_absence_moves_the_rungs_to_the_time_before_it():
    leaves = without(OFFICE, [(friday(12), friday(23))], "afternoon")
    assert at(timetable(friday(9), friday(16), leaves, LADDER)) == [friday(11), friday(11, 45), friday(16)]


@pytest.mark.parametrize(("day", "length"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9)])
def test_a_night_shift_on_the_days_the_clock_changes_counts_real_hours(day, length):
    """Helsinki, 22:00 to 06:00: an hour less in March, an hour more in October; an hour before stays an hour before."""
    helsinki = ZoneInfo("Europe/Helsinki")
    nights = office("Europe/Helsinki", ((time(22), time(6)),), overrides=((day, ((time(22), time(6)),)),))
    begins = datetime.combine(day, time(22), helsinki).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(6), helsinki).astimezone(UTC)
    assert nights.between(begins, ends) == length * HOUR
    assert at(timetable(begins, ends, nights, LADDER)) == [ends - HOUR, ends - QUARTER, ends]
    assert at(timetable(begins, ends + HOUR, nights, LADDER)) == [ends - HOUR, ends - QUARTER, ends + HOUR]


@pytest.mark.parametrize(
    ("now", "number"),
    [
        (DUE - HOUR - TICK, None),
        (DUE - HOUR, 1),
        (DUE - HOUR + TICK, 1),
        (DUE - QUARTER - TICK, 1),
        (DUE - QUARTER, 3),
        (DUE - TICK, 3),
        (DUE, 5),
        (DUE + timedelta(days=30), 5),
    ],
)
def test_the_most_urgent_rung_that_is_due_is_taken_and_those_before_it_are_skipped(now, number):
    due = due_rung(timetable(OPENED, DUE, ALWAYS, LADDER), 0, now)
    assert (due.number if due else None) == number


def test_a_rung_that_was_sent_never_comes_again():
    rungs = timetable(OPENED, DUE, ALWAYS, LADDER)
    assert due_rung(rungs, 2, DUE - HOUR) is None
    assert due_rung(rungs, 2, DUE - QUARTER) == rungs[1]
    assert due_rung(rungs, 6, DUE + HOUR) is None
    assert [next_rung(rungs, rung.number + 1) for rung in rungs] == [rungs[1], rungs[2], None]


@pytest.mark.parametrize(
    ("nudged", "due", "ack", "others", "expected"),
    [
        (DUE - HOUR, DUE, 30 * MINUTE, ALWAYS, DUE - 30 * MINUTE),
        (DUE - HOUR, DUE, 20 * MINUTE, ALWAYS, DUE - 40 * MINUTE),
        (DUE - QUARTER, DUE, 30 * MINUTE, ALWAYS, DUE - QUARTER / 2),
        (DUE - QUARTER, DUE, 30 * MINUTE, None, DUE - QUARTER / 2),
        (friday(16, 15), monday(9, 15), 30 * MINUTE, OFFICE, friday(16, 45)),
        (friday(16, 50), monday(12), 30 * MINUTE, OFFICE, monday(9, 20)),
        (friday(16, 15), monday(9, 15), 30 * MINUTE, NEVER, friday(16, 45)),
        (friday(16, 40), monday(9, 10), 30 * MINUTE, office("America/New_York"), friday(19, 20)),
        (friday(16, 20), monday(9, 10), 60 * MINUTE, office("America/New_York"), friday(19, 10)),
    ],
)
def test_a_nudge_that_nobody_answered_is_passed_on_while_the_next_one_has_time(nudged, due, ack, others, expected):
    theirs = ALWAYS if due == DUE else OFFICE
    assert escalation_at(nudged, due, ack=ack, theirs=theirs, others=others) == expected


def test_passing_on_never_comes_before_the_nudge_nor_after_the_due_time():
    assert escalation_at(DUE, DUE, ack=HOUR, theirs=NEVER, others=NEVER) == DUE
    assert escalation_at(friday(18), monday(9), ack=HOUR, theirs=OFFICE, others=OFFICE) == monday(9)


@pytest.mark.parametrize(
    ("when", "due", "pause"),
    [
        (friday(16, 15), monday(9, 15), Pause(friday(17), monday(9))),
        (friday(15), friday(16), None),
        (friday(16), friday(17), None),
        (friday(16), friday(17) + TICK, Pause(friday(17), monday(9))),
        (friday(16), friday(16), None),
        (friday(17), friday(16), None),
    ],
)
def test_the_reason_for_an_early_nudge_is_where_the_working_time_stops(when, due, pause):
    assert pause_before(when, due, OFFICE) == pause
    assert pause_before(when, due, ALWAYS) is None


@given(
    st.lists(st.integers(min_value=1, max_value=600), max_size=5, unique=True),
    st.integers(min_value=0, max_value=20_000),
    st.integers(min_value=-100, max_value=10_000),
    st.sampled_from([ALWAYS, OFFICE, office("Asia/Kolkata"), office("UTC", ((time(22), time(6)),)), NEVER]),
)
def test_whatever_the_ladder_and_the_hours_the_laws_of_the_timetable_hold(leads, start, length, hours):
    opened = OPENED + timedelta(minutes=start)
    due = opened + timedelta(minutes=length)
    ladder = Ladder(leads=tuple(timedelta(minutes=lead) for lead in leads))
    rungs = timetable(opened, due, hours, ladder)
    before = [rung for rung in rungs if rung.kind is RungKind.BEFORE]
    assert rungs[-1].at == due
    assert numbers(rungs) == sorted(set(numbers(rungs)))
    assert numbers(rungs)[0] >= 0
    assert at(before) == sorted(set(at(before)))
    assert all(opened < rung.at < due and hours.is_open(rung.at) for rung in before)
    worked = hours.between(opened, due)
    assert bool(before) == bool(leads and worked > timedelta())
    by_number = {2 * n + 1: lead for n, lead in enumerate(sorted(ladder.leads, reverse=True))}
    if leads and worked > min(ladder.leads):
        for rung in before:
            assert rung.number % 2 == 0 or hours.between(rung.at, due) == by_number[rung.number]
    if before:
        last, _ = hours.last_spell_before(due)
        if hours.between(last, due) < TIME_TO_ACT and hours.between(opened, last) > timedelta() and opened < last:
            assert before[0].at < last
