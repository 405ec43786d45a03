"""The window after Send, and where a reply goes or went: an instant, a way back, and the truth afterwards."""

from dataclasses import replace

import pytest

from bot.blocks.cards.card import build_card
from bot.blocks.lists.status import build_status
from bot.blocks.nudges.delay import build_delay_form
from bot.blocks.windows.review import build_review
from bot.blocks.windows.sending import build_sending
from bot.blocks.words import when
from bot.domain.replies import ReplyState, Way, WayKind
from tests.blocks.block_samples import APPROVED, DELAY, NOW, OWNED, PROMISE, REPLY, REVIEW, STATUS, texts


def _said(payload) -> str:
    return "\n".join(part["text"] for part in texts(payload))


def test_send_is_answered_with_the_way_back():
    view = build_sending(APPROVED)
    assert "Sending to Acme\n · leaves at " in _said(view)
    assert f"they hear from us {when(PROMISE.due_at, 'by ')}" in _said(view)
    assert view["blocks"][-1]["elements"][0]["text"]["text"] == "Undo"
    gone = build_sending(replace(APPROVED, reply=replace(REPLY, state=ReplyState.SENT)))
    assert "Undo" not in _said(gone)


def test_words_given_by_hand_say_what_to_do():
    by_hand = replace(REPLY, way=WayKind.BY_HAND, state=ReplyState.SENT)
    assert "give Acme these words yourself" in _said(build_sending(replace(APPROVED, reply=by_hand)))


def test_what_happens_now_stands_out_after_send():
    first = build_sending(APPROVED)["blocks"][0]["elements"][0]["elements"][0]
    assert first == {"type": "text", "text": "Sending to Acme", "style": {"bold": True}}


HOOKED = replace(REPLY, way=WayKind.WEBHOOK, way_label="127.0.0.1", state=ReplyState.SENT, sent_at=NOW)


def test_a_clients_system_has_one_name_wherever_it_is_said():
    way = Way(WayKind.WEBHOOK, "https://127.0.0.1/hook", "127.0.0.1")
    assert "To Acme · their system" in _said(build_delay_form(replace(DELAY, way=way))).splitlines()
    card = replace(OWNED, replies=(HOOKED,))
    for shown in (build_card(card, now=NOW), build_status(replace(STATUS, card=card), now=NOW)):
        assert "✓ Acknowledgement sent to their system" in _said(shown["blocks"])
        assert "✓ Acknowledgement sent to their system" in shown["text"]
        assert "127.0.0.1" not in str(shown)


@pytest.mark.parametrize(
    ("label", "shown"),
    [("127.0.0.1", "their system (127.0.0.1)"), ("", "their system"), (" \n", "their system")],
)
def test_the_address_of_a_clients_system_is_looked_at_beside_its_name_before_it_is_used(label: str, shown: str):
    way = Way(WayKind.WEBHOOK, "https://127.0.0.1/hook", label)
    assert f"To Acme · {shown}" in _said(build_review(replace(REVIEW, way=way))).splitlines()


def test_the_time_of_a_reply_is_asked_for_where_something_is_promised():
    field = next(block for block in build_review(REVIEW)["blocks"] if block.get("block_id") == "due_at")
    assert field["label"]["text"] == "By when, if we promise"
    assert field["optional"], "a reply may carry no time; what is missing is said at the field"


@pytest.mark.parametrize(
    ("state", "words", "buttons"),
    [
        (ReplyState.SENDING, "Sending to Acme now", []),
        (ReplyState.SENT, "Sent to Acme", []),
        (ReplyState.FAILED, "It did not reach Acme. They do not know yet.", ["Try again", "Edit", "Drop it"]),
        (ReplyState.UNCERTAIN, "We cannot tell whether it reached Acme.", ["It arrived", "Send again", "Drop it"]),
        (ReplyState.UNDONE, "Undone: nobody outside has seen it.", []),
        (ReplyState.DROPPED, "Dropped: a time in it counts as never told.", []),
    ],
)
def test_the_window_after_send_says_what_became_of_the_words(state, words, buttons):
    view = build_sending(replace(APPROVED, reply=replace(REPLY, state=state, sent_at=NOW)))
    assert words in _said(view)
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    assert [button["text"]["text"] for row in rows for button in row] == buttons


def test_a_reply_that_should_have_left_is_said_to_wait():
    view = build_sending(APPROVED, late=True)
    assert "Waiting to leave for Acme" in _said(view)
    assert "leaves at" not in _said(view)
    assert view["blocks"][-1]["elements"][0]["text"]["text"] == "Undo"


def test_once_sent_the_time_is_a_promise_and_no_condition():
    sent = replace(APPROVED, reply=replace(REPLY, state=ReplyState.SENT, sent_at=NOW), promise=PROMISE)
    assert f"They hear from us {when(PROMISE.due_at, 'by ')}." in _said(build_sending(sent))
    assert "Once sent" not in _said(build_sending(sent))
