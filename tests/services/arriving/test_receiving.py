"""Everything that arrives becomes exactly one request, or part of one, however often it comes."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.incoming import IncomingMessage, Source
from bot.domain.requests import State
from bot.errors import ConflictError
from bot.services.arriving import listening, receiving
from bot.services.context import Context
from bot.services.requests import claiming, moving
from bot.store import inbound
from tests.support.office import ACME_CHANNEL, JONAS, MIRA, Office, acting


async def test_a_webhook_becomes_a_request_with_a_guess_and_its_reasons(office: Office) -> None:
    received = await office.webhook("Your last invoice is wrong, we were charged twice.")
    card = await office.card(received.request)
    assert received.created
    assert card.request.category == "billing"
    assert card.request.reasons
    assert card.client.name == "Acme"
    assert not card.client.confirmed
    assert card.target is not None
    assert card.request.state is State.NEW


async def test_the_same_webhook_again_is_the_same_request(office: Office) -> None:
    first = await office.webhook(identity="msg_same")
    again = await office.webhook(identity="msg_same")
    assert again.request == first.request
    assert again.duplicate
    assert len((await office.card(first.request)).opening) == 1


async def test_the_same_id_with_another_body_is_a_conflict(office: Office) -> None:
    await office.webhook(identity="msg_same")
    with pytest.raises(ConflictError):
        await office.webhook("Something else", identity="msg_same")


async def test_ten_arrivals_of_one_webhook_at_once_are_one_request(office: Office) -> None:
    answers = await asyncio.gather(*(office.webhook(identity="msg_same") for _ in range(10)))
    assert len({answer.request for answer in answers}) == 1
    assert sum(answer.created for answer in answers) == 1


async def test_the_same_thread_of_a_webhook_is_the_same_request(office: Office) -> None:
    first = await office.webhook(thread="conversation-7")
    second = await office.webhook("And the footer, too.", thread="conversation-7")
    assert second.request == first.request
    assert not second.created


async def test_quick_messages_of_one_contact_are_one_request(office: Office) -> None:
    await office.link_acme()
    first = await office.said("Hi!")
    office.later(seconds=119)
    second = await office.said("The shop is down.")
    office.later(seconds=121)
    third = await office.said("Unrelated: can we have a new banner?")
    assert first
    assert second
    assert third
    assert second.request == first.request
    assert third.request != first.request
    assert [message.text for message in (await office.card(first.request)).opening] == ["Hi!", "The shop is down."]


async def test_messages_at_once_of_one_contact_are_one_request(office: Office) -> None:
    await office.link_acme()
    answers = await asyncio.gather(*(office.said(f"Part {number}") for number in range(5)))
    assert len({answer.request for answer in answers if answer}) == 1


async def test_after_a_claim_the_next_message_is_a_new_request(office: Office) -> None:
    await office.link_acme()
    first = await office.said("The shop is down.")
    assert first
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=first.request)
    second = await office.said("And the blog.")
    assert second
    assert second.request != first.request


async def test_a_reply_in_the_clients_thread_is_appended(office: Office) -> None:
    await office.link_acme()
    first = await office.said("The shop is down.", ts="1795420700.000001")
    reply = await office.said("Only on phones, it seems.", thread="1795420700.000001")
    assert first
    assert reply
    assert reply.request == first.request
    assert (await office.card(first.request)).conversation_count == 2


async def test_a_thank_you_reopens_nothing_and_a_question_does(office: Office) -> None:
    await office.link_acme()
    first = await office.said("The shop is down.", ts="1795420700.000001")
    assert first
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=first.request)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=first.request)
    office.later(hours=1)
    await office.said("Thank you so much!", thread="1795420700.000001")
    assert (await office.card(first.request)).request.state is State.DONE
    await office.said("It is down again, can you look?", thread="1795420700.000001")
    card = await office.card(first.request)
    assert card.request.state is State.OPEN
    assert card.request.waiting_since == office.now
    assert card.target is not None
    assert card.target.due_at > office.now


async def test_a_members_own_words_are_no_request_and_count_as_an_answer(office: Office) -> None:
    await office.link_acme()
    assert await office.said("Good morning all", user=MIRA.id) is None
    first = await office.said("The shop is down.", ts="1795420700.000001")
    assert first
    await office.said("Looking at it right now.", user=JONAS.id, thread="1795420700.000001")
    card = await office.card(first.request)
    assert card.request.waiting_since is None
    assert card.request.first_answered_at == office.now


async def test_the_team_room_is_never_a_clients_channel(office: Office) -> None:
    await office.link_acme()
    found = await office.said("The shop is down.", ts="1795420700.000001")
    assert found
    said = await office.said("x", user=MIRA.id, thread="1795420800.999999")
    assert said is None
    assert (await office.card(found.request)).conversation_count == 1


async def test_an_edit_and_a_deletion_are_shown(office: Office) -> None:
    await office.link_acme()
    first = await office.said("The shpo is down.", ts="1795420700.000001")
    assert first
    where = {"channel": ACME_CHANNEL, "ts": "1795420700.000001", "at": office.now}
    await office.desk.do(listening.message_edited, text="The shop is down.", **where)
    await office.desk.do(listening.message_edited, text="The shop is down.", **where)
    message = (await office.card(first.request)).opening[0]
    assert (message.text, message.edited, message.deleted) == ("The shop is down.", True, False)
    await office.desk.do(listening.message_deleted, **where)
    assert (await office.card(first.request)).opening[0].deleted


async def test_a_message_that_came_as_an_event_is_not_taken_again_by_the_shortcut(office: Office) -> None:
    await office.link_acme()
    first = await office.said("The shop is down.", ts="1795420700.000001")
    assert first
    again = await office.webhook(
        source=Source.SHORTCUT,
        identity=f"{ACME_CHANNEL}:1795420700.000001",
        channel=ACME_CHANNEL,
        ts="1795420700.000001",
        thread="1795420700.000001",
    )
    assert again.request == first.request
    assert again.duplicate


@pytest.mark.parametrize(
    "text",
    ["", "🙂🙂", "<!channel> *bold* `x`", "\u202eevil", "x" * 50_000, "a\x07b\x1bc", "<https://x.example|click>"],
)
async def test_hostile_texts_are_stored_whole(office: Office, text: str) -> None:
    received = await office.webhook(text)
    assert (await office.card(received.request)).opening[0].text == text


async def test_what_was_stored_before_a_crash_is_understood_after_it(office: Office) -> None:

    incoming = IncomingMessage(source=Source.WEBHOOK, identity="m", text="Help", at=office.now, client_name="Acme")

    def store_only(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            inbound.try_store(
                tx,
                source="webhook",
                identity="m",
                fingerprint="f",
                raw=b"{}",
                message=inbound.to_json(incoming),
                now=ctx.now - timedelta(minutes=5),
            )

    await office.desk.do(store_only)
    assert await office.desk.do(receiving.take_in_waiting) == 1
    assert await office.desk.do(receiving.take_in_waiting) == 0
    assert (await office.card(1)).opening[0].text == "Help"
