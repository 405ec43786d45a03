"""The app of the trial runs on the page's loop: whatever somebody writes, drawing it never holds the loop for long.

Each bound is a part of what the same work takes in one go on the same machine, so that a slow one fails nothing.
"""

import asyncio
import time
from functools import partial

import pytest
from frame_reading import having, live_page, messages, region, words
from loop_steps import longest_step
from markupsafe import Markup
from slack_helpers import slack_client

from bot.workspace import mentions, reading
from bot.workspace.errors import ControlError
from bot.workspace.page import beside
from bot.workspace.page import messages as drawing
from bot.workspace.page.html import message_html
from bot.workspace.page.place import MOST_SHOWN, Place
from bot.workspace.page.regions import all_regions
from bot.workspace.page.sight import look, rooms_of
from bot.workspace.page.warming import count_unread
from bot.workspace.reading import unread
from bot.workspace.render import Reader

CELL = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
MENU = {"type": "users_select", "placeholder": {"type": "plain_text", "text": "Who?"}}


def menus(row):
    return {"type": "actions", "elements": [{**MENU, "action_id": f"{row}-{number}"} for number in range(25)]}


LONG = {
    "marks": {"text": "*a* " * 10_000},
    "lines": {"text": "\n" * 39_999 + "x"},
    "mentions": {"typed": "@mira " * 6_000},
    "markdown": {"blocks": [{"type": "markdown", "text": "[" * 12_000}]},
    "table": {"blocks": [{"type": "table", "rows": [[CELL] * 20] * 100}]},
    "menus": {"blocks": [menus(row) for row in range(50)]},
}


@pytest.fixture
def warm(monday):
    """Every template is ready, as after a start."""
    message_html({"blocks": [menus(0), *LONG["table"]["blocks"]]}, look(monday.core, Place()).reader, prefix="x")
    return monday


async def write(server, said):
    if "typed" in said:
        server.control.say("jonas", "#requests", said["typed"])
    else:
        room = server.core.state.channel("#requests").id
        await slack_client(server).chat_postMessage(channel=room, **{"text": "x", **said})


@pytest.mark.parametrize("said", LONG.values(), ids=LONG)
async def test_a_long_message_is_drawn_beside_the_loop(warm, monkeypatch, said):
    """Of three, because a step that a busy processor draws out says nothing of how long it is."""
    held = []
    for _ in range(3):
        await write(warm, said)
        *_, message = warm.core.state.logs[warm.core.state.channel("#requests").id].messages.values()
        sight = look(warm.core, Place("mira", "requests"))
        at_once = seconds_of(partial(message_html, message.body, sight.reader, prefix="x"))
        regions, longest = await longest_step(monkeypatch, all_regions(sight))
        assert "data-surface" in regions["main"]
        held.append(longest / at_once)
        if held[-1] < 1 / 2:
            return
    raise AssertionError(held)


async def test_a_message_that_changes_while_it_is_drawn_is_drawn_as_it_was_and_then_as_it_is(monday, monkeypatch):
    real = drawing.drawn

    async def slowly(draw, payload, reader):
        ts = next(iter(monday.core.state.logs[monday.core.state.channel("#requests").id].messages))
        monday.control.edit("jonas", "#requests", ts, "After.")
        return await real(draw, payload, reader)

    monday.control.say("jonas", "#requests", "Before. " * 1000)
    with monkeypatch.context() as patched:
        patched.setattr(drawing, "drawn", slowly)
        assert "Before." in (await region(monday, "main")).text
    assert "After." in (await region(monday, "main")).text


async def test_a_large_payload_is_drawn_from_a_copy():
    seen, payload = [], {"text": "x" * 5000}

    def draw(given):
        seen.append(given["text"])
        return Markup()

    drawn = asyncio.create_task(beside.drawn(draw, payload, Reader("Etc/UTC", 0.0)))
    await asyncio.sleep(0)
    payload["text"] = "changed"
    await drawn
    assert seen == ["x" * 5000]


def many_threads(server, threads=600, replies=2400):
    """Threads of Mira's with replies of Jonas's that she has not read."""
    parents = [server.control.say("mira", "#requests", f"Question {number}")["ts"] for number in range(threads)]
    for number in range(replies):
        server.control.say("jonas", "#requests", f"Answer {number}", thread_ts=parents[number % threads])
    return parents


def seconds_of(work):
    started = time.thread_time()
    work()
    return time.thread_time() - started


