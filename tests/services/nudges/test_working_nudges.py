"""Nudges in working time: held for the morning, put off, planned anew with new hours, and never at night."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.categories import NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL, Why
from bot.domain.people import Member
from bot.domain.promises import Outcome
from bot.domain.replies import ReplyKind
from bot.services.context import Context
from bot.services.nudges import nudging, replanning
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.store import Store, events, outbox
from tests.support.office import acting
from tests.support.weekdays import JONAS, MIRA, OFFICE, friday, monday, stands
from tests.support.weeks import Weeks, close, weeks_of

SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine: Mira and Jonas work from nine to five in UTC, Sam, who leads, in New York (14:00 to 22:00)."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


@pytest.mark.parametrize(
    ("sent_at", "recipient", "at"),
    [
        (friday(16, 59, 59), MIRA.id, friday(16, 59, 59)),
        (friday(17), SAM.id, friday(17)),
        (friday(17, 0, 5), SAM.id, friday(17, 0, 5)),
        (friday(23), CHANNEL, friday(23)),
    ],
    ids=["just before closing", "at closing", "just after", "long after"],
)
async def test_a_nudge_that_missed_closing_time_goes_to_the_next_one(
    weeks: Weeks, sent_at: datetime, recipient: str, at: datetime
) -> None:
    """It was planned for 16:59:50; on Monday there would be less than an hour left."""
    await weeks.promised(MIRA, monday(9, 59, 50))
    await weeks.sleep_until(friday(16, 59, 50))
    await weeks.office.desk.do(nudging.plan)
    await weeks.sleep_until(sent_at)
    await weeks.tick()
    assert [(one.recipient, one.at) for one in weeks.heard] == [(recipient, at)]
    assert weeks.heard[0].item.why is (Why.FIRST if recipient == MIRA.id else Why.NOT_NOW)


async def test_a_nudge_that_missed_closing_time_waits_for_the_morning_when_there_is_time_to_act(weeks: Weeks) -> None:
    """What has to be made is nudged about four hours before: ten seconds of them are Friday's."""
    promise = await weeks.promised(MIRA, monday(12, 59, 50), NEW_WORK)
    assert promise.next_at == friday(16, 59, 50)
    await weeks.sleep_until(friday(16, 59, 50))
    await weeks.office.desk.do(nudging.plan)
    await weeks.sleep_until(friday(17, 0, 5))
    await weeks.tick()
    assert weeks.heard == []
    await weeks.live_until(monday(9, 30))
    assert weeks.story() == [("Mon 09:00", MIRA.id, "before")]


