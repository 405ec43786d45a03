"""Another category, another client's wish, other hours: what is open is counted anew, from where it started."""

from dataclasses import replace
from datetime import time

from bot.domain.categories import COMPLAINT, SUPPORT, THANKS
from bot.domain.targets import TargetOutcome
from bot.services.context import Context
from bot.services.nudges import aiming
from bot.services.requests import claiming, moving, profiles
from bot.store import replanning
from tests.services.aims import HOUR, MINUTE, OFFICE_HOURS, aim, at, moment, outcomes, planned, works
from tests.support.office import MIRA, Office, acting


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


async def test_the_card_of_an_aim_that_moved_is_shown_anew_claimed_or_not(at_work: Office) -> None:
    at(at_work, "2026-11-27T16:30")
    free = (await at_work.webhook()).request
    owned = (await at_work.webhook("The newsletter looks odd.", sender_email="tom@acme.example")).request
    await at_work.desk.do(claiming.claim_request, actor=acting(MIRA), request=owned)
    await at_work.deliver()
    assert await replan(at_work) == 0
    assert await shown_anew(at_work) == []
    works(at_work, replace(OFFICE_HOURS, week=(((time(9), time(18)),),) * 5 + ((), ())))
    assert await replan(at_work) == 2
    assert await shown_anew(at_work) == [free, owned]


async def test_a_card_is_left_alone_when_other_hours_change_nothing_for_it(at_work: Office) -> None:
    at(at_work, "2026-11-27T10:00")
    await at_work.webhook()
    await at_work.deliver()
    works(at_work, replace(OFFICE_HOURS, week=(((time(9), time(18)),),) * 5 + ((), ())))
    assert await replan(at_work) == 1
    assert await shown_anew(at_work) == []


async def test_a_step_that_sees_other_hours_shows_the_card_anew_too(at_work: Office) -> None:
    at(at_work, "2026-11-27T16:00")
    request = (await at_work.webhook()).request
    await at_work.deliver()
    works(at_work, replace(OFFICE_HOURS, week=(((time(9), time(16, 30)),),) * 5 + ((), ())))
    at(at_work, "2026-11-27T16:45")
    assert await planned(at_work) == []
    assert await shown_anew(at_work) == [request]


async def shown_anew(office: Office) -> list[int]:
    """Deliver; return the requests whose cards changed where they stand."""
    return sorted(row.subject for row in await office.deliver() if row.kind == "card" and row.shown)


async def replan(office: Office) -> int:
    """Count every open aim by the hours that hold now."""

    def work(ctx: Context) -> int:
        with ctx.store.writing() as tx:
            return aiming.replan(tx, ctx, replanning.running_aims(tx, 0, most=100))

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
