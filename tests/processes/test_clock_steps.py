"""Clocks may step while something is on its way (L10): leases follow elapsed time, so nobody sends it again."""

import pytest

from tests.support.processes import until
from tests.support.processes_day import Day

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]

HOUR = 3600
DAY = 24 * HOUR


async def test_a_clock_step_while_a_reply_and_a_nudge_are_in_flight_sends_neither_again(day: Day):
    number = await day.asked_in_channel("Clock step: the search finds nothing.")
    due = int(day.now()) + 2 * HOUR
    await day.approve(number, "Clock step: you hear from us.", due=due)
    await until(lambda: day.client_reads("Clock step: you hear from us."), "the promise to be told")
    await day.quiet()
    day.control.fault("chat.postMessage", "slow_after", seconds=5, times=2)

    await day.approve(number, "Clock step: words on their way.")
    await day.fleet.forward(HOUR + 60)
    await until(lambda: day.client_reads("Clock step: words on their way."), "the reply to be in flight")
    await until(lambda: day.nudges("@mira", f"#{number} "), "the nudge to be in flight")
    waiting = await day.fleet.ledger.waiting()
    in_flight = [row["kind"] for row in waiting if row["sending"] and row["kind"] != "card"]
    assert sorted(in_flight) == ["nudge", "reply"]
    await day.fleet.forward(10 * 60)  # far beyond any lease, had it followed this clock
    await until(lambda: workers_follow(day), "every process to follow the clock")
    await day.quiet()

    assert day.client_reads("Clock step: words on their way.") == 1
    assert len(day.nudges("@mira", f"#{number} ")) == 1


async def test_a_step_of_three_days_while_a_webhook_is_in_flight_sends_it_once(day: Day):
    number = await day.asked_by_webhook("Three days: the shop shows old prices.")
    day.orbit.behave = "slow"

    await day.approve(number, "Three days: words on their way.")
    await until(lambda: day.orbit.times("Three days: words on their way."), "the webhook to be in flight")
    await day.fleet.forward(3 * DAY)
    await until(lambda: workers_follow(day), "every process to follow the clock")
    day.orbit.behave = "ok"
    await day.quiet()

    assert day.orbit.times("Three days: words on their way.") == 1
    assert (await day.fleet.ledger.reply("Three days: words on their way."))["state"] == "sent"


async def workers_follow(day: Day) -> bool:
    """Tell whether the workers have planned at the new time: nothing that is due by then waits for its first nudge."""
    overdue = "SELECT 1 FROM promise WHERE outcome = 'open' AND next_at < to_timestamp(%s) - interval '30 seconds'"
    return not await day.fleet.ledger.rows(overdue, day.now())
