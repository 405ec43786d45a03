"""Do not disturb is noted as Slack tells it, and what was held for it goes out when it ends early."""

from datetime import datetime, timedelta

import pytest

from bot.domain.quiet import Quiet
from bot.services import people
from bot.services.hours import quiet
from bot.services.nudges import nudging
from tests.support.office import MIRA, SAM, Office

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


async def noted(office: Office, spell: Quiet | None, *, user: str = MIRA.id) -> datetime | None:
    """Let Slack tell of somebody; return when it is to be asked again."""
    return await office.desk.do(quiet.note_quiet, spells={user: spell})


async def until(office: Office, user: str = MIRA.id) -> datetime | None:
    found = await office.desk.read(people.member, user=user)
    assert found is not None
    return found.dnd_until


@pytest.mark.parametrize(
    ("begins_in", "ends_in", "quiet_now", "again_in"),
    [
        (MINUTE, HOUR, False, MINUTE),
        (timedelta(), HOUR, True, HOUR),
        (-HOUR, MINUTE, True, MINUTE),
        (-HOUR, timedelta(), False, None),
        (-2 * HOUR, -HOUR, False, None),
    ],
    ids=["before it begins", "as it begins", "in it", "as it ends", "long after"],
)
async def test_a_spell_is_noted_while_it_runs(
    office: Office, begins_in: timedelta, ends_in: timedelta, *, quiet_now: bool, again_in: timedelta | None
) -> None:
    spell = (office.now + begins_in, office.now + ends_in)
    assert await noted(office, spell) == (office.now + again_in if again_in is not None else None)
    assert await until(office) == (spell[1] if quiet_now else None)


async def test_of_several_people_the_soonest_change_counts_and_strangers_are_nobody(office: Office) -> None:
    now = office.now
    spells = {
        MIRA.id: (now - HOUR, now + 2 * HOUR),
        SAM.id: (now + HOUR, now + 3 * HOUR),
        "U0NOBODY": (now, now + MINUTE),
    }
    assert await office.desk.do(quiet.note_quiet, spells=spells) == now + HOUR
    assert await office.desk.do(quiet.note_quiet, spells={"U0NOBODY": spells["U0NOBODY"]}) is None
    assert await office.desk.do(quiet.note_quiet, spells={}) is None
    assert (await until(office), await until(office, SAM.id)) == (now + 2 * HOUR, None)


async def test_a_zone_or_name_that_changes_leaves_it_alone(office: Office) -> None:
    await noted(office, (office.now, office.now + HOUR))
    await office.desk.do(people.member_changed, member=MIRA)
    assert await until(office) == office.now + HOUR


async def heard(office: Office) -> list[str]:
    """Plan and deliver; return who got a nudge."""
    await office.desk.do(nudging.plan)
    return sorted(row.recipient for row in await office.deliver() if row.kind == "nudge" and not row.shown)


async def test_what_is_held_goes_out_when_it_ends_early_and_not_when_it_lasts_longer(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=5 * HOUR)
    promise = (await office.promises(request))[-1]
    begun, ends = promise.due_at - 2 * HOUR, promise.due_at + 3 * HOUR
    office.desk.clock.move(begun - office.now)
    await noted(office, (begun, ends))
    office.desk.clock.move(promise.due_at - office.now)
    assert MIRA.id not in await heard(office)
    await noted(office, (begun, ends + HOUR))
    assert await heard(office) == []
    await noted(office, (begun, ends - HOUR))
    assert await heard(office) == []
    await noted(office, None)
    assert await heard(office) == [MIRA.id]
    await noted(office, None)
    assert await heard(office) == []


async def test_what_is_held_goes_out_when_it_ends_as_it_was_known(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=5 * HOUR)
    promise = (await office.promises(request))[-1]
    await noted(office, (office.now, promise.due_at + HOUR))
    office.desk.clock.move(promise.due_at - office.now)
    assert MIRA.id not in await heard(office)
    office.desk.clock.move(HOUR - MINUTE / 60)
    assert MIRA.id not in await heard(office)
    office.desk.clock.move(MINUTE / 60)
    assert await heard(office) == [MIRA.id]
