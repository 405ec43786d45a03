"""Moving time to an instant, and finding the instant that a person means."""

import asyncio
import math
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from bot.workspace.control import Control, timing
from bot.workspace.errors import ControlError

NOW = datetime(2026, 11, 23, 6, 41, tzinfo=UTC).timestamp()
DAY = 86_400


@pytest.fixture
async def control(make_server):
    return (await make_server(now=lambda: NOW)).control


@pytest.mark.parametrize(
    ("user", "words", "iso"),
    [
        ("mira", "tomorrow 08:30", "2026-11-24T06:30:00+00:00"),
        ("sam", "tomorrow 08:30", "2026-11-24T13:30:00+00:00"),
        ("mira", "9:00", "2026-11-23T07:00:00+00:00"),
        ("mira", "8:00", "2026-11-24T06:00:00+00:00"),
        ("mira", "mon 9:00", "2026-11-23T07:00:00+00:00"),
        ("@priya", "+2h", "2026-11-23T08:41:00+00:00"),
    ],
)
def test_words_are_understood_in_the_persons_zone(control, user, words, iso):
    assert control.clock_for(user, words)["iso"] == iso


@pytest.mark.parametrize(
    ("user", "words", "told"),
    [
        ("mira", "8:00", "tomorrow, Tuesday 24 November 08:00, in 23 hours"),
        ("mira", "9:00", "today, Monday 23 November 09:00, in 19 minutes"),
        ("sam", "tue 17", "tomorrow, Tuesday 24 November 5:00 PM, in 39 hours"),
        ("mira", "+1m", "today, Monday 23 November 08:42, in 1 minute"),
        ("mira", "thursday", "Thursday 26 November 09:00, in 3 days"),
        ("mira", "2027-01-11 9:00", "Monday 11 January 2027 09:00, in 49 days"),
    ],
)
def test_how_far_ahead_words_lead_is_told_in_full(control, user, words, told):
    found = control.clock_for(user, words)
    assert (found["told"], found["ahead"]) == (told, found["at"] - NOW)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("25:00", "'25:00' is no time that I understand; write one like 2h, 15:00, tomorrow 08:30, fri 16:15"),
        ("soon", "'soon' is no time that I understand"),
        ("", "'' is no time that I understand"),
        ("today 08:00", "'today 08:00' is over; time only moves forward"),
        ("-1h", "'-1h' is over; time only moves forward"),
        ("2099-01-01 09:00", "'2099-01-01 09:00' is more than a year ahead; move in smaller steps"),
        (f"+{'9' * 400}d", "is more than a year ahead"),
        (f"+{'9' * 14}d", "is more than a year ahead"),
    ],
)
def test_words_that_name_no_moment_ahead_are_refused_in_a_sentence(control, words, sentence):
    with pytest.raises(ControlError) as problem:
        control.clock_for("mira", words)
    assert sentence in str(problem.value)


def test_time_moves_to_an_instant(control):
    assert control.forward_to(NOW + DAY)["now"] == NOW + DAY
    assert control.clock()["iso"] == "2026-11-24T06:41:00+00:00"


def test_the_moment_that_is_now_is_no_move_at_all(control):
    assert control.forward_to(NOW)["now"] == NOW


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (NOW - 1, "that moment is over; time only moves forward"),
        (NOW + 367 * DAY, "that moment is more than a year ahead; move in smaller steps"),
        (math.inf, "time is told in seconds, as a number"),
        (math.nan, "time is told in seconds, as a number"),
    ],
)
def test_an_instant_that_time_cannot_move_to_is_refused(control, at, sentence):
    with pytest.raises(ControlError, match=sentence):
        control.forward_to(at)
    assert control.clock()["now"] == NOW


def due_at(control: Control, *moments: float) -> list[float]:
    """Let somebody tell when something is due; return where the clock stood whenever they were asked."""
    stood: list[float] = []

    async def next_stop() -> float | None:
        now = control.clock()["now"]
        stood.append(now)
        return min((at for at in moments if at > now), default=None)

    control.core.companion.next_stop = next_stop
    return stood


