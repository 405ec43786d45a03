from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.suggest.checks import ReplyFacts, check_reply, phrase_checks
from bot.suggest.times import client_time

NOW = datetime(2026, 11, 24, 11, 7, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
"""Friday, 27 November, 15:00 in Helsinki."""

PROMISED = ReplyFacts(NOW, "Europe/Helsinki", DUE)
NO_TIME = ReplyFacts(NOW, "Europe/Helsinki")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We will get back to you soon.", "soon"),
        ("I will fix it ASAP.", "asap"),
        ("You will have it as soon as possible.", "as soon as possible"),
        ("Our designer will write to you shortly.", "shortly"),
        ("Our supplier is late with the parts.", "our supplier"),
        ("The supplier changed a field without telling us.", "the supplier changed"),
        ("That is for the other department.", "the other department"),
        ("This is out of our hands, I am afraid.", "out of our hands"),
        ("You should have told us earlier.", "you should have"),
        ("As per my last email, it is live.", "as per my last email"),
        ("I guarantee that it works.", "i guarantee"),
        ("This won’t happen again.", "won't happen again"),
        ("We are 100% on it.", "100%"),
        ("We apologise for any inconvenience caused.", "apologise for any inconvenience caused"),
        ("Please do not hesitate to write.", "do not hesitate"),
    ],
)
def test_words_that_a_reply_is_better_without_are_pointed_out(text, words):
    sentences = check_reply(text, NO_TIME)
    assert len(sentences) == 1
    assert sentences[0].startswith(f"“{words}” ")


@pytest.mark.parametrize(
    "text",
    [
        "As soon as you send me the texts, I start.",
        "It happened sooner than we thought.",
        "How soon do you need it?",
        "Our developer is looking into it now.",
        "I called the printer for you, and they print it again.",
        "I am sorry that you had to ask twice.",
        "You wrote: “Please fix this asap, you should have called!” I am looking into it now.",
        'You wrote: "as soon as possible". I am looking into it now.',
        "> please call me soon\nI tried to reach you this morning.",
        "You can have it in blue or in green.",
    ],
)
def test_words_that_only_look_alike_and_the_clients_own_words_are_left_alone(text):
    assert check_reply(text, NO_TIME) == ()


def test_a_blank_that_nobody_filled_in_is_pointed_out():
    assert check_reply("It works again: [what was wrong]", NO_TIME) == (
        "There is still a blank to fill in: [what was wrong]",
    )
    assert check_reply("See [the page](https://acme.example) and item [1].", NO_TIME) == ()


@pytest.mark.parametrize(
    "text",
    [
        "You will have it by Friday, 27 November, 3:00 pm (Helsinki time).",
        "You will have it by 3 pm on Friday.",
        "You will have it by Friday at 15:00.",
        "You will have it by Friday.",
        "You’ll have it by 3:00 on Friday.",
        "It will be live by Nov 27.",
        "I will send it on Friday.",
        "You will have it by the end of Friday.",
        "I will call you on Thursday, and you will have it by Friday.",
        "You asked for it by Monday. You will have it by Friday.",
        "I told you that you would have it by 3 pm today. You will have it by Friday.",
        "If you send me the files by Monday, you will have it by Friday.",
        "Can you send me the files by Monday? You will have it by Friday.",
        "I was away on Monday. You will have it by Friday.",
        "You will have it by Friday or Monday.",
        "You will have it by 2 pm (Berlin time).",
        "You will have it by 2 pm CET.",
        "I will not manage it by Thursday, you will have it by Friday.",
        "The offer of 13:30 is version 2.0 for 3.15 euros, and the shop is open today.",
    ],
)
def test_a_text_that_may_mean_the_promised_time_raises_no_alarm(text):
    assert check_reply(text, PROMISED) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You will have it by 4 pm on Friday.", "4 pm on Friday"),
        ("You will have it by 16:00.", "16:00"),
        ("You will have it by 4:00.", "4:00"),
        ("You will have it by noon on Friday.", "noon on Friday"),
        ("You will have it by Thursday.", "Thursday"),
        ("You will hear from me by 3:00 pm today (Helsinki time).", "3:00 pm today"),
        ("We'll have it done by tomorrow.", "tomorrow"),
        ("You'll hear from me today.", "today"),
        ("I will write to you on Monday.", "Monday"),
        ("It will be live by 28 November.", "28 November"),
        ("It will be live by November 28th, 3 pm.", "November 28th, 3 pm"),
        ("Everything will be done no later than Saturday at 15:00.", "Saturday at 15:00"),
    ],
)
def test_a_told_time_that_is_not_the_promised_one_is_pointed_out(text, words):
    promised = "Friday, 27 November, 3:00 pm (Helsinki time)"
    assert check_reply(text, PROMISED) == (
        f"The text says “{words}”, but the promise is {promised}. Make them the same.",
    )


@pytest.mark.parametrize(
    ("due", "alarm"),
    [
        (DUE - timedelta(minutes=1), True),
        (DUE, False),
        (DUE + timedelta(seconds=30), False),
        (DUE + timedelta(minutes=1), True),
        (DUE + timedelta(days=7), False),
        (DUE + timedelta(days=1), True),
    ],
)
def test_the_told_time_is_compared_to_the_minute(due, alarm):
    """The week after is also a Friday at 3 pm: what is not said is not contradicted."""
    found = check_reply("You will have it by Friday at 3 pm.", replace(PROMISED, due_at=due))
    assert bool(found) is alarm


