"""Slack down, slow, forgetful, or done with us: nothing is lost, nothing comes twice, and the state can be seen."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.support.walk import ACME, TEAM, Walk, until
from tests.support.walk_seeing import words_of


async def ready(walk: Walk) -> tuple[int, list[str]]:
    """Return what a platform sees: the status, and the problems as sentences."""
    async with aiohttp.ClientSession() as session, session.get(f"{walk.url}/readyz") as answer:
        return answer.status, (await answer.json())["problems"]


def once(walk: Walk, words: str) -> bool:
    """Tell whether these words of ours stand exactly once in the client's channel."""
    return sum(words in words_of(post) for post in walk.client_posts()) == 1


async def test_what_happens_while_slack_is_down_is_made_up_for(walk: Walk):
    first = await walk.asked()
    await walk.approve(first, "Words that wait for Slack.", due=timedelta(hours=4))
    await walk.server.go_down()
    await walk.later(seconds=11)
    second = await walk.orbit.ask(walk.url, "The page is blank.")
    await until(lambda: _waiting(walk, 2), "the messages to wait")
    await walk.later(minutes=15)
    status, problems = await ready(walk)
    assert status == 503
    assert any("has waited" in problem for problem in problems)
    await walk.server.come_back()
    await until(lambda: second in walk.numbers(), "the card", seconds=30)
    await until(lambda: once(walk, "Words that wait for Slack."), "the reply", seconds=30)
    await walk.quiet()
    assert once(walk, "Words that wait for Slack.")
    await until(lambda: _is_ready(walk), "the process to be ready again")
    await walk.outcomes_are(first, ["open"])


async def _waiting(walk: Walk, count: int) -> bool:
    assert walk.process is not None
    return (await walk.process.health()).outbox_waiting >= count


async def _is_ready(walk: Walk) -> bool:
    return (await ready(walk))[0] == 200


@pytest.mark.parametrize("kind", ["http_500", "http_500_after", "lost_answer", "closed", "hang_after", "slow_after"])
async def test_a_reply_whose_answer_got_lost_stands_once_or_asks_a_person(walk: Walk, kind: str):
    """Whatever happened to the call: the client never reads it twice, and it is never silently gone."""
    number = await walk.asked()
    walk.control.fault("chat.postMessage", kind, channel=ACME, seconds=2.5)
    await walk.approve(number, "These words.", due=timedelta(hours=4))
    await walk.later(seconds=11)

    async def settled() -> bool:
        return await walk.replies_are(number, {"sent", "uncertain", "failed"})

    await until(settled, "the reply's fate", seconds=25)
    await walk.quiet()
    state = str((await walk.card(number)).replies[0].state)
    assert len(walk.client_posts()) <= 1
    if state != "sent":
        assert kind in {"http_500", "closed"}
        await walk.nudged("@mira", "reply needs you")
        assert walk.client_posts() == []
        await walk.press("@mira", "retry_reply", number)
        await until(lambda: once(walk, "These words."), "the words after a person's decision")
    await walk.outcomes_are(number, ["open"])


@pytest.mark.parametrize("kind", ["rate_limited", "http_500", "http_500_after", "lost_answer", "closed"])
async def test_cards_threads_and_nudges_stand_once_under_faults(walk: Walk, kind: str):
    await walk.link()
    for method in ("chat.postMessage", "chat.update"):
        walk.control.fault(method, kind, times=2, seconds=1)
    number = await walk.asked()
    walk.control.clear_faults()
    root = walk.control.read(ACME)["messages"][-1]["ts"]
    walk.control.fault("chat.postMessage", kind, seconds=1)
    walk.control.say("@carla", ACME, "Still there?", thread_ts=root)
    await walk.in_thread(number, "Still there?")
    await walk.send(number, due=timedelta(hours=4))
    walk.control.fault("chat.postMessage", kind, seconds=1, channel=walk.control.dm("@mira") or "")
    await walk.later(hours=3, minutes=1)
    await walk.nudged("@mira", "still time")
    await walk.quiet()
    assert len(walk.cards()) == 1
    assert sum("Still there?" in words_of(post) for post in walk.thread(number)) == 1
    assert len(walk.direct("@mira")) == 1


async def test_a_revoked_token_loses_nothing_and_is_seen(walk: Walk):
    number = await walk.asked()
    await walk.approve(number, "Words that wait.", due=timedelta(hours=4))
    walk.control.revoke_tokens()
    await walk.later(seconds=11)

    async def seen() -> bool:
        status, problems = await ready(walk)
        return status == 503 and any("refuses our token" in problem for problem in problems)

    await until(seen, "the lock-out to be seen")
    walk.control.reinstall()
    await until(lambda: once(walk, "Words that wait."), "the reply after the app was installed again", seconds=30)
    await walk.quiet()
    assert once(walk, "Words that wait.")
    await until(lambda: _is_ready(walk), "the process to be ready again")


async def test_status_says_how_headsup_itself_is_doing(walk: Walk):
    well = await walk.driver.slash("mira", TEAM, "/headsup status")
    assert "Headsup is well" in well.text
    walk.control.fault("chat.postMessage", "rate_limited", seconds=30, times=0)
    await walk.orbit.ask(walk.url, "The page is blank.")
    await until(lambda: _waiting(walk, 1), "the card to wait")
    waits = await walk.driver.slash("mira", TEAM, "/headsup status")
    assert "1 message waits to leave" in waits.text


async def test_a_window_that_could_not_be_opened_is_said_and_the_press_counts(walk: Walk):
    number = await walk.asked()
    walk.control.fault("views.open", "http_500")
    await walk.press("@mira", "review_first_suggestion", number)
    owner: Any = await until(lambda: _owner(walk, number), "Mira to own it")
    assert owner == walk.id("@mira")
    await until(lambda: walk.control.ephemerals("@mira", TEAM), "a sentence")
    assert (await walk.review(number))["title"]["text"] == f"Reply to #{number}"


async def _owner(walk: Walk, number: int) -> str | None:
    owner = (await walk.card(number)).owner
    return owner.id if owner else None
