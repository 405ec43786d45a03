"""L5 and L6: two people at once, every press twice, every event again."""

import asyncio
import copy
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.services.replies import promising
from tests.support.walk import ACME, TEAM, Walk, until
from tests.support.walk_seeing import words_of


def everything_twice(walk: Walk) -> list[str]:
    """Let each payload from now on be taken twice at the same time; return the list of what came."""
    dispatch, came = walk.headsup.app.async_dispatch, []

    async def twice(request: AsyncBoltRequest) -> Any:
        again = AsyncBoltRequest(
            mode=request.mode, body=copy.deepcopy(request.body), headers=copy.deepcopy(request.headers)
        )
        came.append(str(request.body.get("type") or request.body.get("command")))
        first, second = await asyncio.gather(dispatch(request), dispatch(again))
        assert first.status == second.status == 200
        return first

    walk.headsup.app.async_dispatch = twice
    return came


@pytest.mark.parametrize("people", [("@mira", "@jonas"), ("@jonas", "@mira", "@priya", "@sam")])
async def test_when_people_claim_at_once_one_wins_and_the_others_are_told_who(walk: Walk, people: tuple[str, ...]):
    number = await walk.asked()
    results = await asyncio.gather(*(walk.press(who, "claim_request", number) for who in people))
    assert all(result.acked for result in results)
    owner = (await walk.card(number)).owner
    assert owner is not None
    losers = [who for who in people if walk.id(who) != owner.id]
    assert len(losers) == len(people) - 1
    for loser in losers:
        await walk.told(loser, owner.name)
    await walk.on_card(number, f"<@{owner.id}>")


async def test_two_replies_sent_at_once_leave_one_and_the_other_keeps_its_words(walk: Walk):
    number = await walk.asked()
    await walk.review(number, who="@mira")
    await walk.review(number, who="@jonas")
    words = {"@mira": "Mira's words.", "@jonas": "The words of Jonas."}
    sent = await asyncio.gather(
        *(walk.control.submit(who, {"text": text, "promise_kind": "none"}) for who, text in words.items())
    )
    refused = [result for result in sent if result.errors]
    assert len(refused) == 1
    assert "approved another reply" in refused[0].errors["text"]
    await walk.later(seconds=11)
    await until(walk.client_posts, "the one that was approved")
    await walk.quiet()
    assert len(walk.client_posts()) == 1


async def test_a_day_in_which_everything_arrives_twice_at_once(walk: Walk):
    came = everything_twice(walk)
    number = await walk.asked()
    await walk.press("@mira", "claim_request", number)
    await walk.send(number, "We look into it.", due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.press_nudge("@mira", "open_delay_form")
    await walk.window("@mira", "Delay update")
    new = int((walk.clock.now() + timedelta(hours=5)).timestamp())
    await walk.control.submit("@mira", {"happened": "It rained.", "doing": "We wait.", "new_due_at": new})
    await walk.control.submit("@mira")
    await walk.later(seconds=11)
    post = await walk.client_reads("It rained.")
    await walk.outcomes_are(number, ["moved_before", "open"])
    await walk.control.press("@carla", "answer_sooner", channel=ACME, ts=post["ts"])
    await walk.nudged("@mira", "I need it sooner")
    await walk.control.slash("@mira", "/headsup", "new A flyer, they said on the phone")
    await walk.window("@mira", "New client request")
    await walk.control.submit("@mira", {"name": "Gamma"})
    await until(lambda: len(walk.numbers()) == 2, "the request entered by hand")
    walk.control.say("@carla", ACME, "One more thing!", thread_ts=post["thread_ts"])
    await walk.in_thread(number, "One more thing!")
    await walk.quiet()

    assert {"event_callback", "block_actions", "view_submission", "/headsup"} <= set(came)
    assert len(walk.numbers()) == 2
    assert [words_of(m).count("It rained.") for m in walk.client_posts()] == [0, 1]
    assert sum("One more thing!" in words_of(m) for m in walk.thread(number)) == 1
    assert sum("needs it sooner" in words_of(m) for m in walk.thread(number)) == 1
    assert sum("I need it sooner" in words_of(m) for m in walk.direct("@mira")) == 1
    assert len((await walk.status(number)).promises) == 2


async def test_a_form_that_is_sent_again_after_its_answer_changes_nothing(walk: Walk):
    number = await walk.asked()
    taken: list[AsyncBoltRequest] = []
    dispatch = walk.headsup.app.async_dispatch

    async def remember(request: AsyncBoltRequest) -> Any:
        taken.append(request)
        return await dispatch(request)

    walk.headsup.app.async_dispatch = remember
    await walk.send(number, "We look into it.", due=timedelta(hours=4))
    for request in [request for request in taken if request.body.get("type") == "view_submission"]:
        again = AsyncBoltRequest(mode="socket_mode", body=copy.deepcopy(request.body), headers=request.headers)
        assert (await dispatch(again)).status == 200
    await walk.later(seconds=30)
    await walk.quiet()
    assert len(walk.client_posts()) == 1
    assert await walk.outcomes(number) == ["open"]


async def test_the_button_of_an_old_card_is_answered_and_the_card_is_right_again(walk: Walk):
    number = await walk.asked()
    card = walk.cards()[number]
    await walk.press("@jonas", "claim_request", number)
    await walk.on_card(number, f"<@{walk.id('@jonas')}>")
    stale = walk.server.core.state.message(walk.id(TEAM), card["ts"]).body
    stale["blocks"] = card["blocks"]
    result = await walk.press("@mira", "claim_request", number)
    assert result.acked
    await walk.told("@mira", "Jonas")
    await walk.on_card(number, f"<@{walk.id('@jonas')}>")


async def test_a_nudge_that_becomes_pointless_while_it_is_being_sent_is_struck_through(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    (promise,) = (await walk.status(number)).promises
    await walk.quiet()
    walk.control.fault("chat.postMessage", "slow", seconds=1.0)
    before = len(walk.server.journal.calls("chat.postMessage"))
    await walk.later(hours=3, minutes=1)
    await until(lambda: len(walk.server.journal.calls("chat.postMessage")) > before, "the nudge to be on its way")
    await walk.desk.do(promising.mark_answered, actor=walk.actor(), promise=promise.id)
    await walk.nudged("@mira", "No longer needed: kept")
