"""What is said once a time that was told has passed: by the slip itself, by the aim that takes over, on the card."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks import aim_words, phrases
from bot.blocks.ids import Action, decode
from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.words import ago, when
from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import PromiseKind, ReplyState
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem
from bot.domain.targets import TargetKind, TargetOutcome
from tests.blocks.block_samples import ANA, ITEM, NOW, PROMISE, REPLY, TARGET, texts

MINUTE = timedelta(minutes=1)


def slipped(ago: timedelta = MINUTE) -> Promise:
    return replace(PROMISE, due_at=NOW - ago, outcome=Outcome.SLIPPED)


SLIP = replace(ITEM, rung=RungKind.SLIPPED, promise=slipped())
AIM = replace(
    ITEM,
    kind=ItemKind.TARGET,
    rung=None,
    promise=None,
    target=replace(TARGET, kind=TargetKind.NEXT_ANSWER),
    passed=slipped(),
)
LOST = replace(ITEM, kind=ItemKind.REPLY, rung=None, promise=None, reply=replace(REPLY, state=ReplyState.FAILED))


def nudge(*items: NudgeItem):
    return build_nudge(Nudge(ANA.id, to_channel=False, items=items), now=NOW)


def said(post) -> str:
    return "\n".join(part["text"] for part in texts(post["blocks"]))


def buttons(post) -> list[dict]:
    return [element for block in post["blocks"] if block["type"] == "actions" for element in block["elements"]]


def test_an_aim_after_a_slip_owns_it_and_offers_the_delay_update():
    post = nudge(AIM)
    assert f"We told them that they *hear from us* {when(AIM.passed.due_at, 'by ')}." in said(post)
    assert "they have had no word since" in said(post)
    assert "nobody has answered yet" not in said(post)
    assert "acknowledgement" not in said(post).lower()
    assert "A time that we told them has passed" in post["text"]
    labels = [each["text"]["text"] for each in buttons(post)]
    assert labels == ["Answered", "Send delay update", "Hand over", "Show"]
    delay = buttons(post)[1]
    assert (delay["action_id"], decode(delay["value"])["promise"]) == (Action.DELAY, str(PROMISE.id))


def test_an_aim_of_a_slip_that_nobody_owns_can_be_claimed_first():
    labels = [each["text"]["text"] for each in buttons(nudge(replace(AIM, owner=None)))]
    assert labels == ["Claim", "Answered", "Send delay update", "Hand over", "Show"]


def test_what_a_client_heard_before_is_not_denied():
    assert "heard nothing" not in said(nudge(SLIP))
    assert "they have had no word since" in said(nudge(SLIP))


@pytest.mark.parametrize(
    ("passed", "counts_on"),
    [(0, False), (11, False), (59.999, False), (60, True), (7200, True)],
    ids=["at", "seconds after", "just before a minute", "a minute after", "long after"],
)
def test_seconds_are_not_counted(passed: float, counts_on: bool):
    span = timedelta(seconds=passed)
    slip = nudge(replace(SLIP, promise=slipped(span)))
    assert (ago(NOW - span) in said(slip)) is counts_on
    missed = replace(TARGET, due_at=NOW - span, outcome=TargetOutcome.MISSED)
    aim = aim_words.aim(replace(TARGET, due_at=NOW + MINUTE), NOW, missed)
    assert (ago(NOW - span) in aim) is counts_on
    assert when(NOW - span, "was ") in aim


def test_one_request_stands_once_in_a_message():
    post = nudge(AIM, LOST)
    assert said(post).count("#142") == 1, "its reply did not get through, and that is what there is to do"
    assert "did not reach them" in said(post)
    assert said(nudge(SLIP, AIM)).count("#142") == 1
    done = nudge(AIM, replace(LOST, moot="now sent"))
    assert "they have had no word since" in said(done)
    other = replace(LOST, request=replace(LOST.request, id=7))
    assert "2 things" in nudge(AIM, other)["text"]


@pytest.mark.parametrize("kind", list(PromiseKind))
def test_a_time_that_passed_while_its_reply_waits_is_not_said_to_come(kind: PromiseKind):
    waits = replace(PROMISE, kind=kind, outcome=Outcome.PENDING, due_at=NOW)
    assert "once the reply is sent" not in phrases.promise(waits, NOW)
    assert phrases.promise(waits, NOW).startswith("Passed while its reply waits")
    assert "once the reply is sent" in phrases.promise(waits, NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("missed", "due", "says"),
    [
        (None, NOW + MINUTE, None),
        (None, NOW, NOW),
        (None, NOW - MINUTE, NOW - MINUTE),
        (NOW - 60 * MINUTE, NOW + MINUTE, NOW - 60 * MINUTE),
        (NOW - 60 * MINUTE, NOW - MINUTE, NOW - 60 * MINUTE),
    ],
    ids=["ahead", "at", "after", "an earlier one passed", "both passed"],
)
@pytest.mark.parametrize("kind", list(TargetKind))
def test_an_aim_says_that_it_has_passed(kind, missed, due, says):
    aim = replace(
        AIM,
        passed=None,
        target=replace(TARGET, kind=kind, due_at=due),
        missed=replace(TARGET, kind=kind, due_at=missed) if missed else None,
    )
    passed = f" Our own aim {when(says, 'was ')}, and has passed." if says else None
    assert (passed in said(nudge(aim))) if passed else ("has passed" not in said(nudge(aim)))
    assert "has passed" not in said(nudge(replace(aim, moot="they have an answer")))
    resting = replace(aim, target=replace(aim.target, paused_at=NOW))
    assert "has passed" not in said(nudge(resting))
