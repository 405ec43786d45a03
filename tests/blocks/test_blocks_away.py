"""Absences as people see them: what is said, and that it passes Slack's limits whatever a client or a status wrote."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from block_samples import ACME, ANA, BEN, HOSTILE, NOW, PROMISE, REQUEST, hostile_card, texts

from bot.blocks.away import build_away, build_away_form, build_away_view, build_taken
from bot.blocks.away_posts import build_away_post, build_back
from bot.domain.absences import Absence, Source
from bot.domain.away import (
    AwayForm,
    AwayPost,
    AwayShown,
    Back,
    Falling,
    Happened,
    Meanwhile,
    PostKind,
    Returned,
)
from bot.domain.promises import Outcome
from bot.workspace.blockkit import check_message, check_view

ABSENCE = Absence(3, ANA.id, NOW + timedelta(hours=9), NOW + timedelta(days=2, hours=9), BEN.id, "", Source.SLASH, NOW)
FALLING = Falling(PROMISE, REQUEST, ACME, "The invoice again", owner=ANA)
SHOWN = AwayShown(ABSENCE, ANA, ANA, BEN, chosen=True, falling=(FALLING,))


def said(payload: Any) -> str:
    return "\n".join(part["text"] for part in texts(payload["blocks"]))


def test_it_says_in_words_what_was_understood_and_who_stands_in():
    post = build_away(SHOWN, now=NOW)
    assert "Away from Sat 28 Nov, 00:00 until Mon 30 Nov, 00:00; <@U2BEN> stands in." in said(post)
    assert "Sun 29 Nov is the last day." in said(post)
    assert post["text"].startswith("Away from Sat 28 Nov, 00:00 until Mon 30 Nov, 00:00; <@U2BEN> stands in.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stand_in": None}, "nobody stands in, so the team channel hears what nears its time"),
        ({"chosen": False}, "nobody stands in, so <@U2BEN> as the lead hears what nears its time"),
        ({"reader": BEN}, "<@U1ANA> is away from"),
        ({"reader": BEN}, "you stand in"),
        ({"reader": BEN}, "Times are Ana's, in Europe/Helsinki."),
        ({"falling": ()}, "No promise of yours falls into it."),
        ({"falling": (), "reader": BEN}, "No promise of theirs falls into it."),
        ({"notes": ("03:30 comes twice on Sun 25 Oct; I take the first.",)}, "I take the first."),
        ({"falling": (replace(FALLING, kept=True),)}, "It stays; <@U2BEN> hears of it meanwhile."),
        ({"falling": (replace(FALLING, owner=BEN),)}, "<@U2BEN> has it now."),
        ({"falling": (replace(FALLING, owner=None),)}, "The team has it now."),
        ({"falling": (replace(FALLING, due=False),)}, "nudges about it would have come within"),
    ],
)
def test_it_says_how_things_are(changes: dict[str, Any], words: str):
    assert words in said(build_away(replace(SHOWN, **changes), now=NOW))


def test_an_open_promise_of_theirs_can_be_handed_over_moved_and_kept():
    rows = [block for block in build_away(SHOWN, now=NOW)["blocks"] if block["type"] == "actions"]
    assert [button["text"]["text"] for button in rows[0]["elements"]] == ["Hand over to Ben", "Move", "Keep"]
    for changed in (replace(FALLING, owner=BEN), replace(FALLING, kept=True), _ended(Outcome.KEPT)):
        post = build_away(replace(SHOWN, falling=(changed,)), now=NOW)
        assert "Keep" not in said(post)


def _ended(outcome: Outcome) -> Falling:
    return replace(FALLING, promise=replace(PROMISE, outcome=outcome))


def test_what_was_taken_back_offers_nothing():
    post = build_away(replace(SHOWN, absence=replace(ABSENCE, ended_at=NOW)), now=NOW)
    assert "Taken back: away from Sat 28 Nov, 00:00 until Mon 30 Nov, 00:00." in said(post)
    assert [block for block in post["blocks"] if block["type"] == "actions"] == []


def test_the_window_lists_what_is_entered_and_a_status_without_an_end():
    running = replace(ABSENCE, starts_at=NOW)
    status = replace(running, ends_at=None, source=Source.STATUS, stand_in=None)
    view = build_away_form(AwayForm(ANA, ANA, (BEN,), (running, status), {BEN.id: "Ben"}), now=NOW)
    assert "Away from now until Mon 30 Nov, 00:00; Ben stands in" in said(view)
    assert "Away from now, as your Slack status says" in said(view)


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (Back(ANA), "You are not away right now"),
        (Back(ANA, coming=(ABSENCE,)), "Still entered: Away from Sat 28 Nov, 00:00 until Mon 30 Nov, 00:00."),
        (Back(ANA, (ABSENCE,)), "Nothing happened to your requests."),
        (Back(ANA, (ABSENCE,), summary=True), "stands in our direct messages"),
        (Back(ANA, (replace(ABSENCE, source=Source.STATUS),)), "Your Slack status may still say"),
    ],
)
def test_back_says_what_ended_or_what_there_is(back: Back, words: str):
    assert words in said(build_back(back, now=NOW))


# -- limits, and words of others ---------------------------------------------------------------------------------------


def hostile(words: str) -> AwayShown:
    card = hostile_card(words)
    item = Falling(card.promises[0] if card.promises else PROMISE, card.request, card.client, words, owner=ANA)
    items = (replace(item, promise=PROMISE), replace(item, owner=card.owner), replace(item, kept=True)) * 20
    names = {"member": replace(ANA, name=words), "stand_in": replace(BEN, name=words), "by": replace(BEN, name=words)}
    absence = replace(ABSENCE, reason=words)
    return AwayShown(absence, reader=ANA, chosen=True, falling=items, notes=("A note.",) * 3, **names)


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
    "taken": lambda words: build_taken(f"You are {words}"[:3000], ABSENCE, ABSENCE.spell, member=ANA.id, cover=BEN.id),
    **{
        str(kind): lambda words, kind=kind: build_away_post(AwayPost(kind, replace(hostile(words), reader=BEN)))
        for kind in PostKind
    },
}
VIEWS = {
    "away": lambda words: build_away_view(hostile(words), now=NOW),
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
