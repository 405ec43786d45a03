"""Windows: what they are filled with, what they offer, what they carry."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.cards.client_post import build_client_post
from bot.blocks.cards.more import build_hand_over, offers
from bot.blocks.cards.thread import build_thread_post
from bot.blocks.cards.whole_text import build_message_text
from bot.blocks.ids import MoreVerb, decode
from bot.blocks.lists.health import build_health
from bot.blocks.lists.home import build_home
from bot.blocks.lists.status import build_status
from bot.blocks.windows.pointed import is_too_long, pack_message, unpack_message, unpack_words, word_blocks
from bot.blocks.windows.profile import build_link_form, build_profile_form
from bot.blocks.windows.review import build_review
from bot.blocks.zones import zone_groups
from bot.domain.health import Audit, Audits, Health, Orphan
from bot.domain.incoming import Attachment, IncomingMessage, Source
from bot.domain.languages import Unwritten
from bot.domain.promises import ClientAnswer
from bot.domain.replies import PromiseKind
from bot.domain.requests import Direction, State
from tests.blocks.block_samples import (
    ACME,
    CARD,
    CLIENT_POST,
    HOME,
    NOW,
    OWNED,
    PROFILE,
    PROMISE,
    REVIEW,
    SETUP,
    STATUS,
    THREAD_POST,
    WORDS,
    texts,
)


def _said(payload) -> str:
    return "\n".join(part["text"] for part in texts(payload))


def _field(view, name):
    return next(block["element"] for block in view["blocks"] if block.get("block_id") == name)


def test_the_review_is_filled_with_the_words_and_the_promise():
    view = build_review(REVIEW)
    assert _field(view, "text")["initial_value"] == REVIEW.text
    assert _field(view, "due_at")["initial_date_time"] == int(REVIEW.due_at.timestamp())
    assert _field(view, "promise_kind")["initial_option"]["value"] == "hear"
    assert _field(view, "replaces")["initial_option"]["value"] == "5"
    carried = decode(view["private_metadata"])
    assert dict(carried).items() >= {"request": "142", "kind": "acknowledgement", "latest": "9", "after": "0"}.items()
    assert "“soon” is no time" in _said(view)


def test_a_reply_without_a_time_promises_nothing_until_somebody_says_so():
    view = build_review(replace(REVIEW, promise_kind=None, due_at=None, open_promises=(), replaces=None))
    assert _field(view, "promise_kind")["initial_option"]["value"] == "none"
    assert "initial_date_time" not in _field(view, "due_at")
    assert "replaces" not in str(view["blocks"])


def test_the_open_promise_of_the_same_kind_is_the_one_that_moves():
    assert _field(build_review(replace(REVIEW, replaces=None)), "replaces")["initial_option"]["value"] == "5"
    have = replace(REVIEW, replaces=None, promise_kind=PromiseKind.HAVE)
    assert _field(build_review(have), "replaces")["initial_option"]["value"] == "none"


@pytest.mark.parametrize(
    ("state", "owner", "missing"),
    [
        (State.NEW, False, {MoreVerb.RELEASE, MoreVerb.RESUME, MoreVerb.REOPEN}),
        (State.OPEN, True, {MoreVerb.RESUME, MoreVerb.REOPEN}),
        (State.WAITING_CLIENT, True, {MoreVerb.WAIT_CLIENT, MoreVerb.REOPEN}),
        (State.PARKED, True, {MoreVerb.REOPEN}),
    ],
)
def test_more_offers_what_makes_sense(state, owner, missing):
    card = replace(OWNED if owner else CARD, request=replace(CARD.request, state=state))
    assert set(MoreVerb) - set(offers(card)) == missing


def test_a_closed_request_is_reopened_or_its_client_looked_at():
    closed = replace(OWNED, request=replace(OWNED.request, state=State.DONE))
    assert offers(closed) == (MoreVerb.REOPEN, MoreVerb.PROFILE)


def test_handing_over_leaves_the_owner_out_and_needs_somebody():
    assert [choice["value"] for choice in _field(build_hand_over(OWNED), "to")["options"]] == ["U2BEN"]
    alone = build_hand_over(replace(OWNED, members=OWNED.members[:1]))
    assert "submit" not in alone
    assert "Nobody else" in _said(alone)


def test_a_very_large_team_is_chosen_from_slacks_own_list():
    many = tuple(replace(OWNED.members[1], id=f"U{number}") for number in range(150))
    assert _field(build_hand_over(replace(OWNED, members=many)), "to")["type"] == "users_select"


def test_a_clients_unusual_zone_and_language_stay():
    odd = replace(PROFILE, client=replace(ACME, tz="Etc/GMT+5", language="tlh"))
    view = build_profile_form(odd)
    assert _field(view, "tz")["initial_option"]["value"] == "Etc/GMT+5"
    assert _field(view, "language")["initial_option"]["value"] == "tlh"


def test_every_zone_is_offered_once_and_groups_fit():
    groups = zone_groups("Europe/Helsinki")
    zones = [zone for _, group in groups for zone in group]
    assert len(zones) == len(set(zones))
    assert {"UTC", "Europe/Helsinki", "America/New_York", "Asia/Kolkata"} <= set(zones)
    assert all(len(group) <= 100 for _, group in groups)


@pytest.mark.parametrize(
    ("channel", "guess"), [("acme-shared", "Acme"), ("client-beta-gmbh", "Beta Gmbh"), ("ext_foo", "Foo")]
)
def test_the_link_form_guesses_the_client_from_the_channels_name(channel, guess):
    assert _field(build_link_form("C1", channel), "name")["initial_value"] == guess


def test_an_address_in_an_approved_reply_can_be_clicked_and_reads_as_itself():
    post = build_client_post(replace(CLIENT_POST, text="See https://acme.example/a?b=1. Thanks, (https://x.example)!"))
    elements = post["blocks"][0]["elements"][0]["elements"]
    assert [element["url"] for element in elements if element["type"] == "link"] == [
        "https://acme.example/a?b=1",
        "https://x.example",
    ]
    assert all("text" not in element for element in elements if element["type"] == "link")


def test_answer_buttons_stand_only_under_a_new_time():
    plain = build_client_post(replace(CLIENT_POST, ask_if_it_works=False))
    assert len(plain["blocks"]) == 1
    answered = build_client_post(replace(CLIENT_POST, answer=ClientAnswer.SOONER))
    assert "You said: I need it sooner." in _said(answered["blocks"])
    assert [button["text"]["text"] for button in answered["blocks"][-1]["elements"]] == ["That works", "Please call me"]


def test_home_guides_until_both_steps_are_done():
    fresh = build_home(replace(HOME, setup=replace(SETUP, linked=())), now=NOW)
    assert "☑  Invite me" in _said(fresh)
    assert "☐  Go into" in _said(fresh)
    assert "☐" not in _said(build_home(HOME, now=NOW))


def test_home_says_kindly_that_nothing_waits():
    empty = replace(HOME, mine=(), unclaimed=(), promises=(), total_mine=0, total_unclaimed=0)
    assert "A calm day." in _said(build_home(empty, now=NOW))


def test_status_tells_every_promise_and_what_happened():
    said = _said(build_status(STATUS, now=NOW)["blocks"])
    assert "↷ Moved before it was due" in said
    assert " · Claimed" in said


def test_health_says_what_waits():
    assert (
        "1 message waits to leave" in build_health(Health(ready=True, outbox_waiting=1, oldest_waiting_s=3.2))["text"]
    )
    assert "is well" in build_health(Health(ready=True))["text"]


@pytest.mark.parametrize(
    ("found", "mended", "words"),
    [
        ({}, {}, "found nothing that had lost its way"),
        ({Orphan.MESSAGE: 2}, {}, "found nothing that had lost its way"),
        ({Orphan.PAUSE: 1}, {Orphan.PAUSE: 1}, "1 pause had no end. All of it is mended."),
        ({Orphan.PAUSE: 2}, {Orphan.PAUSE: 1}, "2 pauses had no end. The log says what could not be mended."),
        (
            {Orphan.PROMISE: 2, Orphan.REQUEST: 1, Orphan.ABSENCE: 3},
            {Orphan.REQUEST: 1},
            "2 open promises had no next step, 1 request of ours had no clock and 3 absences were over, and nobody",
        ),
    ],
)
def test_health_says_what_the_hourly_look_found(found: dict[Orphan, int], mended: dict[Orphan, int], words: str):
    audits = Audits(Audit(NOW, found, mended))
    assert words in build_health(Health(ready=True, audits=audits))["text"]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({}, "Maria Keller (Acme) wrote"),
        ({"direction": Direction.OUT, "author": "Ana"}, "Ana to Acme"),
        ({"direction": Direction.OUT, "author": "Ana", "said_directly": True}, "Ana wrote to Acme directly"),
        ({"edited": True}, "(edited)"),
        ({"deleted": True}, "This message was deleted."),
    ],
)
def test_the_thread_mirrors_who_said_what(message, words):
    post = build_thread_post(replace(THREAD_POST, message=replace(THREAD_POST.message, **message)))
    assert words in _said(post["blocks"])
    assert words in post["text"]


def test_a_message_travels_through_its_form_whole():
    incoming = IncomingMessage(
        source=Source.SHORTCUT,
        identity="C1:1.2",
        text="",
        at=NOW + timedelta(microseconds=5),
        sender_user="U1",
        sender_team="T1",
        sender_name="Mail & <Bot> = 100%",
        channel="C1",
        ts="1.2",
        thread="1.1",
        attachments=(Attachment("a&b=c.pdf", "application/pdf", "https://x", "F1", 12),),
    )
    assert unpack_message(pack_message(incoming)) == incoming
    many = replace(incoming, attachments=incoming.attachments * 99)
    assert unpack_message(pack_message(many)).identity == "C1:1.2"
    words = "Zeile 🙂\n" * 2_000
    assert is_too_long(words)
    assert unpack_words({"blocks": word_blocks(words)}) == words
    assert unpack_message("") is None


def test_a_status_offers_what_to_do_about_its_open_promise():
    assert "Send delay update" in _said(build_status(STATUS, now=NOW)["blocks"])
    done = replace(STATUS, promises=(replace(PROMISE, outcome="kept"),))
    assert "Send delay update" not in _said(build_status(done, now=NOW)["blocks"])


def test_show_all_parts_a_long_text_between_words():
    long = replace(CARD, opening=(replace(WORDS, text="internationalisation " * 1_000),))
    parts = [build_message_text(long, part=part)["blocks"] for part in range(3)]
    quotes = [block["elements"][0] for blocks in parts for block in blocks if block["type"] == "rich_text"]
    quoted = [quote["elements"][0]["text"] for quote in quotes]
    assert len(quoted) == 3
    assert all(set(piece.split()) == {"internationalisation"} for piece in quoted)


def test_a_review_says_when_the_ready_reply_is_not_in_the_clients_language():
    assert "Ready replies" not in _said(build_review(REVIEW)["blocks"])
    german = build_review(replace(REVIEW, unwritten=Unwritten("de")))
    assert "Ready replies are in English for now; Acme reads German." in _said(german["blocks"])
    guessed = build_review(replace(REVIEW, unwritten=Unwritten("ru", guessed=True)))
    assert "Ready replies are in English for now; this looks like Russian." in _said(guessed["blocks"])


def test_a_status_does_not_say_a_short_request_twice():
    short = replace(WORDS, text=OWNED.request.ask, attachments=())
    status = replace(STATUS, card=replace(OWNED, opening=(short,)))
    assert _said(build_status(status, now=NOW)["blocks"]).count(OWNED.request.ask) == 1
