"""A wait has a reason and a day on which somebody looks again; our own aims rest meanwhile, a promise never does."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.pauses import LONGEST_NOTE
from bot.domain.requests import State
from bot.domain.targets import TargetKind, TargetOutcome
from bot.errors import FieldError
from bot.services.audit import auditing
from bot.services.nudges import nudging
from bot.services.requests import claiming, moving
from tests.support.office import JONAS, MIRA, Office, acting

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


async def waiting(office: Office, **how: object) -> int:
    """Return a request of Mira's that waits for its client from now on."""
    request = (await office.webhook()).request
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request, **how)
    return request


async def nudged(office: Office) -> list[tuple[str, str]]:
    """Plan and deliver; return (recipient, what it is about) of each new nudge."""
    await office.desk.do(nudging.plan)
    rows = await office.deliver()
    return [(row.recipient, str(row.payload["kind"])) for row in rows if row.kind == "nudge" and not row.shown]


async def test_without_a_word_it_is_the_likeliest_reason_and_three_working_days(office: Office) -> None:
    request = (await office.card(await waiting(office))).request
    assert request.state is State.WAITING_CLIENT
    assert (request.pause_reason, request.pause_note) == ("answer", "")
    assert request.parked_until == office.now + 3 * DAY


async def test_reason_words_and_day_are_what_was_chosen(office: Office) -> None:
    until = office.now + DAY
    request = await waiting(office, reason="approval", note="  the\nlogo ", until=until)
    found = (await office.card(request)).request
    assert (found.pause_reason, found.pause_note, found.parked_until) == ("approval", "the logo", until)
    await office.desk.do(moving.resume_request, actor=acting(MIRA), request=request)
    found = (await office.card(request)).request
    assert (found.state, found.pause_reason, found.pause_note, found.parked_until) == (State.OPEN, "", "", None)


@pytest.mark.parametrize(
    ("field", "how"),
    [
        ("until", {"until": -MINUTE}),
        ("until", {"until": timedelta()}),
        ("until", {"until": 367 * DAY}),
        ("note", {"note": "x" * (LONGEST_NOTE + 1)}),
        ("reason", {"reason": "repair"}),
    ],
)
async def test_what_cannot_be_is_said_at_its_field(office: Office, field: str, how: dict[str, object]) -> None:
    request = (await office.webhook()).request
    given = {name: office.now + fact if isinstance(fact, timedelta) else fact for name, fact in how.items()}
    with pytest.raises(FieldError) as error:
        await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request, **given)
    assert error.value.field == field


async def test_pressed_twice_it_waits_once_and_another_day_is_taken(office: Office) -> None:
    request = await waiting(office)
    first = (await office.card(request)).request.parked_until
    office.later(hours=1)
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    assert (await office.card(request)).request.parked_until == first
    assert [entry.kind for entry in (await office.status(request)).history].count("waiting_client") == 1
    later = office.now + 5 * DAY
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request, until=later)
    found = (await office.card(request)).request
    assert (found.parked_until, found.pause_reason) == (later, "answer")


@pytest.mark.parametrize(
    ("past", "count"),
    [(-1, 0), (0, 1), (1, 1), (86_399, 1)],
    ids=["just before", "at the date", "just after", "long after"],
)
async def test_on_the_day_its_owner_is_asked_once(office: Office, past: int, count: int) -> None:
    request = await waiting(office)
    office.later(days=3, seconds=past)
    assert await nudged(office) == [(MIRA.id, "recheck")] * count
    assert await nudged(office) == []
    assert (await office.card(request)).request.state is State.WAITING_CLIENT


async def test_asked_about_and_left_alone_it_is_asked_about_again_on_the_next_date(office: Office) -> None:
    request = await waiting(office)
    for _ in range(3):
        found = (await office.card(request)).request.parked_until
        assert found is not None
        office.desk.clock.move(found - office.now)
        assert await nudged(office) == [(MIRA.id, "recheck")]
    assert await office.desk.do(auditing.audit) == 0


