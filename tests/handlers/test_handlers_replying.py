"""From a suggestion to words that really leave, and back again while they are held."""

import time
from datetime import timedelta

from slack_floor import CLIENT, TEAM, Floor, shown

from bot.domain.hours.calendars import parse_rules
from bot.domain.people import Actor
from bot.services.settings import calendar_saving, own_settings


async def test_a_suggestion_claims_and_opens_the_words_to_look_through(floor: Floor):
    number = await floor.request()

    await floor.press("@mira", "review_first_suggestion", number)

    window = await floor.window("@mira", "Reply")
    assert "#acme-shared" in shown(window)
    assert f"<@{floor.user('@mira')}>" in shown(window)
    await floor.on_card(number, f"<@{floor.user('@mira')}>")


async def test_send_answers_with_the_way_back_and_the_exact_words_arrive(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")

    sent = await floor.control.submit("@mira", {"text": "Thanks *Carla* <3, I am on it: https://acme.example/x."})

    assert sent.payload["response_action"] == "update"
    assert "Sending to Acme" in shown(sent.payload["view"])
    assert "leaves at" in shown(sent.payload["view"])
    assert "undo_reply" in str(sent.payload["view"])
    floor.undo_passes()
    post = await floor.until(lambda: floor.client_posts() and floor.client_posts()[0])
    elements = post["blocks"][0]["elements"][0]["elements"]
    words = "".join(element.get("text") or element["url"] for element in elements)
    assert words == "Thanks *Carla* <3, I am on it: https://acme.example/x."
    assert post["thread_ts"]
    await floor.on_card(number, "Acknowledgement sent to #acme-shared")


async def test_undo_brings_the_words_back_into_the_same_window_and_they_can_be_sent_again(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    await floor.control.submit("@mira", {"text": "First words."})

    await floor.control.press("@mira", "undo_reply")

    window = await floor.until(lambda: next((v for v in floor.control.views("@mira") if v["submit"]), None))
    assert "First words." in str(window["blocks"])
    again = await floor.control.submit("@mira", {"text": "Second words."})
    assert "Sending to Acme" in shown(again.payload["view"])
    floor.undo_passes()
    post = await floor.until(lambda: floor.client_posts() and floor.client_posts()[0])
    assert "Second words." in shown(post)
    assert len(floor.client_posts()) == 1


async def test_undo_from_the_card_opens_the_words_again(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    await floor.control.submit("@mira", {"text": "Not yet."})
    await floor.control.close("@mira")
    await floor.on_card(number, "⏱ Acknowledgement to")

    await floor.press("@mira", "undo_reply", number)

    window = await floor.window("@mira", "Reply")
    assert "Not yet." in str(window["blocks"])


async def test_what_nobody_could_keep_or_read_is_said_at_the_field(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")

    past = await floor.control.submit("@mira", {"due_at": int(time.time()) - 60})
    empty = await floor.control.submit("@mira", {"text": "   ", "due_at": int(time.time()) + 7_200})
    far = await floor.control.submit("@mira", {"text": "Yes.", "due_at": int(time.time()) + 500 * 86_400})

    assert "past" in past.errors["due_at"]
    assert "few words" in empty.errors["text"]
    assert "year" in far.errors["due_at"]


async def test_another_reply_approved_meanwhile_refuses_send_and_keeps_what_was_typed(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    await floor.press("@jonas", "review_second_suggestion", number)
    seen = await floor.window("@jonas", "Reply")
    assert f"Owned by <@{floor.user('@mira')}>" in shown(seen)
    await floor.control.submit("@jonas")

    late = await floor.control.submit("@mira", {"text": "My long and careful words."})

    assert "approved another reply" in late.errors["text"]
    assert "careful" in str(floor.control.views("@mira"))


async def test_a_reply_that_cannot_get_through_asks_what_to_do(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    floor.control.fault("chat.postMessage", "error", error="is_archived", channel=CLIENT)
    await floor.control.submit("@mira", {"text": "Hello."})
    floor.undo_passes()

    await floor.on_card(number, "did not reach #acme-shared")
    await floor.press("@mira", "retry_reply", number)

    await floor.until(floor.client_posts)
    await floor.on_card(number, "Acknowledgement sent")


async def test_a_failed_reply_can_be_dropped(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    floor.control.fault("chat.postMessage", "error", error="is_archived", channel=CLIENT)
    await floor.control.submit("@mira", {"text": "Hello."})
    floor.undo_passes()
    await floor.on_card(number, "did not reach")

    await floor.press("@mira", "drop_reply", number)

    await floor.whispered("@mira", "Dropped")
    await floor.until(lambda: "did not reach" not in shown(floor.card(number)))
    assert floor.client_posts() == []


async def test_a_failed_reply_can_be_edited_and_sent_anew(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    floor.control.fault("chat.postMessage", "error", error="is_archived", channel=CLIENT)
    await floor.control.submit("@mira", {"text": "Hello."})
    floor.undo_passes()
    await floor.control.close("@mira")
    await floor.on_card(number, "did not reach")

    await floor.press("@mira", "edit_reply", number)
    window = await floor.window("@mira", "Reply")
    assert "Hello." in str(window["blocks"])
    await floor.control.submit("@mira", {"text": "Hello again."})
    floor.undo_passes()

    post = await floor.until(lambda: next(iter(floor.client_posts()), None))
    assert "Hello again." in shown(post)
    await floor.until(lambda: "did not reach" not in shown(floor.card(number)))


async def test_a_suggestion_of_an_older_card_is_refused_in_a_sentence(floor: Floor):
    number = await floor.request()
    body = floor.server.core.state.message(floor.channel(TEAM), floor.card(number)["ts"]).body
    for block in body["blocks"]:
        for element in block.get("elements", []):
            if element.get("action_id") == "review_first_suggestion":
                element["value"] = f"1&request={number}&suggestion=long_gone"

    await floor.press("@mira", "review_first_suggestion", number)

    await floor.whispered("@mira", "older card")


async def test_a_time_at_which_nobody_works_is_said_once_and_send_again_sends_it(floor: Floor):
    number = await floor.request()
    mira = Actor(floor.user("@mira"))
    rules = parse_rules("UTC Mon-Fri 09:00-17:00")
    await floor.desk.do(calendar_saving.save_team_calendar, actor=mira, rules=rules, based_on=0)
    await floor.desk.do(own_settings.set_zone, actor=mira, member=mira.user, tz="UTC")
    await floor.press("@mira", "review_first_suggestion", number)
    assert "outside" not in shown(await floor.window("@mira", "Reply"))
    now = floor.headsup.clock.now()
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)
    saturday = monday + timedelta(days=5, hours=1)
    values = {"text": f"You will hear from me by {saturday:%-d %B}, 10:00 am.", "due_at": int(saturday.timestamp())}

    looked = await floor.control.submit("@mira", values)

    said = f", 10:00 is outside your hours (next open: Mon {monday + timedelta(days=7):%-d %b}"
    assert said in shown(looked.payload["view"])
    assert "Sending to Acme" in shown((await floor.control.submit("@mira")).payload["view"])
    floor.undo_passes()
    await floor.until(floor.client_posts)
    await floor.on_card(number, "They hear from us")
