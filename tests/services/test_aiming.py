"""Aims: from the words that wait, in the team's working time, by category and client; said once; met by a person."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.aims import aims
from bot.domain.calendars import CalendarRules
from bot.domain.categories import COMPLAINT, SUPPORT, THANKS
from bot.domain.requests import State
from bot.domain.targets import Target, TargetKind, TargetOutcome
from bot.services import aiming, auditing, claiming, moving, nudging, people, profiles
from bot.services.context import Context
from bot.services.finding import find_request
from bot.store import targets
from tests.support.office import JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
OFFICE_HOURS = CalendarRules(tz="UTC", week=(((time(9), time(17)),),) * 5 + ((), ()))


@pytest.fixture
def at_work(office: Office) -> Office:
    """The office with working hours: Monday to Friday, nine to five in UTC."""
    works(office, OFFICE_HOURS)
    return office


def works(office: Office, rules: CalendarRules) -> None:
    """Change the team's hours."""
    office.desk.policy = replace(office.desk.policy, calendar=rules)


def at(office: Office, text: str) -> None:
    """Move the clock to a moment in UTC."""
    office.desk.clock.move(datetime.fromisoformat(text).replace(tzinfo=UTC) - office.now)


def moment(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def aim(office: Office, request: int) -> Target:
    """Return the open aim of a request."""
    found = (await office.card(request)).target
    assert found is not None
    return found


async def planned(office: Office) -> list[str]:
    """Plan; return who was told about an aim since."""
    before = len(await office.nudges())
    await office.desk.do(nudging.plan)
    return [key.rpartition(":")[2] for key in (await office.nudges())[before:] if key.startswith("nudge:target:")]


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2026-11-27T16:30", "2026-11-30T09:30"),  # a Friday afternoon
        ("2026-11-27T16:00", "2026-11-27T17:00"),
        ("2026-11-28T12:00", "2026-11-30T10:00"),  # a Saturday
        ("2026-11-30T08:59", "2026-11-30T10:00"),
        ("2026-11-30T09:00", "2026-11-30T10:00"),
    ],
)
async def test_a_first_answer_is_due_in_the_teams_working_time(at_work: Office, written: str, due: str) -> None:
    at(at_work, written)
    found = await aim(at_work, (await at_work.webhook()).request)
    assert (found.kind, found.due_at) == (TargetKind.FIRST_ANSWER, moment(due))


async def test_the_clock_begins_with_the_words_not_with_their_arrival(at_work: Office) -> None:
    at(at_work, "2026-11-30T09:40")
    found = await aim(at_work, (await at_work.webhook(at=moment("2026-11-30T09:10"))).request)
    assert (found.start_at, found.due_at) == (moment("2026-11-30T09:10"), moment("2026-11-30T10:10"))


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


async def test_the_next_answer_begins_with_the_oldest_words_that_wait(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request)
    office.later(hours=1)
    first = office.now
    await office.webhook("Can you also look at the footer?", thread="t1")
    before = await aim(office, request)
    assert (before.kind, before.start_at, before.due_at) == (TargetKind.NEXT_ANSWER, first, first + 4 * HOUR)
    office.later(hours=1)
    await office.webhook("And what about the header?", thread="t1")
    assert await aim(office, request) == before


async def test_the_next_answer_is_wanted_while_a_promise_stands_too(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request, due=48 * HOUR)
    assert (await office.card(request)).target is None
    await office.webhook("Can you also look at the footer?", thread="t1")
    assert (await aim(office, request)).kind is TargetKind.NEXT_ANSWER
    office.later(hours=3, minutes=45)
    assert await planned(office) == [MIRA.id]


async def test_a_thank_you_moves_nothing(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request, due=3 * HOUR)
    for state in (None, moving.wait_for_client, moving.close_request):
        if state is not None:
            await office.desk.do(state, actor=acting(MIRA), request=request)  # type: ignore[arg-type]
        before = await office.card(request)
        office.later(minutes=1)
        await office.webhook("Thanks a lot!", thread="t1")
        after = await office.card(request)
        assert (after.request, after.target, after.promises) == (before.request, before.target, before.promises)


async def test_only_words_that_were_delivered_answer(office: Office) -> None:
    request = (await office.webhook()).request
    await office.approve(request)
    assert (await aim(office, request)).outcome is TargetOutcome.OPEN
    office.later(seconds=11)
    await office.deliver()
    assert (await aim(office, request)).kind is TargetKind.NEXT_WORD
    assert await outcomes(office, request) == [TargetOutcome.MET, TargetOutcome.OPEN]


async def test_an_answer_after_the_aim_was_due_has_missed_it(office: Office) -> None:
    request = (await office.webhook()).request
    office.later(hours=1)
    await office.send(request, due=3 * HOUR)
    assert await outcomes(office, request) == [TargetOutcome.MISSED]


async def outcomes(office: Office, request: int) -> list[TargetOutcome]:
    """Return how all aims of a request stand, oldest first."""

    def read(ctx: Context) -> list[TargetOutcome]:
        with ctx.store.reading() as tx:
            found = (targets.target(tx, ident) for ident in range(1, 50))
            return [each.outcome for each in found if each is not None and each.request == request]

    return await office.desk.read(read)


async def test_a_request_that_has_neither_promise_nor_aim_gets_the_next_word(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request)
    found = await aim(office, request)
    assert (found.kind, found.due_at) == (TargetKind.NEXT_WORD, office.now + 4 * HOUR)
    office.later(hours=3, minutes=45)
    assert await planned(office) == [MIRA.id]


