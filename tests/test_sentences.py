"""Whatever a person is told begins with a capital and ends: found in the source, so that no new one is forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import errors
from bot.domain.commands.slash import parse
from handlers import pressing, telling
from handlers.reading import OldButtonError

ROOT = Path(__file__).parents[1]
FOLDERS = ("bot/domain", "bot/intake", "bot/outbound", "bot/services", "bot/suggest", "handlers")
ENDS = (".", "?", "!")


def classes(above: type[errors.HeadsupError]) -> Iterator[type[errors.HeadsupError]]:
    yield above
    for below in above.__subclasses__():
        yield from classes(below)


SHOWN = [*classes(errors.RefusedError), *classes(errors.SendError)]
NAMES = {shown.__name__ for shown in SHOWN}


def sentence_of(node: ast.expr) -> str:
    """Return a string of the source, with {} where something is filled in; empty for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence_of(part) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def refusals() -> Iterator[tuple[str, str]]:
    """Return where an error is given its own sentence, and the sentence."""
    for path in sorted(found for folder in FOLDERS for found in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES):
                continue
            place = 1 if node.func.id == "FieldError" else 0
            if sentence := sentence_of(node.args[place]) if len(node.args) > place else "":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", sentence


def is_a_sentence(text: str) -> bool:
    """Tell whether it begins with a capital (or a name, a quotation, a request) and ends, perhaps with one more."""
    return (text[0].isupper() or text.startswith(("#", "“", "{}"))) and text.removesuffix("{}").endswith(ENDS)


def test_every_refusal_is_a_sentence():
    found = list(refusals())
    assert len(found) > 40
    assert [(where, sentence) for where, sentence in found if not is_a_sentence(sentence)] == []


@pytest.mark.parametrize("shown", [shown for shown in SHOWN if shown is not errors.FieldError])
def test_what_an_error_says_of_itself_is_a_sentence(shown: type[errors.HeadsupError]):
    assert OldButtonError in SHOWN
    assert is_a_sentence(shown().sentence.split("\n", maxsplit=1)[0])


@pytest.mark.parametrize(
    "text", ["frobnicate", "stauts", "open now", "status @nobody", "status 99999999999", "client link"]
)
def test_what_is_not_understood_is_answered_in_a_sentence(text: str):
    assert is_a_sentence(parse(text).sentence)


@pytest.mark.parametrize("words", [pressing.SORRY, telling.MET, telling.STRANGER, telling.GUEST])
def test_what_the_edge_says_is_a_sentence(words: str):
    assert is_a_sentence(words)
