"""Nudges and what can be done from them; the delay update; the client's own answer."""

import asyncio
import time

import pytest
from slack_floor import CLIENT, Floor, shown

from bot.domain.people import Actor
from bot.services.arriving import linking
from bot.services.reading import asking


async def _promised(floor: Floor, **span: float) -> int:
    """Let Mira promise Acme a word in four hours, and move the clock."""
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    looked = await floor.control.submit("@mira", {"due_at": int(time.time()) + 4 * 3_600})
    assert "Reply" in looked.payload["view"]["title"]["text"], "the words name another time, which is said first"
    await floor.control.submit("@mira")
    await floor.control.close("@mira")
    floor.undo_passes()
    await floor.until(floor.client_posts)
    await floor.on_card(number, "They hear from us")
    await floor.later(**span)
    return number


async def _outcomes(floor: Floor, number: int) -> list[str]:
    actor = Actor(floor.user("@mira"))
    status = await floor.desk.read(asking.status_of, actor=actor, request=number)
    return [str(promise.outcome) for promise in status.promises]


async def _are(floor: Floor, number: int, wanted: list[str]) -> bool:
    return await _outcomes(floor, number) == wanted


async def test_the_owner_is_nudged_in_time_and_answered_keeps_the_promise(floor: Floor):
    number = await _promised(floor, hours=3, minutes=1)
    nudge = await floor.nudged("@mira", "still time")
    assert f"#{number} · Acme" in shown(nudge)

    await floor.press_nudge("@mira", "mark_answered")

    assert await _outcomes(floor, number) == ["kept"]
    await floor.nudged("@mira", "No longer needed")


async def test_a_snooze_says_when_it_comes_again(floor: Floor):
    await _promised(floor, hours=3, minutes=1)

    await floor.press_nudge("@mira", "snooze_promise")

    told = await floor.whispered("@mira", "Put off", channel=floor.control.dm("@mira"))
    assert "^I come back {date_short_pretty}" in shown(told), "Slack writes today small within a token only"


async def test_a_nudge_that_was_put_off_is_not_put_off_again_when_that_is_over(floor: Floor):
    number = await _promised(floor, hours=3, minutes=1)
    await floor.press_nudge("@mira", "snooze_promise")
    dm = floor.control.dm("@mira")
    await floor.whispered("@mira", "Put off", channel=dm)
    await floor.later(minutes=31)

    await floor.press_nudge("@mira", "snooze_promise")

    await floor.whispered("@mira", f"You put #{number} off at ", channel=dm)
    assert len(floor.control.ephemerals("@mira", dm)) == 2


async def test_the_same_press_twice_is_answered_once(floor: Floor):
    await _promised(floor, hours=3, minutes=1)
    dm = floor.control.dm("@mira")
    nudge = await floor.nudged("@mira", "still time")

    for action in ("snooze_promise", "snooze_promise", "on_it", "on_it"):
        await floor.control.press("@mira", action, channel=dm, ts=nudge["ts"])

    await floor.whispered("@mira", "nothing more comes before it is", channel=dm)
    assert ["Put off" in shown(one) for one in floor.control.ephemerals("@mira", dm)] == [True, False]


async def test_being_on_it_is_noted_and_ends_the_questions(floor: Floor):
    await _promised(floor, hours=3, minutes=1)

    await floor.press_nudge("@mira", "on_it")

    told = await floor.whispered("@mira", "nothing more comes before it is", channel=floor.control.dm("@mira"))
    assert "^due {date_short_pretty}" in shown(told), "Slack writes today small within a token only"


async def test_a_delay_update_is_previewed_sent_moves_the_promise_and_is_answered_by_the_client(floor: Floor):
    number = await _promised(floor, hours=3, minutes=1)
    before = len(floor.client_posts())
    await floor.press_nudge("@mira", "open_delay_form")
    await floor.window("@mira", "Delay update")
    later = int(time.time()) + 9 * 3_600

    preview = await floor.control.submit(
        "@mira", {"happened": "One test failed.", "doing": "We repeat all of them.", "new_due_at": later}
    )
    assert "One test failed." in str(preview.payload["view"])
    sent = await floor.control.submit("@mira")
    assert "Sending to Acme" in shown(sent.payload["view"])
    floor.undo_passes()
    post = await floor.until(lambda: next(iter(floor.client_posts()[before:]), None))
    await floor.until_async(lambda: _are(floor, number, ["moved_before", "open"]))

    await floor.control.press("@carla", "answer_works", channel=CLIENT, ts=post["ts"])

    await floor.nudged("@mira", "That works")
    await floor.until(lambda: "You said: That works. Thank you." in shown(floor.client_posts()[-1]))
    assert floor.control.ephemerals("@carla", CLIENT) == []  # the message thanks her: once is enough


