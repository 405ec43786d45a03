"""A person who does what the tour says finishes it, and one who goes another way is followed."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from trial_lived import STEPS, Fed, Lived, living

from bot.services.outbox import looking, pacing
from bot.workspace.companion import Spot
from bot.workspace.errors import ControlError
from tests.support.walk_ground import until

pytestmark = pytest.mark.xdist_group("tour")


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


def in_hours(lived: Lived, hours: float) -> int:
    return int(lived.control.clock()["now"] + hours * 3600)


async def promise_about_acme(lived: Lived) -> None:
    await lived.press(lived.spot("claim"))
    await until(lambda: lived.step("claim").done, "the claim")
    await lived.press(lived.spot("acknowledge"))
    await lived.send_what_opens("mira")
    await until(lambda: lived.step("acknowledge").done, "the promise")


async def tell_the_delay(lived: Lived) -> None:
    await lived.press(lived.spot("delay"))
    values = {"happened": "A test fails.", "doing": "We mend it.", "new_due_at": in_hours(lived, 6)}
    await lived.send_what_opens("mira", **values)
    await until(lambda: lived.step("delay").done, "the delay update")


async def test_who_does_what_it_says_finishes_the_tour(lived: Lived):
    assert lived.done() == []
    assert lived.step("look").way == "Begin"
    lived.control.take_step("look")
    await lived.until_done("look")

    assert lived.step("claim").title == "Claim #1 from Acme"
    assert lived.spot("claim").label == "Claim"
    await lived.press(lived.spot("claim"))
    await lived.until_done("look", "claim")

    await lived.press(lived.spot("acknowledge"))
    assert "Nothing leaves before" in lived.step("acknowledge").text
    await until(lambda: lived.control.views("mira"), "the review window")
    await lived.control.submit("mira")
    await until(lambda: "leaves 10 seconds after Send" in lived.step("acknowledge").text, "the undo time to be told")
    assert lived.done() == ["look", "claim"]
    await lived.control.close("mira", everything=True)
    lived.later(11)
    await lived.until_done("look", "claim", "acknowledge")

    assert lived.spot("arrived").user == "carla"
    assert lived.spot("arrived").room == "acme-shared"
    assert "Become Carla of Acme" in lived.step("arrived").text
    lived.look_at(lived.spot("arrived"))
    await lived.until_done("look", "claim", "acknowledge", "arrived")

    assert lived.step("time").jump == lived.briefing.jumps[0].key
    assert lived.briefing.jumps[0].why.startswith("Mira, about #1 Acme: ")
    lived.jump()
    await lived.until_done("look", "claim", "acknowledge", "arrived", "time")

    assert lived.spot("delay").room == "dm"
    await tell_the_delay(lived)
    await lived.until_done("look", "claim", "acknowledge", "arrived", "time", "delay")

    assert lived.spot("answer").user == "carla"
    assert lived.spot("answer").label == "That works"
    await lived.press(lived.spot("answer"))
    await lived.until_done("look", "claim", "acknowledge", "arrived", "time", "delay", "answer")

    assert lived.spot("ledger") == Spot("mira", "requests", typed="/headsup status #1")
    await lived.control.slash("mira", *lived.spot("ledger").typed.split(" ", 1))
    await lived.until_done(*STEPS[:-1])

    assert lived.spot("survive") == Spot(label="An answer is lost", beside=True)
    lived.control.fault("chat.postMessage", "lost_answer")
    await until(lambda: "The trap is set. Now press “" in lived.step("survive").text, "the switch to be noticed")
    await lived.press(lived.spot("survive"))
    await lived.send_what_opens("mira")
    await lived.until_done(*STEPS)
    await lived.until_account("channel replies", 3, 3)
    assert lived.briefing.tour is not None
    assert lived.briefing.tour.closing


async def test_a_restart_forgets_no_step(folder: Path):
    async with living(folder) as lived:
        await promise_about_acme(lived)
        lived.look_at(lived.spot("arrived"))
        await lived.control.slash("mira", "/headsup", "status #1")
        await lived.until_done("look", "claim", "acknowledge", "arrived", "ledger")
    async with living(folder) as lived:
        await lived.until_done("look", "claim", "acknowledge", "arrived", "ledger")
        lived.jump()
        await lived.until_done("look", "claim", "acknowledge", "arrived", "time", "ledger")


async def test_to_be_there_takes_no_step_and_any_way_asked_for_takes_the_first(lived: Lived):
    lived.look_at(Spot("mira", "requests"))
    lived.control.open_home("mira")
    lived.control.say("mira", "#general", "Good morning!")
    await lived.until_account("requests", 3, 3)
    assert lived.done() == []
    lived.control.take_step("claim")
    await lived.until_done("look")
    with pytest.raises(ControlError, match="no step 'nonsense'"):
        lived.control.take_step("nonsense")


async def test_a_status_shows_the_ledger_to_members_only_and_once_there_is_one(lived: Lived):
    lived.control.take_step("look")
    await lived.control.slash("mira", "/headsup", "status #1")
    await promise_about_acme(lived)
    for who, text in (("gwen", "status #1"), ("mira", "status #2"), ("mira", "status #99"), ("mira", "help")):
        result = await lived.control.slash(who, "/headsup", text)
        assert result.acked
    lived.control.open_home("mira")
    lived.look_at(lived.spot("arrived"))
    await lived.until_done("look", "claim", "acknowledge", "arrived")
    await lived.control.slash("jonas", "/headsup", "status #1")
    await lived.until_done("look", "claim", "acknowledge", "arrived", "ledger")


async def test_notes_that_cannot_be_read_let_the_tour_begin_anew(folder: Path):
    async with living(folder) as lived:
        await promise_about_acme(lived)
    (folder / "tour.json").write_text("{", encoding="utf-8")
    async with living(folder) as lived:
        assert lived.done() == []
        assert lived.step("claim").title.startswith("Claim #2")
    assert json.loads((folder / "tour.json").read_text(encoding="utf-8"))["since"] > 0


async def test_another_member_with_another_request_is_followed(lived: Lived):
    cards = {one["text"].split()[0]: one["ts"] for one in lived.control.read("#requests")["messages"]}
    await lived.press(Spot("priya", "requests", cards["#2"], "Claim"))
    await lived.until_done("look", "claim")
    assert lived.spot("acknowledge").user == "priya"
    assert lived.spot("acknowledge").message == cards["#2"]
    assert "Priya" in lived.step("claim").text
    await lived.press(lived.spot("acknowledge"))
    await lived.send_what_opens("priya")
    await lived.until_done("look", "claim", "acknowledge")
    assert (lived.spot("arrived").user, lived.spot("arrived").room) == ("dieter", "beta-shared")
    assert "Become Dieter of Beta GmbH" in lived.step("arrived").text
    lived.jump()
    await lived.until_done("look", "claim", "acknowledge", "time")
    assert (lived.spot("delay").user, lived.spot("delay").room) == ("priya", "dm")


async def test_a_client_with_a_system_of_its_own_is_told_of_as_one(lived: Lived):
    cards = {one["text"].split()[0]: one["ts"] for one in lived.control.read("#requests")["messages"]}
    await lived.press(Spot("mira", "requests", cards["#3"], "Acknowledge, back within 2 h"))
    await lived.send_what_opens("mira")
    await lived.until_done("look", "claim", "acknowledge", "arrived")
    assert lived.spot("arrived").room == "outside-orbit"
    assert "signed, and exactly once" in lived.step("arrived").text
    await lived.until_account("webhook replies", 1, 1)
    lived.jump()
    await lived.until_done("look", "claim", "acknowledge", "arrived", "time")
    await tell_the_delay(lived)
    await lived.until_done("look", "claim", "acknowledge", "arrived", "time", "delay", "answer")
    assert lived.spot("answer").room == "outside-orbit"


async def test_words_without_a_time_are_asked_for_one(lived: Lived):
    await lived.press(lived.spot("acknowledge"))
    await lived.send_what_opens("mira", promise_kind="none")
    await until(lambda: "no time yet" in lived.step("acknowledge").text, "the tour to ask for a time")
    assert lived.done() == ["look", "claim"]
    assert lived.spot("acknowledge").label, "there is a button that has one"


async def test_the_jump_goes_to_the_tours_own_nudge_and_else_to_the_soonest(lived: Lived):
    cards = {one["text"].split()[0]: one["ts"] for one in lived.control.read("#requests")["messages"]}
    await promise_about_acme(lived)
    assert lived.briefing.jumps[0].why.startswith("Mira, about #1 Acme: ")
    await lived.press(Spot("jonas", "requests", cards["#3"], "Acknowledge, back within 2 h"))
    await lived.send_what_opens("jonas")
    await until(lambda: lived.briefing.jumps[0].why.startswith("Jonas, about #3"), "the furthest to be followed")
    lived.jump()
    await until(lambda: lived.step("time").done, "the nudge")
    await until(
        lambda: lived.briefing.jumps[0].label == "To the next nudge: Sam, about #3 Orbit Travel",
        "the lead to come next, as long as Jonas does not answer",
    )


async def test_a_promise_that_was_kept_meanwhile_does_not_end_the_tour(lived: Lived):
    await promise_about_acme(lived)
    lived.jump()
    await until(lambda: lived.step("time").done, "the nudge")
    await lived.press(Spot("mira", "dm", lived.spot("delay").message, "Answered"))
    await until(lambda: "#1 has no open promise any more" in lived.step("delay").text, "the tour to notice")
    assert lived.spot("delay").label, "another one can be acknowledged"
