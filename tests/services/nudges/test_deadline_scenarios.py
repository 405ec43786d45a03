"""Weeks in which deadlines, people and clocks meet: who hears what, and when."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.hours.calendar_rules import Holiday, SpecialDay
from bot.domain.hours.calendar_text import parse_spells, parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL, Why
from bot.domain.people import Member
from bot.domain.promises import Outcome
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering
from bot.services.replies import promising
from bot.store import Store
from bot.store import tables as t
from tests.support.office import acting
from tests.support.weekdays import JONAS, MIRA, OFFICE, SAM, friday, monday
from tests.support.weeks import Weeks, close, weeks_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

Begin = Callable[..., Awaitable[Weeks]]


@pytest.fixture
async def begin(store: Store) -> AsyncIterator[Begin]:
    """Begin some weeks of a team at an instant; by default three who work from nine to five in UTC, Sam leads."""
    begun: list[Weeks] = []

    async def start(
        at: datetime, rules: CalendarRules = OFFICE, members: tuple[Member, ...] = (MIRA, JONAS, SAM), lead: str = "Sam"
    ) -> Weeks:
        begun.append(await weeks_of(store, at, rules, members, lead=lead))
        return begun[-1]

    yield start
    for weeks in begun:
        await close(weeks)


async def test_friday_16_50_promise_30_minutes_due_monday_09_20_10_minutes_on_friday_20_on_monday(begin: Begin) -> None:
    """She hears on Friday, before she leaves, and Sam hears too when she does not answer."""
    weeks = await begin(friday(16, 49, 50))
    await weeks.promised(MIRA, monday(9, 20))
    await weeks.live_until(monday(9, 30))
    assert weeks.story() == [
        ("Fri 16:55", MIRA.id, "before"),
        ("Mon 09:05", MIRA.id, "before"),
        ("Mon 09:07:30", SAM.id, "before"),
        ("Mon 09:20", MIRA.id, "slipped"),
        ("Mon 09:20", SAM.id, "slipped"),
    ]
    assert weeks.heard[0].item.closes_at == friday(17)


@pytest.mark.parametrize(
    ("day", "length"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9)], ids=["2026-03-29, 7 h", "2026-10-25, 9 h"]
)
async def test_helsinki_night_shift_when_the_clock_changes(begin: Begin, day: date, length: int) -> None:
    """The night from 22:00 to 06:00 is as long as it is; an hour of it before six is five."""
    helsinki = ZoneInfo("Europe/Helsinki")
    starts = datetime(day.year, day.month, day.day, 22, tzinfo=helsinki).astimezone(UTC)
    ends = datetime(day.year, day.month, day.day + 1, 6, tzinfo=helsinki).astimezone(UTC)
    assert ends - starts == length * HOUR
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Sun 22:00-06:00"))
    night = Member(id="U0NIGHT", name="Nora", tz="Europe/Helsinki")
    weeks = await begin(starts - timedelta(seconds=10), rules, (night,), "")
    promise = await weeks.promised(night, ends + timedelta(minutes=30))
    assert promise.next_at == ends - HOUR
    await weeks.live_until(ends - 2 * MINUTE)
    assert [(one.at, one.recipient) for one in weeks.heard] == [
        (ends - HOUR, night.id),
        (ends - 30 * MINUTE, CHANNEL),
        (ends - 15 * MINUTE, night.id),
    ]


async def test_owner_in_kolkata_team_in_new_york(begin: Begin) -> None:
    """Ten in New York is half past eight in the evening in Kolkata: she hears before five, the lead at nine."""
    kolkata = Member(id="U0KIRAN", name="Kiran", tz="Asia/Kolkata")
    sam = Member(id="U0SAM", name="Sam", tz="America/New_York")
    rules = CalendarRules(tz="America/New_York", week=parse_week("Mon-Fri 09:00-17:00"))
    morning = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # 9:30 in Kolkata
    weeks = await begin(morning, rules, (kolkata, sam))
    due = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in New York
    await weeks.promised(kolkata, due)
    await weeks.live_until(morning + timedelta(days=1))
    closes = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)  # 17:00 in Kolkata
    told = [(one.at, one.recipient, str(one.item.rung)) for one in weeks.heard]
    assert told == [
        (closes - HOUR, kolkata.id, "before"),
        (closes - 15 * MINUTE, kolkata.id, "before"),
        (due - HOUR, sam.id, "before"),
        (due, sam.id, "slipped"),
        (datetime(2026, 11, 25, 3, 30, tzinfo=UTC), kolkata.id, "slipped"),
    ]
    assert weeks.heard[0].item.closes_at == closes


async def test_24_december_half_day(begin: Begin) -> None:
    """The office closes at one, then come the holidays: what is due on Monday morning is called about at noon."""
    eve = date(2026, 12, 24)
    rules = CalendarRules(
        tz="UTC",
        week=OFFICE.week,
        days=(SpecialDay(eve, parse_spells("09:00-13:00"), "Christmas Eve"),),
        holidays=(Holiday(date(2026, 12, 25), "Christmas Day"),),
    )
    weeks = await begin(datetime(2026, 12, 24, 9, 30, tzinfo=UTC), rules)
    today = await weeks.promised(MIRA, datetime(2026, 12, 24, 16, tzinfo=UTC))
    later = await weeks.promised(JONAS, datetime(2026, 12, 28, 9, 15, tzinfo=UTC))
    await weeks.live_until(datetime(2026, 12, 24, 12, 29, tzinfo=UTC))
    assert weeks.story(of=today) == [("Thu 12:00", MIRA.id, "before")]
    assert weeks.story(of=later) == [("Thu 12:15", JONAS.id, "before")]
    assert {one.item.closes_at for one in weeks.heard} == {datetime(2026, 12, 24, 13, tzinfo=UTC)}


async def test_absence_entered_at_08_59_for_today(begin: Begin) -> None:
    """She is ill: whoever stands in hears as their day begins, and why; she hears nothing, and is not asked again."""
    weeks = await begin(friday(10) - timedelta(days=1))
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(8, 59))
    await weeks.away(MIRA, friday(8, 59), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(9, 10))
    [first] = weeks.heard
    assert first.short == ("Fri 09:00", JONAS.id, "before")
    assert (first.item.why, first.item.owner and first.item.owner.id) == (Why.AWAY, MIRA.id)
    await weeks.office.desk.do(promising.take_on, actor=acting(JONAS), promise=promise.id)
    await weeks.live_until(friday(14, 59))
    assert len(weeks.heard) == 1
    await weeks.live_until(friday(15))
    assert weeks.story()[-2:] == [("Fri 15:00", JONAS.id, "slipped"), ("Fri 15:00", SAM.id, "slipped")]


async def test_deadline_moved_from_15_00_to_15_30_at_14_59_59_9_while_the_worker_holds_the_lease(begin: Begin) -> None:
    """The worker holds the last nudge of the old time. It is not sent, nothing slips, the new time has its own."""
    weeks = await begin(friday(10))
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 44))
    before = len(weeks.heard)
    await weeks.sleep_until(friday(14, 45))
    await weeks.office.desk.do(nudging.plan)
    held = await weeks.office.desk.do(delivering._lease, token="stalls", most=20)
    assert [row.recipient for row in held] == [MIRA.id]
    await weeks.sleep_until(friday(14, 59, 50))
    await weeks.moved(MIRA, promise, friday(15, 30))
    await weeks.sleep_until(friday(14, 59, 59) + timedelta(milliseconds=900))
    await weeks.tick()
    assert [p.outcome for p in await weeks.promises(promise.request)] == [Outcome.MOVED_BEFORE, Outcome.OPEN]
    assert await weeks.office.desk.do(beginning.begin, row=held[0]) is None
    await weeks.live_until(friday(15, 16))
    assert [one.short for one in weeks.heard[before:]] == [("Fri 15:15", MIRA.id, "before")]


async def test_laptop_suspended_over_the_weekend(begin: Begin) -> None:
    """Whatever came meanwhile is said once to each, and what still can be done comes before what cannot."""
    weeks = await begin(friday(10))
    slipped = await weeks.promised(MIRA, friday(16, 30))
    nears = await weeks.promised(MIRA, monday(10))
    far = await weeks.promised(MIRA, monday(16))
    await weeks.sleep_until(monday(9, 50))
    await weeks.tick()
    assert weeks.story(of=slipped) == [("Mon 09:50", MIRA.id, "slipped"), ("Mon 09:50", SAM.id, "slipped")]
    assert weeks.story(of=nears) == [("Mon 09:50", MIRA.id, "before")]
    assert weeks.story(of=far) == []
    assert len([one for one in weeks.messages if one[1] == MIRA.id]) == 1
    await weeks.tick()
    assert len(weeks.heard) == 3


async def test_laptop_that_wakes_on_sunday_disturbs_nobody_at_home(begin: Begin) -> None:
    weeks = await begin(friday(10))
    slipped = await weeks.promised(MIRA, friday(16, 30))
    nears = await weeks.promised(MIRA, monday(9, 15))
    far = await weeks.promised(MIRA, monday(16))
    await weeks.sleep_until(friday(12) + timedelta(days=2))
    await weeks.tick()
    assert weeks.story() == [("Sun 12:00", CHANNEL, "before"), ("Sun 12:00", CHANNEL, "slipped")]
    await weeks.live_until(monday(9))
    assert weeks.story(of=slipped)[1:] == [("Mon 09:00", MIRA.id, "slipped"), ("Mon 09:00", SAM.id, "slipped")]
    assert weeks.story(of=nears) == [("Sun 12:00", CHANNEL, "before"), ("Mon 09:00", MIRA.id, "before")]
    assert weeks.story(of=far) == []


async def test_1000_promises_due_monday_09_00(begin: Begin) -> None:
    """Her Friday afternoon is a hundred messages of ten, each promise in one of them; nothing comes at night."""
    weeks = await begin(friday(10))
    first = await weeks.promised(MIRA, monday(9))

    def copy(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            request = dict(tx.execute(t.request.select().where(t.request.c.id == first.request)).one()._mapping)
            promise = dict(tx.execute(t.promise.select().where(t.promise.c.id == first.id)).one()._mapping)
            del request["id"], promise["id"], promise["reply"]
            idents = [row[0] for row in tx.execute(t.request.insert().returning(t.request.c.id), [request] * 999)]
            tx.execute(t.promise.insert(), [{**promise, "request": ident} for ident in idents])

    await weeks.office.desk.do(copy)
    await weeks.live_until(friday(16, 2))
    assert len(weeks.heard) == 1000
    assert len({one.item.key for one in weeks.heard}) == 1000
    assert [items for _, _, items in weeks.messages] == [10] * 100
    assert {one.recipient for one in weeks.heard} == {MIRA.id}
