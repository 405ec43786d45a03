"""The data files: a phrase that says nothing of what its author meant must not slip in."""

import re
import tomllib

import pytest

from bot.suggest.lexicon import DATA, compiled

FILES = sorted(DATA.glob("*.toml"))


def phrases(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in [*data.get("entry", ()), *data.get("check", ())]:
        yield from [*row["words"], *row.get("but", ())]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_phrases_use_only_the_signs_that_the_lexicon_explains(path):
    odd = [phrase for phrase in phrases(path) if not re.fullmatch(r"[\w '’()|?*#…%-]+", phrase)]
    assert odd == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_phrase_matches_nothing_at_all_or_every_text(path):
    for phrase in phrases(path):
        pattern = compiled([phrase])
        assert not pattern.search(""), phrase
        assert not pattern.search("zq zq zq"), phrase


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_row_names_a_phrase_twice(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in [*data.get("entry", ()), *data.get("check", ())]:
        assert len(set(row["words"])) == len(row["words"]), [w for w in row["words"] if row["words"].count(w) > 1]


@pytest.mark.parametrize(
    ("phrase", "yes", "no"),
    [
        ("crash*", "it crashed", "the car wash"),
        ("can't", "cant log in", "canto"),
        ("can't", "can’t log in", "cannot"),
        ("want … build", "want you to please build", "want one two three four five build"),
        ("not _ work", "not really work", "not one two work"),
        ("(in|on) time", "in  time", "intime"),
        ("# days", "14 days", "some days"),
        ("third-party", "third-party", "third parties"),
        ("bug", "a BUG!", "debugging"),
    ],
)
def test_the_small_language_of_phrases(phrase, yes, no):
    pattern = compiled([phrase])
    assert pattern.search(yes.lower().replace("’", "'"))
    assert not pattern.search(no)
