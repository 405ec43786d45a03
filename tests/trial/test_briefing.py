"""What the pages are told is fresh, costs next to nothing when nothing happens, and survives trouble."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from trial_lived import Lived, living

from bot.domain.overview import Leaving
from bot.services.outbox import pacing
from bot.services.reading import overview
from bot.trial import briefing
from bot.trial.noticing import SURVIVED, Notes
from bot.workspace.companion import Spot, Waiting
from bot.workspace.errors import ControlError
from bot.workspace.journal import Entry, Journal
from tests.support.walk_ground import until
from tests.support.walk_seeing import nodes_of


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Lived]:
    async with living(tmp_path / ".headsup") as found:
        yield found


async def test_before_everything_came_in_the_tour_welcomes_and_waits(tmp_path: Path):
    async with living(tmp_path / ".headsup", fed=False) as lived:
        assert lived.tour is not None, "a page is welcomed from its first second"
        assert lived.tour.welcome.startswith("Your clients' requests come in here, and Headsup sees to it")
        assert "You are Mira, at a small agency called Northlight" in lived.tour.welcome
        await until(lambda: lived.briefing.banner, "the banner")
        assert lived.tour.waiting == Waiting(
            "It begins: 0 of 3 requests have come in. The tour begins as soon as all are here.", 0, 3
        )
        assert lived.done() == []
        with pytest.raises(ControlError, match="no step 'look' to take now"):
            lived.control.take_step("look")
        assert lived.account("requests").is_right
        assert lived.briefing.jumps[0].to is None
        assert lived.briefing.jumps[0].why
        await lived.trial.feed.run()
        await until(lambda: lived.tour and not lived.tour.waiting, "the tour to begin")
        await until(lambda: not lived.briefing.banner, "the banner to go")


async def test_the_jump_says_whom_it_will_be_about_what_and_when(lived: Lived):
    jump = lived.briefing.jumps[0]
    assert jump.label == "To the next nudge: everyone in #requests, about #1 Acme"
    assert jump.why.startswith("everyone in #requests, about #1 Acme: ")
    assert jump.why.endswith(" in Helsinki")
    lived.jump()

    def told() -> bool:  # the aims of the other two follow closely
        one = lived.account("nudges")
        return one.is_right and one.seen >= 1

    await until(told, "a nudge, and all of them right")


async def test_systems_outside_are_shown_with_what_they_received(lived: Lived):
    assert [(one.key, one.name, one.received) for one in lived.briefing.outside] == [("orbit", "Orbit Travel", ())]


async def test_a_client_who_answers_between_two_looks_makes_no_line_false(
    lived: Lived, monkeypatch: pytest.MonkeyPatch
):
    """A new time leaves, is recorded and answered after one look read the books, before the next looks at Slack."""
    await lived.press(lived.spot("acknowledge"))
    await lived.send_what_opens("mira")
    await until(lambda: lived.step("acknowledge").done, "the promise")
    lived.jump()
    await until(lambda: lived.step("time").done, "the nudge")
    desk, waits = lived.trial.process.headsup.desk, asyncio.Event()
    read = desk.read

    async def and_then_they_answer(verb: Any, *args: Any, **more: Any) -> Any:
        found = await read(verb, *args, **more)
        if verb is overview.books_of and not waits.is_set() and any(is_held(row) for row in found.leaving):
            waits.set()
            await answer_the_new_time(lived)
        return found

    monkeypatch.setattr(desk, "read", and_then_they_answer)
    await lived.press(lived.spot("delay"))
    new_due_at = int(lived.control.clock()["now"] + 6 * 3600)
    await lived.approve_what_opens("mira", happened="A test fails.", doing="We mend it.", new_due_at=new_due_at)
    await until(waits.is_set, "a look that knows of the held words")
    lived.later(11)
    await lived.until_account("channel replies", 2, 2)


async def test_a_webhook_that_comes_while_the_books_are_compared_makes_no_line_false(
    lived: Lived, monkeypatch: pytest.MonkeyPatch
):
    """Words are approved and received after one look read the books for the second time."""
    cards = {one["text"].split()[0]: one["ts"] for one in lived.control.read("#requests")["messages"]}
    desk, looks = lived.trial.process.headsup.desk, asyncio.Event()
    read = desk.read

    async def and_then_it_comes(verb: Any, *args: Any, **more: Any) -> Any:
        if verb is overview.overview_of and not looks.is_set():
            looks.set()
            await lived.press(Spot("mira", "requests", cards["#3"], "Acknowledge, back within 2 h"))
            await lived.send_what_opens("mira")
            await until(lambda: system.received, "the webhook")
        return await read(verb, *args, **more)

    system = lived.trial.systems.all[0]
    monkeypatch.setattr(desk, "read", and_then_it_comes)
    lived.control.say("mira", "#general", "Good morning!")
    await until(looks.is_set, "a look")
    await lived.until_account("webhook replies", 1, 1)


def is_held(row: Leaving) -> bool:
    return row.kind == "reply" and not row.stands


async def answer_the_new_time(lived: Lived) -> None:
    """Press "That works" as soon as it stands, and wait until the message shows that."""

    def found() -> tuple[str, str] | None:
        for one in lived.control.messages("#acme-shared", "carla"):
            for node in nodes_of(one.get("blocks") or []):
                if node.get("action_id") and (node.get("text") or {}).get("text") == "That works":
                    return one["ts"], node["action_id"]
        return None

    ts, button = await until(found, "the new time")
    read = lived.trial.process.headsup.desk.read

    async def is_recorded() -> bool:
        return all(row.stands for row in (await read(overview.books_of)).leaving if row.kind == "reply")

    await until(is_recorded, "the delivery to be recorded")
    await lived.control.press("carla", button, channel="#acme-shared", ts=ts)
    await until(lambda: not found(), "the answer to stand there")


async def test_when_nothing_happens_only_the_pulse_is_felt(lived: Lived, monkeypatch: pytest.MonkeyPatch):
    felt: list[str] = []
    read = lived.trial.process.headsup.desk.read

    async def counting(verb: Any, *args: Any, **more: Any) -> Any:
        felt.append(verb.__name__)
        return await read(verb, *args, **more)

    async def rested() -> bool:
        felt.clear()
        await until(lambda: felt.count("pulse_of") == 3, "three looks")
        return "books_of" not in felt

    monkeypatch.setattr(lived.trial.process.headsup.desk, "read", counting)
    await until(rested, "the briefing to rest")
    version = lived.trial.server.companion.version
    assert await rested()
    assert lived.trial.server.companion.version == version
    lived.control.say("mira", "#general", "Good morning!")
    await until(lambda: "books_of" in felt, "a look at what changed")


async def test_trouble_in_one_look_does_not_end_it(
    lived: Lived, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    troubles: list[int] = []

    def broken(*_args: Any, **_more: Any) -> Any:
        troubles.append(1)
        raise RuntimeError("no luck")

    with monkeypatch.context() as patch:
        patch.setattr(overview, "pulse_of", broken)
        await until(lambda: len(troubles) >= 2, "two looks that fail")
    lived.later(180)
    lived.control.say("carla", "#acme-shared", "The contact form is broken. Can you look at it?")
    await lived.until_account("requests", 4, 4)
    assert "could not be told what is new" in capsys.readouterr().out


async def test_it_ends_with_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    looks: list[int] = []
    look = briefing.look

    async def noted(core: Any) -> Any:
        looks.append(1)
        return await look(core)

    monkeypatch.setattr(briefing, "look", noted)
    async with living(tmp_path / ".headsup") as lived:
        background = lived.trial.process.headsup.background
        assert any(task.get_name() == "brief the pages" for task in background)
    assert looks
    assert not background


# -- what was looked at ------------------------------------------------------------------------------------------------


def begun(tmp_path: Path) -> tuple[Notes, Journal]:
    notes, journal = Notes.of(tmp_path / "tour.json"), Journal()
    assert notes.since is None
    notes.begin(7, journal)
    return notes, journal


def slash(journal: Journal, text: str, **answer: Any) -> Entry:
    facts = {"user_id": "U1", "text": text}
    return journal.add("delivery", "slash_commands", {"payload": facts}, answer)


@pytest.mark.parametrize(
    ("text", "found"), [("status #3", [("U1", 3)]), ("3", [("U1", 3)]), ("status", []), ("help", []), ("", [])]
)
def test_who_asks_for_the_status_of_which_request_is_noticed(tmp_path: Path, text: str, found: list[tuple[str, int]]):
    notes, journal = begun(tmp_path)
    slash(journal, text, acked=True)
    notes.read(journal)
    assert notes.answered() == found
    assert notes.answered() == []


def test_a_status_counts_once_it_is_answered(tmp_path: Path):
    notes, journal = begun(tmp_path)
    late, lost = slash(journal, "status #3"), slash(journal, "status #4")
    notes.read(journal)
    assert notes.answered() == []
    late.answer["acked"], lost.answer["acked"] = True, False
    assert notes.answered() == [("U1", 3)]


def test_what_happened_before_the_tour_does_not_count(tmp_path: Path):
    notes, journal = Notes.of(tmp_path / "tour.json"), Journal()
    slash(journal, "status #3", acked=True)
    notes.begin(0, journal)
    notes.read(journal)
    assert notes.answered() == []


@pytest.mark.parametrize("metadata", [dict, json.dumps])
def test_a_reply_that_arrived_after_something_broke_survived(tmp_path: Path, metadata: Any):
    notes, journal = begun(tmp_path)

    def posted(key: str, fault: str = "") -> None:
        entry = journal.add("call", "chat.postMessage", {"metadata": metadata({"event_payload": {"key": key}})})
        entry.fault = fault

    posted("reply:1")
    posted("card:5", "lost_answer")
    notes.read(journal)
    notes.arrived({1})
    assert not notes.risked
    posted("reply:2")
    posted("reply:nonsense")
    notes.read(journal)
    assert notes.risked
    notes.arrived({1})
    assert SURVIVED not in notes.seen
    notes.arrived({1, 2})
    assert notes.seen == {SURVIVED}
    assert not notes.risked
