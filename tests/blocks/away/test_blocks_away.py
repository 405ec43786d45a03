"""Absences as people see them: what was understood, who hears, and what can be done about each promise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks.away.away import build_away
from bot.blocks.away.away_form import build_away_form
from bot.blocks.away.away_questions import build_long
from bot.domain.away.absences import Source
from bot.domain.away.away import (
    AwayForm,
    Falling,
)
from bot.domain.promises import Outcome
from tests.blocks.away.away_samples import ABSENCE, FALLING, HEARD, LATER, SHOWN, buttons_of, ended, said
from tests.blocks.block_samples import ANA, BEN, NOW


def test_it_says_in_words_what_was_understood_and_who_stands_in():
    post = build_away(SHOWN, now=NOW)
    understood = "Away from Sat 28 Nov until the end of Sun 29 Nov, 2 days; <@U2BEN> stands in."
    assert understood in said(post)
    assert post["text"].startswith(understood)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stand_in": None}, "nobody stands in, so the team channel hears what nears its time"),
        ({"chosen": False, "falling": (HEARD,)}, "nobody stands in, so <@U2BEN> as the lead hears what nears its time"),
        ({"chosen": False, "falling": ()}, "nobody stands in, so <@U2BEN> as the lead hears what nears its time"),
        ({"chosen": False}, "2 days; nobody stands in."),
        ({"chosen": False}, "<@U2BEN> is not at work in time: the team channel hears of it. They hear from us"),
        (
            {"falling": (replace(FALLING, hears=ANA),)},
            "<@U2BEN> is not at work in time: <@U1ANA> hears of it. They hear from",
        ),
        ({"stand_in": None, "falling": (HEARD,)}, "<@U2BEN> hears of it before it is due. They hear from us"),
        ({"reader": BEN}, "<@U1ANA> is away from"),
        ({"reader": BEN}, "you stand in"),
        ({"reader": BEN}, "Times are Ana's, in Europe/Helsinki."),
        ({"falling": ()}, "No promise of yours falls into it."),
        ({"falling": (), "reader": BEN}, "No promise of theirs falls into it."),
        ({"notes": ("03:30 comes twice on Sun 25 Oct; I take the first.",)}, "I take the first."),
        (
            {"falling": (replace(FALLING, kept=True, hears=BEN),)},
            "Keeps its time; <@U2BEN> hears of it before it is due.",
        ),
        (
            {"falling": (replace(FALLING, kept=True),)},
            "Keeps its time; <@U2BEN> is not at work in time: the team channel hears of it.",
        ),
        (
            {"falling": (replace(FALLING, kept=True),), "stand_in": None},
            "Keeps its time; the team channel hears of it before it is due.",
        ),
        ({"falling": (replace(FALLING, owner=BEN),)}, "Handed to <@U2BEN>."),
        ({"falling": (replace(FALLING, owner=None),)}, "Given back to the team: nobody has it yet."),
        ({"falling": (replace(FALLING, due=False),)}, "nudges about it would have come within"),
    ],
)
def test_it_says_how_things_are(changes: dict[str, Any], words: str):
    assert words in said(build_away(replace(SHOWN, **changes), now=NOW))


def test_who_hears_is_named_once_where_it_is_who_stands_in():
    assert "hears" not in said(build_away(replace(SHOWN, falling=(HEARD,)), now=NOW))


def test_an_open_promise_of_theirs_can_be_handed_over_moved_and_kept():
    rows = [block for block in build_away(SHOWN, now=NOW)["blocks"] if block["type"] == "actions"]
    assert [button["text"]["text"] for button in rows[0]["elements"]] == ["Hand over to Ben", "Move", "Keep"]
    decided = (
        replace(FALLING, owner=BEN),
        replace(FALLING, owner=None),
        replace(FALLING, kept=True),
        replace(FALLING, moving_to=NOW),
        ended(Outcome.KEPT),
        replace(ended(Outcome.MOVED_BEFORE), moved_to=NOW),
    )
    for changed in decided:
        post = build_away(replace(SHOWN, falling=(changed,)), now=NOW)
        assert [button["text"]["text"] for button in buttons_of(post)] == ["Take it back"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (replace(FALLING, moving_to=LATER), f"The update that moves it <!date^{LATER.timestamp():.0f}^to "),
        (replace(ended(Outcome.MOVED_BEFORE), moved_to=LATER), f"Moved <!date^{LATER.timestamp():.0f}^to "),
        (replace(ended(Outcome.SLIPPED), moved_to=LATER), "✗ Slipped"),
        (replace(ended(Outcome.SLIPPED), moved_to=LATER), f"Moved <!date^{LATER.timestamp():.0f}^to "),
        (replace(ended(Outcome.MOVED_BEFORE), moved_to=ABSENCE.starts_at), "That is within the absence, too."),
    ],
)
def test_what_became_of_a_promise_is_said(item: Falling, words: str):
    assert words in said(build_away(replace(SHOWN, falling=(item,)), now=NOW))


def test_a_time_after_the_absence_is_not_called_within_it():
    moved = replace(ended(Outcome.MOVED_BEFORE), moved_to=ABSENCE.over_at)
    assert "within" not in said(build_away(replace(SHOWN, falling=(moved,)), now=NOW))


EARLY = ABSENCE.starts_at + timedelta(hours=9)
OVER = ABSENCE.over_at


@pytest.mark.parametrize(
    ("ended_at", "now", "words"),
    [
        (NOW, NOW, "Taken back: you are not away from Sat 28 Nov until the end of Sun 29 Nov, 2 days."),
        (EARLY, EARLY, "That is over: you were away from Sat 28 Nov until Sat 28 Nov, 09:00."),
        (None, OVER, "That is over: you were away from Sat 28 Nov until the end of Sun 29 Nov, 2 days."),
    ],
)
def test_what_is_over_says_so_and_offers_nothing(ended_at: Any, now: Any, words: str):
    shown = replace(SHOWN, absence=replace(ABSENCE, ended_at=ended_at))
    post = build_away(shown, now=now)
    assert words in said(post)
    assert buttons_of(post) == []
    assert "<@U1ANA> " in said(build_away(replace(shown, reader=BEN), now=now))


def test_until_its_last_moment_it_offers_what_can_be_done():
    assert buttons_of(build_away(SHOWN, now=OVER - timedelta(microseconds=1)))


def test_more_than_a_year_is_asked_about():
    post = build_long("That is longer than a year. Is it meant so?", ABSENCE.spell, member=ANA.id, cover=BEN.id)
    assert "Is it meant so?" in said(post)
    [button] = buttons_of(post)
    assert (button["text"]["text"], button["action_id"]) == ("Yes, enter it", "enter_long_absence")


def test_the_window_lists_what_is_entered_and_a_status_without_an_end():
    running = replace(ABSENCE, starts_at=NOW)
    status = replace(running, ends_at=None, source=Source.STATUS, stand_in=None)
    view = build_away_form(AwayForm(ANA, ANA, (BEN,), (running, status), {BEN.id: "Ben"}), now=NOW)
    assert "Away from now until the end of Sun 29 Nov, 3 days; Ben stands in" in said(view)
    assert "Away from now, as your Slack status says" in said(view)


@pytest.mark.parametrize(
    ("member", "colleagues", "hears"),
    [
        (ANA, (replace(BEN, lead=True),), "the lead hears"),
        (replace(ANA, lead=True), (BEN,), "the team channel hears"),
        (ANA, (BEN,), "the team channel hears"),
    ],
    ids=["a lead", "the lead's own", "nobody leads"],
)
def test_the_window_says_who_hears_when_nobody_is_chosen(member: Any, colleagues: Any, hears: str):
    view = build_away_form(AwayForm(member, ANA, colleagues, ()), now=NOW)
    assert f"Open: {hears} what nears its time." in str(view)
