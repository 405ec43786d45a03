"""What the card says, and which presses it offers, as its request moves on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.cards.card import build_card
from bot.blocks.client_words import CARD_LINES
from bot.blocks.ids import Action, decode
from bot.blocks.lists.lines import line_text
from bot.blocks.lists.status import build_status
from bot.blocks.words import ago, plain, when
from bot.domain.languages import Unwritten
from bot.domain.promises import Ledger, Outcome
from bot.domain.replies import ReplyState, WayKind
from bot.domain.requests import State
from bot.domain.targets import TargetKind, TargetOutcome
from tests.blocks.block_samples import (
    ACME,
    CARD,
    FREE_LINE,
    NOW,
    OWNED,
    PROMISE,
    REPLY,
    REQUEST,
    STATUS,
    TARGET,
    WORDS,
    texts,
)


def _said(card) -> str:
    return "\n".join(part["text"] for part in texts(build_card(card, now=NOW)["blocks"]))


def _buttons(card) -> list[str]:
    rows = [block for block in build_card(card, now=NOW)["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


def test_an_unowned_card_offers_claim_first_three_suggestions_and_more():
    assert _buttons(CARD) == [
        "Claim",
        "Acknowledge, back within 2 h",
        "Acknowledge, back within a day",
        "Ask for the invoice number",
        "More",
    ]
    claim = build_card(CARD, now=NOW)["blocks"][-1]["elements"][0]
    assert claim["style"] == "primary"


def test_an_owned_card_names_its_owner_and_needs_no_claim():
    assert "Claim" not in _buttons(OWNED)
    assert "<@U1ANA>" in _said(OWNED)


@pytest.mark.parametrize(
    "words",
    [
        "#142 · Acme",
        "Maria Keller",
        "waiting <!date^",
        "🌶 a little upset",
        "Could you send the invoice with the right VAT number?",
        "the invoice has the old VAT number again",
        "📎 invoice.pdf (117 kB)",
        "Billing: a guess, because of “invoice” and “VAT”",
        "Nobody yet",
        "3 kept, 1 moved before",
    ],
)
def test_the_card_and_its_fallback_say_it(words):
    assert words in _said(CARD)
    if not words.startswith(("📎", "Nobody")):
        assert words in build_card(CARD, now=NOW)["text"]


def test_a_calm_message_has_no_mark_of_heat():
    assert "🌶" not in _said(replace(CARD, request=replace(REQUEST, heat=0)))


def test_a_short_request_is_not_said_twice():
    short = replace(WORDS, text=REQUEST.ask, attachments=())
    assert _said(replace(CARD, opening=(short,))).count(REQUEST.ask) == 1


def test_a_category_that_a_person_chose_says_who():
    chosen = replace(CARD, request=replace(REQUEST, category_by="U2BEN"))
    assert "Billing: chosen by Ben" in _said(chosen)


def test_a_category_that_left_the_table_is_still_the_one_that_is_set():
    gone = build_card(replace(CARD, request=replace(REQUEST, category="old_kind")), now=NOW)
    select = next(block["accessory"] for block in gone["blocks"] if "accessory" in block)
    assert select["initial_option"]["text"]["text"] == "📌 Old kind"


@pytest.mark.parametrize(
    ("lines", "more"), [(CARD_LINES - 1, False), (CARD_LINES, False), (CARD_LINES + 1, True), (5_000, True)]
)
def test_a_text_of_many_lines_is_shown_in_part_with_a_button_for_all(lines, more):
    long = replace(WORDS, text="\n".join(f"line {number}" for number in range(lines)))
    assert ("Show all" in _buttons(replace(CARD, opening=(long,)))) is more


def test_a_deleted_message_is_not_quoted():
    gone = replace(CARD, opening=(replace(WORDS, deleted=True),))
    assert "old VAT" not in _said(gone)
    assert "The client deleted this message." in _said(gone)
    assert "old VAT" not in build_card(gone, now=NOW)["text"]


def test_only_files_say_so():
    assert "(no words, only files)" in _said(replace(CARD, opening=(replace(WORDS, text=" \n"),)))


@pytest.mark.parametrize(
    ("late", "words"),
    [(timedelta(seconds=-1), "They hear from us <"), (timedelta(), "They were to hear from us <")],
)
def test_a_promise_says_when_its_time_has_come(late, words):
    promise = replace(PROMISE, due_at=NOW - late)
    assert words in _said(replace(OWNED, promises=(promise,)))


def test_a_pending_promise_is_not_told_yet():
    assert "once the reply is sent" in _said(replace(OWNED, promises=(replace(PROMISE, outcome=Outcome.PENDING),)))


def test_a_slipped_promise_is_said_openly():
    slipped = replace(OWNED, promises=(), slipped=replace(PROMISE, outcome=Outcome.SLIPPED))
    assert "*Promised*\n⚠️ They were to hear from us" in _said(slipped)
    assert "they have heard nothing since" in _said(slipped)


SLIPPED = replace(PROMISE, due_at=NOW - timedelta(hours=1), outcome=Outcome.SLIPPED)


@pytest.mark.parametrize(
    ("card", "presses"),
    [
        (replace(OWNED, promises=(), slipped=SLIPPED), ["Send delay update"]),
        (replace(CARD, slipped=SLIPPED), ["Claim", "Send delay update"]),
        (OWNED, []),
    ],
    ids=["owned", "nobody's", "nothing slipped"],
)
def test_what_slipped_can_be_said_from_its_card_before_anything_else(card, presses):
    row = build_card(card, now=NOW)["blocks"][-1]["elements"]
    assert [one["text"]["text"] for one in row][: len(presses) + 1] == [*presses, "Acknowledge, back within 2 h"]
    assert [one.get("style") for one in row].count("primary") == bool(presses)
    delay = next((one for one in row if one["action_id"] == Action.DELAY), None)
    assert (delay and decode(delay["value"])) == ({"promise": "5", "request": "142"} if presses else None)


def test_a_closed_card_has_nothing_to_delay():
    closed = replace(OWNED.request, state=State.DONE, closed_at=NOW)
    assert _buttons(replace(OWNED, request=closed, promises=(), slipped=SLIPPED)) == ["Reopen", "More"]


@pytest.mark.parametrize(
    ("state", "words", "buttons"),
    [
        (ReplyState.HELD, "⏱ Acknowledgement to in #acme-shared", ["Undo"]),
        (ReplyState.SENDING, "being sent", []),
        (ReplyState.SENT, "sent to in #acme-shared", []),
        (ReplyState.FAILED, "did not reach", ["Try again", "Edit", "Drop it"]),
        (ReplyState.UNCERTAIN, "cannot tell whether it arrived", ["It arrived", "Send again", "Drop it"]),
    ],
)
def test_each_state_of_a_reply_is_seen_with_what_can_be_done(state, words, buttons):
    card = replace(OWNED, replies=(replace(REPLY, state=state),), suggestions=())
    assert words in _said(card)
    assert _buttons(card)[: len(buttons)] == buttons


def test_words_given_by_hand_are_called_so():
    by_hand = replace(REPLY, way=WayKind.BY_HAND, state=ReplyState.SENT)
    assert "told by hand" in _said(replace(OWNED, replies=(by_hand,)))


@pytest.mark.parametrize("state", [State.DONE, State.NOT_A_REQUEST])
def test_a_closed_card_offers_to_reopen(state):
    closed = replace(OWNED, request=replace(OWNED.request, state=state, closed_at=NOW))
    assert _buttons(closed) == ["Reopen", "More"]


def test_a_parked_card_says_until_when():
    parked = replace(OWNED, request=replace(OWNED.request, state=State.PARKED, parked_until=NOW))
    assert "Parked <!date^" in _said(parked)


def test_a_client_whom_nobody_confirmed_is_marked():
    assert "a new client" in _said(replace(CARD, client=replace(ACME, confirmed=False)))


def test_the_card_is_the_same_twice():
    assert build_card(OWNED, now=NOW) == build_card(OWNED, now=NOW)


@pytest.mark.parametrize(
    ("unwritten", "words"),
    [
        (Unwritten("de-AT"), "Acme reads German; the suggested replies are in English for now."),
        (Unwritten("xx"), "Acme reads xx; the suggested replies are in English for now."),
        (Unwritten("zh", guessed=True), "This looks like Chinese; the suggested replies are in English for now."),
    ],
)
def test_a_card_says_when_its_suggestions_are_not_in_the_clients_language(unwritten, words):
    card = replace(CARD, unwritten=unwritten)
    assert words in _said(card)
    assert words in build_card(card, now=NOW)["text"]
    assert words not in _said(replace(card, suggestions=()))
    assert "in English for now" not in _said(CARD)


def test_an_aim_of_our_own_is_never_called_a_promise():
    assert "*Nothing promised yet*\nOur own aim: a first answer <!date^" in _said(CARD)
    assert "*Next promise*\nThey hear from us <!date^" in _said(replace(OWNED, target=TARGET))
    assert "*Next promise*\nNothing promised" in _said(replace(CARD, target=None))
    missed = replace(CARD, target=replace(TARGET, due_at=NOW))
    assert f"No first answer yet. Our own aim {when(NOW, 'was ')} and was missed" in _said(missed)


PASSED = replace(TARGET, due_at=NOW - timedelta(minutes=40), outcome=TargetOutcome.MISSED)
SINCE = f"Our own aim {when(PASSED.due_at, 'was ')}, missed {ago(PASSED.due_at)}"


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(hours=2), f"{SINCE}; the next one {when(NOW + timedelta(hours=2), 'is ')}"),
        (timedelta(seconds=1), f"{SINCE}; the next one {when(NOW + timedelta(seconds=1), 'is ')}"),
        (timedelta(), SINCE),
        (timedelta(seconds=-1), SINCE),
        (timedelta(hours=-9), SINCE),
    ],
    ids=["ahead", "just before", "at", "just after", "long after"],
)
@pytest.mark.parametrize(
    ("kind", "nobody"),
    [
        (TargetKind.FIRST_ANSWER, "No first answer yet"),
        (TargetKind.NEXT_ANSWER, "No answer yet"),
        (TargetKind.NEXT_WORD, "Nobody has told them when they hear again"),
    ],
)
def test_an_aim_that_passed_is_said_with_since_when_and_no_other_is_a_coming_one(kind, nobody, ahead, words):
    aim = replace(TARGET, kind=kind, due_at=NOW + ahead)
    card = replace(CARD, target=aim, missed=replace(PASSED, kind=kind))
    line = f"⚠️ {nobody}. {words}"
    assert line in _said(card).split("\n")
    assert line in build_card(card, now=NOW)["text"].split("\n")
    status = build_status(replace(STATUS, card=card), now=NOW)
    assert line in [part["text"] for part in texts(status["blocks"])]
    assert line in status["text"].split("\n")
    listed = line_text(replace(FREE_LINE, target=aim, missed=card.missed), NOW)
    assert f" · {line} · " in listed
    assert "late" not in line


def test_an_aim_that_rests_is_no_missed_one():
    card = replace(CARD, target=replace(TARGET, paused_at=NOW, remaining=timedelta(hours=1)), missed=PASSED)
    assert "Our own aim rests: a first answer, with 1 h left for it" in _said(card)
    assert "missed" not in _said(card)


def test_a_client_without_earlier_promises_needs_no_line_about_them():
    assert "so far" in _said(CARD)
    assert "so far" not in _said(replace(CARD, ledger=Ledger()))


def test_what_went_wrong_with_a_reply_stands_small_below_it():
    failed = replace(OWNED, replies=(replace(REPLY, state=ReplyState.FAILED, error="The channel is archived."),))
    blocks = build_card(failed, now=NOW)["blocks"]
    assert {"type": "context", "elements": [plain("The channel is archived.")]} in blocks
