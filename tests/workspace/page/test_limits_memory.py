"""A page may stay open for days: what it and the workspace remember does not grow for ever."""

from dataclasses import replace

from frame_reading import messages, region
from side_reading import MORNING, room

from bot.workspace import mentions, remembering
from bot.workspace.companion import Briefing, Outside, Received
from bot.workspace.journal import REFUSALS, Journal
from bot.workspace.page import messages as drawing
from bot.workspace.page.side.inbox import NEWEST


def test_the_newest_refusals_are_kept_and_all_are_counted():
    journal = Journal()
    for number in range(REFUSALS + 3):
        journal.refuse("chat.postMessage", "no_text", [], {"number": number})
    assert [entry.args["number"] for entry in journal.refusals] == list(range(3, REFUSALS + 3))
    assert journal.refusal_count == REFUSALS + 3


async def test_what_is_gone_leaves_no_stamp(monday):
    state = monday.core.state
    kept = monday.control.say("jonas", "#requests", "Kept.")["ts"]
    reply = monday.control.say("sam", "#requests", "Yes.", thread_ts=kept)["ts"]
    before = set(state.stamps)
    for _ in range(5):
        said = monday.control.say("jonas", "#requests", "Not kept.")["ts"]
        monday.control.delete("jonas", "#requests", said)
    assert set(state.stamps) == before
    monday.control.delete("sam", "#requests", reply)
    assert len(state.stamps) == len(before) - 1
    monday.control.delete("jonas", "#requests", kept)
    assert not any(kept in key for _, key in state.stamps)


async def test_a_window_that_was_closed_leaves_no_stamp(monday):
    state = monday.core.state
    for number in range(3):
        state.changed("view", f"V{number}")
    assert not any(kind == "view" for kind, _ in state.stamps)


async def test_a_channel_with_a_new_id_leaves_nothing_under_its_old_one(monday):
    state, channel = monday.core.state, monday.core.state.channel("#requests")
    old = channel.id
    said = monday.control.say("jonas", "#requests", "One.")["ts"]
    monday.control.say("jonas", "#requests", "Two.", thread_ts=said)
    monday.control.mark("mira", "#requests", said)
    state.change_channel_id(channel, "CNEW")
    assert not [key for _, key in state.stamps if old in key]


async def test_what_is_worked_out_of_messages_is_not_kept_for_ever(monday, monkeypatch):
    monkeypatch.setattr(remembering, "REMEMBERED", 20)
    for number in range(50):
        monday.control.say("jonas", "#requests", f"@mira, number {number}?")
    assert monday.control.unread("mira", "#requests")["mentions"] == 50
    assert 0 < mentions._MEMORY.count(monday.core.state) <= 20


async def test_of_drawn_messages_the_ones_looked_at_last_are_kept(monday, monkeypatch):
    monkeypatch.setattr(drawing, "KEPT", 3)
    said = [monday.control.say(who, "#requests", "Hello.")["ts"] for who in ("jonas", "sam", "jonas", "sam", "jonas")]
    drawn, real = [], drawing.message_html
    monkeypatch.setattr(
        drawing, "message_html", lambda body, *a, **k: drawn.append(body["text"]) or real(body, *a, **k)
    )
    assert len(messages(await region(monday, "main"))) == 5
    assert len(drawing._memory[monday.core.state]) == 3
    drawn.clear()
    for ts, who in zip(said[:4], ("jonas", "sam", "jonas", "sam"), strict=True):
        monday.control.delete(who, "#requests", ts)
    await region(monday, "main")
    assert drawn == []


def system(count):
    received = tuple(Received(MORNING, f"reply {number}", f"Number {number}.") for number in range(1, count + 1))
    return Briefing(outside=(Outside("acme", "Acme's system", "A webhook", received),))


async def test_an_inbox_shows_its_newest_and_counts_the_others(monday):
    monday.companion.tell(system(NEWEST + 20))
    shown = await room(monday, "outside-acme")
    items = shown.all("li", class_="inbox-item")
    assert [items[0]["id"], items[-1]["id"], len(items)] == ["received-acme-21", "received-acme-120", NEWEST]
    assert "The newest 100 of 120 that arrived." in shown.text
    monday.companion.tell(system(NEWEST))
    assert "The newest" not in (await room(monday, "outside-acme")).text


async def test_a_large_body_is_laid_out_all_the_same(monday):
    body = '{"text":"' + "x" * 5000 + '"}'
    received = (Received(MORNING, "in", "words", body),)
    monday.companion.tell(Briefing(outside=(replace(system(1).outside[0], received=received),)))
    (shown,) = (await room(monday, "outside-acme")).all("pre")
    assert "".join(shown.words).startswith('{\n  "text": "xxx')
