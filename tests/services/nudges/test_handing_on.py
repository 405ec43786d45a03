"""Who has a promise in hand and goes away hands it on: whoever is there then hears, in time and once."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.domain.ladder.reaching import CHANNEL, Why
from bot.services import people as members
from bot.services.away import absences, entering
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering
from bot.services.replies import promising
from bot.services.requests import moving
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store
from tests.support.office import acting
from tests.support.weekdays import JONAS, MIRA, OFFICE, SAM, friday, monday, stands, takes, thursday
from tests.support.weeks import Weeks, close, weeks_of

EVENING = timedelta(hours=23)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Thursday at nine; everybody works from nine to five, Sam leads."""
    found = await weeks_of(store, thursday(9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    await found.office.desk.do(notice_changed_hours)
    yield found
    await close(found)


async def test_a_stand_in_who_took_it_and_goes_away_is_not_relied_on(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.away(MIRA, thursday(9), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 5))
    assert weeks.story() == [("Fri 14:00", JONAS.id, "before")]
    await takes(weeks, JONAS, promise)
    await weeks.away(JONAS, friday(14, 10), friday(23))
    await weeks.live_until(friday(14, 44))
    assert weeks.story()[1:] == [("Fri 14:10", SAM.id, "before"), ("Fri 14:35", CHANNEL, "before")]


async def test_a_stand_in_who_took_it_and_leaves_the_team_is_not_relied_on(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.away(MIRA, thursday(9), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 5))
    await takes(weeks, JONAS, promise)
    await weeks.office.desk.do(members.member_left, user=JONAS.id)
    await weeks.office.desk.do(notice_changed_hours)
    await weeks.live_until(friday(14, 6))
    assert weeks.story()[1:] == [("Fri 14:05", SAM.id, "before")]


async def test_a_lead_who_took_it_is_relied_on_although_its_owner_goes_away(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 5))
    await takes(weeks, SAM, promise)
    await weeks.away(MIRA, friday(14, 10), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 59))
    assert weeks.story() == [("Fri 14:00", MIRA.id, "before")]


@pytest.mark.parametrize(
    ("start", "end", "heard"),
    [
        (friday(14, 10), friday(23), friday(14, 10)),
        (friday(14, 40), friday(23), friday(14, 40)),
        (friday(14, 59, 59), friday(23), friday(14, 59, 59)),
        (friday(15), friday(23), None),
        (friday(14, 10), friday(14, 20), friday(14, 10)),
        (monday(9), monday(17), None),
    ],
    ids=["now", "later", "a second before it is due", "when it is due", "for ten minutes", "next week"],
)
async def test_who_said_they_are_on_it_is_relied_on_until_they_go(
    weeks: Weeks, start: datetime, end: datetime, heard: datetime | None
) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 5))
    await takes(weeks, MIRA, promise)
    await weeks.live_until(friday(14, 10))
    await weeks.away(MIRA, start, end, stand_in=JONAS)
    await weeks.live_until(friday(14, 59, 59))
    handed_on = [(one.at, one.recipient, one.item.why) for one in weeks.heard[1:] if one.recipient == JONAS.id]
    assert handed_on[:1] == ([(heard, JONAS.id, handed_on[0][2])] if heard else [])
    if heard:
        assert handed_on[0][2] in {Why.AWAY, Why.NOT_NOW}


async def test_a_word_that_left_before_they_go_needs_nobody_else(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 5))
    await takes(weeks, MIRA, promise)
    await weeks.away(MIRA, friday(14, 40), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 30))
    await weeks.office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    await weeks.live_until(friday(16))
    assert weeks.story() == [("Fri 14:00", MIRA.id, "before")]


