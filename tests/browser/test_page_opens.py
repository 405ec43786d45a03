from tests.support.browser_chromium import Desks
from tests.support.walk import Walk


async def test_what_one_says_the_other_reads_without_a_reload(agency: Walk, desks: Desks) -> None:
    mira, carla = await desks.open("mira", "acme-shared"), await desks.open("carla", "acme-shared")
    agency.control.say("@carla", "#acme-shared", "Is anybody there?")
    await mira.sees("Is anybody there?")
    await carla.sees("Is anybody there?")
