"""What changed without a save is planned as if it had always been so: a stand-in who left, a new lead, other rungs."""

from dataclasses import replace

import pytest

from bot.domain.ladder.ladders import Ladder
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services import people
from bot.services.away import entering
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing, nudging
from bot.services.settings.noticing_hours import notice_changed_hours
from tests.services.aims import HOUR, OFFICE_HOURS, moment, works
from tests.support.office import JONAS, MIRA, SAM, Office, acting


@pytest.fixture
async def planned_office(office: Office) -> Office:
    """The office with working hours in UTC, and Sam as its lead."""
    works(office, OFFICE_HOURS)
    office.desk.policy = replace(office.desk.policy, lead="Sam")
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM])
    await noticed(office)
    return office


async def noticed(office: Office) -> None:
    await office.desk.do(notice_changed_hours)
    for _ in range(50):
        if not (await office.desk.do(nudging.plan)).more:
            return


async def promised(office: Office, due: str = "2026-11-25T14:10") -> int:
    request = (await office.webhook()).request
    await office.send(request, due=moment(due) - office.now)
    return request


async def away(office: Office, member: Member, stand_in: str | None = None) -> None:
    ends = moment("2026-11-27T08:00")
    await office.desk.do(
        entering.enter_absence, actor=acting(member), starts_at=office.now, ends_at=ends, stand_in=stand_in
    )


async def standing(office: Office, request: int) -> Promise:
    [found] = [each for each in await office.promises(request) if each.outcome.value == "open"]
    return found


async def looked_at_in_time(office: Office, request: int) -> bool:
    """Tell whether a promise is looked at no later than there is something to do."""
    found = await standing(office, request)

    def read(ctx: Context) -> bool:
        with ctx.store.reading() as tx:
            climb = climbing.climb(ctx, Crew(tx, ctx), found, find_request(tx, request))
            return found.next_at is not None and found.next_at <= climb.next_at(ctx.now)

    return await office.desk.read(read)


async def test_what_a_stand_in_carried_who_left_comes_in_the_hours_of_the_next_one(planned_office: Office) -> None:
    office = planned_office
    request = await promised(office)
    await away(office, MIRA, JONAS.id)
    await noticed(office)
    before = (await standing(office, request)).next_at
    await office.desk.do(people.member_left, user=JONAS.id)
    assert not await looked_at_in_time(office, request), "Sam works at other hours: that is what this is about"
    await noticed(office)
    assert await looked_at_in_time(office, request)
    assert (await standing(office, request)).next_at != before


async def test_another_lead_hears_in_their_own_hours(planned_office: Office) -> None:
    office = planned_office
    office.desk.policy = replace(office.desk.policy, lead="Jonas")
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM])
    await noticed(office)
    request = await promised(office)
    await away(office, MIRA)
    await noticed(office)
    office.desk.policy = replace(office.desk.policy, lead="Sam")
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM])
    assert not await looked_at_in_time(office, request)
    await noticed(office)
    assert await looked_at_in_time(office, request)


async def test_the_first_rung_of_a_longer_ladder_is_not_late(planned_office: Office) -> None:
    office = planned_office
    request = await promised(office, "2026-11-24T14:00")
    office.desk.policy = replace(office.desk.policy, ladder=Ladder((4 * HOUR, HOUR)))
    await noticed(office)
    assert (await standing(office, request)).next_at == moment("2026-11-24T10:00")


async def test_sixty_zones_that_changed_are_one_look_in_parts(planned_office: Office, monkeypatch) -> None:
    office = planned_office
    team = [Member(f"U{number:04}", f"P{number}", tz="Europe/Berlin") for number in range(60)]
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM, *team])
    await noticed(office)
    moved = [replace(member, tz="Asia/Kolkata") for member in team]
    await office.desk.do(people.sync_members, members=[MIRA, JONAS, SAM, *moved])
    made = []
    real = Crew.__init__
    monkeypatch.setattr(Crew, "__init__", lambda crew, *given: made.append(1) or real(crew, *given))
    await office.desk.do(notice_changed_hours)
    assert made == [], "the look itself plans nothing: that is for the ticks, in parts"