async def test_what_waits_in_many_threads_is_looked_through_a_little_at_a_time(monday, monkeypatch):
    parents, state = many_threads(monday), monday.core.state
    mira, room = state.user("mira"), state.channel("#requests")
    at_once = seconds_of(lambda: unread(state, mira, room))
    for memory in (reading._ROOMS, reading._THREADS, mentions._MEMORY):
        memory.forget(state)
    _, longest = await longest_step(monkeypatch, count_unread(monday.core, Place("mira", "requests")))
    assert longest < at_once / 3
    assert unread(state, mira, room).replies == 2400
    monday.control.say("jonas", "#requests", "One more.", thread_ts=parents[0])
    found = []
    assert seconds_of(lambda: found.append(unread(state, mira, room))) < at_once / 3
    assert found[0].replies == 2401


async def test_what_is_unread_is_worked_out_once_until_something_changes_there(monday, monkeypatch):
    worked_out, real = [], reading._unread
    monkeypatch.setattr(
        reading,
        "_unread",
        lambda state, user, room: worked_out.append((user.name, room.name)) or real(state, user, room),
    )
    parent = monday.control.say("mira", "#requests", "Hm.")["ts"]
    reply = monday.control.say("jonas", "#requests", "Yes?", thread_ts=parent)["ts"]
    rooms = len(rooms_of(monday.core, monday.core.state.user("mira")))
    for _ in range(2):
        async with live_page(monday):
            assert len(worked_out) == rooms
    for change in (
        lambda: monday.control.mark("mira", "#requests", reply, thread_ts=parent),
        lambda: monday.control.edit("jonas", "#requests", reply, "Yes, @mira?"),
        lambda: monday.control.delete("jonas", "#requests", reply),
    ):
        worked_out.clear()
        change()
        async with live_page(monday):
            assert worked_out == [("mira", "requests")]


@pytest.mark.parametrize(
    ("change", "replies", "mentions"),
    [
        (lambda control, _, reply: control.edit("jonas", "#requests", reply, "Yes, @mira?"), 2, 1),
        (lambda control, _, reply: control.delete("jonas", "#requests", reply), 1, 0),
        (lambda control, parent, reply: control.mark("mira", "#requests", reply, thread_ts=parent), 1, 0),
        (lambda control, parent, _: control.say("sam", "#requests", "@mira!", thread_ts=parent), 3, 1),
    ],
    ids=["edited", "deleted", "read", "another"],
)
async def test_what_is_remembered_of_a_thread_does_not_outlive_a_change(monday, change, replies, mentions):
    parent = monday.control.say("mira", "#requests", "Hm.")["ts"]
    reply = monday.control.say("jonas", "#requests", "Yes?", thread_ts=parent)["ts"]
    monday.control.say("jonas", "#requests", "Go on.", thread_ts=parent)
    assert monday.control.unread("mira", "#requests") == {"messages": 0, "replies": 2, "mentions": 0}
    change(monday.control, parent, reply)
    assert monday.control.unread("mira", "#requests") == {"messages": 0, "replies": replies, "mentions": mentions}


async def test_a_room_that_shows_all_it_can_is_remembered_as_a_whole(monday, monkeypatch):
    for number in range(MOST_SHOWN + 10):
        monday.control.say("jonas", "#requests", f"Number {number}.")
    drawn, real = [], drawing.message_html
    monkeypatch.setattr(drawing, "message_html", lambda body, *a, **k: drawn.append(body) or real(body, *a, **k))
    asked = Place.of({"as": "mira", "in": "requests", "shown": "99999"}).shown
    for _ in range(2):
        main = await region(monday, "main", shown=asked)
        assert len(main.all("article")) == len(drawn) == MOST_SHOWN
    assert having(main, "data-replace") == []
    assert "The newest 600 of 610 messages." in words(main)


async def test_of_a_very_long_thread_the_newest_replies_are_shown(monday):
    parent = monday.control.say("mira", "#requests", "Hm.")["ts"]
    for number in range(MOST_SHOWN + 1):
        monday.control.say("jonas", "#requests", f"Number {number}.", thread_ts=parent)
    thread = await region(monday, "thread", thread=parent)
    shown = messages(thread)
    assert len(shown) == 1 + MOST_SHOWN
    assert (shown[0].split()[-1], shown[1].split()[-1], shown[-1].split()[-1]) == ("Hm.", "1.", "600.")
    assert "The newest 600 of 601 replies" in words(thread)


async def test_nobody_writes_more_than_slack_takes(monday):
    said = monday.control.say("jonas", "#requests", "x" * 40_000)["ts"]
    for verb in (
        lambda text: monday.control.say("jonas", "#requests", text),
        lambda text: monday.control.edit("jonas", "#requests", said, text),
        lambda text: monday.control.other_bot_says("Uptime", "#requests", text),
    ):
        with pytest.raises(ControlError, match="a message has 40,000 characters at most; this one has 40,001"):
            verb("x" * 40_001)
    with pytest.raises(ControlError, match="characters that are none"):
        monday.control.say("jonas", "#requests", "half \ud800")
    assert len(monday.core.state.logs[monday.core.state.channel("#requests").id].messages) == 1