def test_the_days_are_the_clients_days():
    late = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    assert check_reply("You will have it by 12:30 am tomorrow.", replace(PROMISED, due_at=late)) == ()
    assert check_reply("You will have it by 10:30 pm today.", replace(PROMISED, tz="UTC", due_at=late)) == ()
    assert check_reply("You will have it by 10:30 pm today.", replace(PROMISED, due_at=late))


MIDNIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
"""The end of Tuesday in Helsinki, and the first instant of Wednesday."""


@pytest.mark.parametrize(
    "told",
    [
        "midnight tonight, at the end of Tuesday (Helsinki time)",
        "midnight tonight",
        "midnight at the end of Tuesday",
        "midnight, at the end of today",
        "midnight at the end of Tuesday, 24 November",
        "midnight",
        "12 midnight on Tuesday",
        "12:00 midnight on Wednesday",
        "midnight at the start of Wednesday",
        "Tuesday at midnight",
        "12:00 am tomorrow",
        "Wednesday, 0:00",
        "tonight",
        "Tuesday",
        "Wednesday",
    ],
)
def test_what_may_mean_the_promised_midnight_raises_no_alarm(told):
    """Without "the end of" midnight is of either day, and so is a day that has no clock beside it."""
    assert check_reply(f"You will have it by {told}.", replace(PROMISED, due_at=MIDNIGHT)) == ()


@pytest.mark.parametrize(
    "told",
    [
        "midnight at the end of Wednesday",
        "midnight at the beginning of Tuesday",
        "midnight at the end of tomorrow, Wednesday",
        "midnight at the end of 25 November",
        "midnight tomorrow at the end of Wednesday",
        "midnight on Thursday",
        "12:00 am on Tuesday",
        "noon on Wednesday",
        "11:59 pm tonight",
        "Monday",
    ],
)
def test_another_time_than_the_promised_midnight_is_pointed_out(told):
    promised = "midnight tonight, at the end of Tuesday (Helsinki time)"
    assert check_reply(f"You will have it by {told}.", replace(PROMISED, due_at=MIDNIGHT)) == (
        f"The text says “{told}”, but the promise is {promised}. Make them the same.",
    )


@pytest.mark.parametrize(
    ("due", "alarm"),
    [
        (MIDNIGHT - timedelta(minutes=1), True),
        (MIDNIGHT, False),
        (MIDNIGHT + timedelta(minutes=1), True),
        (MIDNIGHT + timedelta(days=1), True),
        (MIDNIGHT - timedelta(days=1), True),
        (MIDNIGHT + timedelta(days=7), False),
    ],
)
def test_a_told_midnight_is_compared_to_the_minute_and_the_day_that_it_ends(due, alarm):
    text = "You will have it by midnight at the end of Tuesday."
    assert bool(check_reply(text, replace(PROMISED, due_at=due))) is alarm


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31)),  # noqa: DTZ001 (made aware below)
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=9)),
    st.sampled_from(["Europe/Helsinki", "America/Havana", "Asia/Beirut", "Asia/Kathmandu", "Etc/GMT+5", "UTC"]),
    st.booleans(),
)
def test_a_time_as_we_tell_it_never_contradicts_its_own_promise(moment, ahead, tz, at_midnight):
    now = moment.replace(tzinfo=UTC)
    due = (now + ahead).replace(second=0, microsecond=0)
    if at_midnight:
        due = due.astimezone(ZoneInfo(tz)).replace(hour=0, minute=0).astimezone(UTC)
    text = f"You will have it by {client_time(due, tz, 'en', now)}."
    assert check_reply(text, ReplyFacts(now, tz, due)) == ()
    assert len(check_reply(text, ReplyFacts(now, tz))) == 1


def test_a_told_time_that_the_ledger_would_not_know_is_pointed_out():
    assert check_reply("You will have it by Friday.", NO_TIME) == (
        "The text says “Friday”, but no promise is set: nobody would be reminded. Set it, too.",
    )


def test_a_time_that_was_promised_before_may_be_said_again():
    assert check_reply("You will have it by Friday, as promised.", replace(NO_TIME, open_dues=(DUE,))) == ()


def test_a_promise_that_the_words_do_not_tell_is_pointed_out():
    assert check_reply("I am looking into it and will write to you.", PROMISED) == (
        "The promise is Friday, 27 November, 3:00 pm (Helsinki time), but the text does not tell the client. Say when.",
    )


def test_words_in_another_language_are_not_judged_by_english_times():
    assert check_reply("Sie haben es bis Freitag, 15 Uhr, versprochen.", PROMISED) == ()


def test_every_phrase_check_has_a_sentence_that_names_the_words():
    for check in phrase_checks("en"):
        assert "{words}" in check.says
        assert check.says.endswith(".")


@given(st.text(max_size=600))
def test_no_text_breaks_the_look(text):
    assert all(isinstance(sentence, str) and sentence for sentence in check_reply(text, PROMISED))