async def test_a_weekend_away_takes_nothing_from_who_is_on_it(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.live_until(friday(16, 30))
    await takes(weeks, MIRA, promise)
    await weeks.away(MIRA, friday(23), monday(0), stand_in=JONAS)
    await weeks.live_until(monday(9, 14))
    assert weeks.story() == [("Fri 16:15", MIRA.id, "before")]


async def test_who_is_away_on_monday_hands_on_before_everybodys_friday_ends(weeks: Weeks) -> None:
    """At closing time it would be too late for Jonas: half of what is left to him is gone at 16:47:30."""
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.live_until(friday(16, 20))
    await takes(weeks, MIRA, promise)
    await weeks.away(MIRA, monday(0), monday(23), stand_in=JONAS)
    await weeks.live_until(friday(16, 58))
    assert weeks.story()[1:] == [("Fri 16:47:30", JONAS.id, "before")]
    assert weeks.heard[-1].item.why is Why.LEAVING
    await weeks.live_until(monday(9, 14))
    assert ("Mon 09:00", JONAS.id, "before") in weeks.story()
    assert MIRA.id not in [one[1] for one in weeks.story()[1:]]


async def test_who_stands_in_on_friday_hears_on_friday_what_its_owner_took_on_thursday(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.away(MIRA, friday(0), friday(23), stand_in=JONAS)
    await weeks.live_until(thursday(16, 5))
    assert weeks.story() == [("Thu 16:00", MIRA.id, "before")]
    await takes(weeks, MIRA, promise)
    await weeks.live_until(friday(8, 59))
    assert len(weeks.story()) == 1
    await weeks.live_until(friday(9, 1))
    assert weeks.story()[1:] == [("Fri 09:00", JONAS.id, "before")]
    assert weeks.heard[-1].item.why is Why.AWAY
    await takes(weeks, JONAS, promise)
    await weeks.live_until(friday(14, 59))
    assert len(weeks.story()) == 2


async def test_what_nobody_answers_goes_to_who_stands_in_tomorrow_before_the_lead(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(15))
    await weeks.away(MIRA, friday(0), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(13, 59))
    assert weeks.story() == [
        ("Thu 16:00", MIRA.id, "before"),
        ("Thu 16:30", JONAS.id, "before"),
        ("Thu 16:45", MIRA.id, "before"),
    ]


async def test_who_will_stand_in_hears_when_its_owner_goes_although_the_lead_was_told(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(15))
    await weeks.away(JONAS, thursday(16), thursday(17))
    await weeks.away(MIRA, friday(0), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(9, 1))
    assert weeks.story() == [
        ("Thu 16:00", MIRA.id, "before"),
        ("Thu 16:30", SAM.id, "before"),
        ("Thu 16:45", MIRA.id, "before"),
        ("Fri 09:00", JONAS.id, "before"),
    ]
    await weeks.live_until(friday(14, 44))
    assert ("Fri 14:00", JONAS.id, "before") in weeks.story(), "the rest goes by the hours of whoever has it now"


async def test_what_stands_with_who_went_says_that_it_was_handed_on_not_that_it_moved(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 5))
    await takes(weeks, MIRA, promise)
    await weeks.office.deliver()
    await weeks.away(MIRA, friday(14, 10), friday(23), stand_in=JONAS)
    await weeks.sleep_until(friday(14, 10))
    await weeks.office.desk.do(nudging.plan)
    said = []
    for row in await weeks.office.desk.do(delivering._lease, token="weeks", most=20):
        job = await weeks.office.desk.do(beginning.begin, row=row)
        if job is not None and row.kind == "nudge":
            said.append((row.recipient, [item.moot for item in job.snapshot.items]))
    assert sorted(said) == [(JONAS.id, [""]), (MIRA.id, ["somebody else hears of it"])]


async def test_what_was_taken_from_somebody_comes_back_when_they_are_the_one_to_hear(weeks: Weeks) -> None:
    """Mira, then Sam, then Mira again: each does not want to be disturbed just as it is about to leave."""
    await weeks.promised(MIRA, friday(15))
    await weeks.sleep_until(friday(14))
    await weeks.office.desk.do(nudging.plan)
    await weeks.quiet(MIRA, friday(14, 1))
    for row in await weeks.office.desk.do(delivering._lease, token="weeks", most=20):
        assert await weeks.office.desk.do(beginning.begin, row=row) is None
    await weeks.quiet(SAM, friday(14, 50))
    await weeks.sleep_until(friday(14, 2))
    await weeks.tick()
    assert weeks.story() == [("Fri 14:02", MIRA.id, "before")]


async def test_somebody_who_stands_in_next_month_hears_nothing_of_today(weeks: Weeks) -> None:
    await weeks.promised(MIRA, friday(15))
    later = friday(0) + timedelta(days=30)
    await weeks.away(MIRA, later, later + EVENING, stand_in=JONAS)
    await weeks.live_until(friday(14, 59))
    assert JONAS.id not in {one[1] for one in weeks.story()}


async def test_who_put_it_off_and_goes_away_is_not_waited_for(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 1))
    await weeks.office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    await weeks.away(MIRA, friday(14, 10), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 20))
    assert weeks.story()[1:] == [("Fri 14:01", MIRA.id, "before"), ("Fri 14:10", JONAS.id, "before")]


async def test_who_takes_it_while_they_are_away_is_taken_at_their_word(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.away(MIRA, thursday(9), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(14, 5))
    await takes(weeks, MIRA, promise)
    await weeks.live_until(friday(14, 59))
    assert weeks.story() == [("Fri 14:00", JONAS.id, "before")]


async def test_everybody_goes_at_once_and_the_team_hears_once(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    for member in (MIRA, JONAS, SAM):
        await weeks.away(member, friday(11), monday(23))
    await weeks.live_until(friday(10, 50))
    await takes(weeks, MIRA, promise)
    await weeks.live_until(friday(13, 59))
    assert [one[:2] for one in weeks.story() if one[1] == CHANNEL] == [("Fri 11:00", CHANNEL)]


async def test_coming_back_early_leaves_it_with_who_took_it(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 5))
    await takes(weeks, MIRA, promise)
    shown = await weeks.office.desk.do(
        entering.enter_absence, actor=acting(MIRA), starts_at=friday(14, 30), ends_at=friday(23), stand_in=JONAS.id
    )
    assert (await stands(weeks, promise)).next_at == friday(14, 30)
    await weeks.office.desk.do(absences.take_back, actor=acting(MIRA), absence=shown.absence.id)
    assert (await stands(weeks, promise)).next_at == friday(15)
    await weeks.live_until(friday(14, 59))
    assert weeks.story() == [("Fri 14:00", MIRA.id, "before")]


async def test_whoever_moves_the_request_has_it_in_hand(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(14, 5))
    await weeks.office.desk.do(moving.wait_for_client, actor=acting(JONAS), request=promise.request)
    assert (await stands(weeks, promise)).acked_by == JONAS.id
    await weeks.away(JONAS, friday(14, 10), friday(23))
    await weeks.live_until(friday(14, 11))
    assert weeks.story()[1:] == [("Fri 14:10", MIRA.id, "before")]


async def test_what_nobody_was_told_yet_is_told_in_time_when_who_took_it_goes(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(15))
    await weeks.live_until(friday(9, 30))
    await takes(weeks, MIRA, promise)
    await weeks.away(MIRA, friday(10), friday(23), stand_in=JONAS)
    await weeks.live_until(friday(13, 59))
    assert weeks.story() == []
    await weeks.live_until(friday(14))
    assert weeks.story() == [("Fri 14:00", JONAS.id, "before")]