async def test_waiting_for_a_supplier_is_looked_at_again_too(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(moving.wait_for_supplier, actor=acting(JONAS), request=request, reason="delivery")
    office.later(days=3)
    await office.desk.do(nudging.plan)
    assert [key for key in await office.nudges() if f":recheck:{JONAS.id}" in key]


async def _wrote(office: Office, _request: int) -> None:
    await office.webhook("Here is the answer. Can you start?", thread="t1")


async def _resumed(office: Office, request: int) -> None:
    await office.desk.do(moving.resume_request, actor=acting(MIRA), request=request)


async def _closed(office: Office, request: int) -> None:
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)


async def _waits_longer(office: Office, request: int) -> None:
    until = office.now + 9 * DAY
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request, until=until)


@pytest.mark.parametrize("happens", [_wrote, _resumed, _closed, _waits_longer])
async def test_a_question_that_somebody_answered_is_struck_through(
    office: Office, happens: Callable[[Office, int], Awaitable[None]]
) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    office.later(days=3)
    assert await nudged(office) == [(MIRA.id, "recheck")]
    await happens(office, request)
    changed = [row for row in await office.deliver() if row.kind == "nudge" and row.shown]
    assert [row.payload["kind"] for row in changed] == ["recheck"]


async def test_a_question_nobody_need_answer_any_more_is_not_asked(office: Office) -> None:
    request = await waiting(office)
    office.later(days=3)
    await office.desk.do(nudging.plan)
    await _resumed(office, request)
    assert "recheck" not in [row.payload.get("kind") for row in await office.deliver() if row.kind == "nudge"]


async def test_what_was_left_of_an_aim_is_left_after_any_number_of_waits(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    for _ in range(3):
        office.later(minutes=10)
        await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
        resting = (await office.card(request)).target
        assert resting is not None
        assert resting.next_at is None
        office.later(hours=7, milliseconds=1)
        assert await nudged(office) == []
        await _resumed(office, request)
    target = (await office.card(request)).target
    assert target is not None
    assert (target.kind, target.outcome) == (TargetKind.FIRST_ANSWER, TargetOutcome.OPEN)
    assert target.due_at == office.now + 30 * MINUTE
    assert await nudged(office) == []
    office.later(minutes=15)
    assert await nudged(office) == [(MIRA.id, "target")]


async def test_a_promise_goes_on_while_its_request_waits(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    [promise] = await office.promises(request)
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    office.desk.clock.move(promise.due_at - HOUR - office.now)
    assert await nudged(office) == [(MIRA.id, "promise")]
    assert (await office.promises(request))[0].due_at == promise.due_at


async def test_a_supplier_stops_no_aim(office: Office) -> None:
    request = (await office.webhook()).request
    before = (await office.card(request)).target
    await office.desk.do(moving.wait_for_supplier, actor=acting(MIRA), request=request)
    assert (await office.card(request)).target == before


async def test_the_clients_words_end_the_wait_and_start_the_next_answer(office: Office) -> None:
    request = (await office.webhook(thread="t1")).request
    await office.send(request, text="Which browser is it?")
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=request)
    office.later(hours=5)
    wrote: datetime = office.now
    await office.webhook("It is Firefox. When will it work again?", thread="t1")
    card = await office.card(request)
    assert card.target is not None
    assert card.request.state is State.OPEN
    assert (card.target.kind, card.target.start_at) == (TargetKind.NEXT_ANSWER, wrote)
    assert card.target.due_at == wrote + 4 * HOUR


async def test_a_parked_request_rests_until_its_day_and_then_goes_on_with_what_was_left(office: Office) -> None:
    request = (await office.webhook()).request
    office.later(minutes=20)
    until = office.now + 30 * DAY
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=until)
    office.later(days=30)
    assert (MIRA.id, "resumed") in await nudged(office)
    card = await office.card(request)
    assert card.target is not None
    assert card.target.due_at == office.now + 40 * MINUTE
    assert card.request.pause_reason == ""
