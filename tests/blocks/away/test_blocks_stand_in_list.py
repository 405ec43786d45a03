"""What whoever stands in reads: the promises that fall into an absence, each as it stands now."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks.away.away_posts import build_away_post
from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import AwayPost, AwayShown, Falling, PostKind
from bot.domain.people import Member
from bot.domain.promises import Outcome
from tests.blocks.block_samples import ACME, ANA, BEN, NOW, PROMISE, REQUEST

ABSENCE = Absence(3, ANA.id, NOW + timedelta(hours=9), NOW + timedelta(days=2, hours=9), BEN.id, "", Source.SLASH, NOW)
DUE = replace(PROMISE, due_at=NOW + timedelta(days=1))
FALLING = Falling(DUE, REQUEST, ACME, "The invoice again", owner=ANA)
SHOWN = AwayShown(ABSENCE, ANA, BEN, BEN, chosen=True, falling=(FALLING,))
SAM = Member("U3SAM", "Sam")
AFTER, WITHIN = ABSENCE.over_at, ABSENCE.over_at - timedelta(seconds=1)


def post(*items: Falling) -> Any:
    return build_away_post(AwayPost(PostKind.STANDS_IN, replace(SHOWN, falling=items)))


def lines(payload: Any) -> list[tuple[str, bool]]:
    """Return each line of the list in words, and whether its title is struck through."""
    found = []
    for block in payload["blocks"]:
        if block["type"] == "rich_text":
            for each in block["elements"]:
                words = "".join(map(_words, each["elements"]))
                found.append((words, each["elements"][0].get("style", {}).get("strike", False)))
    return found


def _words(element: Any) -> str:
    if element["type"] == "date":
        return f"{element['format'].partition('{')[0]}{element['timestamp']}"
    return f"@{element['user_id']}" if element["type"] == "user" else element["text"]


def ended(outcome: Outcome) -> Falling:
    return replace(FALLING, promise=replace(DUE, outcome=outcome))


def at(moment: Any) -> str:
    return f"{moment.timestamp():.0f}"


@pytest.mark.parametrize(
    ("item", "words", "struck", "counts"),
    [
        (FALLING, f"due {at(DUE.due_at)}", False, True),
        (replace(FALLING, kept=True), f"due {at(DUE.due_at)}", False, True),
        (replace(FALLING, moving_to=AFTER), f"due {at(DUE.due_at)}", False, True),
        (replace(FALLING, owner=BEN), f"yours now, due {at(DUE.due_at)}", False, False),
        (replace(FALLING, owner=SAM), f"@U3SAM has it now, due {at(DUE.due_at)}", True, False),
        (replace(FALLING, owner=None), f"nobody has it now, due {at(DUE.due_at)}", True, False),
        (replace(ended(Outcome.MOVED_BEFORE), moved_to=AFTER), f"moved to {at(AFTER)}", True, False),
        (replace(ended(Outcome.MOVED_BEFORE), moved_to=WITHIN), f"moved to {at(WITHIN)}", False, True),
        (replace(ended(Outcome.SLIPPED), moved_to=WITHIN), f"moved to {at(WITHIN)}", False, True),
        (
            replace(ended(Outcome.MOVED_BEFORE), moved_to=AFTER, owner=BEN),
            f"yours now, moved to {at(AFTER)}",
            False,
            False,
        ),
        (ended(Outcome.KEPT), "answered", True, False),
        (replace(ended(Outcome.KEPT), owner=BEN), "answered", True, False),
        (ended(Outcome.SLIPPED), "slipped", True, False),
        (ended(Outcome.RELEASED), "no longer promised", True, False),
    ],
)
def test_each_promise_stands_as_it_is(item: Falling, words: str, struck: bool, counts: bool):
    payload = post(item, FALLING)
    [shown, _] = lines(payload)
    assert shown == (f"#142 · Acme: {words}", struck)
    first = payload["blocks"][0]["text"]["text"]
    assert ("2 promises fall into it:" if counts else "One promise still falls into it:") in first


def test_when_nothing_is_left_it_says_so():
    assert "What fell into it is settled:" in post(ended(Outcome.KEPT))["text"]
    assert post()["text"].endswith("comes to you.")


def test_the_fallback_says_what_the_list_says():
    text = post(FALLING, replace(FALLING, owner=BEN), replace(FALLING, owner=SAM), ended(Outcome.KEPT))["text"]
    for words in ("#142 · Acme: <!date", "yours now, <!date", "<@U3SAM> has it now, <!date", "#142 · Acme: answered"):
        assert words in text


def test_a_long_list_ends():
    assert len(lines(post(*[FALLING] * 40))) == 15
