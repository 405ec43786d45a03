"""The rooms that are no channels: what a system outside received, and what Slack refused."""

import asyncio

import pytest
from side_reading import MORNING, room
from slack_helpers import slack_client

from bot.workspace.companion import Briefing, Outside, Received
from bot.workspace.page.place import Place
from bot.workspace.page.side.refusals import NEWEST, refused
from bot.workspace.page.sight import look

HOSTILE = "<img src=x onerror=alert(1)> & *bold*"


async def refuse(server, **payload):
    channel = server.core.state.channel("#requests").id
    with pytest.raises(Exception, match="invalid_blocks"):
        await slack_client(server).chat_postMessage(channel=channel, text="x", **payload)


async def test_an_app_that_does_well_is_told_so(monday):
    assert "Slack would take everything that the app has sent." in (await room(monday, "refused")).text


async def test_a_refusal_shows_method_code_pointer_and_the_bad_line(monday):
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "x" * 76}}
    await refuse(monday, blocks=[{"type": "actions", "elements": [button]}])
    shown = await room(monday, "refused")
    assert shown.one("h2").text == "chat.postMessage invalid_blocks"
    problem = "must be less than 76 characters"
    assert shown.one(class_="refusal-problems").text == f"{problem} /blocks/0/elements/0/text/text"
    assert shown.one("mark").text == f'"text": "{"x" * 76}"'
    assert shown.one(class_="payload-why").text == problem


async def test_the_newest_refusal_stands_first(monday):
    for text in ("before", "after"):
        await refuse(monday, blocks=[{"type": "header", "text": {"type": text, "text": "x"}}])
    assert [one.text for one in (await room(monday, "refused")).all("mark")] == [
        '"type": "after",',
        '"type": "before",',
    ]


async def test_clients_words_in_a_payload_stay_words(monday):
    await refuse(monday, blocks=[{"type": "header", "text": {"type": "plain_text", "text": HOSTILE * 9}}])
    shown = await room(monday, "refused")
    assert not shown.all("img")
    assert "&lt;img src=x" in shown.html


async def test_of_many_refusals_the_newest_are_shown_and_the_page_says_so(monday):
    for number in range(NEWEST + 5):
        problem = {"code": "no_text", "pointer": "", "message": "a message needs text, blocks or attachments"}
        monday.journal.refuse("chat.postMessage", "no_text", [problem], {"number": number})
    shown = await room(monday, "refused")
    assert len(shown.all("li", class_="refusal")) == NEWEST
    assert f"The newest {NEWEST} of {NEWEST + 5} refusals." in shown.text


async def test_large_payloads_are_laid_out_beside_the_loop(monday):
    section = {"type": "section", "fields": [{"type": "mrkdwn", "text": "y" * 2000} for _ in range(10)]}
    problem = {"code": "invalid_blocks", "pointer": "/blocks/20/fields", "message": "too many"}
    for _ in range(10):
        monday.journal.refuse("chat.postMessage", "invalid_blocks", [problem], {"blocks": [section] * 50})
    rendering = asyncio.create_task(refused(look(monday.core, Place("mira", "refused"))))
    turns = 0
    while not rendering.done():
        turns += 1
        await asyncio.sleep(0)
    assert (await rendering).count("<mark>") == 10
    assert turns > 40, "on the loop itself there would be a turn or two for each"


def system(*received):
    return Briefing(outside=(Outside("acme", "Acme's ticket system", "It takes replies as webhooks.", received),))


async def test_what_arrived_outside_is_read_in_the_zone_of_whoever_acts(monday):
    first = Received(MORNING - 7200, "reply.sent", "Good morning,\nwe have it.", '{"type": "reply.sent"}')
    second = Received(MORNING - 86_400, "ping", HOSTILE)
    monday.companion.tell(system(first, second))
    shown = await room(monday, "outside-acme")
    assert shown.one("h1").text == "Acme's ticket system"
    assert [one.text for one in shown.all("time")] == ["Today at 06:41", "Yesterday at 08:41"]
    (early, _) = (await room(monday, "outside-acme", "priya")).all("time")
    assert early.text == "Today at 10:11"
    assert "Good morning,\nwe have it." in shown.html
    assert not shown.all("img")


async def test_what_programs_call_it_stands_in_the_small_print(monday):
    monday.companion.tell(system(Received(MORNING, "Reply from you", "words", "{}", "webhook-id msg_1")))
    shown = await room(monday, "outside-acme")
    assert shown.one("strong").text == "Reply from you"
    assert shown.one(class_="side-note").text == "webhook-id msg_1"


async def test_json_is_laid_out_and_anything_else_stays_as_it_was_sent(monday):
    bodies = ('{"type":"reply.sent"}', "not json {", "")
    monday.companion.tell(system(*[Received(MORNING, "in", "words", body) for body in bodies]))
    shown = await room(monday, "outside-acme")
    assert [str("".join(one.words)) for one in shown.all("pre")] == ['{\n  "type": "reply.sent"\n}', "not json {"]


async def test_an_empty_inbox_says_how_something_comes_to_arrive(monday):
    monday.companion.tell(system())
    shown = await room(monday, "outside-acme")
    assert "Nothing has arrived yet." in shown.text
    assert "As soon as the app sends something to Acme's ticket system" in shown.text
