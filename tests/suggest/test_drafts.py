from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.categories import CATEGORIES
from bot.domain.hours.promised_times import Keeper
from bot.domain.languages import Unwritten
from bot.domain.replies import PromiseKind, ReplyKind, WayKind
from bot.suggest.checks import ReplyFacts, blank_left, check_reply
from bot.suggest.drafts import DelayFacts, DraftFacts, choices_for, delay_update, draft, unwritten
from bot.suggest.suggestions import DRAFTS, suggestions
from bot.suggest.times import client_time
from tests.domain.office_hours import office

NOW = datetime(2026, 11, 24, 11, 7, tzinfo=UTC)
FACTS = DraftFacts(
    client_name="Acme",
    contact_name="Dana Fischer",
    request=142,
    ask="Can you change the opening hours on the contact page?",
    owner_name="Maya Lind",
    now=NOW,
    tz="Europe/Helsinki",
)
DELAY = DelayFacts(
    contact_name="Dana Fischer",
    owner_name="Maya Lind",
    happened="the payment test failed on one of three browsers",
    doing="Ana is on it this afternoon and tests all three again",
    new_due_at=datetime(2026, 11, 25, 10, 0, tzinfo=UTC),
    now=NOW,
    promise_kind=PromiseKind.HAVE,
    old_due_at=datetime(2026, 11, 24, 13, 0, tzinfo=UTC),
    tz="Europe/Helsinki",
)
KEYS = [row.key for row in suggestions()]
BERLIN_OFFICE = office("Europe/Berlin")
FRIDAY = datetime(2026, 11, 27, 15, 40, tzinfo=UTC)
"""Twenty to five in Berlin, twenty minutes before work stops until Monday."""

SITUATIONS = list(product([*(row.key for row in CATEGORIES), "of_a_team"], range(4), (True, False), WayKind))


@pytest.mark.parametrize(("category", "heat", "waiting", "way"), SITUATIONS)
def test_every_card_offers_one_to_three_suggestions_that_differ(category, heat, waiting, way):
    choices = choices_for(category, heat=heat, waiting=waiting, way=way)
    assert 1 <= len(choices) <= 3
    assert len({choice.label for choice in choices}) == len(choices)


def test_labels_fit_a_button_and_name_a_span_rather_than_an_instant():
    """Slack: 75 characters of a button's text."""
    for row in suggestions():
        assert len(row.label) <= 75
        assert ("within" in row.label) == (row.within is not None)
        if row.within is not None:
            hours = row.within / timedelta(hours=1)
            span = f"{hours:.0f} h" if hours < 24 else f"{hours / 24:.0f} day"
            assert f", {row.label.partition(', ')[2].partition(' within')[0]} within {span}" in row.label


def test_keys_are_unique_and_a_time_always_has_its_kind_of_promise():
    assert len(set(KEYS)) == len(KEYS)
    assert all((row.promise is None) == (row.within is None) for row in suggestions())


def test_the_first_word_to_somebody_who_waits_is_an_acknowledgement_with_a_time():
    choice = choices_for("support", heat=0, waiting=True, way=WayKind.CHANNEL)[0]
    assert (choice.kind, choice.label) == (ReplyKind.ACKNOWLEDGEMENT, "Acknowledge, back within 2 h")
    written = draft(choice.key, FACTS)
    assert written.promise_kind is PromiseKind.HEAR
    assert written.due_in == timedelta(hours=1, minutes=53)
    assert written.text == (
        "Hi Dana,\n\n"
        "Thank you, I have it: “Can you change the opening hours on the contact page?”\n\n"
        "I am looking into it now. You will hear from me by 3:00 pm today (Helsinki time), with what I found.\n\n"
        "Maya"
    )


@pytest.mark.parametrize("category", ["support", "new_work", "billing", "follow_up", "of_a_team"])
def test_somebody_upset_is_heard_first_whatever_it_is_about(category):
    calm = choices_for(category, heat=1, waiting=True, way=WayKind.CHANNEL)[0]
    upset = choices_for(category, heat=2, waiting=True, way=WayKind.CHANNEL)[0]
    assert "heard" not in calm.label
    assert upset.label == "Say it was heard, answer within 1 h"
    assert "I have read every word" in draft(upset.key, FACTS).text


def test_a_complaint_is_heard_however_calmly_it_is_written():
    labels = [choice.label for choice in choices_for("complaint", heat=0, waiting=True, way=WayKind.WEBHOOK)]
    assert labels == ["Say it was heard, answer within 1 h", "Ask what would put it right", "Offer a call"]


