"""Nudges that are answered end the ladder; what nobody answers, or who left, goes to whoever is there."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.domain.ladder.reaching import CHANNEL, Why
from bot.domain.people import Member
from bot.domain.snapshots.status import StepKind
from bot.errors import RefusedError
from bot.services import people as members
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.reading import asking
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store
from bot.store import people as people_rows
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


async def test_the_new_owner_hears_in_their_hours_and_the_old_one_no_more(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.office.desk.do(claiming.hand_over, actor=acting(MIRA), request=promise.request, to=SAM.id)
    assert (await stands(weeks, promise)).next_at == friday(21)
    await weeks.live_until(friday(22))
    assert {recipient for _, recipient, _ in weeks.story()} <= {SAM.id, CHANNEL}
    assert ("Fri 21:00", SAM.id, "before") in weeks.story()


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
