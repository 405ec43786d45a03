import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.categories import CATEGORIES, LANE
from bot.suggest.categories import TextContext, categorise
from bot.suggest.lexicon import READ_AT_MOST, lexicon
from tests.suggest.agency_messages import MESSAGES

ALONE = TextContext()


def first(text, context=ALONE):
    return categorise(text, context)[0]


def probability(text, category, context=ALONE):
    return next(row.probability for row in categorise(text, context) if row.category == category)


def test_what_agency_clients_write_is_mostly_filed_as_the_team_would():
    right = sum(first(text).category == label for label, text in MESSAGES)
    assert right / len(MESSAGES) >= 0.9


@pytest.mark.parametrize(("label", "text"), MESSAGES)
def test_the_teams_choice_is_among_the_first_two(label, text):
    assert label in {row.category for row in categorise(text, ALONE)[:2]}


def test_a_guess_names_the_words_that_made_it():
    guess = first("Your invoice from March seems to be wrong: we were charged twice.")
    assert guess.category == "billing"
    assert guess.reasons[:2] == ("invoice", "charged")


def test_reasons_are_words_of_the_text_and_at_most_three():
    text = "The invoice, the bill and the refund of that payment: our VAT number is missing, and the fee, too."
    for row in categorise(text, ALONE):
        assert len(row.reasons) <= 3
        assert all(reason in text.lower() for reason in row.reasons)


def test_a_reason_that_another_one_says_already_is_left_out():
    assert first("We love the new site. Could you add a form?").reasons == ("could you add", "new site")


@pytest.mark.parametrize(
    ("text", "language"),
    [("Die invoice vom März ist falsch.", "de"), ("Пришлите, пожалуйста, новый invoice за март.", "en")],
)
def test_words_that_the_lexicon_does_not_speak_get_a_guess_without_reasons(text, language):
    guess = first(text, TextContext(language=language))
    assert (guess.category, guess.reasons) == ("billing", ())


def test_words_that_say_nothing_go_to_the_default_lane_without_reasons():
    for text in ("", "   ", "Hello", "🙂🙂🙂", "Привет", "你好", "\u200b\u202e"):
        guess = first(text)
        assert (guess.category, guess.reasons) == (LANE, ())


def test_every_category_is_ranked_and_probabilities_add_up():
    ranked = categorise("Could you add a careers page?", ALONE)
    assert {row.category for row in ranked} == {row.key for row in CATEGORIES}
    assert sum(row.probability for row in ranked) == pytest.approx(1)
    assert list(ranked) == sorted(ranked, key=lambda row: -row.probability)


def test_the_subject_speaks_too():
    assert first("See attached.", TextContext(subject="Invoice 2026-114 wrong")).category == "billing"


def test_thanks_in_passing_do_not_hide_what_is_asked():
    assert first("Thanks for the draft! Could you add a careers page to it?").category == "new_work"
    assert first("Thank you for your help. The contact form shows an error again.").category == "support"


@pytest.mark.parametrize("text", ["And the blue one?", "Thursday is fine", "Is it there?"])
def test_a_short_word_in_a_running_conversation_is_more_often_about_that(text):
    for category in ("follow_up", "thanks"):
        alone = probability(text, category)
        thread = probability(text, category, TextContext(in_thread=True, open_requests=1))
        assert thread > alone
    assert probability(text, "follow_up", TextContext(open_requests=1)) > probability(text, "follow_up")


def test_a_long_message_in_a_thread_speaks_for_itself():
    text = "Could you please add a careers page to our site, with a form for applicants, a picture of the team, " * 2
    assert categorise(text, ALONE) == categorise(text, TextContext(in_thread=True, open_requests=3))


def test_quoted_history_and_signatures_are_not_the_clients_words():
    text = "Any news?\n\nBest regards\nDana, Invoice and Billing Ltd\n\nOn Mon, Maya wrote:\n> the invoice is paid"
    assert first(text).category == "follow_up"
    assert probability(text, "billing") < 0.1


def test_a_language_without_a_lexicon_gets_the_english_one():
    assert first("invoice", TextContext(language="fi")).category == "billing"
    for odd in ("", "../../etc/passwd", "zz", "en-GB", "EN_us", "é", "*"):
        assert lexicon("categories", odd) is lexicon("categories")


def test_the_lexicon_speaks_only_of_categories_that_exist():
    keys = {row.key for row in CATEGORIES}
    book = lexicon("categories")
    assert {entry.label for entry in book.entries} == keys
    assert set(book.prior) <= keys


@given(st.text(max_size=400))
def test_no_text_breaks_the_guess(text):
    assert len(categorise(text, ALONE)) == len(CATEGORIES)


@pytest.mark.parametrize("piece", ["a", "want to ", "thank you for ", "still. ", "'", "no one ", "( ", "W0W ", "??!! "])
def test_fifty_thousand_characters_are_no_more_work_than_the_first_few_thousand(piece):
    """What lies beyond is not looked at, and no pattern repeats without a bound."""
    long = piece * (50_000 // len(piece))
    assert categorise(long, ALONE) == categorise(long[:READ_AT_MOST], ALONE)
