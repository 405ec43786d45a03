"""Days on which several things go wrong together: nobody is forgotten, and the ledger tells what was so."""

from datetime import datetime, timedelta

import pytest

from bot.domain.promises import Outcome
from bot.domain.replies import ReplyKind, ReplyState
from bot.domain.requests import State
from bot.errors import FieldError, RefusedError
from bot.outbound.base import Receipt, Remote
from bot.services.audit import auditing
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.reading import asking
from bot.services.replies import deciding, promising
from bot.services.requests import moving
from bot.store.outbox import Row
from tests.support.office import ACME_CHANNEL, JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)


async def begun(office: Office, kind: str) -> list[Row]:
    """Lease what is due and begin the rows of one kind; everything else is delivered."""
    found = []
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        job = await office.desk.do(beginning.begin, row=row)
        if row.kind == kind:
            found.append(row)
        elif job is not None:
            remote = job.reference.remote or Remote("C0TEAM", f"{office.now.timestamp():.0f}.{row.id:06d}")
            await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return found


async def stuck(office: Office, request: int, *, due: timedelta, **how: object) -> int:
    """Approve a reply of which nobody can know whether it arrived."""
    approved = await office.approve(request, due=due, **how)  # type: ignore[arg-type]
    office.later(seconds=11)
    for row in await begun(office, "reply"):
        await office.desk.do(recording.unsure, row=row, look_again_in=None)
    return approved.reply.id


async def test_nudges_that_shared_a_message_are_free_again_when_it_is_given_up(office: Office) -> None:
    for _ in range(2):
        await office.approve((await office.webhook()).request, due=3 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2, seconds=5)
    await office.desk.do(nudging.plan)
    for row in await begun(office, "nudge"):
        await office.desk.do(recording.not_now, row=row, wait=0.0, tried=True, error="Slack is down")
    office.later(days=2)
    await office.desk.do(nudging.plan)
    slipped = [row for row in await office.deliver() if row.kind == "nudge"]
    assert {row.recipient for row in slipped} >= {MIRA.id, SAM.id}


async def test_a_nudge_whose_owner_cannot_be_reached_goes_to_the_lead(office: Office) -> None:
    await office.send((await office.webhook()).request, due=3 * HOUR)
    office.later(hours=2, seconds=5)
    await office.desk.do(nudging.plan)
    for row in await begun(office, "nudge"):
        assert row.recipient == MIRA.id
        await office.desk.do(recording.failed, row=row, error="gone", code="user_disabled")
    assert [row.recipient for row in await office.deliver() if row.kind == "nudge"] == [SAM.id]


async def test_the_ledger_goes_by_when_the_client_had_the_words_not_by_when_we_learned_it(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=HOUR)
    office.later(minutes=50)
    old = (await office.promises(request))[0]
    await office.approve(request, kind=ReplyKind.DELAY_UPDATE, due=3 * HOUR, replaces=old.id)
    office.later(seconds=11)
    [row] = await begun(office, "reply")
    stands = Remote(ACME_CHANNEL, f"{office.now.timestamp():.6f}")
    office.later(minutes=30)
    await office.desk.do(nudging.plan)
    await office.desk.do(recording.sent, row=row, version=1, receipt=Receipt(stands))
    assert [p.outcome for p in await office.promises(request)] == [Outcome.MOVED_BEFORE, Outcome.OPEN]


async def test_a_persons_late_word_that_it_arrived_sets_the_ledger_right(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=HOUR)
    office.later(minutes=50)
    old = (await office.promises(request))[0]
    reply = await stuck(office, request, kind=ReplyKind.DELAY_UPDATE, due=3 * HOUR, replaces=old.id)
    office.later(minutes=30)
    await office.desk.do(nudging.plan)
    assert (await office.promises(request))[0].outcome is Outcome.SLIPPED
    await office.desk.do(deciding.mark_arrived, actor=acting(MIRA), reply=reply)
    assert [p.outcome for p in await office.promises(request)] == [Outcome.MOVED_BEFORE, Outcome.OPEN]


@pytest.mark.parametrize("verb", [moving.close_request, moving.mark_not_a_request])
async def test_nothing_is_closed_over_words_that_are_about_to_leave(office: Office, verb: object) -> None:
    request = (await office.webhook()).request
    await office.approve(request, due=2 * HOUR)
    with pytest.raises(RefusedError, match="on its way"):
        await office.desk.do(verb, actor=acting(MIRA), request=request)  # type: ignore[arg-type]
    office.later(seconds=11)
    await office.deliver()
    await office.desk.do(verb, actor=acting(MIRA), request=request)  # type: ignore[arg-type]


async def test_words_that_turn_out_to_have_arrived_open_no_promise_on_a_closed_request(office: Office) -> None:
    request = (await office.webhook()).request
    reply = await stuck(office, request, due=2 * HOUR)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    assert [p.outcome for p in await office.promises(request)] == [Outcome.VOID]
    await office.desk.do(deciding.mark_arrived, actor=acting(MIRA), reply=reply)
    card = await office.card(request)
    assert card.request.state is State.DONE
    assert card.promises == ()


