# ruff: noqa: RUF001 (Chinese has its own marks)
"""Greetings are looked past and plain thanks are known, in a few languages, without pretending to read them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.replies import WayKind
from bot.suggest.ask import ask_of, is_thanks_only
from bot.suggest.categories import TextContext, categorise
from bot.suggest.courtesy import is_greeting, looks_english, thanks_in
from bot.suggest.drafts import choices_for

MORNING = tomllib.loads((Path(__file__).parents[2] / "bot/trial/data/morning.toml").read_text(encoding="utf-8"))
LANGUAGES = {person["name"]: client["language"] for client in MORNING["client"] for person in client["people"]}
LINES = [pytest.param(line["text"], LANGUAGES[line["by"]], id=line["id"]) for line in MORNING["line"]]


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, Northlight!",
        "Hi all,",
        "Guten Morgen!",
        "Guten Abend, Frau Vogel,",
        "Sehr geehrte Damen und Herren,",
        "Hallo zusammen",
        "Huomenta!",
        "Moi kaikki!",
        "Hyvää päivää,",
        "Доброе утро!",
        "Добрый день, коллеги!",
        "早上好！",
        "大家好，",
        "您好",
    ],
)
def test_a_mere_greeting_is_known(text):
    assert is_greeting(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hallo?",
        "Hei, video ei toimi!",
        "Hei video ei toimi!",
        "Guten Morgen, unsere Druckerei braucht das Logo.",
        "Добрый день, нужны этикетки.",
        "你好，网站打不开",
        "Hi, the form is broken!",
        "Danke!",
        "",
    ],
)
def test_a_greeting_with_anything_behind_it_is_none(text):
    assert not is_greeting(text)


@pytest.mark.parametrize(("text", "language"), LINES)
def test_no_ask_of_the_morning_is_a_greeting(text, language):
    assert not is_greeting(ask_of(text, language))


@pytest.mark.parametrize(
    ("text", "language", "ask"),
    [
        (
            "Huomenta! Etusivun video ei lähde käyntiin. Kokeilin kahdella puhelimella.",
            "fi",
            "Etusivun video ei lähde käyntiin.",
        ),
        ("早上好！支付页面打不开。麻烦尽快看一下。", "zh", "支付页面打不开。"),
        ("您好！导出是乱码。能看一下吗？", "zh", "能看一下吗？"),
        ("Доброе утро! Заявки не приходят. Посмотрите, пожалуйста.", "en", "Заявки не приходят."),
        (
            "Ach! Im Warenkorb fehlen seit heute die Versandkosten.",
            "de",
            "Im Warenkorb fehlen seit heute die Versandkosten.",
        ),
        (
            "Die falsche USt-IdNr. steht auf der Rechnung! Bitte neu.",
            "de",
            "Die falsche USt-IdNr. steht auf der Rechnung!",
        ),
        ("Wann kommt er? Wir warten. Und der Flyer?", "de", "Wann kommt er? Und der Flyer?"),
        ("The form on our site is broken. Could you look at it?", "de", "Could you look at it?"),
        ("Moi!", "fi", "Moi!"),
        ("🙂", "fi", "🙂"),
        ("", "fi", ""),
    ],
)
def test_without_words_for_a_language_questions_count_else_how_it_begins(text, language, ask):
    assert ask_of(text, language) == ask


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Vielen Dank an alle!", "dank"),
        ("Guten Morgen! Danke für die Karten. Sie sehen großartig aus.", "danke"),
        ("Kiitos eilisestä! Uudet pussit näyttävät upeilta.", "kiitos"),
        ("Спасибо большое, очень красиво!", "спасибо"),
        ("谢谢！新横幅很漂亮。", "谢谢"),
    ],
)
def test_plain_thanks_are_sorted_as_such_with_their_reason(text, word):
    first = categorise(text, TextContext(language="de"))[0]
    assert (first.category, first.reasons) == ("thanks", (word,))
    offered = choices_for(first.category, heat=0, waiting=True, way=WayKind.CHANNEL)
    assert [choice.label for choice in offered] == ["Thank them back"]


@pytest.mark.parametrize(
    "text",
    [
        "Danke! Wann kommt der Flyer?",
        "Danke, aber das Logo ist unscharf.",
        "Danke im Voraus!",
        "Danke für die Karten. Das Logo ist unscharf.",
        "Danke, bitte schicken Sie noch die Rechnung.",
        "Kiitos, mutta logo puuttuu.",
        "Спасибо, но цены пропали.",
        "Спасибо! Пришлите, пожалуйста, счёт.",
        "谢谢，请今天改过来。",
        "谢谢！支付页面打不开。",
        "Guten Morgen!",
        "",
        "Danke " * 200,
    ],
)
def test_in_doubt_somebody_wants_something(text):
    assert thanks_in(text) == ""
    assert categorise(text, TextContext(language="de"))[0].category != "thanks"


@pytest.mark.parametrize("text", ["Thanks!", "Thank you so much, the new page looks amazing!"])
def test_english_thanks_of_a_client_who_reads_german_are_thanks(text):
    assert categorise(text, TextContext(language="de"))[0].category == "thanks"


def test_thanks_that_are_only_guessed_stop_no_clock():
    assert not is_thanks_only("Vielen Dank!", "de")


def test_english_is_seen_by_its_smallest_words():
    assert looks_english("Could you send the invoice?")
    assert not looks_english("Könnten Sie die Rechnung schicken?")
    assert not looks_english("Voisitteko lähettää laskun?")
    assert not looks_english("")


@given(st.text(max_size=600))
def test_no_text_breaks_it(text):
    assert isinstance(is_greeting(text), bool)
    assert thanks_in(text) in text.lower() or thanks_in(text)
    for language in ("de", "zh", "xx", ""):
        assert "\n" not in ask_of(text, language)
