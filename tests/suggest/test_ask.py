import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suggest.ask import MOST, ask_of, asks_something, is_thanks_only
from tests.suggest.agency_messages import MESSAGES


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        (
            "Hi team, can you change the opening hours on the contact page? Thanks, Dana",
            "can you change the opening hours on the contact page?",
        ),
        (
            (
                "This is the third time I write. Your work is a joke!! What do we pay you for? "
                "The checkout is still broken. Please fix it before Friday.\nDana"
            ),
            "Please fix it before Friday.",
        ),
        (
            "I can't believe this. You people never answer. We need the logo files as SVG by Thursday!",
            "We need the logo files as SVG by Thursday!",
        ),
        (
            (
                "Hello\n\nCould you please change the following:\n1. The phone number to 555 123\n2. Opening hours\n"
                "- the footer logo\n\nBest regards\nDana Fischer\nAcme Ltd"
            ),
            "Could you please change the following: The phone number to 555 123; Opening hours; the footer logo",
        ),
        ("The contact form is broken. I am so disappointed.", "The contact form is broken."),
        ("Thanks for the draft. Dana prefers the blue one.", "Dana prefers the blue one."),
        ("> old words\nDid you see this?", "Did you see this?"),
        ("Please change e.g. the title. Thanks in advance!", "Please change e.g. the title."),
        ("Could you send the invoice?\n\nOn Mon, 3 Nov 2026 at 10:00 Maya wrote:\n> can you wait?", None),
        ("Hey", "Hey"),
        ("👍", "👍"),
        ("", ""),
        ("  \n\t ", ""),
    ],
)
def test_the_ask_is_what_is_wanted_apart_from_the_heat(text, ask):
    assert ask_of(text) == ("Could you send the invoice?" if ask is None else ask)


@given(st.text(max_size=1000))
def test_an_ask_is_always_one_line_that_fits(text):
    line = ask_of(text)
    assert len(line) <= MOST
    assert "\n" not in line
    assert "\r" not in line


def test_what_is_cut_is_cut_between_words_and_shows_it():
    line = ask_of("Could you please " + "add another page " * 40)
    assert len(line) <= MOST
    assert line.endswith((" another…", " page…", " add…"))


def test_marks_that_turn_the_direction_of_writing_do_not_reach_the_card():
    assert ask_of("Please \u202eadd\u202c a page\u0007") == "Please add a page"


def test_several_wishes_are_kept_in_their_order():
    text = "Please add a careers page. We are very happy with the rest. Could you also send the invoice?"
    assert ask_of(text) == "Please add a careers page. Could you also send the invoice?"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you so much, the new page looks amazing!",
        "Thanks for fixing the form so quickly!",
        "Perfect, thank you Maya",
        "Thank you. Works now!",
        "Hi Maya,\nthank you very much!\nBest\nDana",
        "Great job everyone, you made my day. We love it!",
        "🙏",
        *(text for label, text in MESSAGES if label == "thanks"),
    ],
)
def test_thanks_alone_are_known(text):
    assert is_thanks_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "no thanks",
        "Thanks in advance",
        "Thanks for nothing",
        "Thank you but no",
        "Thanks. The logo is blurry on mobile",
        "Thanks for fixing the form, the page is broken now",
        "Thanks for the invoice and send the second one",
        "Thanks, now add the second page",
        "Thanks, can you also change the logo",
        "Thanks, waiting for the invoice",
        "Thank you for your help. The invoice is wrong",
        "Thanks for the draft. Dana prefers the blue one.",
        "Thanks! Blue it is.",
        "Thanks, that is the third time though",
        "THANKS A LOT. This is unacceptable!!",
        *(text for label, text in MESSAGES if label != "thanks"),
    ],
)
def test_an_ask_behind_thanks_is_never_overheard(text):
    assert not is_thanks_only(text)


def test_asking_is_heard_in_questions_wishes_and_imperatives():
    assert asks_something("Is it live?")
    assert asks_something("Send the files to Jonas")
    assert asks_something("We need a banner")
    assert not asks_something("The page looks lovely")
