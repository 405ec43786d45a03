"""People work for a while in which anything may die: what was accepted is there in the end, once."""

import pytest

from tests.support.processes_chaos import Chaos
from tests.support.processes_day import Day
from tests.support.processes_laws import check_all

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]

SECONDS = 30.0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1123])
async def test_whatever_dies_at_random_the_laws_hold_when_it_has_settled(day: Day, seed: int):
    chaos = Chaos(day, seed, SECONDS)

    await chaos.run()
    await chaos.settle()
    await day.quiet(seconds=60)

    await chaos.check_arrivals()
    await chaos.check_approvals()
    await check_all(day)
    assert chaos.lived
