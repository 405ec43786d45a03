"""An aim is said once: to whoever owns the request, or to the team channel while the team works."""

import pytest

from bot.services import people
from bot.services.nudges import nudging
from bot.services.requests import claiming
from tests.services.aims import MINUTE, aim, at, moment, planned
from tests.support.office import JONAS, MIRA, SAM, Office, acting


async def test_words_that_come_too_late_are_said_at_once_and_once(at_work: Office) -> None:
    at(at_work, "2026-11-30T15:00")
    await at_work.webhook(at=moment("2026-11-30T09:10"))
    assert await planned(at_work) == ["channel"]
    assert await planned(at_work) == []


async def test_the_team_channel_hears_only_while_the_team_works(at_work: Office) -> None:
    at(at_work, "2026-11-27T16:10")
    await at_work.webhook()
    at(at_work, "2026-11-27T22:00")  # away since before the reminder
    assert await planned(at_work) == []
    at(at_work, "2026-11-29T12:00")
    assert await planned(at_work) == []
    at(at_work, "2026-11-30T09:00")
    assert await planned(at_work) == ["channel"]
    assert await planned(at_work) == []


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-30T09:44:59", []),
        ("2026-11-30T09:45", ["channel"]),
        ("2026-11-30T09:59", ["channel"]),
        ("2026-11-30T12:00", ["channel"]),
    ],
    ids=["just before", "at the reminder", "just after", "long after"],
)
async def test_an_aim_is_said_once(at_work: Office, now: str, told: list[str]) -> None:
    at(at_work, "2026-11-30T09:00")
    await at_work.webhook()
    at(at_work, now)
    assert await planned(at_work) == told
    assert await planned(at_work) == []


async def test_each_aim_that_nobody_follows_doubles_in_working_time(at_work: Office) -> None:
    at(at_work, "2026-11-30T09:00")
    request = (await at_work.webhook()).request
    dues = []
    for _ in range(5):
        due = (await aim(at_work, request)).due_at
        at_work.desk.clock.move(due - MINUTE - at_work.now)
        await planned(at_work)
        at_work.desk.clock.move(MINUTE)
        await planned(at_work)
        dues.append(due)
    assert [due.isoformat()[:16] for due in dues] == [
        "2026-11-30T10:00",
        "2026-11-30T12:00",
        "2026-11-30T16:00",
        "2026-12-01T16:00",
        "2026-12-02T16:00",
    ]


async def test_an_owned_request_reminds_its_owner_and_who_takes_it_over(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    office.later(minutes=45)
    assert await planned(office) == [MIRA.id]
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    assert await planned(office) == [JONAS.id]
    assert await planned(office) == []


async def test_the_owners_reminder_is_not_sent_after_it_was_handed_over(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    office.later(minutes=45)
    await planned(office)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    await office.desk.do(nudging.plan)
    rows = [row for row in await office.deliver() if row.kind == "nudge"]
    assert {row.recipient for row in rows} == {JONAS.id}


async def test_an_owner_who_left_is_not_reminded(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    await office.desk.do(people.member_left, user=MIRA.id)
    office.later(minutes=45)
    assert await planned(office) == [SAM.id]