def test_what_a_member_sends_by_hand_puts_in_writing_what_was_noted():
    choice = choices_for("new_work", heat=0, waiting=True, way=WayKind.BY_HAND)[0]
    assert "this is what I noted: “Can you change" in draft(choice.key, FACTS).text


def test_a_card_on_which_nobody_waits_offers_news_and_an_end_instead_of_an_acknowledgement():
    kinds = [choice.kind for choice in choices_for("new_work", heat=0, waiting=False, way=WayKind.CHANNEL)]
    assert kinds == [ReplyKind.ANSWER, ReplyKind.CLOSING]


@pytest.mark.parametrize("key", KEYS)
def test_every_draft_greets_a_person_and_is_signed_by_one(key):
    lines = draft(key, FACTS).text.splitlines()
    assert lines[0] == "Hi Dana,"
    assert lines[1] == ""
    assert lines[-1] == "Maya"
    assert len(draft(key, FACTS).text) < 900


@pytest.mark.parametrize("key", KEYS)
def test_every_draft_passes_its_own_look_but_for_the_blanks_that_it_leaves_to_fill_in(key):
    written = draft(key, FACTS)
    due = NOW + written.due_in if written.due_in else None
    facts = ReplyFacts(NOW, "Europe/Helsinki", due)
    blank = blank_left(written.text, facts)
    assert check_reply(written.text, facts) == ((blank,) if blank else ())


@pytest.mark.parametrize("key", KEYS)
def test_the_time_in_a_draft_is_the_promise_in_the_clients_zone_or_there_is_none(key):
    written = draft(key, FACTS)
    assert (written.promise_kind is None) == (written.due_in is None)
    if written.due_in is not None:
        assert client_time(NOW + written.due_in, "Europe/Helsinki", "en", NOW) in written.text
    else:
        assert "Helsinki time" not in written.text


@pytest.mark.parametrize(
    ("key", "tz", "told"),
    [
        (
            "support.ack",
            "Europe/Berlin",
            "I am looking into it. You will hear from me by Monday, 30 November, 10:30 am",
        ),
        ("warm.heard", "Europe/Berlin", "into it myself, before anything else. You will hear from me by Monday, 30"),
        ("follow_up.ack", "Europe/Berlin", "hear from me by Monday, 30 November, 9:30 am (Berlin time)"),
        ("new_work.ack", "Europe/Berlin", "write to you by Monday, 30 November, 4:30 pm (Berlin time)"),
        ("new_work.yes", "Europe/Berlin", "have it by Tuesday, 1 December, 4:30 pm (Berlin time)"),
        ("billing.ack", "America/New_York", "hear from me by Monday, 30 November, 6:30 am (New York time)"),
        ("billing.ack", "Pacific/Auckland", "hear from me by Tuesday, 1 December, 12:30 am (Auckland time)"),
        ("warm.call", "Europe/Berlin", "When may I call you on Monday or Tuesday, and at which number?"),
    ],
)
def test_on_a_friday_afternoon_nothing_is_promised_for_the_weekend(key, tz, told):
    facts = replace(FACTS, now=FRIDAY, tz=tz, keeper=Keeper(BERLIN_OFFICE, tz="Europe/Berlin"))
    assert told in draft(key, facts).text


def test_what_is_looked_into_now_is_not_put_down_before_they_hear():
    facts = replace(FACTS, keeper=Keeper(BERLIN_OFFICE, tz="Europe/Berlin"))
    assert "I am looking into it now. You will hear from me by 3:00 pm today" in draft("support.ack", facts).text
    assert "When may I call you today or tomorrow" in draft("warm.call", facts).text


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(KEYS),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - as asked
)
def test_no_draft_promises_a_time_at_which_nobody_works_and_its_words_are_the_promise(key, now):
    written = draft(key, replace(FACTS, now=now, keeper=Keeper(BERLIN_OFFICE, tz="Europe/Berlin")))
    if written.due_in is not None:
        assert BERLIN_OFFICE.is_open(now + written.due_in)
        assert client_time(now + written.due_in, "Europe/Helsinki", "en", now) in written.text
    due = now + written.due_in if written.due_in else None
    facts = ReplyFacts(now, "Europe/Helsinki", due)
    blank = blank_left(written.text, facts)
    assert check_reply(written.text, facts) == ((blank,) if blank else ())


@pytest.mark.parametrize("key", KEYS)
def test_a_draft_stands_without_any_name_or_ask(key):
    text = draft(key, replace(FACTS, contact_name="", owner_name="", ask="", client_name="")).text
    assert text.startswith("Hello,\n\n")
    assert "“”" not in text
    assert "None" not in text
    assert not text.endswith("\n")


