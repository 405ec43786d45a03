"""A client answers a time they were told: the last word counts, and the owner is told, though not at every press."""

from datetime import timedelta

import pytest

from bot.domain.people import Actor
from bot.domain.promises import ClientAnswer, Outcome, Promise
from bot.domain.requests import State
from bot.domain.snapshots.client import ClientAnswered
from bot.domain.snapshots.nudge import ItemKind
from bot.errors import NotYourRequestError
from bot.outbound.base import Receipt, Remote
from bot.services.outbox import beginning, delivering, recording
from bot.services.replies import answering
from bot.services.requests import claiming, moving
from tests.support.office import ACME_CHANNEL, CARLA, JONAS, MIRA, Office, acting

HOUR = timedelta(hours=1)


async def told(office: Office) -> Promise:
    """Return a promise that Carla was told just now."""
    await office.link_acme()
    received = await office.said("The shop is down.")
    assert received is not None
    await office.send(received.request, due=2 * HOUR)
    return (await office.promises(received.request))[-1]


async def answer(office: Office, promise: Promise, word: ClientAnswer) -> ClientAnswered:
    """Let Carla press one of her buttons."""
    return await office.desk.do(
        answering.answer_as_client,
        actor=Actor(CARLA, "T0ACME"),
        promise=promise.id,
        answer=word,
        channel=ACME_CHANNEL,
    )


async def asked_for(office: Office) -> int:
    """Return how many nudges about the client's answers were asked for."""
    return len([key for key in await office.nudges() if "answer" in key])


async def heard(office: Office) -> list[ClientAnswer | None]:
    """Deliver what is due; return what the new nudges about answers said."""
    said: list[ClientAnswer | None] = []
    while rows := await office.desk.do(delivering._lease, token="tests", most=20):
        for row in rows:
            job = await office.desk.do(beginning.begin, row=row)
            if job is None:
                continue
            if job.way == "nudge" and not row.shown:
                said += [i.promise.answer for i in job.snapshot.items if i.kind is ItemKind.CLIENT_ANSWER]
            remote = job.reference.remote or Remote(row.recipient or "C0TEAM", f"1795420700.{row.id:06d}")
            await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return said


async def test_the_last_word_counts_and_the_same_again_changes_nothing(office: Office) -> None:
    promise = await told(office)
    assert (await answer(office, promise, ClientAnswer.WORKS)).shown
    assert not (await answer(office, promise, ClientAnswer.WORKS)).shown
    assert await asked_for(office) == 1
    await answer(office, promise, ClientAnswer.SOONER)
    found = (await office.promises(promise.request))[-1]
    assert (found.answer, found.outcome) == (ClientAnswer.SOONER, Outcome.OPEN)


async def test_an_answer_to_a_message_that_stands_nowhere_is_not_shown_in_it(office: Office) -> None:
    await office.link_acme()
    request = (await office.webhook()).request
    await office.send(request, due=2 * HOUR)
    [promise] = await office.promises(request)
    assert not (await answer(office, promise, ClientAnswer.WORKS)).shown


async def test_a_client_who_presses_back_and_forth_is_heard_once_a_minute(office: Office) -> None:
    """At once, and after a minute what they say then."""
    promise = await told(office)
    await answer(office, promise, ClientAnswer.WORKS)
    assert await heard(office) == [ClientAnswer.WORKS]
    for word in (ClientAnswer.SOONER, ClientAnswer.CALL, ClientAnswer.WORKS, ClientAnswer.SOONER):
        await answer(office, promise, word)
        office.later(seconds=10)
        assert await heard(office) == []
    office.later(seconds=19)
    assert await heard(office) == []
    office.later(seconds=1)
    assert await heard(office) == [ClientAnswer.SOONER]
    office.later(minutes=2)
    assert await heard(office) == []


