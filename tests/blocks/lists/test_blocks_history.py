"""What happened to a request, in words that a person would use."""

import ast
from pathlib import Path

import pytest

from bot.blocks.lists.history import happened
from bot.domain.snapshots.status import HistoryEntry
from tests.blocks.block_samples import NOW

SERVICES = Path(__file__).parents[3] / "bot" / "services"


def _noted() -> list[str]:
    """Every kind of event that a service writes about a request, as far as it stands there in full."""
    calls = [
        node
        for path in sorted(SERVICES.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "events.note"
    ]
    about = [call for call in calls if any(word.arg == "request" for word in call.keywords)]
    return sorted({str(call.args[1].value) for call in about if isinstance(call.args[1], ast.Constant)})


def _said(kind: str, detail: str = "") -> str:
    elements = happened(HistoryEntry(NOW, kind, None, detail), {})
    return "".join(str(element.get("text", "")) for element in elements).strip(" ·\n")


@pytest.mark.parametrize("kind", _noted())
def test_every_event_is_said_in_our_own_words_not_by_its_name_in_the_database(kind):
    assert "_" not in _said(kind)
    if "_" in kind:
        assert _said(kind) != kind.replace("_", " ").capitalize()


def test_an_event_of_a_newer_release_still_reads_as_words():
    assert _said("moon_landed") == "Moon landed"


def test_the_clients_answer_is_said_in_the_words_that_they_pressed():
    assert _said("client_answered", "works") == "The client answered: That works"