@pytest.mark.parametrize("key", KEYS)
def test_what_a_client_writes_is_never_template_code(key):
    hostile = "{{ 7 * 7 }} {% for x in () %} {{ owner.__class__ }} {# gone #}"
    text = draft(key, replace(FACTS, ask=hostile, contact_name="{{contact}}", client_name=hostile)).text
    assert "49" not in text
    assert (hostile in text) == ("7 * 7" in text)
    assert text.startswith("Hi {{contact}},")


def test_a_long_or_tiny_ask_is_not_said_back():
    for ask in ("Hey", "Please add " + "a page " * 30 + "…"):
        assert "“" not in draft("support.ack", replace(FACTS, ask=ask)).text


def test_names_cannot_smuggle_lines_or_turned_writing_into_a_reply():
    text = draft("thanks.back", replace(FACTS, contact_name="Dana\n\nPS: free\u202e", owner_name="Ma\u202eya")).text
    assert text.splitlines()[0] == "Hi Dana,"
    assert text.splitlines()[-1] == "Maya"


def test_a_key_that_no_release_knows_is_an_error_the_caller_can_tell_in_words():
    with pytest.raises(KeyError):
        draft("support.gone", FACTS)


def test_until_a_language_has_its_folder_words_and_times_are_both_english():
    assert draft("support.ack", replace(FACTS, language="fi")) == draft("support.ack", FACTS)
    assert delay_update(replace(DELAY, language="fi")) == delay_update(DELAY)


def test_every_language_has_every_text():
    wanted = {row.template for row in suggestions()} | {"frame.j2", "delay_update.j2"}
    for folder in (path for path in DRAFTS.iterdir() if path.is_dir()):
        assert {path.name for path in folder.iterdir()} == wanted, folder.name


def test_a_delay_update_has_its_four_parts_in_order():
    assert delay_update(DELAY) == (
        "Hi Dana,\n\n"
        "I told you that you would have it by 3:00 pm today (Helsinki time). "
        "I cannot keep that time, and I would rather tell you now than after it. "
        "The payment test failed on one of three browsers.\n\n"
        "Ana is on it this afternoon and tests all three again.\n\n"
        "You will have it by 12:00 noon tomorrow, Wednesday (Helsinki time). Does that still work for you? "
        "If you need it sooner, tell me and we will look for another way together.\n\n"
        "Maya"
    )


@pytest.mark.parametrize(
    ("minutes_left", "openly_late"),
    [(1, False), (0, True), (-1, True), (-60 * 24 * 30, True)],
)
def test_after_the_old_time_it_says_openly_that_it_has_passed(minutes_left, openly_late):
    text = delay_update(replace(DELAY, old_due_at=NOW + timedelta(minutes=minutes_left)))
    assert ("has passed without a word from me, and I am sorry" in text) is openly_late
    assert ("I would rather tell you now than after it" in text) is not openly_late


def test_a_promise_to_be_heard_from_is_moved_as_one():
    text = delay_update(replace(DELAY, promise_kind=PromiseKind.HEAR))
    assert "I told you that you would hear from me by 3:00 pm today" in text
    assert "You will hear from me by 12:00 noon tomorrow" in text


def test_the_members_own_choice_takes_the_place_of_the_default_one():
    text = delay_update(replace(DELAY, choice="Or shall I send you the two pages that are ready today?"))
    assert "(Helsinki time). Or shall I send you the two pages that are ready today?\n" in text
    assert "If you need it sooner" not in text


def test_a_delay_update_tells_the_new_time_and_passes_its_own_look():
    facts = ReplyFacts(NOW, "Europe/Helsinki", DELAY.new_due_at)
    assert check_reply(delay_update(DELAY), facts) == ()
    assert check_reply(delay_update(DELAY), replace(facts, due_at=DELAY.new_due_at + timedelta(hours=1)))


@pytest.mark.parametrize(
    ("language", "words", "known"),
    [
        ("en", "When will it be ready?", None),
        ("en-GB", "When will it be ready?", None),
        ("", "When will it be ready?", None),
        ("de", "Wann ist es fertig?", Unwritten("de")),
        ("pt-BR", "Quando fica pronto?", Unwritten("pt-BR")),
        ("de", "Когда будет готово?", Unwritten("de")),
        ("en", "Когда будет готово?", Unwritten("ru", guessed=True)),
    ],
)
def test_a_language_in_which_nothing_is_written_yet_is_known(language, words, known):
    assert unwritten(language, words) == known
