"""Time that goes by in a trial: what is due on the way happens at its time, and trouble keeps nobody waiting."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from trial_lived import Fed, Lived, living

from bot.services.reading import asking
from bot.trial import passing
from bot.workspace.control import timing
from tests.support.walk_ground import until

HOUR = 3600


@pytest.fixture
async def lived(fed_short: Fed, tmp_path: Path) -> AsyncIterator[Lived]:
    folder = tmp_path / ".headsup"
    async with living(folder, clock=fed_short.copy_to(folder)) as found:
        yield found


async def promise_about_acme(lived: Lived) -> float:
    """Tell Acme that they hear within two hours; return when that is due."""
    await lived.press(lived.spot("claim"))
    await until(lambda: lived.step("claim").done, "the claim")
    await lived.press(lived.spot("acknowledge"))
    await lived.approve_what_opens("mira")
    await lived.control.live_for(15)
    await until(lambda: lived.step("acknowledge").done, "the promise")
    return await due_at(lived)


async def due_at(lived: Lived) -> float:
    headsup = lived.trial.process.headsup
    actor = lived.trial.feed._hands.actor
    status = await headsup.desk.read(asking.status_of, actor=actor, request=1)
    return status.promises[0].due_at.timestamp()


def told(lived: Lived, who: str) -> list[float]:
    """Return when somebody was written to."""
    return [float(message["ts"]) for message in lived.control.messages(lived.control.dm(who), who)]


async def test_what_is_due_on_the_way_is_said_at_its_time(lived: Lived) -> None:
    due = await promise_about_acme(lived)
    before = set(told(lived, "mira"))
    await lived.control.live_to(due + 60)
    assert [round((at - due) / 60) for at in told(lived, "mira") if at not in before] == [-240, -60, -15, 0]


async def test_two_pages_that_let_time_go_by_at_once_miss_nothing(lived: Lived) -> None:
    due = await promise_about_acme(lived)
    before = set(told(lived, "mira"))
    await asyncio.gather(lived.control.live_to(due + 60), lived.control.live_to(due + 61))
    assert [round((at - due) / 60) for at in told(lived, "mira") if at not in before] == [-240, -60, -15, 0]


async def test_where_slack_is_down_time_goes_on_all_the_same(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    await promise_about_acme(lived)
    monkeypatch.setattr(passing, "PATIENCE", 0.1)
    lived.control.fault("chat.postMessage", "http_500")
    goal = lived.control.clock()["now"] + 3 * HOUR
    assert (await lived.control.live_to(goal))["now"] >= goal
    monkeypatch.setattr(timing, "LONGEST_WAY", 0.0)
    assert (await lived.control.live_to(goal + HOUR))["now"] >= goal + HOUR
    lived.control.clear_faults()