@pytest.mark.parametrize(("seconds", "soon"), [(59, []), (60, [ClientAnswer.CALL]), (3_600, [ClientAnswer.CALL])])
async def test_after_a_minute_an_answer_is_told_at_once_again(
    office: Office, seconds: int, soon: list[ClientAnswer]
) -> None:
    promise = await told(office)
    await answer(office, promise, ClientAnswer.WORKS)
    await heard(office)
    office.later(seconds=seconds)
    await answer(office, promise, ClientAnswer.CALL)
    assert await heard(office) == soon


async def test_a_nudge_that_still_waits_says_what_the_client_says_by_then(office: Office) -> None:
    promise = await told(office)
    await answer(office, promise, ClientAnswer.WORKS)
    await answer(office, promise, ClientAnswer.CALL)
    assert await heard(office) == [ClientAnswer.CALL]


async def test_an_answer_while_an_earlier_one_is_being_sent_is_not_lost(office: Office) -> None:
    promise = await told(office)
    await heard(office)
    await answer(office, promise, ClientAnswer.WORKS)
    rows = await office.desk.do(delivering._lease, token="tests", most=20)
    row = next(row for row in rows if row.kind == "nudge")
    job = await office.desk.do(beginning.begin, row=row)
    assert job is not None
    await answer(office, promise, ClientAnswer.SOONER)
    receipt = Receipt(Remote("D0MIRA", "1795420700.999999"))
    await office.desk.do(recording.sent, row=row, version=job.version, receipt=receipt)
    office.later(seconds=60)
    assert await heard(office) == [ClientAnswer.SOONER]


async def test_each_promise_is_answered_for_itself_and_a_new_owner_hears_at_once(office: Office) -> None:
    first, second = await told(office), await told(office)
    assert first.request != second.request
    await answer(office, first, ClientAnswer.WORKS)
    await answer(office, second, ClientAnswer.CALL)
    assert sorted(map(str, await heard(office))) == ["call", "works"]
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=first.request, to=JONAS.id)
    await answer(office, first, ClientAnswer.SOONER)
    assert await heard(office) == [ClientAnswer.SOONER]


@pytest.mark.parametrize(
    ("actor", "channel"),
    [
        (Actor(MIRA.id, "T0OURS"), ACME_CHANNEL),
        (Actor("U0DIETER", "T0BETA"), "C0BETA"),
        (Actor("U0STRANGER", None), "C0TEAM"),
    ],
)
async def test_contacts_answer_only_for_their_own_client(office: Office, actor: Actor, channel: str) -> None:
    await office.link_acme()
    promise = await told(office)
    with pytest.raises(NotYourRequestError):
        await office.desk.do(
            answering.answer_as_client, actor=actor, promise=promise.id, answer=ClientAnswer.WORKS, channel=channel
        )
    assert (await office.promises(promise.request))[-1].answer is None


async def test_colleagues_outside_the_team_do_not_answer_for_the_client(office: Office) -> None:
    await office.link_acme()
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    [promise] = await office.promises(request)
    with pytest.raises(NotYourRequestError):
        await office.desk.do(
            answering.answer_as_client,
            actor=Actor("U0COLLEAGUE", "T0OURS"),
            promise=promise.id,
            answer=ClientAnswer.WORKS,
            channel=ACME_CHANNEL,
        )


@pytest.mark.parametrize(("answer", "state"), [(ClientAnswer.CALL, State.OPEN), (ClientAnswer.WORKS, State.DONE)])
async def test_a_client_who_asks_for_a_call_takes_the_request_up_again(
    office: Office, answer: ClientAnswer, state: State
) -> None:
    await office.link_acme()
    request = (await office.webhook()).request
    await office.send(request, due=3 * HOUR)
    [promise] = await office.promises(request)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    await office.desk.do(
        answering.answer_as_client,
        actor=Actor(CARLA, "T0ACME"),
        promise=promise.id,
        answer=answer,
        channel=ACME_CHANNEL,
    )
    card = await office.card(request)
    assert card.request.state is state
    assert (card.target is not None) is (state is State.OPEN)
