"""What a nudge says once it is over: it stays true however much later it is read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.nudges.nudge_over import heading_over, why_moot
from bot.blocks.words import when
from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import Outcome
from bot.domain.requests import State
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem
from tests.blocks.block_samples import ITEM, NOW, PROMISE

LATE = NOW + timedelta(minutes=21)
NEW = NOW + timedelta(hours=3)
PASSED = replace(PROMISE, due_at=NOW, outcome=Outcome.SLIPPED)
SLIP = replace(ITEM, rung=RungKind.SLIPPED, promise=replace(PASSED, told_at=LATE), moot="they got word")
WORD = when(LATE, "They got word ")
NEWER = "The time came without word; a newer message says what can still be done"


def before(**facts: Any) -> NudgeItem:
    """Return a nudge that came while there was time, after that time passed."""
    return replace(ITEM, promise=replace(PASSED, **facts), moot="slipped")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (SLIP, f"{WORD}."),
        (replace(SLIP, new_time=NEW), f"{WORD}{when(NEW, ', with a new time: ')}."),
        (replace(SLIP, promise=PASSED, moot="the request is closed"), "No longer needed: the request is closed"),
        (before(), "The time came without word."),
        (before(told_at=LATE), f"The time came without word. {WORD}."),
        (replace(ITEM, moot="now with <A>"), "No longer needed: now with &lt;A&gt;"),
        (replace(SLIP, kind=ItemKind.CLIENT_ANSWER, rung=None, moot="done"), "No longer needed: done"),
    ],
)
def test_it_says_what_became_of_it(item: NudgeItem, words: str) -> None:
    assert why_moot(item) == words


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([before()], NEWER),
        ([before(), SLIP], NEWER),
        ([before(told_at=LATE)], "Done: nothing left to do here"),
        ([replace(before(), request=replace(ITEM.request, state=State.DONE))], "Done: nothing left to do here"),
        ([before(told_at=LATE), SLIP], "Nothing left to do here"),
    ],
)
def test_it_points_to_a_newer_message_only_while_something_can_be_done_there(
    items: list[NudgeItem], words: str
) -> None:
    assert heading_over(items) == words


def test_a_slip_after_which_word_came_is_struck_through_and_has_no_buttons() -> None:
    post = build_nudge(Nudge("U1ANA", to_channel=False, items=(replace(SLIP, new_time=NEW),)), now=NOW)
    said = str(post["blocks"])
    assert f"~We told them that they *hear from us* {when(NOW, 'by ')}.~" in said
    assert why_moot(replace(SLIP, new_time=NEW)) in said
    assert "they have heard nothing" not in said
    assert not [block for block in post["blocks"] if block["type"] == "actions"]
