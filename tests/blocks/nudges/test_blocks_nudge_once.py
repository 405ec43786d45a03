"""A request stands once in a message: how a wait goes on is not asked beside what presses more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.nudges.nudge import build_nudge
from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import Outcome
from bot.domain.replies import ReplyState
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem
from tests.blocks.block_samples import ANA, ITEM, NOW, PROMISE, REPLY, TARGET, texts

SLIPPED = replace(PROMISE, due_at=NOW - timedelta(minutes=1), outcome=Outcome.SLIPPED)
SLIP = replace(ITEM, rung=RungKind.SLIPPED, promise=SLIPPED)
AIM = replace(ITEM, kind=ItemKind.TARGET, rung=None, promise=None, target=TARGET)
LOST = replace(ITEM, kind=ItemKind.REPLY, rung=None, promise=None, reply=replace(REPLY, state=ReplyState.FAILED))
RECHECK = replace(ITEM, kind=ItemKind.RECHECK, rung=None, promise=None)


def nudge(*items: NudgeItem):
    return build_nudge(Nudge(ANA.id, to_channel=False, items=items), now=NOW)


def said(post) -> str:
    return "\n".join(part["text"] for part in texts(post["blocks"]))


def buttons(post) -> list[dict]:
    return [element for block in post["blocks"] if block["type"] == "actions" for element in block["elements"]]


@pytest.mark.parametrize("nearer", [SLIP, AIM, LOST], ids=["slip", "aim", "reply"])
def test_how_a_wait_goes_on_is_not_asked_beside_what_presses_more(nearer: NudgeItem):
    other = replace(RECHECK, request=replace(RECHECK.request, id=7))
    for post in (nudge(nearer, RECHECK), nudge(RECHECK, nearer)):
        assert said(post).count("#142") == 1
        assert "Go on" not in [each["text"]["text"] for each in buttons(post)]
    assert "Go on" in [each["text"]["text"] for each in buttons(nudge(replace(nearer, moot="done"), RECHECK))]
    assert "2 things" in nudge(nearer, RECHECK, other)["text"]
    assert "No longer needed" in said(nudge(nearer, replace(RECHECK, moot="done")))


def test_how_a_wait_goes_on_is_asked_beside_a_promise_that_is_ahead():
    assert "2 things" in nudge(ITEM, RECHECK)["text"]
