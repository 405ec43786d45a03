"""A pile: more than ten requests that wait for whoever is in the team's channel are one message that can be read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.limits import LIMITS, MESSAGE_TOTAL, width
from bot.blocks.nudges.nudge import build_nudge
from bot.domain.ladder.nudges import BUNDLE_MOST, PILE_MOST
from bot.domain.snapshots.nudge import ItemKind, Nudge
from bot.domain.targets import TargetKind
from tests.blocks.block_samples import CARD, ITEM, NOW, TARGET, hostile_card, texts

AIM = replace(ITEM, kind=ItemKind.TARGET, rung=None, owner=None, promise=None, target=TARGET)


def waiting(number, *, client="", minutes=0, **facts):
    """An aim of request `number`, whose client waits since so many minutes."""
    since = NOW - timedelta(minutes=minutes or number)
    request = replace(CARD.request, id=number, waiting_since=since)
    named = replace(ITEM.client, name=client) if client else ITEM.client
    return replace(AIM, **{"key": f"nudge:target:{number}:0:0:channel", "request": request, "client": named, **facts})


def post_of(items, recipient="channel"):
    return build_nudge(Nudge(recipient, to_channel=recipient == "channel", items=tuple(items)), now=NOW)


def said(post):
    return "\n".join(part["text"] for part in texts(post["blocks"]))


def shown(post):
    """The requests that stand there with their buttons, in order."""
    rows = [block["elements"] for block in post["blocks"] if block["type"] == "actions"]
    return [next(one["accessibility_label"].split()[1] for one in row if "Show" in one["text"]["text"]) for row in rows]


def test_twenty_six_say_how_many_and_show_the_five_that_waited_longest():
    post = post_of([waiting(number) for number in range(1, 27)])
    assert "*26 requests wait for a first answer*" in said(post)
    assert "The five that waited longest stand here. `/headsup open` shows all." in said(post)
    assert shown(post) == ["#26", "#25", "#24", "#23", "#22"]
    assert "And 21 more" in said(post)
    assert post["text"].startswith("26 requests wait for a first answer\n#26 · Acme")
    assert post["text"].endswith("And 21 more. `/headsup open` shows all.")


def test_the_others_are_named_client_by_client():
    pile = [waiting(number, minutes=100 - number) for number in range(1, 13)]
    others = [waiting(20 + n, client=name, minutes=1) for n, name in enumerate(["Kajo", "Beta", "Kajo"])]
    words = said(post_of([*pile, *others]))
    assert "Acme #6, #7, #8, #9, #10, #11, #12 · Kajo #20, #22 · Beta #21" in words


@pytest.mark.parametrize(
    ("count", "recipient", "is_pile"),
    [(BUNDLE_MOST, "channel", False), (BUNDLE_MOST + 1, "channel", True), (BUNDLE_MOST + 1, "U1ANA", False)],
)
def test_up_to_ten_are_shown_one_by_one_and_so_is_what_goes_to_a_person(count, recipient, is_pile):
    post = post_of([waiting(number) for number in range(1, count + 1)], recipient)
    assert ("more" in said(post)) is is_pile
    assert len(shown(post)) == (5 if is_pile else BUNDLE_MOST)


def test_a_request_of_which_something_is_open_is_not_called_over():
    nears = replace(ITEM, owner=None, request=replace(ITEM.request, id=9))
    aims = [
        waiting(number, client="Kajo Kahvi", moot="answered" if number in {9, 10} else "") for number in range(1, 13)
    ]
    post = post_of([nears, *aims])
    assert shown(post)[0] == "#9"
    struck = [part["text"] for part in texts(post["blocks"]) if part.get("style") == {"strike": True}]
    assert struck == ["Kajo Kahvi #10"]


def test_who_is_answered_makes_room_for_the_next_and_is_struck_through():
    items = [waiting(number, moot="answered" if number > 20 else "") for number in range(1, 27)]
    post = post_of(items)
    assert "*20 requests wait for a first answer*" in said(post)
    assert shown(post) == ["#20", "#19", "#18", "#17", "#16"]
    struck = [part["text"] for part in texts(post["blocks"]) if part.get("style") == {"strike": True}]
    assert struck == ["Acme #21, #22, #23, #24, #25, #26"]
    assert "No longer needed: " in said(post)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (0, "Nothing left to do here"),
        (1, "A client is waiting for a first word"),
        (5, "5 requests wait for a first answer"),
    ],
)
def test_the_last_few_are_shown_whole_and_promise_no_more(left, words):
    post = post_of([waiting(number, moot="" if number <= left else "answered") for number in range(1, 13)])
    assert words in said(post)
    assert len(shown(post)) == left
    assert "more" not in said(post)
    assert "shows all" not in said(post)
    assert "shows all" not in post["text"]


def test_what_was_promised_stands_before_what_is_aimed_at():
    promised = [replace(ITEM, key=f"{n}", request=replace(ITEM.request, id=100 + n)) for n in range(2)]
    post = post_of([*(waiting(number) for number in range(1, 13)), *promised])
    assert "*14 things to look at*" in said(post)
    assert shown(post) == ["#100", "#101", "#12", "#11", "#10"]
    assert "The five that press most stand here." in said(post)


def test_as_many_promises_as_fit_are_shown_and_the_rest_is_named():
    promised = [replace(ITEM, key=f"{n}", request=replace(ITEM.request, id=100 + n)) for n in range(14)]
    post = post_of(promised)
    assert len(shown(post)) == 8
    assert "The eight that press most stand here." in said(post)
    assert "And 6 more" in said(post)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (TargetKind.NEXT_ANSWER, "11 requests wait for an answer"),
        (TargetKind.NEXT_WORD, "11 requests wait for word of when they hear again"),
    ],
)
def test_what_all_wait_for_is_said(kind, words):
    post = post_of([waiting(n, target=replace(TARGET, kind=kind)) for n in range(1, 12)])
    assert words in said(post)
    mixed = [waiting(n, target=replace(TARGET, kind=kind)) for n in range(1, 6)]
    assert "11 requests wait for an answer" in said(post_of([*mixed, *(waiting(n) for n in range(6, 12))]))


@pytest.mark.parametrize("moot", ["", "x" * 3_000])
@pytest.mark.parametrize("kind", [ItemKind.TARGET, ItemKind.REPLY, ItemKind.PROMISE, ItemKind.RECHECK])
def test_the_largest_pile_of_the_longest_names_fits_slack(kind, moot):
    card = hostile_card("Ünïcode <!here> *bold* 🙂 " * 60)
    item = replace(ITEM, kind=kind, request=card.request, client=card.client, target=TARGET, reply=card.replies[0])
    items = [replace(item, key=f"{n}", excerpt="🙂" * 3_000, moot=moot if n % 2 else "") for n in range(PILE_MOST)]
    post = post_of(items)
    assert len(post["blocks"]) <= LIMITS["message.blocks"]
    assert width(post["text"]) <= LIMITS["message.update_text"]
    assert all(width(part["text"]) <= LIMITS["text.text"] for part in texts(post["blocks"]))
    assert sum(width(part["text"]) for part in texts(post["blocks"])) <= MESSAGE_TOTAL