@pytest.mark.parametrize(
    ("moments", "stops"),
    [
        ((), []),
        ((NOW + 60, NOW + 3600), [NOW + 60, NOW + 3600]),
        ((NOW + DAY - 1,), [NOW + DAY - 1]),
        ((NOW + DAY,), []),
        ((NOW + DAY + 1,), []),
        ((NOW - 60, NOW), []),
    ],
)
async def test_time_that_goes_by_stops_where_something_is_due_before_its_end(
    control: Control, moments: Sequence[float], stops: list[float]
) -> None:
    stood = due_at(control, *moments)
    assert await control.live_to(NOW + DAY) == {**control.clock(), "jumped": None}
    assert control.clock()["now"] == NOW + DAY
    assert stood == [NOW, *stops]


async def test_so_many_seconds_go_by_in_the_same_way(control: Control) -> None:
    stood = due_at(control, NOW + 60)
    assert (await control.live_for(120))["now"] == NOW + 120
    assert stood == [NOW, NOW + 60]
    assert (await control.live_for(0))["now"] == NOW + 120


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (-1, "time only moves forward"),
        (367 * DAY, "that is more than a year ahead; move in smaller steps"),
        (math.nan, "time is told in seconds, as a number"),
    ],
)
async def test_a_length_of_time_that_cannot_go_by_is_refused(control: Control, seconds: float, sentence: str) -> None:
    with pytest.raises(ControlError, match=sentence):
        await control.live_for(seconds)
    assert control.clock()["now"] == NOW


async def test_where_nobody_tells_what_is_due_time_jumps(control: Control) -> None:
    assert (await control.live_to(NOW + DAY))["now"] == NOW + DAY


async def test_a_status_ends_at_its_time_on_the_way(control: Control) -> None:
    stood = due_at(control)
    control.core.state.user("mira").status_expiration = int(NOW) + 90
    await control.live_to(NOW + DAY)
    assert stood == [NOW, NOW + 90]


async def test_somebody_who_moved_time_further_meanwhile_is_not_followed_back(control: Control) -> None:
    async def next_stop() -> float | None:
        control.forward_to(max(control.clock()["now"], NOW + 2 * DAY))
        return None

    control.core.companion.next_stop = next_stop
    assert (await control.live_to(NOW + DAY))["now"] == NOW + 2 * DAY


async def test_two_who_let_time_go_by_at_once_both_stop_wherever_something_is_due(control: Control) -> None:
    moments = [NOW + hour * 3600 for hour in range(1, 20)]
    stood: set[float] = set()

    async def next_stop() -> float | None:
        now = control.clock()["now"]
        stood.add(now)
        await asyncio.sleep(0)
        return min((at for at in moments if at > now), default=None)

    control.core.companion.next_stop = next_stop
    await asyncio.gather(control.live_to(NOW + DAY), control.live_to(NOW + DAY + 60))
    assert set(moments) <= stood
    assert control.clock()["now"] == NOW + DAY + 60


async def test_whoever_is_due_again_and_again_does_not_keep_time_for_ever(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "STOPS", 3)
    stood = due_at(control, *(NOW + second for second in range(1, 100)))
    assert await control.live_to(NOW + DAY) == {**control.clock(), "jumped": NOW + 3}
    assert control.clock()["now"] == NOW + DAY
    assert stood == [NOW, NOW + 1, NOW + 2, NOW + 3]
    monkeypatch.setattr(timing, "LONGEST_WAY", -1.0)
    assert (await control.live_to(NOW + 2 * DAY))["jumped"] is None, "nothing is due there any more"
    due_at(control, NOW + 2 * DAY + 1)
    assert (await control.live_to(NOW + 3 * DAY))["jumped"] == NOW + 2 * DAY


@pytest.mark.parametrize("at", [NOW - 1, NOW + 367 * DAY, math.nan])
async def test_time_does_not_go_by_to_where_it_cannot_move(control: Control, at: float) -> None:
    stood = due_at(control, NOW + 1)
    with pytest.raises(ControlError):
        await control.live_to(at)
    assert (stood, control.clock()["now"]) == ([], NOW)
