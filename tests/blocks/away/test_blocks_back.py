"""Coming back and taking back as people see them: what ended, what happened meanwhile, what a status still holds."""

from dataclasses import replace
from typing import Any

import pytest

from bot.blocks.away.away import build_away
from bot.blocks.away.away_form import build_away_form
from bot.blocks.away.away_posts import build_away_post
from bot.blocks.away.back import build_back
from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import (
    AwayForm,
    AwayPost,
    Back,
    Happened,
    Meanwhile,
    PostKind,
    Returned,
    StillAway,
)
from tests.blocks.away.away_samples import ABSENCE, FALLING, LATER, SHOWN, SLIP, buttons_of, said
from tests.blocks.block_samples import ACME, ANA, BEN, NOW, REQUEST


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (Back(ANA), "You are not away right now"),
        (Back(ANA, coming=(ABSENCE,)), "Still entered: away from Sat 28 Nov until the end of Sun 29 Nov, 2 days."),
        (Back(ANA, (ABSENCE,)), "Nothing happened to your requests."),
        (Back(ANA, (ABSENCE,), summary=True), "What happened meanwhile stands in our direct messages."),
        (
            Back(ANA, (ABSENCE,), slipped=(SLIP,)),
            "#142 · Acme slipped meanwhile: that stands in our direct messages, with what can be done.",
        ),
        (Back(ANA, (ABSENCE,), slipped=(SLIP, SLIP)), "2 promises slipped meanwhile"),
        (Back(ANA, (ABSENCE,), summary=True, slipped=(SLIP,)), "What else happened stands there, too."),
        (Back(ANA, slipped=(SLIP,)), "nothing to end. #142 · Acme slipped meanwhile"),
        (
            Back(ANA, (ABSENCE,), passed=(replace(FALLING, owner=BEN),)),
            "#142 · Acme is with Ben. Nothing else",
        ),
        (Back(ANA, (ABSENCE,), passed=(replace(FALLING, owner=None),)), "is with the team, and nobody has it yet."),
        (Back(ANA, (ABSENCE,), passed=(replace(FALLING, owner=BEN),) * 7), "is with Ben. So are 2 more. Nothing else"),
        (Back(ANA, (replace(ABSENCE, source=Source.STATUS),)), "Your Slack status may still say"),
    ],
)
def test_back_says_what_ended_or_what_there_is(back: Back, words: str):
    assert words in said(build_back(back, now=NOW))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"to": BEN}, "#142 · Acme was brought to Ben in your place<!date"),
        ({"to": BEN, "in_hand": True}, "#142 · Acme was brought to Ben in your place, who has it in hand<!date"),
        ({"to": None}, "#142 · Acme was brought to the team channel in your place<!date"),
    ],
)
def test_a_summary_says_who_was_asked_in_their_place(asked: dict[str, Any], words: str):
    entry = Meanwhile(Happened.ASKED, REQUEST, ACME, NOW, **asked)
    assert words in build_away_post(Returned(ANA, NOW, (entry,)))["text"]


def test_back_says_once_what_is_still_entered_and_lists_all_of_it():
    one = said(build_back(Back(ANA, coming=(ABSENCE,)), now=NOW))
    assert one.endswith("\nStill entered: away from Sat 28 Nov until the end of Sun 29 Nov, 2 days.")
    four = said(build_back(Back(ANA, coming=(ABSENCE,) * 4), now=NOW))
    assert four.count("Still entered:") == 1
    assert four.count("\n• Away from Sat 28 Nov") == 4
    assert said(build_back(Back(ANA, coming=(ABSENCE,) * 12), now=NOW)).endswith("\nand 2 more")


# -- taken back while a Slack status still says away -------------------------------------------------------------------

HOLIDAY = StillAway("On holiday", LATER)
STILL = "You are still away by your Slack status “On holiday”, until Wed 2 Dec, 15:00."
WORKING = "Then it counts as working time again, from now on."


def _asks(payload: Any) -> list[str]:
    """Return what the buttons ask before an absence is taken back."""
    buttons = [*buttons_of(payload), *(block["accessory"] for block in payload["blocks"] if "accessory" in block)]
    return [button["confirm"]["text"]["text"] for button in buttons if button["action_id"] == "take_back_absence"]


@pytest.mark.parametrize(
    ("still", "absence", "words"),
    [
        (None, ABSENCE, WORKING),
        (HOLIDAY, ABSENCE, STILL),
        (
            StillAway("On holiday"),
            ABSENCE,
            "You are still away by your Slack status “On holiday”, for as long as it is set.",
        ),
        (StillAway("", LATER), ABSENCE, "You are still away by your Slack status, until Wed 2 Dec, 15:00."),
        (replace(HOLIDAY, until=ABSENCE.starts_at), ABSENCE, WORKING),
        (HOLIDAY, replace(ABSENCE, source=Source.STATUS), WORKING),
    ],
)
def test_taking_back_asks_with_what_holds_then(still: StillAway | None, absence: Absence, words: str):
    assert _asks(build_away(replace(SHOWN, absence=absence, still=still), now=NOW)) == [words]
    form = AwayForm(ANA, ANA, (BEN,), (absence,), still=still)
    assert _asks(build_away_form(form, now=NOW)) == [words]


def test_what_is_taken_back_while_a_status_holds_says_that_they_are_still_away():
    over = replace(SHOWN, absence=replace(ABSENCE, ended_at=NOW), still=HOLIDAY)
    assert STILL in said(build_away(over, now=NOW))
    assert STILL in build_away(over, now=NOW)["text"]
    assert "Ana is still away by their Slack status" in said(build_away(replace(over, reader=BEN), now=NOW))
    assert "still away" not in said(build_away(replace(over, still=None), now=NOW))


def test_nobody_is_told_that_nudges_come_again_while_a_status_holds():
    until = f"<!date^{LATER.timestamp():.0f}^until "
    mine = said(build_away_post(AwayPost(PostKind.ENDED, replace(SHOWN, still=HOLIDAY))))
    assert f"By your Slack status you are still away {until}" in mine
    assert "Nudges come to you again" not in mine
    theirs = said(build_away_post(AwayPost(PostKind.NO_LONGER, replace(SHOWN, reader=BEN, still=HOLIDAY))))
    assert f"By their Slack status they are still away {until}" in theirs
    assert "is back" not in theirs