async def test_another_category_has_another_ladder(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    assert promise.next_at == friday(15)
    await weeks.office.desk.do(claiming.set_category, actor=acting(MIRA), request=promise.request, category=NEW_WORK)
    assert (await stands(weeks, promise)).next_at == friday(12)


async def test_who_must_not_be_disturbed_hears_when_that_ends(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(13))
    await weeks.promised(JONAS, friday(12))
    await weeks.quiet(MIRA, friday(12))
    await weeks.quiet(JONAS, friday(11, 30))
    await weeks.live_until(friday(11, 59))
    assert weeks.story() == [("Fri 11:00", CHANNEL, "before"), ("Fri 11:45", JONAS.id, "before")]
    await weeks.live_until(friday(12))
    assert ("Fri 12:00", MIRA.id, "before") in weeks.story()


async def test_quiet_that_begins_after_planning_holds_the_message(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(15))
    await weeks.sleep_until(friday(14))
    await weeks.office.desk.do(nudging.plan)
    await weeks.quiet(MIRA, friday(14, 30))
    await weeks.tick()
    assert weeks.story() == [("Fri 14:00", SAM.id, "before")]


async def test_a_slip_outside_everybodys_hours_is_said_in_the_channel_and_to_each_at_their_opening(
    weeks: Weeks,
) -> None:
    await weeks.promised(MIRA, datetime(2026, 11, 28, 12, tzinfo=UTC))
    await weeks.live_until(monday(15))
    assert [one for one in weeks.story() if one[2] == "slipped"] == [
        ("Sat 12:00", CHANNEL, "slipped"),
        ("Mon 09:00", MIRA.id, "slipped"),
        ("Mon 14:00", SAM.id, "slipped"),
    ]


async def test_what_was_said_after_a_slip_needs_no_word_in_the_morning(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, datetime(2026, 11, 28, 12, tzinfo=UTC))
    await weeks.live_until(datetime(2026, 11, 28, 13, tzinfo=UTC))
    await weeks.office.approve(promise.request, by=MIRA, kind=ReplyKind.DELAY_UPDATE, due=timedelta(days=3))
    await weeks.live_until(monday(15))
    assert [one for one in weeks.story() if one[2] == "slipped"] == [("Sat 12:00", CHANNEL, "slipped")]
    slipped = await stands(weeks, promise)
    assert slipped.outcome is Outcome.SLIPPED
    assert slipped.told_at == datetime(2026, 11, 28, 13, 0, 10, tzinfo=UTC)
    card = await weeks.office.card(promise.request)
    assert (card.ledger.slipped, card.ledger.told_after) == (1, 1)


async def test_an_absence_that_begins_at_noon_moves_the_nudge_before_it(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.away(MIRA, friday(12), friday(23))
    assert (await stands(weeks, promise)).next_at == friday(11)
    await weeks.live_until(friday(11, 10))
    assert weeks.story() == [("Fri 11:00", MIRA.id, "before")]
    assert weeks.heard[0].item.closes_at == friday(12)


async def test_new_hours_plan_everybodys_promises_anew(weeks: Weeks) -> None:
    """From now on the team stops at three: what would have come at half past four comes at half past two."""
    promise = await weeks.promised(MIRA, monday(9, 30))
    assert promise.next_at == friday(16, 30)
    desk = weeks.office.desk
    desk.policy = replace(desk.policy, calendar=CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-15:00")))

    def ask(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            replanning.ask_for_team(tx, ctx)

    await desk.do(ask)
    await weeks.tick()
    assert (await stands(weeks, promise)).next_at == friday(14, 30)

    def asked(ctx: Context) -> str | None:
        with ctx.store.reading() as tx:
            return events.setting(tx, replanning.CURSOR)

    assert await desk.read(asked) is None
    await weeks.live_until(friday(14, 30))
    assert weeks.story() == [("Fri 14:30", MIRA.id, "before")]


async def test_longer_hours_move_a_nudge_on_without_sending_it(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 30))
    desk = weeks.office.desk
    desk.policy = replace(desk.policy, calendar=CalendarRules(tz="UTC", week=parse_week("Mon-Fri 08:00-18:00")))
    await weeks.live_until(friday(17, 59))
    assert weeks.story() == []
    assert (await stands(weeks, promise)).next_at == monday(8, 30)


async def test_what_waits_for_monday_is_no_history_on_sunday(weeks: Weeks) -> None:
    await weeks.promised(MIRA, datetime(2026, 11, 27, 23, tzinfo=UTC))
    await weeks.live_until(friday(23))

    def useless(ctx: Context) -> list[tuple[datetime, datetime | None]]:
        with ctx.store.reading() as tx:
            rows = tx.execute(outbox.t.outbox.select().where(outbox.o.kind == "nudge", outbox.o.state == "pending"))
            return [(row.not_before, row.useless_after) for row in rows]

    held = await weeks.office.desk.read(useless)
    assert held
    assert all(until is None or until >= start + timedelta(days=1) for start, until in held)


async def test_what_is_put_off_before_closing_time_comes_before_it_and_not_to_all_in_the_evening(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.live_until(friday(16, 40))
    assert weeks.story() == [("Fri 16:15", MIRA.id, "before")]
    await weeks.office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(friday(18))
    assert [one[:2] for one in weeks.story()[1:]] == [("Fri 16:57:30", MIRA.id)]
