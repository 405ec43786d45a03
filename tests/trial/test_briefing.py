"""What the pages are told is fresh, costs next to nothing when nothing happens, and survives trouble."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from trial_lived import Lived, living

from bot.services import delivering, overview
from bot.trial import briefing
from bot.trial.noticing import LEDGER, SURVIVED, Notes
from bot.workspace.journal import Journal
from tests.support.walk_ground import until


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "PACE_SECONDS", 0.0)


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Lived]:
    async with living(tmp_path / ".headsup") as found:
        yield found


async def test_before_everything_came_in_there_is_no_tour_but_a_banner(tmp_path: Path):
    async with living(tmp_path / ".headsup", fed=False) as lived:
        await until(lambda: lived.briefing.banner, "the banner")
        assert lived.briefing.tour is None
        assert lived.account("requests").is_right
        assert lived.briefing.jumps[0].to is None
        assert lived.briefing.jumps[0].why
        await lived.trial.feed.run()
        await until(lambda: lived.briefing.tour, "the tour")
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


def slash(journal: Journal, text: str) -> None:
    journal.add("delivery", "slash_commands", {"payload": {"text": text}})


@pytest.mark.parametrize(("text", "counts"), [("status #3", True), ("3", True), ("status", False), ("help", False)])
def test_a_requests_status_shows_what_was_promised(tmp_path: Path, text: str, counts: bool):
    notes, journal = begun(tmp_path)
    slash(journal, text)
    notes.read(journal, promised=True)
    assert (LEDGER in notes.seen) is counts
    assert Notes.of(notes.path).seen == notes.seen


def test_headsups_home_shows_it_too_once_there_is_a_promise(tmp_path: Path):
    notes, journal = begun(tmp_path)
    opened = {"payload": {"event": {"type": "app_home_opened", "tab": "home"}}}
    journal.add("delivery", "events_api", opened)
    notes.read(journal, promised=False)
    assert notes.seen == set()
    journal.add("delivery", "events_api", opened)
    notes.read(journal, promised=True)
    assert notes.seen == {LEDGER}


def test_what_happened_before_the_tour_does_not_count(tmp_path: Path):
    notes, journal = Notes.of(tmp_path / "tour.json"), Journal()
    slash(journal, "status #3")
    notes.begin(0, journal)
    notes.read(journal, promised=True)
    assert notes.seen == set()


@pytest.mark.parametrize("metadata", [dict, json.dumps])
def test_a_reply_that_arrived_after_something_broke_survived(tmp_path: Path, metadata: Any):
    notes, journal = begun(tmp_path)

    def posted(key: str, fault: str = "") -> None:
        entry = journal.add("call", "chat.postMessage", {"metadata": metadata({"event_payload": {"key": key}})})
        entry.fault = fault

    posted("reply:1")
    posted("card:5", "lost_answer")
    notes.read(journal, promised=True)
    notes.arrived({1})
    assert not notes.risked
    posted("reply:2")
    posted("reply:nonsense")
    notes.read(journal, promised=True)
    assert notes.risked
    notes.arrived({1})
    assert SURVIVED not in notes.seen
    notes.arrived({1, 2})
    assert notes.seen == {SURVIVED}
    assert not notes.risked
