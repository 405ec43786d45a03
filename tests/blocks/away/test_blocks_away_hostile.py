"""What is said of absences passes Slack's limits, whatever a client, a member or a status wrote."""

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks.away.away import build_away, build_away_view
from bot.blocks.away.away_form import build_away_form
from bot.blocks.away.away_posts import build_away_post
from bot.blocks.away.away_questions import build_long, build_long_view, build_taken
from bot.domain.away.away import (
    AwayForm,
    AwayPost,
    AwayShown,
    Falling,
    Happened,
    Meanwhile,
    PostKind,
    Returned,
    StillAway,
)
from bot.workspace.blockkit import check_message, check_view
from tests.blocks.away.away_samples import ABSENCE
from tests.blocks.block_samples import ANA, BEN, HOSTILE, NOW, PROMISE, hostile_card, texts


def hostile(words: str) -> AwayShown:
    card = hostile_card(words)
    item = Falling(card.promises[0] if card.promises else PROMISE, card.request, card.client, words, owner=ANA)
    items = (replace(item, promise=PROMISE), replace(item, owner=card.owner), replace(item, kept=True)) * 20
    names = {"member": replace(ANA, name=words), "stand_in": replace(BEN, name=words), "by": replace(BEN, name=words)}
    absence = replace(ABSENCE, reason=words)
    return AwayShown(
        absence, reader=ANA, chosen=True, falling=items, notes=("A note.",) * 3, still=StillAway(words, NOW), **names
    )


def happened(words: str) -> Returned:
    card = hostile_card(words)
    who = replace(BEN, name=words)
    entries = tuple(
        Meanwhile(kind, card.request, card.client, NOW, by=who, to=who, promise=PROMISE, count=3) for kind in Happened
    )
    return Returned(ANA, NOW, entries * 20, hostile(words).falling[:3])


MESSAGES = {
    "away": lambda words: build_away(hostile(words), now=NOW),
    "returned": lambda words: build_away_post(happened(words)),
    "long": lambda words: build_long(f"Meant, {words}?"[:3000], ABSENCE.spell, member=ANA.id, cover=BEN.id),
    "taken": lambda words: build_taken(f"You are {words}"[:3000], ABSENCE, ABSENCE.spell, member=ANA.id, cover=BEN.id),
    **{
        str(kind): lambda words, kind=kind: build_away_post(AwayPost(kind, replace(hostile(words), reader=BEN)))
        for kind in PostKind
    },
}
VIEWS = {
    "away": lambda words: build_away_view(hostile(words), now=NOW),
    "long": lambda words: build_long_view(
        f"Is it meant, {words}?"[:3000], ABSENCE.spell, member=ANA.id, cover=BEN.id, note=words[:150]
    ),
    "form": lambda words: build_away_form(
        AwayForm(
            replace(ANA, name=words),
            BEN,
            tuple(replace(BEN, id=f"U{number}", name=words[number:] or "x") for number in range(120)),
            (replace(ABSENCE, reason=words),) * 30,
            {BEN.id: words},
        ),
        now=NOW,
    ),
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_passes_whatever_anybody_wrote(name: str, words: str):
    post = MESSAGES[name](words)
    assert check_message(dict(post)) == []
    assert post["text"].strip()


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", VIEWS)
def test_a_window_passes_whatever_anybody_wrote(name: str, words: str):
    assert check_view(VIEWS[name](words)) == []


@pytest.mark.parametrize("name", ["mentions", "markup", "links", "date token", "amps"])
@pytest.mark.parametrize("build", [*MESSAGES.values(), *VIEWS.values()], ids=[*MESSAGES, *(f"{v} view" for v in VIEWS)])
def test_nobodys_words_become_formatting(build: Any, name: str):
    payload = build(HOSTILE[name])
    formatted = [part["text"] for part in texts(payload["blocks"]) if part.get("type") == "mrkdwn"]
    for text in formatted:
        assert "*bold*" not in text
        assert "evil" not in text
        assert "<!channel>" not in text