async def test_a_client_whose_second_press_changes_nothing_is_thanked_all_the_same(floor: Floor):
    await _promised(floor, hours=3, minutes=1)
    before = len(floor.client_posts())
    await floor.press_nudge("@mira", "open_delay_form")
    await floor.window("@mira", "Delay update")
    await floor.control.submit("@mira", {"happened": "A.", "doing": "B.", "new_due_at": int(time.time()) + 9 * 3_600})
    await floor.control.submit("@mira")
    floor.undo_passes()
    post = await floor.until(lambda: next(iter(floor.client_posts()[before:]), None))

    await asyncio.gather(
        *(floor.control.press("@carla", "answer_works", channel=CLIENT, ts=post["ts"]) for _ in range(2))
    )

    await floor.whispered("@carla", "It stays as promised", channel=CLIENT)
    assert len(floor.control.ephemerals("@carla", CLIENT)) == 1


async def test_the_form_says_what_is_missing_at_the_field(floor: Floor):
    await _promised(floor, hours=3, minutes=1)
    await floor.press_nudge("@mira", "open_delay_form")
    await floor.window("@mira", "Delay update")

    past = await floor.control.submit(
        "@mira", {"happened": "It rained.", "doing": "We wait.", "new_due_at": 1_700_000_000}
    )
    blank = await floor.control.submit("@mira", {"happened": "  ", "new_due_at": int(time.time()) + 90_000})

    assert "past" in past.errors["new_due_at"]
    assert "few words" in blank.errors["happened"]


@pytest.mark.parametrize("who", ["@jonas", "@dieter"])
async def test_only_the_client_may_answer(floor: Floor, who):
    number = await _promised(floor, hours=3, minutes=1)
    before = len(floor.client_posts())
    await floor.press_nudge("@mira", "open_delay_form")
    await floor.window("@mira", "Delay update")
    await floor.control.submit("@mira", {"happened": "A.", "doing": "B.", "new_due_at": int(time.time()) + 9 * 3_600})
    await floor.control.submit("@mira")
    floor.undo_passes()
    post = await floor.until(lambda: next(iter(floor.client_posts()[before:]), None))
    if who == "@dieter":
        post = floor.server.core.state.message(floor.channel(CLIENT), post["ts"])
        floor.control.say("@mira", "#beta-shared", "hello")
        floor.server.core.state.channel(CLIENT).members.append(floor.user("@dieter"))
        await floor.desk.do(linking.unlink_channel, channel=floor.channel(CLIENT), actor=Actor(floor.user("@mira")))
        ts = post.ts
    else:
        ts = post["ts"]

    pressed = await floor.control.press(who, "answer_sooner", channel=CLIENT, ts=ts)

    assert pressed.acked
    await floor.until(lambda: floor.control.ephemerals(who, CLIENT))
    actor = Actor(floor.user("@mira"))
    status = await floor.desk.read(asking.status_of, actor=actor, request=number)
    assert all(promise.answer is None for promise in status.promises)


async def test_a_nudge_can_be_handed_over_and_the_new_owner_gets_the_brief(floor: Floor):
    number = await _promised(floor, hours=3, minutes=1)

    await floor.press_nudge("@mira", "open_hand_over")
    await floor.window("@mira", "Hand over")
    done = await floor.control.submit("@mira", {"to": floor.user("@priya")})

    assert done.payload["response_action"] == "clear"
    await floor.nudged("@priya", "This is yours now")
    assert await floor.owner(number) == floor.user("@priya")


async def test_an_aim_is_met_from_its_nudge_by_the_button_of_the_card(floor: Floor):
    number = await floor.request("The contact form is broken. Could you look at it, please?")
    await floor.press("@mira", "claim_request", number)
    await floor.on_card(number, f"<@{floor.user('@mira')}>")
    await floor.later(minutes=61)

    await floor.press_nudge("@mira", "review_first_suggestion", "first word")

    assert "Acknowledgement" in shown(await floor.window("@mira", f"Reply to #{number}"))
