"""Working time is shared: between threads, between questions, and with a bound on what is remembered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.working.working_blocks import BLOCK, Span
from bot.domain.working.working_days import Days
from bot.domain.working.working_open import OpenTime
from bot.domain.working_time import ALWAYS, Calendar, WorkingTime, both, without, working_time

WEEK = (((time(9), time(12)), (time(13), time(17))),) * 5 + ((), ())
CALENDAR = Calendar("Europe/Helsinki", WEEK, version="7")
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOSED = [(NOW + timedelta(days=3), NOW + timedelta(days=5))]


class Counted:
    """Fills blocks and counts how many."""

    def __init__(self) -> None:
        self.fill, self.blocks = Days(CALENDAR), 0

    def __call__(self, first: int, last: int) -> list[Span]:
        self.blocks += 1
        return self.fill(first, last)


def test_a_question_asked_again_builds_nothing():
    counted = Counted()
    hours = WorkingTime("counted", counted)
    first = [hours.add(NOW, 3 * HOUR), hours.subtract(NOW, 3 * HOUR), hours.between(NOW, NOW + timedelta(days=200))]
    built = counted.blocks
    again = [hours.add(NOW, 3 * HOUR), hours.subtract(NOW, 3 * HOUR), hours.between(NOW, NOW + timedelta(days=200))]
    assert (again, counted.blocks) == (first, built)


def test_hours_made_of_others_are_built_when_they_are_asked_and_then_once():
    counted = Counted()
    hours = without(both(WorkingTime("counted lazily", counted), ALWAYS), CLOSED, "away")
    assert counted.blocks == 0
    for _ in range(3):
        hours.add(NOW, HOUR)
    assert counted.blocks == 1


def test_equal_facts_give_the_same_hours_and_the_same_tag():
    twin = Calendar("Europe/Helsinki", WEEK[:], version="7")
    hours = working_time(CALENDAR)
    assert working_time(twin) is hours
    assert both(hours, working_time(Calendar("UTC", WEEK))) is both(hours, working_time(Calendar("UTC", WEEK)))
    assert without(hours, CLOSED, "away") is without(hours, list(CLOSED), "away")
    working_time.cache_clear()
    assert working_time(twin).tag == hours.tag


def test_other_facts_give_another_tag_even_under_the_same_version():
    hours = working_time(CALENDAR)
    others = [
        working_time(Calendar("Europe/Tallinn", WEEK, version="7")),
        working_time(Calendar("Europe/Helsinki", WEEK, version="8")),
        working_time(Calendar("Europe/Helsinki", WEEK, ((date(2026, 12, 24), ()),), version="7")),
        working_time(Calendar("Europe/Helsinki", WEEK, holidays=frozenset({date(2026, 12, 24)}), version="7")),
        both(hours, working_time(Calendar("UTC", WEEK))),
        without(hours, CLOSED, "away"),
        without(hours, CLOSED, "also away"),
        without(hours, [(NOW, NOW + HOUR)], "away"),
    ]
    assert len({found.tag for found in (hours, *others)}) == len(others) + 1
    assert hours.tag.startswith("7:")


def test_threads_that_share_hours_get_the_answers_of_one():
    moments = [NOW + timedelta(days=7 * number, minutes=number) for number in range(400)]
    alone = WorkingTime("alone", Days(CALENDAR))
    expected = [(alone.add(t, 30 * HOUR), alone.subtract(t, 30 * HOUR)) for t in moments]
    shared = WorkingTime("shared", Days(CALENDAR))

    def ask(_: int) -> list[tuple[datetime, datetime]]:
        return [(shared.add(t, 30 * HOUR), shared.subtract(t, 30 * HOUR)) for t in moments]

    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(ask, range(16)))


def test_what_is_remembered_is_bounded_however_far_the_questions_go():
    opened = OpenTime(lambda first, last: [(first, last)])
    for number in range(-2000, 2000):
        opened.covers(number * BLOCK)
    assert len(opened._blocks) <= 128
    for made in (working_time, both):
        assert made.cache_info().maxsize is not None


def test_a_search_of_ten_years_either_way_fits_into_what_is_remembered():
    counted = Counted()
    hours = WorkingTime("far", counted)
    hours.between(NOW - timedelta(days=3660), NOW + timedelta(days=3660))
    built = counted.blocks
    hours.between(NOW - timedelta(days=3660), NOW + timedelta(days=3660))
    assert counted.blocks == built
