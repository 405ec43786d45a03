"""Words that close a request do not close over what its client asked meanwhile."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.promises import Outcome
from bot.domain.replies import ReplyKind
from bot.domain.requests import State
from tests.services.meanwhile import arrived, asked, is_lost, waits, writes
from tests.support.office import MIRA, Office


async def _leaves(office: Office, reply: int) -> None:
    assert reply
    await office.deliver()


async def _lost_then_found(office: Office, reply: int) -> None:
    await is_lost(office, reply)
    office.later(hours=1)
    await arrived(office, reply)


@pytest.mark.parametrize("goes", [_leaves, _lost_then_found])
async def test_closing_words_do_not_close_over_a_newer_question(
    at_work: Office, goes: Callable[[Office, int], Awaitable[None]]
) -> None:
    """Its owner hears why."""
    request = await asked(at_work)
    reply = (await at_work.approve(request, "Fixed. Closing this.", kind=ReplyKind.CLOSING)).reply.id
    at_work.later(seconds=5)
    wrote = await writes(at_work)
    at_work.later(seconds=6)
    await goes(at_work, reply)
    assert (await at_work.card(request)).request.state is State.OPEN
    assert await waits(at_work, request) == wrote
    assert [key for key in await at_work.nudges() if "stays_open" in key] == [
        f"nudge:request:{request}:{reply}:stays_open:{MIRA.id}"
    ]


@pytest.mark.parametrize("text", ["Thank you so much!", ""])
async def test_closing_words_close_when_nothing_was_asked_since(at_work: Office, text: str) -> None:
    request = await asked(at_work)
    await at_work.approve(request, "Fixed. Closing this.", kind=ReplyKind.CLOSING)
    at_work.later(seconds=5)
    if text:
        await writes(at_work, text)
    at_work.later(seconds=6)
    await at_work.deliver()
    card = await at_work.card(request)
    assert (card.request.state, card.request.waiting_since, card.target) == (State.DONE, None, None)
    assert not [key for key in await at_work.nudges() if "stays_open" in key]


async def test_closing_words_that_turn_out_to_have_arrived_do_not_end_what_was_promised_since(at_work: Office) -> None:
    request = await asked(at_work)
    reply = (await at_work.approve(request, "Fixed. Closing this.", kind=ReplyKind.CLOSING)).reply.id
    await is_lost(at_work, reply)
    at_work.later(minutes=10)
    await writes(at_work)
    await at_work.send(request, due=timedelta(hours=3))
    await arrived(at_work, reply)
    assert (await at_work.card(request)).request.state is State.OPEN
    assert [promise.outcome for promise in await at_work.promises(request)] == [Outcome.OPEN]
