"""A promise ends as kept, moved before, slipped, released or void, and each end needs what it says."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.promises import Outcome, Promise
from bot.domain.replies import PromiseKind, ReplyKind
from bot.errors import FieldError, RefusedError
from bot.services.replies import promising
from bot.services.requests import moving
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)


async def told(office: Office, *, due: timedelta = 2 * HOUR, kind: PromiseKind = PromiseKind.HEAR) -> Promise:
    """Return a promise that the client was told just now."""
    request = (await office.webhook()).request
    await office.send(request, due=due, promise=kind)
    return (await office.promises(request))[-1]


async def outcome(office: Office, promise: Promise) -> Outcome:
    return next(p.outcome for p in await office.promises(promise.request) if p.id == promise.id)


async def goto(office: Office, promise: Promise, *, seconds: float) -> None:
    """Move the clock to so many seconds after the due time (negative: before)."""
    office.later(seconds=(promise.due_at - office.now).total_seconds() + seconds)


@pytest.mark.parametrize(("seconds", "ends"), [(-1, Outcome.KEPT), (0, Outcome.KEPT), (1, Outcome.SLIPPED)])
async def test_answered_is_kept_up_to_the_due_time(office: Office, seconds: int, ends: Outcome) -> None:
    promise = await told(office)
    await goto(office, promise, seconds=seconds)
    for _ in range(2):
        await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    assert await outcome(office, promise) is ends


@pytest.mark.parametrize(("seconds", "ends"), [(-12, Outcome.MOVED_BEFORE), (5, Outcome.SLIPPED)])
async def test_a_delay_update_moves_only_when_it_is_sent_before(office: Office, seconds: int, ends: Outcome) -> None:
    promise = await told(office)
    await goto(office, promise, seconds=seconds)
    await office.send(promise.request, kind=ReplyKind.DELAY_UPDATE, due=HOUR, replaces=promise.id)
    assert await outcome(office, promise) is ends
    assert (await office.promises(promise.request))[-1].outcome is Outcome.OPEN


@pytest.mark.parametrize(
    ("kind", "reply", "ends"),
    [
        (PromiseKind.HEAR, ReplyKind.ANSWER, Outcome.KEPT),
        (PromiseKind.HEAR, ReplyKind.QUESTION, Outcome.KEPT),
        (PromiseKind.HEAR, ReplyKind.ACKNOWLEDGEMENT, Outcome.OPEN),
        (PromiseKind.HAVE, ReplyKind.ANSWER, Outcome.OPEN),
        (PromiseKind.HAVE, ReplyKind.QUESTION, Outcome.OPEN),
    ],
)
async def test_only_a_real_answer_keeps_a_hear_and_only_a_press_a_have(
    office: Office, kind: PromiseKind, reply: ReplyKind, ends: Outcome
) -> None:
    promise = await told(office, kind=kind)
    await office.send(promise.request, kind=reply)
    assert await outcome(office, promise) is ends


async def test_a_later_acknowledgement_moves_the_time_and_one_hear_stays_open(office: Office) -> None:
    promise = await told(office)
    await office.send(promise.request, due=4 * HOUR)
    ends = [p.outcome for p in await office.promises(promise.request)]
    assert ends == [Outcome.MOVED_BEFORE, Outcome.OPEN]


async def test_an_answer_with_a_new_time_keeps_the_old_and_opens_the_new(office: Office) -> None:
    promise = await told(office)
    await office.send(promise.request, kind=ReplyKind.ANSWER, due=4 * HOUR)
    assert [p.outcome for p in await office.promises(promise.request)] == [Outcome.KEPT, Outcome.OPEN]


async def test_a_delay_form_that_misses_a_part_says_so_at_the_field(office: Office) -> None:
    promise = await told(office)
    good = {"happened": "The supplier part is late.", "doing": "I am testing another.", "new_due_at": office.now + HOUR}
    for field, bad in [("happened", " "), ("doing", ""), ("new_due_at", office.now), ("new_due_at", office.now - HOUR)]:
        with pytest.raises(FieldError) as refused:
            await office.desk.do(
                promising.draft_delay_update,
                actor=acting(MIRA),
                promise=promise.id,
                **{**good, field: bad},  # type: ignore[arg-type]
            )
        assert refused.value.field == field


async def test_a_delay_draft_has_its_four_parts_and_moves_that_promise(office: Office) -> None:
    promise = await told(office)
    review = await office.desk.do(
        promising.draft_delay_update,
        actor=acting(MIRA),
        promise=promise.id,
        happened="The tests found a fault.",
        doing="I am mending it now.",
        new_due_at=promise.due_at + HOUR,
    )
    for part in ("The tests found a fault.", "I am mending it now.", "still work for you?"):
        assert part in review.text
    assert f"{review.due_at:%-I:%M}" in review.text
    assert review.replaces == promise.id
    assert review.due_at == promise.due_at + HOUR


async def test_the_delay_button_of_an_old_nudge_finds_the_promise_that_stands(office: Office) -> None:
    promise = await told(office)
    await office.send(promise.request, kind=ReplyKind.DELAY_UPDATE, due=4 * HOUR, replaces=promise.id)
    form = await office.desk.do(promising.open_delay_form, actor=acting(MIRA), promise=promise.id)
    assert form.promise.outcome is Outcome.OPEN
    assert form.promise.id != promise.id
    assert form.new_due_at > form.promise.due_at
    assert form.new_due_at.minute % 15 == 0


async def test_closing_keeps_what_was_answered_since_and_releases_the_rest(office: Office) -> None:
    promise = await told(office, kind=PromiseKind.HAVE)
    office.later(minutes=5)
    await office.send(promise.request, kind=ReplyKind.ANSWER)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=promise.request)
    assert await outcome(office, promise) is Outcome.KEPT
    other = await told(office)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=other.request)
    assert await outcome(office, other) is Outcome.RELEASED


async def test_the_ledger_counts_every_end_once(office: Office) -> None:
    promise = await told(office)
    await asyncio.gather(
        *(office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id) for _ in range(5))
    )
    ledger = (await office.card(promise.request)).ledger
    assert (ledger.kept, ledger.moved_before, ledger.slipped) == (1, 0, 0)


async def test_a_promise_that_ended_cannot_be_snoozed(office: Office) -> None:
    promise = await told(office)
    await office.desk.do(promising.release_promise, actor=acting(MIRA), promise=promise.id)
    with pytest.raises(RefusedError):
        await office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)


async def test_waiting_for_the_client_does_not_stop_a_time_they_were_told(office: Office) -> None:
    promise = await told(office)
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=promise.request)
    assert await outcome(office, promise) is Outcome.OPEN
