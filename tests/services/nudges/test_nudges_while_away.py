"""While somebody is away their nudges go along the chain of stand-ins. It is Monday 23 November 2026, 08:00 UTC."""

from datetime import timedelta

from bot.services.away import absences, entering
from bot.services.nudges import nudging
from tests.support.office import JONAS, MIRA, SAM, Office, acting


async def promised(office: Office, **span: float) -> None:
    received = await office.webhook()
    await office.send(received.request, due=timedelta(**span))


async def nudged(office: Office) -> list[str]:
    """Plan, deliver, and return to whom nudges about promises went."""
    while (await office.desk.do(nudging.plan)).more:
        pass
    return [row.recipient for row in await office.deliver() if row.key.startswith("nudge:promise:")]


async def test_a_promise_that_is_kept_nudges_the_stand_in_and_not_its_owner(office: Office):
    await promised(office, hours=4)
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri", cover=JONAS.id)
    [item] = shown.falling
    keep = {"actor": acting(MIRA), "absence": shown.absence.id, "promise": item.promise.id}
    await office.desk.do(absences.keep_promise, **keep)
    office.later(hours=3, minutes=1)
    assert await nudged(office) == [JONAS.id]


async def test_a_loop_of_stand_ins_ends_at_the_lead(office: Office):
    await promised(office, hours=4)
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="until 18:00", cover=JONAS.id)
    await office.desk.do(entering.say_away, actor=acting(JONAS), when="from 12:00 until 17:00")
    office.later(hours=3, minutes=1)
    assert await nudged(office) == [SAM.id]


async def test_back_brings_the_nudges_back(office: Office):
    await promised(office, hours=4)
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri", cover=JONAS.id)
    office.later(hours=1)
    await office.desk.do(absences.come_back, actor=acting(MIRA))
    office.later(hours=2, minutes=1)
    assert await nudged(office) == [MIRA.id]


async def test_an_absence_that_ends_by_itself_brings_them_back_too(office: Office):
    await promised(office, hours=9)
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="until 15:00", cover=JONAS.id)
    office.later(hours=8, minutes=1)
    assert await nudged(office) == [MIRA.id]
