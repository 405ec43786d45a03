"""What is announced to whoever is back comes, and what happened is not left out.

It is Monday 23 November 2026, 10:00 in Helsinki (08:00 UTC).
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.away.away import Happened, Meanwhile, Returned
from bot.domain.hours.calendars import CalendarRules, parse_week
from bot.domain.people import Member
from bot.services.away import absences, away_posts, entering, returning
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.store import outbox, people, tables
from bot.store.outbox import Row
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


async def promised(office: Office, due_at: datetime) -> int:
    request = (await office.webhook()).request
    await office.send(request, due=due_at - office.now)
    return request


async def tick(office: Office) -> list[Row]:
    """Plan, tell who is back, deliver; return what Mira gets."""
    planned = await office.desk.do(nudging.plan)
    while planned.more:
        planned = await office.desk.do(nudging.plan)
    await office.desk.do(returning.summarise)
    return [row for row in await office.deliver() if row.recipient == MIRA.id]


async def ticking(office: Office, until: datetime, step: timedelta = timedelta(minutes=5)) -> list[Row]:
    got: list[Row] = []
    while office.now < until:
        office.desk.clock.move(min(step, until - office.now))
        got += await tick(office)
    return got


async def summary(office: Office, rows: list[Row]) -> Returned:
    [row] = [row for row in rows if row.kind == "away"]

    def read(ctx: Context) -> Returned:
        with ctx.store.reading() as tx:
            post = away_posts.post_of(tx, ctx, row)
            assert isinstance(post, Returned)
            return post

    return await office.desk.read(read)


def lines(found: Returned) -> list[tuple[Happened, int, str | None]]:
    return [_line(each) for each in found.happened]


def _line(entry: Meanwhile) -> tuple[Happened, int, str | None]:
    return entry.kind, entry.request.id, entry.to.id if entry.to else None


FRIDAY = datetime(2026, 11, 27, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, 20, tzinfo=UTC)


async def test_who_was_asked_in_their_place_is_told_on_the_monday_after(office: Office):
    request = await promised(office, FRIDAY + timedelta(days=3, hours=7, minutes=45))
    office.desk.clock.move(datetime(2026, 11, 26, 12, tzinfo=UTC) - office.now)
    await away(office, "tomorrow", JONAS.id)
    await ticking(office, FRIDAY + timedelta(hours=22), timedelta(minutes=15))
    office.desk.clock.move(MONDAY - office.now)
    rows = await tick(office)
    told = await summary(office, rows)
    assert lines(told) == [(Happened.ASKED, request, JONAS.id), (Happened.ASKED, request, SAM.id)]
    left, lead = told.happened
    assert left.at == told.since == FRIDAY - timedelta(hours=9), "Thursday, when her day ended"
    assert lead.at == FRIDAY + timedelta(hours=14), "when Sam opens in New York, in time"
    assert [each.request.id for each in told.due] == [request]
    assert [row for row in await ticking(office, MONDAY + timedelta(minutes=5)) if row.kind == "away"] == []


async def test_whoever_was_asked_and_has_it_in_hand_is_said_so(office: Office):
    request = await promised(office, office.now + timedelta(hours=4))
    await away(office, "until Wed", JONAS.id)
    await ticking(office, office.now + timedelta(hours=3, minutes=5))
    [promise] = await office.promises(request)
    await office.desk.do(promising.take_on, actor=acting(JONAS), promise=promise.id)
    await office.desk.do(absences.come_back, actor=acting(MIRA))
    told = await summary(office, await tick(office))
    assert lines(told) == [(Happened.ASKED, request, JONAS.id)]
    assert told.happened[0].in_hand


async def test_what_was_asked_before_they_went_or_of_themselves_is_no_news(office: Office):
    await promised(office, office.now + timedelta(hours=2))
    rows = await ticking(office, office.now + timedelta(minutes=65))
    assert [row.kind for row in rows] == ["nudge"]
    await away(office, "until 11:30", JONAS.id)
    await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert [row for row in await tick(office) if row.kind == "away"] == []


@pytest.mark.parametrize("tomorrow", [False, True], ids=["nothing else", "away again tomorrow"])
async def test_a_slip_is_announced_as_what_comes(office: Office, tomorrow: bool):
    if tomorrow:
        await away(office, "tomorrow", JONAS.id)
    request = await promised(office, office.now + timedelta(minutes=50))
    await away(office, "today")
    assert [row for row in await ticking(office, office.now + timedelta(hours=1)) if row.kind == "away"] == []
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert ([each.request.id for each in back.slipped], back.summary) == ([request], False)
    office.later(minutes=1)
    [row] = await tick(office)
    assert (row.kind, ".slipped:" in row.key) == ("nudge", True)


@pytest.mark.parametrize("hindered", ["night", "do not disturb"])
async def test_whose_slips_must_wait_hears_them_in_the_summary_at_once(office: Office, hindered: str):
    """Their own message would come at the next opening, or when the quiet ends: too late for what is said at once."""
    request = await promised(office, office.now + timedelta(hours=2))
    await away(office, "until Wed", JONAS.id)
    await ticking(office, office.now + timedelta(hours=3), timedelta(minutes=30))
    if hindered == "night":
        office.later(hours=12)
    else:
        await office.desk.do(_quiet, member=MIRA)
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert (back.summary, back.slipped) == (True, ())
    office.later(seconds=1)
    assert (Happened.SLIPPED, request, None) in lines(await summary(office, await tick(office)))


def _quiet(ctx: Context, *, member: Member) -> None:
    with ctx.store.writing() as tx:
        people.change_member(tx, member.id, dnd_until=ctx.now + timedelta(hours=2))


async def test_what_was_announced_comes_whatever_becomes_of_a_slip_before_it_leaves(office: Office):
    """Whether a slip has a message of its own is kept: the summary is not emptied by what is written after it."""
    request = await promised(office, office.now + timedelta(hours=2))
    await away(office, "until Wed", JONAS.id)
    await ticking(office, office.now + timedelta(hours=3), timedelta(minutes=30))
    office.later(hours=12)
    await office.desk.do(absences.come_back, actor=acting(MIRA))

    def comes_now(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            theirs = (outbox.o.recipient == MIRA.id) & (outbox.o.kind == "nudge")
            tx.execute(update(tables.outbox).where(theirs).values(not_before=ctx.now, sent_at=ctx.now))

    await office.desk.do(comes_now)
    rows = await office.deliver()
    assert (Happened.SLIPPED, request, None) in lines(await summary(office, [r for r in rows if r.kind == "away"]))


async def test_back_before_the_day_begins_tells_what_happened_in_what_ended_by_itself(office: Office):
    await office.link_acme()
    received = await office.said("Our shop is down since this morning, can you look?")
    assert received is not None
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=received.request)
    await away(office, "today")
    office.later(minutes=30)
    thread = (await office.card(received.request)).request.thread
    await office.said("Any news?", user=CARLA, thread=thread)
    office.desk.clock.move(datetime(2026, 11, 24, 6, 30, tzinfo=UTC) - office.now)  # 08:30
    assert [row for row in await tick(office) if row.kind == "away"] == []
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert (back.ended, back.summary) == ((), True)
    told = await summary(office, await tick(office))
    assert (Happened.WROTE, received.request, None) in lines(told)
    again = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert not again.summary
