"""Nudges: what was told to whom, by when, and which presses still make sense."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.ids import Action, decode
from bot.blocks.limits import LIMITS
from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.words import ago, when
from bot.domain.ladder.nudges import BUNDLE_MOST, RungKind
from bot.domain.ladder.reaching import Why
from bot.domain.people import Member
from bot.domain.promises import ClientAnswer, Outcome
from bot.domain.replies import PromiseKind, ReplyState
from bot.domain.snapshots.nudge import ItemKind, Nudge
from bot.domain.targets import TargetKind
from tests.blocks.block_samples import BEN, CARD, ITEM, NOW, OWNED, PROMISE, REPLY, TARGET, texts


def _nudge(*items):
    return build_nudge(Nudge("U1ANA", to_channel=False, items=items), now=NOW)


def _said(post) -> str:
    return "\n".join(part["text"] for part in texts(post["blocks"]))


def _buttons(post) -> list[str]:
    rows = [block for block in post["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


def test_a_promise_says_what_was_told_and_offers_five_ways_and_a_look():
    post = _nudge(ITEM)
    assert "they *hear from us* <!date^" in _said(post)
    assert _buttons(post) == ["Answered", "Send delay update", "I'm on it", "Snooze", "Hand over", "Show"]
    assert "That is in 1 h." in post["text"]
    assert "#142 · Acme" in post["text"]


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=1), "in less than a minute"),
        (timedelta(seconds=59), "in less than a minute"),
        (timedelta(seconds=60), "in 1 min"),
        (timedelta(seconds=119), "in 1 min"),
        (timedelta(minutes=59, seconds=59), "in 59 min"),
        (timedelta(hours=1), "in 1 h"),
        (timedelta(minutes=119, seconds=59), "in 1 h 59 min"),
        (timedelta(hours=2), "in 2 h"),
        (timedelta(hours=49, minutes=31), "in 49 h 31 min"),
    ],
)
def test_the_notification_says_how_much_is_left_and_never_more(left, words):
    assert f"That is {words}." in _nudge(replace(ITEM, promise=replace(PROMISE, due_at=NOW + left)))["text"]


def test_a_slipped_promise_is_said_without_blame_and_cannot_be_snoozed():
    due = NOW - timedelta(minutes=1)
    promise = replace(PROMISE, due_at=due, outcome=Outcome.SLIPPED)
    post = _nudge(replace(ITEM, rung=RungKind.SLIPPED, promise=promise))
    told = f"{when(due, 'by ')}. That was due {ago(due)}, and they have had no word since. A word now still counts."
    assert told in _said(post)
    assert _buttons(post) == ["Answered", "Send delay update", "Hand over", "Show"]


def test_a_request_that_nobody_owns_can_be_claimed_from_it():
    item = replace(ITEM, kind=ItemKind.TARGET, rung=None, owner=None, promise=None, target=TARGET, request=CARD.request)
    assert _buttons(_nudge(item)) == ["Claim", "Show"]
    since = when(CARD.request.waiting_since, "since ")
    assert f"They have waited {since}, and nobody has answered yet." in _said(_nudge(item))


def test_who_had_a_first_answer_is_not_said_to_wait_for_one():
    item = replace(ITEM, kind=ItemKind.TARGET, rung=None, promise=None)
    item = replace(item, target=replace(TARGET, kind=TargetKind.NEXT_WORD))
    said = _said(_nudge(item))
    assert "A client does not know when they will hear again" in said
    assert "first word" not in said
    calm = _said(_nudge(replace(item, request=replace(CARD.request, waiting_since=None))))
    assert "Nobody has told them when they will hear again. One line with a time is enough." in calm


DUE = when(PROMISE.due_at, "by ")
IS_DUE = when(PROMISE.due_at, "is ")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ClientAnswer.WORKS, "*“That works.”* Nothing to do until then."),
        (ClientAnswer.SOONER, "*“I need it sooner.”* Can part of it be sooner? Tell them either way."),
        (ClientAnswer.CALL, "*“Please call me.”* They would rather talk than write; a short call may be enough."),
    ],
)
def test_the_clients_answer_is_told_with_what_follows(answer, words):
    item = replace(ITEM, kind=ItemKind.CLIENT_ANSWER, promise=replace(PROMISE, answer=answer))
    assert f"The time we gave them {IS_DUE}. They say: {words}" in _said(_nudge(item))
    moved = replace(item, promise=replace(PROMISE, answer=answer, replaces=4))
    assert f"The new time {IS_DUE}. They say: {words}" in _said(_nudge(moved))


def test_an_answer_that_was_taken_back_is_said_without_inventing_one():
    said = _said(_nudge(replace(ITEM, kind=ItemKind.CLIENT_ANSWER)))
    assert f"The time we gave them {IS_DUE}. They answered." in said


@pytest.mark.parametrize(("state", "first"), [(ReplyState.FAILED, "Try again"), (ReplyState.UNCERTAIN, "It arrived")])
def test_a_reply_that_needs_a_person_brings_its_buttons(state, first):
    reply = replace(REPLY, state=state, error="The channel is archived.")
    post = _nudge(replace(ITEM, kind=ItemKind.REPLY, promise=None, reply=reply))
    assert _buttons(post)[0] == first
    assert "The channel is archived." in _said(post)


def test_a_reply_that_did_not_arrive_says_what_the_client_knows():
    failed = replace(ITEM, kind=ItemKind.REPLY, promise=None, reply=replace(REPLY, state=ReplyState.FAILED))
    assert "Acknowledgement did not reach them. They do not know yet." in _said(_nudge(failed))
    unsure = replace(failed, reply=replace(REPLY, state=ReplyState.UNCERTAIN))
    assert "we cannot tell whether it arrived. Please look on their side, and say what you found." in _said(
        _nudge(unsure)
    )


def test_words_said_directly_ask_whether_they_keep_the_promise():
    post = _nudge(replace(ITEM, kind=ItemKind.SAID_DIRECTLY))
    assert _buttons(post)[0] == "Yes, answered"
    assert f"They were to *hear from us* {DUE}: was this the word they are waiting for?" in _said(post)
    have = replace(ITEM, kind=ItemKind.SAID_DIRECTLY, promise=replace(PROMISE, kind=PromiseKind.HAVE))
    assert f"They were to *have it* {DUE}: do they have it now?" in _said(_nudge(have))


def test_a_new_owner_gets_the_brief():
    post = _nudge(replace(ITEM, kind=ItemKind.HANDED_OVER, request=OWNED.request))
    assert f"They hear from us {DUE}. All that was said" in _said(post)
    assert "the client need not repeat anything" in _said(post)


def test_nobody_is_told_about_themselves():
    """Only who finds that it went on to somebody else needs to read whose it is now."""
    item = replace(ITEM, kind=ItemKind.HANDED_OVER, request=OWNED.request)
    assert "has it now" not in _said(_nudge(item))
    assert "<@U2BEN> has it now." in _said(_nudge(replace(item, owner=BEN)))


def test_a_brief_that_knows_no_promise_does_not_say_that_there_is_none():
    post = _nudge(replace(ITEM, kind=ItemKind.HANDED_OVER, request=OWNED.request, promise=None))
    assert "promised" not in _said(post).replace("said and promised", "")


def test_a_stand_in_is_not_told_that_they_promised_it():
    """The same words go to the owner, the stand-in, the lead and the channel."""
    assert f"We told them that they *hear from us* {DUE}." in _said(_nudge(ITEM))


def test_a_client_who_wrote_again_is_told_with_since_when_they_wait():
    item = replace(ITEM, kind=ItemKind.FOLLOW_UP, promise=None)
    since = when(CARD.request.waiting_since, "since ")
    assert f"Their words are in the card's thread. They have waited {since}." in _said(_nudge(item))
    resumed = _said(_nudge(replace(item, kind=ItemKind.RESUMED)))
    assert f"It was put aside until now. They have waited {since}." in resumed


def test_an_owner_is_told_why_closing_words_did_not_close():
    said = _said(_nudge(replace(ITEM, kind=ItemKind.STAYS_OPEN, promise=None)))
    number = ITEM.request.id
    assert f"They wrote again before your closing words left, so #{number} stays open." in said
    assert f"They have waited {when(CARD.request.waiting_since, 'since ')}." in said


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


def test_whose_request_it_is_stands_out_before_their_words():
    [client, words] = _nudge(ITEM)["blocks"][1]["elements"][0]["elements"]
    assert (client["text"], client["style"]) == ("#142 · Acme", {"bold": True})
    assert words["text"].startswith(" · Could you send the invoice")
    assert "style" not in words


AIM = replace(ITEM, kind=ItemKind.TARGET, rung=None, promise=None, target=TARGET)


def test_what_is_enough_for_now_is_said_once_however_many_wait():
    post = _nudge(AIM, replace(AIM, key="another"), replace(AIM, key="third"))
    assert _said(post).count("is enough for now") == 1
    assert post["text"].count("is enough for now") == 1


def test_who_only_thanked_us_waits_for_no_time():
    thanks = replace(AIM, request=replace(AIM.request, category="thanks"))
    assert "enough for now" not in _said(_nudge(thanks))
    assert _said(_nudge(thanks, AIM)).count("is enough for now") == 1


@pytest.mark.parametrize(
    ("owner", "label", "style"), [(None, "Claim", None), (ITEM.owner, "Acknowledge, back within 2 h", "primary")]
)
def test_an_aim_is_met_from_where_it_is_read(owner, label, style):
    post = _nudge(replace(AIM, owner=owner, acknowledge=CARD.suggestions[0]))
    assert _buttons(post)[0] == label
    button = next(one for row in post["blocks"] for one in row.get("elements", []) if "Acknow" in str(one.get("text")))
    assert decode(button["value"]) == {"request": "142", "suggestion": "ack.2h"}
    assert button["action_id"] == Action.SUGGESTION_1
    assert button.get("style") == style


@pytest.mark.parametrize("state", [ReplyState.FAILED, ReplyState.UNCERTAIN])
def test_ten_replies_that_need_a_person_fit_into_one_message(state):
    reply = replace(REPLY, state=state, error="The channel is archived.")
    items = [replace(ITEM, key=f"{n}", kind=ItemKind.REPLY, promise=None, reply=reply) for n in range(BUNDLE_MOST)]
    assert len(_nudge(*items)["blocks"]) <= LIMITS["message.blocks"]


CLOSES = NOW.replace(hour=17, minute=0, second=0, microsecond=0)
EARLY = replace(ITEM, closes_at=CLOSES, opens_at=CLOSES + timedelta(hours=64))
OTHERS = replace(ITEM, owner=Member("U1BEA", "Bea"), back_at=CLOSES + timedelta(days=3))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (EARLY, "You hear now because your day ends <!date^"),
        (replace(EARLY, opens_at=CLOSES + timedelta(hours=1)), "You hear now because you break <!date^"),
        (replace(EARLY, opens_at=CLOSES + timedelta(hours=6)), "You hear now because you break <!date^"),
        (replace(EARLY, opens_at=CLOSES + timedelta(hours=6), tz="Asia/Kolkata"), "because your day ends <!date^"),
        (replace(OTHERS, why=Why.AWAY), "<@U1BEA> is not at work <!date^"),
        (replace(OTHERS, why=Why.AWAY), ", so you stand in."),
        (
            replace(OTHERS, why=Why.AWAY, back_at=None),
            "<@U1BEA> has no working time left before that, so",
        ),
        (replace(OTHERS, why=Why.NOT_NOW, back_at=None), "<@U1BEA> is not at work now, so you stand in."),
        (replace(OTHERS, why=Why.UNANSWERED), "<@U1BEA> was told and has not answered."),
        (replace(ITEM, owner=None, why=Why.NOT_NOW), "Nobody owns it"),
    ],
)
def test_a_reader_learns_why_it_comes_to_them_and_why_now(item, words):
    assert words in _said(_nudge(item))


def test_nobody_is_told_about_themselves_and_what_is_over_needs_no_reason():
    assert "You hear now" not in _said(_nudge(replace(EARLY, moot="kept")))
    assert "has not answered" not in _said(_nudge(replace(ITEM, owner=Member("U1ANA", "Ana"), why=Why.UNANSWERED)))


def test_the_channel_is_asked_who_takes_it():
    post = build_nudge(Nudge("channel", to_channel=True, items=(replace(OTHERS, why=Why.NOT_NOW),)), now=NOW)
    assert "nobody else in line is at work: who takes it?" in _said(post)


def test_what_somebody_is_on_offers_no_more_putting_off():
    post = _nudge(replace(ITEM, promise=replace(ITEM.promise, acked_at=NOW)))
    assert "It is in hand: nothing more comes before then." in _said(post)
    assert _buttons(post) == ["Answered", "Send delay update", "Hand over", "Show"]
