"""The window after Send tells what became of the words, by itself, and never in the way of anything newer."""

import asyncio
from typing import Any

import pytest
from slack_floor import CLIENT, Floor, shown

from bot.blocks.notice import build_notice_view
from bot.domain.people import Actor
from bot.services.reading import asking
from handlers import watching


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "PAUSE", 0.1)


async def _sent(floor: Floor, words: str = "On it.", **values: Any) -> int:
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    sent = await floor.control.submit("@mira", {"text": words, **values})
    assert "Sending to Acme" in shown(sent.payload["view"])
    return number


def _following(floor: Floor) -> list[asyncio.Task[Any]]:
    return [task for task in floor.headsup.background if task.get_name() == "follow up a press"]


async def _nothing_follows(floor: Floor) -> None:
    await floor.until(lambda: not _following(floor))


async def _says(floor: Floor, words: str) -> dict[str, Any]:
    """Wait until the one open window says something."""
    await floor.until(lambda: any(words in shown(view) for view in floor.control.views("@mira")))
    [view] = floor.control.views("@mira")
    return view


@pytest.mark.parametrize("undo", ["1s"])  # in real time, with nobody's help
async def test_the_window_says_by_itself_that_the_words_have_left(floor: Floor):
    await _sent(floor)

    window = await _says(floor, "Sent to Acme")

    assert "They hear from us" in shown(window)
    assert "Once sent" not in shown(window)
    assert "undo_reply" not in str(window)
    await _nothing_follows(floor)


async def test_the_moved_clock_counts(floor: Floor):
    await _sent(floor)

    await floor.later(minutes=20)

    await _says(floor, "Sent to Acme")


async def test_what_is_undone_in_the_window_stays_there_to_be_changed(floor: Floor):
    await _sent(floor, "First words.")

    await floor.control.press("@mira", "undo_reply")

    await floor.until(lambda: next((v for v in floor.control.views("@mira") if v["submit"]), None))
    await _nothing_follows(floor)
    [window] = floor.control.views("@mira")
    assert window["submit"]
    assert "First words." in str(window["blocks"])


async def test_what_is_sent_again_in_the_same_window_is_what_it_speaks_of(floor: Floor):
    await _sent(floor, "First words.")
    await floor.control.press("@mira", "undo_reply")
    await floor.until(lambda: next((v for v in floor.control.views("@mira") if v["submit"]), None))

    await floor.control.submit("@mira", {"text": "Second words."})
    floor.undo_passes()

    assert "Second words." in shown(await _says(floor, "Sent to Acme"))
    await _nothing_follows(floor)


async def test_a_window_learns_that_a_colleague_undid_its_words(floor: Floor):
    number = await _sent(floor)
    await floor.on_card(number, "⏱ Acknowledgement to")

    await floor.until(lambda: _marked(floor))
    await floor.press("@jonas", "undo_reply", number)

    assert "undo_reply" not in str(await _says(floor, "Undone: nobody outside has seen it."))
    assert floor.client_posts() == []


def _marked(floor: Floor) -> bool:
    """Tell whether the window is followed by now: the first update takes its mark."""
    return bool(floor.server.core.journal.calls("views.update"))


async def test_a_reply_that_did_not_get_through_is_sent_again_from_the_same_window(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    floor.control.fault("chat.postMessage", "error", error="is_archived", channel=CLIENT)
    await floor.control.submit("@mira", {"text": "Hello."})
    floor.undo_passes()

    window = await _says(floor, "It did not reach Acme. They do not know yet.")
    assert "That channel is archived." in shown(window)
    await floor.control.press("@mira", "retry_reply")

    await _says(floor, "Sent to Acme")
    assert len(floor.client_posts()) == 1


async def test_a_reply_that_must_wait_is_said_to_wait_and_then_to_have_left(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    floor.control.fault("chat.postMessage", "rate_limited", seconds=4, channel=CLIENT)
    await floor.control.submit("@mira", {"text": "Hello."})

    await floor.later(seconds=20)

    await _says(floor, "Waiting to leave for Acme")
    await _says(floor, "Sent to Acme")


async def test_a_closed_window_ends_it_quietly(floor: Floor):
    await _sent(floor)
    assert _following(floor), "whoever stops the process ends what follows a press"

    await floor.control.close("@mira")

    await _nothing_follows(floor)
    floor.undo_passes()
    await floor.until(floor.client_posts)
    assert floor.control.views("@mira") == []


async def test_another_window_opened_meanwhile_is_left_alone(floor: Floor):
    await _sent(floor)
    other = await floor.request("The other form is broken too. Could you look?")
    await floor.control.close("@mira")
    await floor.press("@mira", "review_first_suggestion", other)
    await floor.window("@mira", "Reply")
    floor.control.fill("@mira", {"text": "Long and careful words."})

    floor.undo_passes()
    await floor.until(floor.client_posts)
    await _nothing_follows(floor)

    [window] = floor.control.views("@mira")
    assert "Long and careful words." in str(window["state"])


async def test_what_another_process_shows_in_the_same_window_is_never_overwritten(floor: Floor):
    await _sent(floor)
    await floor.until(lambda: _marked(floor))
    [window] = floor.control.views("@mira")

    assert await floor.headsup.screens.update(window["id"], build_notice_view("Something newer."))

    floor.undo_passes()
    await floor.until(floor.client_posts)
    await _nothing_follows(floor)
    assert "Something newer." in shown(floor.control.views("@mira")[0])


async def _is_marked_sent(floor: Floor, number: int) -> bool:
    """Tell whether the words are known to have left: the client sees them a moment earlier."""
    status = await floor.desk.read(asking.status_of, actor=Actor(floor.user("@mira")), request=number)
    return "sent" in [entry.kind for entry in status.history]


async def test_undo_that_comes_too_late_tells_how_it_stands_in_the_same_window(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(watching, "PAUSE", 60.0)
    number = await _sent(floor)
    floor.undo_passes()
    await floor.until_async(lambda: _is_marked_sent(floor, number))

    await floor.control.press("@mira", "undo_reply")

    window = await _says(floor, "Too late to undo")
    assert "Sent to Acme" in shown(window)
    assert "undo_reply" not in str(window)
    assert len(floor.client_posts()) == 1
