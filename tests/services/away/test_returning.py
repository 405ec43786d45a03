"""The one summary for whoever is back. It is Monday 23 November 2026, 10:00 in Helsinki (08:00 UTC)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.away.away import Happened, Returned
from bot.domain.hours.calendars import CalendarRules, parse_week
from bot.services.away import absences, entering, meanwhile, returning
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.replies import promising
from bot.services.requests import claiming, moving
from bot.store import people, tables
from tests.support.office import CARLA, JONAS, MIRA, SAM, Office, acting


@pytest.fixture
async def office(office: Office) -> Office:
    """The team works from Monday to Friday, 09:00 to 17:00, each by their own clock."""
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
    office.desk.policy = replace(office.desk.policy, calendar=rules)
    return office


async def away(office: Office, when: str, cover: str = "") -> None:
    await office.desk.do(entering.say_away, actor=acting(MIRA), when=when, cover=cover)
    await office.deliver()


async def owned(office: Office, due: timedelta | None = None) -> int:
    request = (await office.webhook()).request
    if due is None:
        await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    else:
        await office.send(request, due=due)
    await office.deliver()
    return request


async def told(office: Office) -> list[str]:
    """Return the keys of the summaries that are sent now."""
    await office.desk.do(returning.summarise)
    return [row.key for row in await office.deliver() if row.kind == "away"]


async def summary(office: Office, since: datetime) -> list[tuple[Happened, int]]:
    def read(ctx: Context) -> Returned | None:
        with ctx.store.reading() as tx:
            member = people.member(tx, MIRA.id)
            assert member is not None
            return meanwhile.returned(tx, member, since=since, until=ctx.now)

    found = await office.desk.read(read)
    return [(each.kind, each.request.id) for each in found.happened] if found else []


async def test_it_comes_in_the_first_working_minute_and_once(office: Office):
    request = await owned(office)
    await away(office, "until Fri", JONAS.id)
    since = office.now
    office.later(hours=1)
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=request, to=JONAS.id)
    await office.deliver()
    office.desk.clock.move(datetime(2026, 11, 27, 22, tzinfo=UTC) - office.now)
    assert await told(office) == [], "it is Saturday, midnight"
    office.desk.clock.move(datetime(2026, 11, 30, 6, 59, 59, tzinfo=UTC) - office.now)
    assert await told(office) == []
    office.later(seconds=1)
    assert await summary(office, since) == [(Happened.HANDED_AWAY, request)]
    assert len(await told(office)) == 1
    assert await told(office) == []


async def test_nothing_is_said_when_nothing_happened(office: Office):
    await owned(office)
    await away(office, "until 15:30")
    office.later(hours=6)
    assert await told(office) == []
    assert await office.desk.do(returning.summarise) == 0


async def test_it_tells_what_came_what_went_what_slipped_and_who_wrote(office: Office):
    await office.link_acme()
    received = await office.said("Our shop is down since this morning, can you look?")
    assert received is not None
    wrote = received.request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=wrote)
    slips = await owned(office, timedelta(hours=2))
    given, taken = await owned(office), (await office.webhook()).request
    await away(office, "until 15:00", JONAS.id)
    since = office.now
    office.later(minutes=30)
    card = (await office.card(wrote)).request
    await office.said("Any news?", user=CARLA, thread=card.thread)
    await office.desk.do(claiming.hand_over, actor=acting(JONAS), request=given, to=JONAS.id)
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=taken, to=MIRA.id)
    office.later(hours=3)
    await office.desk.do(nudging.plan)
    office.later(hours=2)
    await office.desk.do(promising.mark_answered, actor=acting(JONAS), promise=(await office.promises(slips))[0].id)
    assert set(await summary(office, since)) == {
        (Happened.HANDED_AWAY, given),
        (Happened.HANDED_HERE, taken),
        (Happened.SLIPPED, slips),
        (Happened.WROTE, wrote),
    }
    assert len(await told(office)) == 1


@pytest.mark.parametrize("by_hand", [True, False], ids=["says so", "it ends"])
async def test_a_slip_that_waited_for_them_comes_once(office: Office, by_hand: bool):
    """It has a message of its own, with what can be done about it; the summary tells the rest, if there is any."""
    slips = await owned(office, timedelta(hours=2))
    await away(office, "until 15:00", JONAS.id)
    since = office.now
    office.later(hours=3)
    await office.desk.do(nudging.plan)
    await office.deliver()
    if by_hand:
        back = await office.desk.do(absences.come_back, actor=acting(MIRA))
        assert [each.request.id for each in back.slipped] == [slips], "it stands in their direct messages"
        assert not back.summary
    else:
        office.later(hours=2)
        assert await office.desk.do(returning.summarise) == 1
    assert await summary(office, since) == []
    office.later(seconds=1)
    rows = [row for row in await office.deliver() if row.recipient == MIRA.id]
    assert [row.kind for row in rows] == ["nudge"]
    assert ".slipped:" in rows[0].key
    assert slips == int(rows[0].payload["request"])


async def test_a_slip_that_they_heard_of_before_they_went_stays_news_of_that_time(office: Office):
    request = await owned(office, timedelta(hours=2))
    office.later(hours=2)
    await office.desk.do(nudging.plan)
    await office.deliver()
    since = office.now - timedelta(minutes=1)
    office.later(minutes=5)
    assert await summary(office, since) == [(Happened.SLIPPED, request)]


async def test_what_they_did_themselves_is_no_news(office: Office):
    request = await owned(office)
    await away(office, "until 15:00")
    since = office.now
    office.later(minutes=5)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    assert await summary(office, since) == []


async def test_back_tells_what_they_handed_over_themselves(office: Office):
    """It is no news in the summary; who asks right away wants to know whose it is now."""
    handed, kept, closed = [await owned(office, timedelta(hours=4)) for _ in range(3)]
    await away(office, "until Fri", JONAS.id)
    for request in (handed, closed):
        await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    await office.desk.do(moving.close_request, actor=acting(JONAS), request=closed)
    office.later(minutes=5)
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert [(each.request.id, each.owner and each.owner.id) for each in back.passed] == [(handed, JONAS.id)]
    assert kept not in [each.request.id for each in back.passed]


async def test_two_absences_one_after_the_other_are_told_together(office: Office):
    request = await owned(office)
    await away(office, "today")
    await away(office, "tomorrow")
    office.later(hours=1)
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=request, to=JONAS.id)
    office.later(days=1)
    assert [key for key in await told(office) if "returned" in key] == [], "the second one runs"
    office.desk.clock.move(datetime(2026, 11, 25, 7, tzinfo=UTC) - office.now)
    assert len([key for key in await told(office) if "returned" in key]) == 1


async def test_do_not_disturb_is_waited_for(office: Office):
    request = await owned(office)
    await away(office, "until 11:00")

    def quiet(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            until = ctx.now + timedelta(hours=2)
            tx.execute(update(tables.member).where(tables.member.c.id == MIRA.id).values(dnd_until=until))

    await office.desk.do(quiet)
    office.later(minutes=1)
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=request, to=JONAS.id)
    office.later(hours=1)
    assert [key for key in await told(office) if "returned" in key] == []
    office.later(hours=1, seconds=1)
    assert len([key for key in await told(office) if "returned" in key]) == 1


async def test_back_before_the_end_tells_at_once_and_the_sweep_tells_nothing_more(office: Office):
    request = await owned(office)
    await away(office, "until Fri", JONAS.id)
    office.later(hours=20)  # in the middle of the night: they are here, whatever the hour
    await office.desk.do(claiming.hand_over, actor=acting(SAM), request=request, to=JONAS.id)
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert back.summary
    office.later(days=7)
    assert await office.desk.do(returning.summarise) == 0
