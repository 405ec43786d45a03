"""L9: the loop never blocks, and an acknowledgement never waits for Slack, also not right after a start."""

import asyncio

import pytest

from tests.support.walk import ACME, BETA, TEAM, Walk, Walking, until
from tests.support.walk_lag import steps_of_headsup

SECOND = 1_000.0
"""Milliseconds; Slack waits three of them."""

LAG = 0.050
"""Seconds for which one step of ours may keep the loop."""


async def press_twelve(walk: Walk, number: int) -> list[float]:
    """Press twelve things at once; return after how many milliseconds each was acknowledged."""
    ts = walk.cards()[number]["ts"]
    presses = [
        walk.control.press(who, action, channel=TEAM, ts=ts)
        for who in ("@mira", "@jonas", "@priya")
        for action in ("claim_request", "review_first_suggestion", "open_more")
    ]
    presses += [walk.control.slash(who, "/headsup", "open") for who in ("@mira", "@jonas", "@priya")]
    results = await asyncio.gather(*presses)
    assert len(results) == 12
    assert all(result.acked for result in results), [result.error for result in results]
    return [result.ms for result in results]


async def test_twelve_presses_are_acknowledged_while_slack_hangs_from_before_the_start(walks: Walking):
    async with walks() as walk:
        number = await walk.asked()
        await walk.quiet()
        await walk.stop()
        walk.control.fault("*", "hang", times=0)
        await walk.start(meet=False)
        await walk.control.wait_connected()
        slowest = [max(await press_twelve(walk, number)) for _ in range(3)]
        assert min(slowest) < SECOND, slowest
        owner = (await walk.card(number)).owner
        assert owner is not None
        walk.control.clear_faults()


async def test_the_very_first_start_acknowledges_too_and_says_what_to_do(walks: Walking):
    """Nobody is known yet and Slack cannot be asked: refused, but acknowledged, and later it works."""
    async with walks(started=False) as walk:
        walk.control.fault("*", "hang", times=0)
        await walk.start(meet=False)
        await walk.control.wait_connected()
        slowest = []
        for _ in range(3):  # a noisy machine gets three tries
            results = await asyncio.gather(*(walk.control.slash("@mira", "/headsup", "open") for _ in range(12)))
            assert all(result.acked for result in results), [result.error for result in results]
            slowest.append(max(result.ms for result in results))
        assert min(slowest) < SECOND, slowest
        walk.control.clear_faults()
        await until(walk.knows_the_team, "the team to be known after all", seconds=40)
        assert "Nothing waits here" in str((await walk.control.slash("@mira", "/headsup", "open")).ephemerals)


@pytest.mark.timeout(240)
async def test_a_morning_of_120_arrivals_never_blocks_the_loop(walk: Walk):
    """A noisy machine gets three mornings."""
    await walk.link()
    await walk.link(BETA, "Beta GmbH")
    mornings = []
    for morning in range(3):
        with steps_of_headsup() as steps:
            for number in range(30):
                walk.control.say("@carla", ACME, f"Question {morning}.{number}: where is my invoice? " * 3)
                walk.control.say("@dieter", BETA, f"Question {morning}.{number}: the page is broken. " * 3)
                await asyncio.gather(*(walk.orbit.ask(walk.url, f"Wish {morning}.{number}.{n}") for n in range(2)))
        mornings.append(steps)
        if steps.longest < LAG:
            return
    assert not mornings, [steps.found[:3] for steps in mornings]
