"""Nudges in working time: held for the morning, passed on, answered, planned anew, and never at night."""

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
from bot.domain.snapshots.status import StepKind
from bot.errors import RefusedError
from bot.services import people as members
from bot.services.context import Context
from bot.services.nudges import nudging, replanning
from bot.services.reading import asking
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store, events, outbox
from bot.store import people as people_rows
from tests.support.office import acting
from tests.support.weekdays import JONAS, MIRA, OFFICE, friday, monday, stands
from tests.support.weeks import Weeks, close, weeks_of

SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


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


async def test_being_on_it_ends_the_ladder_but_not_the_slip(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    for _ in range(2):
        await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(friday(16))
    assert weeks.story() == [
        ("Fri 15:00", MIRA.id, "before"),
        ("Fri 16:00", MIRA.id, "slipped"),
        ("Fri 16:00", SAM.id, "slipped"),
    ]
    with pytest.raises(RefusedError, match="ended"):
        await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)


async def test_opening_the_delay_form_answers_the_nudge(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.office.desk.do(promising.open_delay_form, actor=acting(MIRA), promise=promise.id)
    assert (await stands(weeks, promise)).acked_at is None  # nobody was nudged yet
    await weeks.live_until(friday(15, 5))
    await weeks.office.desk.do(promising.open_delay_form, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(friday(15, 59))
    assert weeks.story() == [("Fri 15:00", MIRA.id, "before")]


async def test_what_nobody_answers_goes_to_the_stand_in_then_nobody_else(weeks: Weeks) -> None:
    def cover(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            people_rows.change_member(tx, MIRA.id, stand_in=JONAS.id)

    await weeks.office.desk.do(cover)
    await weeks.promised(MIRA, friday(13))
    await weeks.live_until(friday(12, 59))
    assert weeks.story() == [
        ("Fri 12:00", MIRA.id, "before"),
        ("Fri 12:30", JONAS.id, "before"),
        ("Fri 12:45", MIRA.id, "before"),
    ]
    assert weeks.heard[1].item.why is Why.UNANSWERED


async def test_a_nudge_that_left_late_is_waited_for_from_then_on(weeks: Weeks) -> None:
    """Slack was away for twenty minutes: nobody could have answered what had not come."""
    await weeks.promised(MIRA, friday(16))
    await weeks.sleep_until(friday(15))
    await weeks.office.desk.do(nudging.plan)
    await weeks.sleep_until(friday(15, 20))
    await weeks.tick()
    await weeks.live_until(friday(15, 39))
    assert weeks.story() == [("Fri 15:20", MIRA.id, "before")]
    await weeks.live_until(friday(15, 44))
    assert weeks.story()[1:] == [("Fri 15:40", SAM.id, "before")]


async def test_who_is_on_it_and_then_goes_away_is_not_relied_on(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(friday(15, 10))
    await weeks.away(MIRA, friday(15, 10), monday(23), stand_in=JONAS)
    await weeks.live_until(friday(15, 20))
    assert weeks.story()[1:] == [("Fri 15:10", JONAS.id, "before")]
    assert (await stands(weeks, promise)).revision == promise.revision + 1


async def test_an_absence_that_begins_at_noon_moves_the_nudge_before_it(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.away(MIRA, friday(12), friday(23))
    assert (await stands(weeks, promise)).next_at == friday(11)
    await weeks.live_until(friday(11, 10))
    assert weeks.story() == [("Fri 11:00", MIRA.id, "before")]
    assert weeks.heard[0].item.closes_at == friday(12)


async def test_the_new_owner_hears_in_their_hours_and_the_old_one_no_more(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.office.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=SAM.id)
    assert (await stands(weeks, promise)).next_at == friday(21)
    await weeks.live_until(friday(22))
    assert {recipient for _, recipient, _ in weeks.story()} <= {SAM.id, CHANNEL}
    assert ("Fri 21:00", SAM.id, "before") in weeks.story()


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


async def test_the_status_shows_what_comes_next_and_why(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 15))
    ladder = (await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)).ladder
    assert [(step.at, step.kind, [one.id for one in step.to]) for step in ladder] == [
        (friday(16, 15), StepKind.NUDGE, [MIRA.id]),
        (friday(16, 45), StepKind.PASSED_ON, [SAM.id]),
        (monday(9), StepKind.NUDGE, [MIRA.id]),
        (monday(9, 15), StepKind.SLIPPED, [MIRA.id]),
    ]
    assert ladder[0].closes_at == friday(17)
    assert ladder[2].closes_at is None
    await weeks.live_until(monday(9, 30))
    assert [(one[0], one[1]) for one in weeks.story() if one[2] == "before"] == [
        (f"{step.at:%a %H:%M}", step.to[0].id) for step in ladder[:3]
    ]


async def test_a_colleague_who_left_is_passed_over(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(16))
    await weeks.sleep_until(friday(15))
    await weeks.office.desk.do(nudging.plan)
    await weeks.office.desk.do(members.member_left, user=MIRA.id)
    await weeks.tick()
    assert weeks.story() == [("Fri 15:00", SAM.id, "before")]


async def test_the_word_of_somebody_who_left_is_not_relied_on(weeks: Weeks) -> None:
    """She was on it and has left the team: whoever is there hears while there is time, and once."""
    await weeks.office.desk.do(notice_changed_hours)
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)
    await weeks.office.desk.do(members.member_left, user=MIRA.id)
    await weeks.office.desk.do(notice_changed_hours)
    await weeks.live_until(friday(15, 10))
    await weeks.office.desk.do(notice_changed_hours)
    await weeks.live_until(friday(15, 14))
    assert weeks.story() == [("Fri 15:00", MIRA.id, "before"), ("Fri 15:05", SAM.id, "before")]


async def test_what_somebody_left_behind_goes_by_the_hours_of_whoever_hears_now(weeks: Weeks) -> None:
    """Jonas in Berlin goes home at 16:00: he hears an hour before that, not when she would have heard."""
    await weeks.office.desk.do(notice_changed_hours)
    weeks.office.desk.policy = replace(weeks.office.desk.policy, lead="Jonas")
    await weeks.office.desk.do(members.sync_members, members=[MIRA, replace(JONAS, tz="Europe/Berlin")])
    await weeks.office.desk.do(notice_changed_hours)
    await weeks.promised(MIRA, friday(17))
    await weeks.live_until(friday(10))
    await weeks.office.desk.do(members.member_left, user=MIRA.id)
    await weeks.office.desk.do(notice_changed_hours)
    await weeks.live_until(friday(15, 1))
    assert weeks.story() == [("Fri 15:00", JONAS.id, "before")]


async def test_what_waits_for_monday_is_no_history_on_sunday(weeks: Weeks) -> None:
    await weeks.promised(MIRA, datetime(2026, 11, 27, 23, tzinfo=UTC))
    await weeks.live_until(friday(23))

    def useless(ctx: Context) -> list[tuple[datetime, datetime | None]]:
        with ctx.store.reading() as tx:
            rows = tx.execute(outbox.t.outbox.select().where(outbox.o.kind == "nudge", outbox.o.state == "pending"))
            return [(row.not_before, row.useless_after) for row in rows]

    held = await weeks.office.desk.read(useless)
    assert held
    assert all(until is not None and until >= start + timedelta(days=1) for start, until in held)


async def test_what_is_put_off_before_closing_time_comes_before_it_and_not_to_all_in_the_evening(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.live_until(friday(16, 40))
    assert weeks.story() == [("Fri 16:15", MIRA.id, "before")]
    await weeks.office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(friday(18))
    assert [one[:2] for one in weeks.story()[1:]] == [("Fri 16:57:30", MIRA.id)]
