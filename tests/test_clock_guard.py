"""The guard notices that the wall clock jumped, whichever way, and takes nothing else for it."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot import clock_guard
from bot.clock import Clock
from bot.clock_guard import ClockGuard

HOUR = 3600.0


@dataclass
class Hands:
    """Both clocks, moved by hand."""

    wall: float = 1_800_000_000.0
    elapsed: float = 1_000.0
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(lambda: self.wall, lambda: self.elapsed)

    def pass_time(self, seconds: float) -> None:
        self.wall += seconds
        self.elapsed += seconds


@pytest.mark.parametrize(
    ("step", "seen"),
    [
        (0.0, 0.0),
        (1.9, 0.0),
        (2.0, 0.0),
        (2.1, 2.1),
        (-1.9, 0.0),
        (-2.0, 0.0),
        (-2.1, -2.1),
        (HOUR, HOUR),
        (-HOUR, -HOUR),
        (2.5 * 24 * HOUR, 2.5 * 24 * HOUR),
    ],
)
def test_a_step_of_more_than_two_seconds_is_a_jump(step: float, seen: float) -> None:
    hands = Hands()
    guard = ClockGuard(hands.clock)
    hands.pass_time(5)
    hands.wall += step
    assert guard.look().total_seconds() == pytest.approx(seen, abs=1e-3)
    hands.pass_time(5)
    assert guard.look() == timedelta()


def test_a_weekend_asleep_is_a_jump_where_elapsed_time_stood_still() -> None:
    hands = Hands()
    guard = ClockGuard(hands.clock)
    hands.wall += 60 * HOUR
    hands.elapsed += 0.2
    assert guard.look() > timedelta(hours=59)


def test_a_long_pause_of_the_process_is_none() -> None:
    hands = Hands()
    guard = ClockGuard(hands.clock)
    hands.pass_time(60 * HOUR)
    assert guard.look() == timedelta()


def test_a_clock_that_was_moved_on_purpose_is_no_drift() -> None:
    hands = Hands()
    guard = ClockGuard(hands.clock)
    hands.clock.move(timedelta(days=3))
    hands.pass_time(5)
    assert guard.look() == timedelta()


def test_a_clock_that_is_set_right_slowly_is_no_jump() -> None:
    hands = Hands()
    guard = ClockGuard(hands.clock)
    for _ in range(1000):
        hands.pass_time(5)
        hands.wall += 0.0025  # the fastest that adjtime slews: 500 parts in a million
        assert guard.look() == timedelta()


@pytest.mark.parametrize("step", [HOUR, -HOUR])
async def test_each_jump_is_one_line_in_the_log_and_one_look(monkeypatch: pytest.MonkeyPatch, step: float) -> None:
    monkeypatch.setattr(clock_guard, "LOOK_SECONDS", 0.01)
    hands, jumped = Hands(), asyncio.Event()
    calls = []

    def note() -> None:
        calls.append(1)
        jumped.set()

    with capture_logs() as logs:
        task = asyncio.create_task(ClockGuard(hands.clock).watch(note))
        await asyncio.sleep(0)
        hands.wall += step
        async with asyncio.timeout(5):
            await jumped.wait()
        for _ in range(5):
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert calls == [1]
    assert [(line["action"], line["seconds"]) for line in logs] == [("clock", step)]
