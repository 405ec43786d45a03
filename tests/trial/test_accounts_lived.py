"""The accounts stay right whatever the network does, and say so when somebody really loses or doubles something."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from trial_lived import Fed, Lived, living

from bot.services.outbox import looking, pacing
from bot.trial import accounts
from bot.workspace.companion import Spot
from tests.support.walk_ground import until
from tests.support.walk_lag import steps_of_headsup

FAULTS = {
    "an answer is lost": ("lost_answer", {}),
    "429": ("rate_limited", {"seconds": 1.0}),
    "a connection closes": ("closed", {}),
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    monkeypatch.setattr(looking, "LOOK_AGAIN_SECONDS", 0.1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".headsup"


@pytest.fixture
async def lived(fed_short: Fed, folder: Path) -> AsyncIterator[Lived]:
    async with living(folder, clock=fed_short.copy_to(folder)) as found:
        yield found


@pytest.fixture
async def mistreated(fed_short: Fed, folder: Path) -> AsyncIterator[Lived]:
    """A trial in which something will be wrong."""
    async with living(folder, watched=False, clock=fed_short.copy_to(folder)) as found:
        yield found


async def promise(lived: Lived) -> None:
    """Promise Acme something: a card refreshed, a reply in their channel, later a nudge."""
    await lived.press(lived.spot("acknowledge"))
    await lived.send_what_opens("mira")


@pytest.mark.parametrize("fault", FAULTS)
async def test_cards_stay_right_when(lived: Lived, fault: str):
    kind, options = FAULTS[fault]
    lived.later(180)  # what they write now is a request of its own
    lived.control.fault("chat.postMessage", kind, **options)
    lived.control.say("dieter", "#beta-shared", "Where is our catalogue? Could you send the last proof?")
    lived.control.say("carla", "#acme-shared", "The contact form is broken. Can you look at it?")
    await lived.until_account("requests", 5, 5)
    await lived.until_account("client messages", 4, 4)


@pytest.mark.parametrize("fault", FAULTS)
async def test_replies_stay_right_when(lived: Lived, fault: str):
    kind, options = FAULTS[fault]
    lived.control.fault("chat.postMessage", kind, channel="#acme-shared", **options)
    await promise(lived)
    if kind == "closed":  # nobody can know, so a person decides
        await lived.until_account("channel replies", 0, 0, "1 for a person to decide")
    else:
        await lived.until_account("channel replies", 1, 1)


@pytest.mark.parametrize("fault", FAULTS)
async def test_nudges_stay_right_when(lived: Lived, fault: str):
    kind, options = FAULTS[fault]
    await promise(lived)
    await lived.until_account("channel replies", 1, 1)
    lived.control.fault("chat.postMessage", kind, channel=lived.control.dm("mira"), **options)
    lived.jump()
    await lived.until_account("nudges", 1, 1)


async def test_a_dropped_socket_loses_no_word_of_a_client(lived: Lived):
    lived.later(180)
    lived.control.drop()
    lived.control.say("carla", "#acme-shared", "The contact form is broken. Can you look at it?")
    await lived.until_account("client messages", 3, 3)
    await lived.until_account("requests", 4, 4)


async def test_a_reply_on_its_way_is_a_note_and_no_error(lived: Lived):
    await lived.press(lived.spot("acknowledge"))
    await until(lambda: lived.control.views("mira"), "the review window")
    await lived.control.submit("mira")
    await lived.until_account("channel replies", 0, 0, "1 on the way")


async def test_a_webhook_that_comes_again_was_taken_once(lived: Lived):
    cards = {one["text"].split()[0]: one["ts"] for one in lived.control.read("#requests")["messages"]}
    await lived.press(Spot("mira", "requests", cards["#3"], "Acknowledge, back within 2 h"))
    await lived.send_what_opens("mira")
    await lived.until_account("webhook replies", 1, 1)


async def test_a_reply_that_somebody_deleted_is_missing(mistreated: Lived):
    await promise(mistreated)
    await mistreated.until_account("channel replies", 1, 1)
    posts = [one for one in mistreated.control.messages("#acme-shared") if one.get("bot_id")]
    mistreated.control.delete("headsup", "#acme-shared", posts[-1]["ts"])
    await mistreated.until_account("channel replies", 1, 0)
    assert not mistreated.account("channel replies").is_right


@pytest.mark.parametrize(
    ("label", "channel", "prefix"),
    [("requests", "#requests", "card:"), ("channel replies", "#acme-shared", "reply:"), ("nudges", "dm", "nudge:")],
)
async def test_a_message_that_stands_twice_is_seen(mistreated: Lived, label: str, channel: str, prefix: str):
    await promise(mistreated)
    await mistreated.until_account("channel replies", 1, 1)
    mistreated.jump()
    await mistreated.until_account("nudges", 1, 1)
    before = mistreated.account(label)
    room = mistreated.control.dm("mira") if channel == "dm" else mistreated.trial.server.core.state.channel(channel).id
    await post_again(mistreated, room, prefix)
    await mistreated.until_account(label, before.expected, before.seen + 1)


async def post_again(lived: Lived, room: str, prefix: str) -> None:
    """Post a message of ours once more, as a bot that forgot would."""

    def key(message: dict[str, Any]) -> str:
        return str(((message.get("metadata") or {}).get("event_payload") or {}).get("key", ""))

    found = next(one for one in lived.control.messages(room) if key(one).startswith(prefix))
    client = lived.trial.process.headsup.client
    await client.chat_postMessage(channel=room, text="again", metadata=found["metadata"])


async def test_a_card_that_somebody_deleted_is_missing(mistreated: Lived):
    cards = {one["text"].split()[0]: one["ts"] for one in mistreated.control.read("#requests")["messages"]}
    mistreated.control.delete("headsup", "#requests", cards["#2"])
    await mistreated.until_account("requests", 3, 2)


async def test_a_clients_message_whose_event_is_lost_for_good_is_missing(
    mistreated: Lived, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(accounts, "PATIENCE", 0.5)
    mistreated.control.lose_events(1)
    mistreated.control.say("carla", "#acme-shared", "The contact form is broken. Can you look at it?")
    await mistreated.until_account("client messages", 3, 2)


async def test_telling_them_never_keeps_the_loop(lived: Lived):
    room = lived.trial.server.core.state.channel("general").id
    for number in range(3000):
        lived.control.other_bot_says("ci", "#general", f"Build {number} passed.")
    tries = []
    for _ in range(3):  # a noisy machine gets three
        with steps_of_headsup() as steps:
            for number in range(5):
                lived.control.other_bot_says("ci", room, f"Deployed {number}.")
                seen = time.monotonic()
                while time.monotonic() < seen + 0.4:
                    await asyncio.sleep(0.01)
        tries.append(steps)
        if steps.longest < 0.050:
            return
    assert not tries, [steps.found[:3] for steps in tries]