async def test_a_complaint_is_due_sooner_and_thanks_are_not_due(office: Office) -> None:
    complaint = (await office.webhook(category=COMPLAINT)).request
    assert (await aim(office, complaint)).due_at == office.now + 30 * MINUTE
    thanks = (await office.webhook("You are wonderful!", category=THANKS)).request
    assert (await office.card(thanks)).target is None
    assert await office.desk.do(auditing.audit) == 0


async def test_another_category_counts_from_where_the_aim_began_and_says_it_once(office: Office) -> None:
    request = (await office.webhook(category=SUPPORT)).request
    start = office.now
    office.later(minutes=40)
    await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category=COMPLAINT)
    assert (await aim(office, request)).due_at == start + 30 * MINUTE
    assert await planned(office) == ["channel"]
    assert await planned(office) == []


async def test_what_was_reminded_of_is_not_said_again_for_being_urgent(office: Office) -> None:
    request = (await office.webhook(category=SUPPORT)).request
    office.later(minutes=45)
    assert await planned(office) == ["channel"]
    await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category=COMPLAINT)
    assert await planned(office) == []
    assert await outcomes(office, request) == [TargetOutcome.MISSED, TargetOutcome.OPEN]


async def test_thanks_that_were_none_have_an_aim_from_when_they_were_written(office: Office) -> None:
    request = (await office.webhook("Thank you! But the shop is still down.", category=THANKS)).request
    start = office.now
    office.later(minutes=10)
    await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category=SUPPORT)
    assert (await aim(office, request)).due_at == start + HOUR
    await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category=THANKS)
    assert (await office.card(request)).target is None


async def test_a_clients_own_aims_hold_for_what_is_open_too(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    start = office.now
    client = (await office.card(request)).client
    await office.desk.do(
        profiles.update_profile,
        actor=acting(MIRA),
        client=client.id,
        name="Acme",
        language="en",
        tz="UTC",
        first_answer="30m",
        next_answer="2h",
    )
    assert (await aim(office, request)).due_at == start + 30 * MINUTE
    await office.send(request)
    await office.webhook("And the footer?", thread="t1")
    assert (await aim(office, request)).due_at == office.now + 2 * HOUR


async def test_the_settings_hold_for_everybody_else(office: Office) -> None:
    policy = office.desk.policy
    office.desk.policy = replace(policy, first_answer=aims(2 * HOUR, {SUPPORT: 3 * HOUR}))
    assert (await aim(office, (await office.webhook(category=SUPPORT)).request)).due_at == office.now + 3 * HOUR


async def test_reopening_starts_afresh_and_nothing_is_overdue_in_that_second(office: Office) -> None:
    request = (await office.webhook()).request
    office.later(hours=9)
    await planned(office)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    office.later(hours=9)
    await office.desk.do(moving.reopen_request, actor=acting(MIRA), request=request)
    assert (await aim(office, request)).due_at == office.now + HOUR
    assert await planned(office) == []
    assert (await office.card(request)).request.state is State.NEW


async def test_other_hours_count_what_is_open_anew_and_send_nothing(at_work: Office) -> None:
    at(at_work, "2026-11-27T16:30")
    request = (await at_work.webhook()).request
    before = await aim(at_work, request)
    longer = replace(OFFICE_HOURS, week=(((time(9), time(18)),),) * 5 + ((), ()))
    works(at_work, longer)
    assert await replan(at_work) == 1
    after = await aim(at_work, request)
    assert (before.due_at, after.due_at) == (moment("2026-11-30T09:30"), moment("2026-11-27T17:30"))
    assert await replan(at_work) == 0
    assert await at_work.nudges() == []


async def test_hours_that_changed_unseen_are_seen_at_the_next_step(at_work: Office) -> None:
    at(at_work, "2026-11-27T16:00")
    request = (await at_work.webhook()).request
    works(at_work, replace(OFFICE_HOURS, week=(((time(9), time(16, 30)),),) * 5 + ((), ())))
    at(at_work, "2026-11-27T16:45")
    assert await planned(at_work) == []
    assert (await aim(at_work, request)).due_at == moment("2026-11-30T09:30")
    at(at_work, "2026-11-30T09:15")
    assert await planned(at_work) == ["channel"]


async def replan(office: Office) -> int:
    """Count every open aim by the hours that hold now."""

    def work(ctx: Context) -> int:
        with ctx.store.writing() as tx:
            return aiming.replan(tx, ctx, targets.running_targets(tx, after=0, most=100))

    return await office.desk.do(work)


async def test_what_rests_is_counted_by_the_hours_of_the_day_it_goes_on(at_work: Office) -> None:
    at(at_work, "2026-11-27T16:30")
    request = (await at_work.webhook()).request
    await at_work.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    works(at_work, replace(OFFICE_HOURS, week=(((time(10), time(12)),),) * 5 + ((), ())))
    assert await replan(at_work) == 0
    at(at_work, "2026-11-30T11:30")
    await at_work.desk.do(moving.resume_request, actor=acting(MIRA), request=request)
    assert (await aim(at_work, request)).due_at == moment("2026-12-01T10:30")


async def test_keeping_a_clock_twice_is_keeping_it_once(office: Office) -> None:
    request = (await office.webhook()).request
    before = await aim(office, request)

    def keep(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            for _ in range(3):
                aiming.keep_a_clock(tx, ctx, find_request(tx, request))

    office.later(minutes=5)
    await office.desk.do(keep)
    assert await aim(office, request) == before


async def test_an_owner_who_left_is_not_reminded(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    await office.desk.do(people.member_left, user=MIRA.id)
    office.later(minutes=45)
    assert await planned(office) == [SAM.id]
