"""Absences as people see them: what is said, and that it passes Slack's limits whatever a client or a status wrote."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.blocks.away.away import build_away, build_away_view
from bot.blocks.away.away_form import build_away_form
from bot.blocks.away.away_posts import build_away_post
from bot.blocks.away.away_questions import build_long, build_long_view, build_taken
from bot.blocks.away.back import build_back
from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import (
    AwayForm,
    AwayPost,
    AwayShown,
    Back,
    Falling,
    Happened,
    Meanwhile,
    PostKind,
    Returned,
    StillAway,
)
from bot.domain.promises import Outcome
from bot.workspace.blockkit import check_message, check_view
from tests.blocks.block_samples import ACME, ANA, BEN, HOSTILE, NOW, PROMISE, REQUEST, hostile_card, texts

ABSENCE = Absence(3, ANA.id, NOW + timedelta(hours=9), NOW + timedelta(days=2, hours=9), BEN.id, "", Source.SLASH, NOW)
FALLING = Falling(PROMISE, REQUEST, ACME, "The invoice again", owner=ANA)
HEARD = replace(FALLING, hears=BEN)
SHOWN = AwayShown(ABSENCE, ANA, ANA, BEN, chosen=True, falling=(FALLING,))


LATER = NOW + timedelta(days=5)
SLIP = Meanwhile(Happened.SLIPPED, REQUEST, ACME, NOW, promise=PROMISE)


def _ended(outcome: Outcome) -> Falling:
    return replace(FALLING, promise=replace(PROMISE, outcome=outcome))


def said(payload: Any) -> str:
    return "\n".join(part["text"] for part in texts(payload["blocks"]))


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
        _ended(Outcome.KEPT),
        replace(_ended(Outcome.MOVED_BEFORE), moved_to=NOW),
    )
    for changed in decided:
        post = build_away(replace(SHOWN, falling=(changed,)), now=NOW)
        assert [button["text"]["text"] for button in _buttons(post)] == ["Take it back"]


def _buttons(post: Any) -> list[Any]:
    return [button for block in post["blocks"] if block["type"] == "actions" for button in block["elements"]]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (replace(FALLING, moving_to=LATER), f"The update that moves it <!date^{LATER.timestamp():.0f}^to "),
        (replace(_ended(Outcome.MOVED_BEFORE), moved_to=LATER), f"Moved <!date^{LATER.timestamp():.0f}^to "),
        (replace(_ended(Outcome.SLIPPED), moved_to=LATER), "✗ Slipped"),
        (replace(_ended(Outcome.SLIPPED), moved_to=LATER), f"Moved <!date^{LATER.timestamp():.0f}^to "),
        (replace(_ended(Outcome.MOVED_BEFORE), moved_to=ABSENCE.starts_at), "That is within the absence, too."),
    ],
)
def test_what_became_of_a_promise_is_said(item: Falling, words: str):
    assert words in said(build_away(replace(SHOWN, falling=(item,)), now=NOW))


def test_a_time_after_the_absence_is_not_called_within_it():
    moved = replace(_ended(Outcome.MOVED_BEFORE), moved_to=ABSENCE.over_at)
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
    assert _buttons(post) == []
    assert "<@U1ANA> " in said(build_away(replace(shown, reader=BEN), now=now))


def test_until_its_last_moment_it_offers_what_can_be_done():
    assert _buttons(build_away(SHOWN, now=OVER - timedelta(microseconds=1)))


def test_more_than_a_year_is_asked_about():
    post = build_long("That is longer than a year. Is it meant so?", ABSENCE.spell, member=ANA.id, cover=BEN.id)
    assert "Is it meant so?" in said(post)
    [button] = _buttons(post)
    assert (button["text"]["text"], button["action_id"]) == ("Yes, enter it", "enter_long_absence")


def test_the_window_lists_what_is_entered_and_a_status_without_an_end():
    running = replace(ABSENCE, starts_at=NOW)
    status = replace(running, ends_at=None, source=Source.STATUS, stand_in=None)
    view = build_away_form(AwayForm(ANA, ANA, (BEN,), (running, status), {BEN.id: "Ben"}), now=NOW)
    assert "Away from now until the end of Sun 29 Nov, 3 days; Ben stands in" in said(view)
    assert "Away from now, as your Slack status says" in said(view)


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
    buttons = [*_buttons(payload), *(block["accessory"] for block in payload["blocks"] if "accessory" in block)]
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


# -- limits, and words of others ---------------------------------------------------------------------------------------


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
