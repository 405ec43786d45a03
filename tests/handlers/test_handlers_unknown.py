"""What no feature knows is acknowledged and told in a sentence; a failure of ours is neither."""

import time

import pytest
from block_samples_hostile import HOSTILE
from slack_floor import CLIENT, TEAM, Floor, shown

from bot.outbound import slack_client
from bot.services.requests import claiming


def _replace(floor: Floor, number: int, **facts: str) -> None:
    """Make a card look as an older version would have left it."""
    body = floor.server.core.state.message(floor.channel(TEAM), floor.card(number)["ts"]).body
    for block in body["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "claim_request":
                element.update(facts)


@pytest.mark.parametrize("facts", [{"action_id": "claim_v0"}, {"value": "0&request=1"}, {"value": "143"}])
async def test_a_button_of_an_older_card_is_told_and_the_card_refreshed(floor: Floor, facts):
    number = await floor.request()
    _replace(floor, number, **facts)

    pressed = await floor.press("@mira", facts.get("action_id", "claim_request"), number)

    assert pressed.acked
    await floor.whispered("@mira", "older card")
    assert await floor.owner(number) is None


async def test_an_unknown_request_is_a_clear_sentence(floor: Floor):
    number = await floor.request()
    _replace(floor, number, value="1&request=99999999999999")

    await floor.press("@mira", "claim_request", number)

    await floor.whispered("@mira", "There is no request")


async def test_an_unknown_shortcut_is_acknowledged(floor: Floor):
    pressed = await floor.control.shortcut("@mira", "long_gone")

    assert pressed.acked


async def test_a_failure_before_anything_was_stored_is_not_acknowledged(floor: Floor, monkeypatch):
    number = await floor.request()
    monkeypatch.setattr(claiming, "claim", _broken)

    pressed = await floor.press("@mira", "claim_request", number)

    assert not pressed.acked
    assert floor.control.ephemerals("@mira", TEAM) == []
    assert await floor.owner(number) is None


def _broken(*_args: object) -> None:
    raise ZeroDivisionError


async def test_a_window_that_slack_refuses_to_open_is_told(floor: Floor):
    number = await floor.request()
    floor.control.fault("views.open", "error", error="internal_error")

    pressed = await floor.press("@mira", "open_more", number)

    assert pressed.acked
    await floor.until(lambda: floor.control.ephemerals("@mira", TEAM))


async def test_a_trigger_that_grew_old_asks_to_press_again(floor: Floor):
    number = await floor.request()
    floor.control.fault("views.open", "error", error="expired_trigger_id")

    await floor.press("@mira", "open_more", number)

    await floor.whispered("@mira", "press again")


async def test_twelve_presses_are_acknowledged_at_once_while_slack_hangs(floor: Floor):
    number = await floor.request()
    floor.control.fault("*", "hang", seconds=5, times=0)
    started = time.monotonic()

    pressed = [await floor.press("@mira", "claim_request", number) for _ in range(12)]

    assert all(one.acked for one in pressed)
    waits = slack_client.TIMEOUT_SECONDS * len(pressed)
    assert time.monotonic() - started < waits / 2, "they wait for calls that hang"
    floor.control.clear_faults()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
async def test_whatever_a_client_writes_stands_on_a_card_that_works(floor: Floor, words):
    await floor.link()
    floor.control.say("@carla", CLIENT, words)
    card = await floor.until(lambda: next(iter(floor.cards()), None))

    pressed = await floor.control.press("@mira", "claim_request", channel=TEAM, ts=card["ts"])

    assert pressed.acked
    await floor.until(lambda: f"<@{floor.user('@mira')}>" in shown(floor.cards()[0]))
    asked = await floor.control.slash("@mira", "/headsup", "status 1")
    assert asked.error == ""
    floor.control.open_home("@mira")
    await floor.until(lambda: floor.control.home("@mira"))
