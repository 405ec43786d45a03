"""A wait says for what, since when and when somebody looks again; the question on that day can be answered at once."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks import aim_words, phrases
from bot.blocks.cards.card import build_card
from bot.blocks.cards.more import build_more
from bot.blocks.cards.waiting import build_wait
from bot.blocks.ids import decode
from bot.blocks.lists.lines import line_text
from bot.blocks.lists.status import build_status
from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.words import when
from bot.domain.pauses import REASONS
from bot.domain.promises import Outcome
from bot.domain.replies import ReplyKind
from bot.domain.requests import State
from bot.domain.snapshots.card import SuggestionChoice
from bot.domain.snapshots.nudge import ItemKind, Nudge
from bot.domain.targets import TargetKind
from tests.blocks.block_samples import ITEM, LINE, NOW, OWNED, PROMISE, STATUS, TARGET

SECOND = timedelta(seconds=1)
AGAIN = NOW + timedelta(days=3)
RESTING = replace(
    OWNED.request,
    state=State.WAITING_CLIENT,
    pause_reason="approval",
    pause_note="*the* logo",
    paused_at=NOW,
    parked_until=AGAIN,
)
QUESTION = SuggestionChoice("ask.more", "Ask for the invoice number", ReplyKind.QUESTION)
ASKED = replace(ITEM, kind=ItemKind.RECHECK, rung=None, promise=None, request=RESTING, acknowledge=QUESTION)


def _nudge(item):
    return build_nudge(Nudge(recipient="U1ANA", to_channel=False, items=(item,)), now=AGAIN)


def test_a_wait_says_why_since_when_and_until_when():
    said = phrases.state(RESTING)
    assert said.startswith("Waiting for the client: their approval · ")
    assert when(NOW, "since ") in said
    assert when(AGAIN, "we look again ") in said
    supplier = phrases.state(replace(RESTING, state=State.WAITING_SUPPLIER, pause_reason="delivery"))
    assert supplier.startswith("Waiting for a supplier: a delivery")


@pytest.mark.parametrize("state", [State.WAITING_CLIENT, State.WAITING_SUPPLIER])
@pytest.mark.parametrize(
    ("due", "outcome", "has_slipped", "stands"),
    [
        (NOW + SECOND, Outcome.OPEN, False, True),
        (NOW, Outcome.OPEN, False, False),
        (NOW - SECOND, Outcome.OPEN, False, False),
        (NOW + SECOND, Outcome.PENDING, False, False),
        (NOW + SECOND, Outcome.OPEN, True, False),
        (None, Outcome.OPEN, True, False),
        (None, Outcome.OPEN, False, False),
    ],
    ids=["ahead", "at", "just after", "not told yet", "a newer one slipped", "slipped", "none"],
)
def test_a_promise_stands_while_we_wait_until_its_time_has_come(state, due, outcome, has_slipped, stands):
    promised = replace(PROMISE, due_at=due, outcome=outcome) if due else None
    slipped = replace(PROMISE, due_at=NOW - SECOND, outcome=Outcome.SLIPPED) if has_slipped else None
    request = replace(RESTING, state=state)
    entry = replace(LINE, request=request, promise=promised, slipped=slipped)
    card = replace(OWNED, request=request, promises=(promised,) if promised else (), slipped=slipped)
    status = build_status(replace(STATUS, card=card), now=NOW)
    for shown in [line_text(entry, NOW), build_card(card, now=NOW), status["text"], status["blocks"]]:
        assert ("our promise to the client still stands" in str(shown)) is stands


def test_who_waits_for_whom_is_said_when_both_wait():
    waiting = replace(RESTING, waiting_since=NOW)
    assert phrases.waiting(waiting) == f"they have waited for our word {when(NOW, 'since ')}"
    assert phrases.waiting(replace(waiting, state=State.OPEN)) == f"waiting {when(NOW, 'since ')}"


@pytest.mark.parametrize("state", [State.WAITING_CLIENT, State.WAITING_SUPPLIER])
def test_whoever_lets_it_wait_reads_that_promises_hold_meanwhile(state):
    assert re.search(r"What we promised( the client)? holds meanwhile", str(build_wait(OWNED, state, until=AGAIN)))
    assert str(build_more(OWNED)).count("what we promised holds") == 1


def test_a_wait_of_before_without_reason_or_day_still_reads():
    bare = replace(RESTING, pause_reason="", pause_note="", paused_at=None, parked_until=None)
    assert phrases.state(bare) == "Waiting for the client"
    assert phrases.pause_note(bare) == ""


def test_our_own_words_are_gone_with_the_wait():
    assert "the* logo" in phrases.pause_note(RESTING)
    assert phrases.pause_note(replace(RESTING, state=State.OPEN)) == ""


@pytest.mark.parametrize("state", list(REASONS))
def test_the_form_offers_the_reasons_of_its_state_and_is_never_without_a_day(state):
    view = build_wait(OWNED, state, until=AGAIN)
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    assert [choice["value"] for choice in fields["reason"]["options"]] == [reason.key for reason in REASONS[state]]
    assert fields["reason"]["initial_option"]["value"] == REASONS[state][0].key
    assert fields["until"]["initial_date_time"] == int(AGAIN.timestamp())
    assert decode(view["private_metadata"])["state"] == state


def test_a_wait_that_is_changed_begins_with_what_was_chosen():
    view = build_wait(replace(OWNED, request=RESTING), State.WAITING_CLIENT, until=NOW + timedelta(days=9))
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    assert fields["reason"]["initial_option"]["value"] == "approval"
    assert fields["note"]["initial_value"] == "*the* logo"
    assert fields["until"]["initial_date_time"] == int(AGAIN.timestamp())


def test_the_question_asks_again_goes_on_or_closes_and_blames_nobody():
    post = _nudge(ASKED)
    said = str(post["blocks"])
    assert f"We have waited for their approval {when(NOW, 'since ')}. Ask again, go on, or close?" in said
    buttons = [
        element["text"]["text"]
        for block in post["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    assert buttons == ["Ask for the invoice number", "Go on", "Close", "Show"]
    note = next(e for b in post["blocks"] if b["type"] == "context" for e in b["elements"] if "logo" in e["text"])
    assert note["type"] == "plain_text"


def test_a_question_that_was_answered_is_struck_through():
    moved = replace(ASKED, request=replace(RESTING, state=State.OPEN), moot="somebody has moved it on")
    assert "No longer needed: somebody has moved it on" in str(_nudge(moved)["blocks"])


def test_an_aim_that_rests_says_how_much_is_left():
    resting = replace(TARGET, paused_at=NOW, remaining=timedelta(minutes=80))
    assert aim_words.aim(resting, NOW) == "Our own aim rests: a first answer, with 1 h 20 min left for it"


def test_an_aim_for_the_next_answer_is_called_so():
    aim = replace(TARGET, kind=TargetKind.NEXT_ANSWER)
    assert aim_words.aim(aim, NOW) == f"Our own aim: an answer {when(aim.due_at, 'by ')}"
    assert aim_words.aim(replace(aim, due_at=NOW), NOW).startswith("⚠️ No answer yet. Our own aim")
