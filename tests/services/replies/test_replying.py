"""What leaves is exactly what was approved, once; what was undone never leaves; doubts go to a person."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.promises import Outcome
from bot.domain.replies import Approval, PromiseKind, ReplyKind, ReplyState, WayKind
from bot.domain.requests import Direction, State
from bot.domain.snapshots.review import mark_of
from bot.errors import ClosedRequestError, FieldError, StaleWindowError, TooLateError
from bot.outbound.base import Receipt
from bot.services.context import Context
from bot.services.outbox import beginning, delivering, recording
from bot.services.reading import asking
from bot.services.replies import deciding, replying, reviewing
from bot.services.requests import claiming, moving
from bot.store import replies
from tests.support.office import JONAS, MIRA, Office, acting

HOUR = timedelta(hours=1)


async def test_a_suggestion_on_an_unowned_request_claims_it(office: Office) -> None:
    request = (await office.webhook()).request
    key = (await office.card(request)).suggestions[0].key
    review = await office.desk.do(reviewing.open_review, actor=acting(MIRA), request=request, suggestion=key)
    assert review.owner == MIRA
    assert review.text
    assert (await office.card(request)).owner == MIRA


async def test_a_suggestion_on_anothers_request_opens_and_says_whose_it_is(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=request)
    key = (await office.card(request)).suggestions[0].key
    review = await office.desk.do(reviewing.open_review, actor=acting(MIRA), request=request, suggestion=key)
    assert review.owner == JONAS
    assert (await office.card(request)).owner == JONAS


async def test_the_time_in_a_draft_is_the_time_in_its_promise(office: Office) -> None:
    request = (await office.webhook()).request
    review = await office.desk.do(
        reviewing.open_review,
        actor=acting(MIRA),
        request=request,
        suggestion=(await office.card(request)).suggestions[0].key,
    )
    assert review.due_at is not None
    assert f"{review.due_at:%-I:%M}" in review.text


async def test_send_pressed_five_times_at_once_is_one_reply(office: Office) -> None:
    request = (await office.webhook()).request
    latest = await office.latest_reply(request)
    assert latest == 0
    answers = await asyncio.gather(*(office.approve(request, window="V1") for _ in range(5)))
    assert len({answer.reply.id for answer in answers}) == 1
    assert sum(not answer.again for answer in answers) == 1
    office.later(seconds=11)
    assert [row.kind for row in await office.deliver()].count("reply") == 1


async def test_a_window_that_another_reply_overtook_is_refused(office: Office) -> None:
    request = (await office.webhook()).request
    review = await office.desk.do(
        reviewing.open_review,
        actor=acting(MIRA),
        request=request,
        suggestion=(await office.card(request)).suggestions[0].key,
    )
    await office.approve(request, by=JONAS)
    late = Approval("V9", request, review.kind, review.text, None, None, None, review.latest_reply)
    with pytest.raises(StaleWindowError, match="Jonas"):
        await office.desk.do(replying.approve_reply, actor=acting(MIRA), approval=late)


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"text": "  \n"}, "text"),
        ({"text": "x" * 3001}, "text"),
        ({"due": timedelta(0)}, "due_at"),
        ({"due": -HOUR}, "due_at"),
        ({"due": timedelta(days=367)}, "due_at"),
        ({"promise": PromiseKind.HAVE}, "due_at"),
    ],
)
async def test_what_nobody_could_keep_or_read_is_said_at_the_field(
    office: Office, how: dict[str, Any], field: str
) -> None:
    request = (await office.webhook()).request
    with pytest.raises(FieldError) as refused:
        await office.approve(request, **how)
    assert refused.value.field == field
    assert (await office.card(request)).replies == ()


async def test_a_closed_request_gets_no_reply(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    with pytest.raises(ClosedRequestError):
        await office.approve(request)


async def test_undo_takes_the_reply_back_and_its_promise_is_void(office: Office) -> None:
    request = (await office.webhook()).request
    approved = await office.approve(request, "Wrong words", due=HOUR)
    for _ in range(2):
        review = await office.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=approved.reply.id)
        assert review.text == "Wrong words"
        assert approved.promise is not None
        assert review.due_at == approved.promise.due_at
    office.later(seconds=60)
    assert "reply" not in [row.kind for row in await office.deliver()]
    assert [p.outcome for p in await office.promises(request)] == [Outcome.VOID]


async def test_undo_is_too_late_once_sending_began(office: Office) -> None:
    request = (await office.webhook()).request
    approved = await office.send(request)
    with pytest.raises(TooLateError):
        await office.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=approved.reply.id)


async def test_undo_and_sending_at_the_same_moment_have_one_winner(office: Office) -> None:
    for _ in range(6):
        request = (await office.webhook()).request
        approved = await office.approve(request)
        office.later(seconds=10)
        outcomes = await asyncio.gather(
            office.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=approved.reply.id),
            office.deliver(),
            return_exceptions=True,
        )
        undone = not isinstance(outcomes[0], TooLateError)
        rows = outcomes[1]
        assert isinstance(rows, list)
        left = "reply" in [row.kind for row in rows]
        assert undone != left
        state = (await _reply(office, approved.reply.id)).state
        assert state is (ReplyState.UNDONE if undone else ReplyState.SENT)


async def test_a_promise_opens_only_when_its_reply_is_sent(office: Office) -> None:
    request = (await office.webhook()).request
    await office.approve(request, due=HOUR)
    assert [p.outcome for p in await office.promises(request)] == [Outcome.PENDING]
    office.later(seconds=11)
    await office.deliver()
    [promise] = await office.promises(request)
    assert promise.outcome is Outcome.OPEN
    assert promise.next_at is not None
    card = await office.card(request)
    assert card.request.waiting_since is None
    assert card.request.first_answered_at == office.now
    assert card.target is None


async def test_a_hold_ends_five_seconds_before_the_promise_it_saves(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=HOUR)
    [old] = await office.promises(request)
    office.later(seconds=(old.due_at - office.now).total_seconds() - 8)
    approved = await office.approve(request, kind=ReplyKind.DELAY_UPDATE, due=HOUR, replaces=old.id)
    assert approved.reply.hold_until == old.due_at - timedelta(seconds=5)


async def test_what_leaves_are_the_frozen_bytes(office: Office) -> None:
    request = (await office.webhook()).request
    await office.approve(request, "Exactly *these* <words>")
    office.later(seconds=11)
    rows = await office.desk.do(delivering._lease, token="t", most=20)
    [row] = [row for row in rows if row.kind == "reply"]
    job = await office.desk.do(beginning.begin, row=row)
    assert job is not None
    assert job.frozen == b"Exactly *these* <words>"


async def test_without_a_way_the_member_says_it_by_hand_and_the_promise_counts(office: Office) -> None:
    request = (await office.webhook(callback_url=None)).request
    approved = await office.approve(request, due=HOUR)
    assert approved.reply.way is WayKind.BY_HAND
    assert approved.reply.state is ReplyState.SENT
    assert [p.outcome for p in await office.promises(request)] == [Outcome.OPEN]


async def test_a_closing_reply_closes_the_request(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=HOUR)
    await office.send(request, kind=ReplyKind.CLOSING, text="All done.")
    card = await office.card(request)
    assert card.request.state is State.DONE
    assert [p.outcome for p in await office.promises(request)] == [Outcome.KEPT]


async def _reply(office: Office, ident: int) -> Any:
    def read(ctx: Context) -> Any:
        with ctx.store.reading() as tx:
            return replies.reply(tx, ident)

    return await office.desk.read(read)


async def _fail(office: Office, request: int, *, uncertain: bool) -> int:
    approved = await office.approve(request, due=HOUR)
    office.later(seconds=11)
    for row in await office.desk.do(delivering._lease, token="t", most=20):
        await office.desk.do(beginning.begin, row=row)
        if row.kind != "reply":
            await office.desk.do(recording.sent, row=row, version=row.wanted, receipt=Receipt())
        elif uncertain:
            await office.desk.do(recording.unsure, row=row, look_again_in=None)
        else:
            await office.desk.do(recording.failed, row=row, error="Their system said no.")
    return approved.reply.id


@pytest.mark.parametrize("uncertain", [True, False])
async def test_a_reply_in_doubt_asks_the_owner_and_never_leaves_again_by_itself(
    office: Office, *, uncertain: bool
) -> None:
    request = (await office.webhook()).request
    reply = await _fail(office, request, uncertain=uncertain)
    card = await office.card(request)
    assert card.replies[0].state is (ReplyState.UNCERTAIN if uncertain else ReplyState.FAILED)
    assert card.replies[0].error
    assert [p.outcome for p in card.promises] == [Outcome.PENDING]
    assert any(key.startswith(f"nudge:reply:{reply}:") for key in await office.nudges())
    office.later(days=1)
    assert "reply" not in [row.kind for row in await office.deliver()]


@pytest.mark.parametrize("uncertain", [True, False])
async def test_a_person_may_say_it_arrived(office: Office, *, uncertain: bool) -> None:
    request = (await office.webhook()).request
    reply = await _fail(office, request, uncertain=uncertain)
    for _ in range(2):
        await office.desk.do(deciding.mark_arrived, actor=acting(MIRA), reply=reply)
    assert (await _reply(office, reply)).state is ReplyState.SENT
    assert [p.outcome for p in await office.promises(request)] == [Outcome.OPEN]
    conversation = await office.desk.read(asking.conversation_of, actor=acting(MIRA), request=request)
    assert [message.direction for message in conversation[1]] == [Direction.IN, Direction.OUT]


async def test_a_person_may_send_it_again_and_two_presses_are_one_send(office: Office) -> None:
    request = (await office.webhook()).request
    reply = await _fail(office, request, uncertain=True)
    await asyncio.gather(*(office.desk.do(deciding.retry_reply, actor=acting(MIRA), reply=reply) for _ in range(3)))
    assert [row.kind for row in await office.deliver()].count("reply") == 1
    assert (await _reply(office, reply)).state is ReplyState.SENT


async def test_a_person_may_drop_it_and_the_promise_was_never_told(office: Office) -> None:
    request = (await office.webhook()).request
    reply = await _fail(office, request, uncertain=False)
    for _ in range(2):
        await office.desk.do(deciding.drop_reply, actor=acting(MIRA), reply=reply)
    assert (await _reply(office, reply)).state is ReplyState.DROPPED
    assert [p.outcome for p in await office.promises(request)] == [Outcome.VOID]


async def test_what_was_found_is_shown_before_the_words_leave_and_then_never_forbids(office: Office) -> None:
    request = (await office.webhook()).request
    approval = Approval("V1", request, ReplyKind.ANSWER, "We will fix it soon.", None, None, None, 0)
    look = {"actor": acting(MIRA), "approval": approval}
    review = await office.desk.do(reviewing.look_through, seen="", **look)
    assert review is not None
    assert review.text == approval.text
    assert any("soon" in sentence for sentence in review.checks)
    assert await office.desk.do(reviewing.look_through, seen=mark_of(review.checks), **look) is None
    clean = replace(approval, text="It is fixed. Please reload the page and tell me what you see.")
    assert await office.desk.do(reviewing.look_through, actor=acting(MIRA), approval=clean, seen="") is None


async def test_a_refused_reply_may_be_edited_and_its_promise_was_never_told(office: Office) -> None:
    request = (await office.webhook()).request
    reply = await _fail(office, request, uncertain=False)
    review = await office.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=reply)
    assert review.text == "Thanks, I am on it."
    assert [p.outcome for p in await office.promises(request)] == [Outcome.VOID]
