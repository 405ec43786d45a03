"""Nudges: what was told to whom, by when, and which presses still make sense."""

from dataclasses import replace
from datetime import timedelta

import pytest
from block_samples import CARD, ITEM, NOW, OWNED, PROMISE, REPLY, TARGET, texts

from bot.blocks.nudge import build_nudge
from bot.domain.nudges import RungKind
from bot.domain.promises import ClientAnswer, Outcome
from bot.domain.replies import ReplyState
from bot.domain.snapshots import ItemKind, Nudge
from bot.domain.targets import TargetKind


def _nudge(*items):
    return build_nudge(Nudge("U1ANA", to_channel=False, items=items), now=NOW)


def _said(post) -> str:
    return "\n".join(part["text"] for part in texts(post["blocks"]))


def _buttons(post) -> list[str]:
    rows = [block for block in post["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


def test_a_promise_says_what_was_told_and_offers_four_ways_and_a_look():
    post = _nudge(ITEM)
    assert "they *hear from us* by <!date^" in _said(post)
    assert _buttons(post) == ["Answered", "Send delay update", "Snooze", "Hand over", "Show"]
    assert "That is in 60 min." in post["text"]
    assert "#142 · Acme" in post["text"]


@pytest.mark.parametrize(
    ("left", "words"),
    [(timedelta(seconds=30), "in 1 min"), (timedelta(minutes=119), "in 119 min"), (timedelta(hours=2), "in 2 h")],
)
def test_the_notification_says_how_much_is_left(left, words):
    assert words in _nudge(replace(ITEM, promise=replace(PROMISE, due_at=NOW + left)))["text"]


def test_a_slipped_promise_is_said_without_blame_and_cannot_be_snoozed():
    promise = replace(PROMISE, due_at=NOW, outcome=Outcome.SLIPPED)
    post = _nudge(replace(ITEM, rung=RungKind.SLIPPED, promise=promise))
    assert "A word now still counts." in _said(post)
    assert _buttons(post) == ["Answered", "Send delay update", "Hand over", "Show"]


def test_a_request_that_nobody_owns_can_be_claimed_from_it():
    item = replace(ITEM, kind=ItemKind.TARGET, rung=None, owner=None, promise=None, target=TARGET, request=CARD.request)
    assert _buttons(_nudge(item)) == ["Claim", "Show"]
    assert "Nobody has answered them yet" in _said(_nudge(item))
    word = replace(item, target=replace(TARGET, kind=TargetKind.NEXT_WORD))
    assert "when they will hear again" in _said(_nudge(word))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ClientAnswer.WORKS, "Nothing to do until then"),
        (ClientAnswer.SOONER, "Can part of it be sooner?"),
        (ClientAnswer.CALL, "rather talk"),
    ],
)
def test_the_clients_answer_is_told_with_what_follows(answer, words):
    item = replace(ITEM, kind=ItemKind.CLIENT_ANSWER, promise=replace(PROMISE, answer=answer))
    assert words in _said(_nudge(item))


@pytest.mark.parametrize(("state", "first"), [(ReplyState.FAILED, "Try again"), (ReplyState.UNCERTAIN, "It arrived")])
def test_a_reply_that_needs_a_person_brings_its_buttons(state, first):
    reply = replace(REPLY, state=state, error="The channel is archived.")
    post = _nudge(replace(ITEM, kind=ItemKind.REPLY, promise=None, reply=reply))
    assert _buttons(post)[0] == first
    assert "The channel is archived." in _said(post)


def test_words_said_directly_ask_whether_they_keep_the_promise():
    post = _nudge(replace(ITEM, kind=ItemKind.SAID_DIRECTLY))
    assert _buttons(post)[0] == "Yes, answered"


def test_a_new_owner_gets_the_brief():
    post = _nudge(replace(ITEM, kind=ItemKind.HANDED_OVER, request=OWNED.request))
    assert "they need not repeat anything" in _said(post)


def test_what_no_longer_matters_is_struck_through_with_the_reason():
    post = _nudge(ITEM, replace(ITEM, moot="kept"))
    assert "No longer needed: kept" in _said(post)
    assert _buttons(post).count("Answered") == 1
    struck = [part for part in texts(post["blocks"]) if part.get("style") == {"strike": True}]
    assert struck


def test_several_are_one_message_of_at_most_ten():
    post = _nudge(*[ITEM] * 14)
    assert "10 things to look at" in _said(post)
    assert len(post["blocks"]) <= 50


def test_a_message_about_nothing_says_so():
    assert "nothing left to do" in _said(_nudge(replace(ITEM, moot="kept")))