async def test_a_reply_that_nobody_decides_about_is_asked_about_again(office: Office) -> None:
    request = (await office.webhook()).request
    await stuck(office, request, due=2 * HOUR)
    first = len(await office.nudges())
    for _ in range(12):
        office.later(hours=2)
        await office.desk.do(nudging.plan)
        await office.deliver()
    assert len(await office.nudges()) > first


async def test_a_request_keeps_its_clock_when_its_stuck_reply_is_dropped(office: Office) -> None:
    request = (await office.webhook()).request
    reply = await stuck(office, request, due=2 * HOUR)
    office.later(hours=5)
    await office.desk.do(nudging.plan)
    await office.desk.do(deciding.drop_reply, actor=acting(MIRA), reply=reply)
    assert (await office.card(request)).target is not None
    await office.deliver()  # what waits to leave for hours is lost, too
    assert await office.desk.do(auditing.audit) == 0


async def test_a_first_answer_that_was_missed_while_we_were_away_is_said(office: Office) -> None:
    await office.webhook()
    await office.deliver()
    office.later(hours=14)
    await office.desk.do(nudging.plan)
    assert [row.recipient for row in await office.deliver() if row.kind == "nudge"] == ["channel"]


async def test_nobody_is_reminded_of_the_same_request_all_night(office: Office) -> None:
    await office.webhook()
    for _ in range(24 * 4):
        office.later(minutes=15)
        await office.desk.do(nudging.plan)
        await office.deliver()
    assert 2 <= len(await office.nudges()) <= 6


async def test_words_whose_time_has_passed_are_not_sent_again(office: Office) -> None:
    request = (await office.webhook()).request
    reply = await stuck(office, request, due=2 * HOUR)
    office.later(hours=5)
    with pytest.raises(RefusedError, match="has passed"):
        await office.desk.do(deciding.retry_reply, actor=acting(MIRA), reply=reply)
    assert "reply" not in [row.kind for row in await office.deliver()]


async def test_words_that_waited_past_their_own_time_ask_a_person(office: Office) -> None:
    request = (await office.webhook()).request
    approved = await office.approve(request, due=2 * HOUR)
    office.later(hours=3)
    assert "reply" not in [row.kind for row in await office.deliver()]
    card = await office.card(request)
    assert card.replies[0].state is ReplyState.FAILED
    assert any(key.startswith(f"nudge:reply:{approved.reply.id}:") for key in await office.nudges())


async def test_a_promise_that_was_kept_cannot_be_delayed(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=2 * HOUR)
    [promise] = await office.promises(request)
    await office.desk.do(promising.mark_answered, actor=acting(MIRA), promise=promise.id)
    with pytest.raises(RefusedError, match="has ended"):
        await office.desk.do(promising.open_delay_form, actor=acting(MIRA), promise=promise.id)


async def test_a_delay_is_later_than_what_was_told(office: Office) -> None:
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    [promise] = await office.promises(request)
    with pytest.raises(FieldError, match="earlier"):
        await office.desk.do(
            promising.draft_delay_update,
            actor=acting(MIRA),
            promise=promise.id,
            happened="It is stuck.",
            doing="I push it.",
            new_due_at=promise.due_at - HOUR,
        )


async def test_who_said_it_directly_is_named_to_the_owner(office: Office) -> None:
    await office.link_acme()
    found = await office.said("The shop is down.", ts="1795420700.000001")
    assert found
    await office.send(found.request, due=3 * HOUR)
    await office.said("I will call you.", user=JONAS.id, thread="1795420700.000001")
    items = []
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        job = await office.desk.do(beginning.begin, row=row)
        if row.kind == "nudge" and job is not None:
            items += [(row.recipient, item.by) for item in job.snapshot.items]
    assert items == [(MIRA.id, JONAS)]


async def test_a_blank_of_ours_never_reaches_a_client(office: Office) -> None:
    request = (await office.webhook()).request
    with pytest.raises(FieldError, match="blank"):
        await office.approve(request, "A short word on how it goes: [where it stands]")
    await office.approve(request, "See footnote [1] and [the list] you sent.")


async def test_a_bundle_names_the_nearest_first(office: Office) -> None:
    await office.approve((await office.webhook()).request, due=3 * HOUR)
    await office.approve((await office.webhook()).request, due=3 * HOUR - timedelta(seconds=30))
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=2)
    await office.desk.do(nudging.plan)
    dues: list[datetime] = []
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        job = await office.desk.do(beginning.begin, row=row)
        if row.kind == "nudge" and job is not None:
            dues += [item.promise.due_at for item in job.snapshot.items]
    assert len(dues) == 2
    assert dues == sorted(dues)


async def test_health_counts_the_replies_that_wait_for_a_persons_word(office: Office) -> None:
    await stuck(office, (await office.webhook()).request, due=2 * HOUR)
    health = await office.desk.read(asking.health_of)
    assert any("1 reply waits for a person's word" in problem for problem in health.problems)
