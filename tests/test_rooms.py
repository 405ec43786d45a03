"""The rooms of the domain, the services and the blocks: a room never needs one that needs it."""

import ast
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.import_law import uses

BOT = Path(__file__).parents[1] / "bot"


def rooms_of(part: Path) -> dict[str, set[str]]:
    """Return what each room, or file that stands in none, takes from which others of its part."""
    package = f"bot.{part.name}"
    taken: dict[str, set[str]] = defaultdict(set)
    for file in part.rglob("*.py"):
        if file.stem == "__init__":
            continue
        room = file.relative_to(part).parts[0].removesuffix(".py")
        module = ".".join(["bot", *file.relative_to(BOT).with_suffix("").parts])
        for use in uses(ast.parse(file.read_text(encoding="utf-8")), module.rpartition(".")[0]):
            if use.imported and use.name.startswith(f"{package}."):
                taken[room].add(use.name.split(".")[2])
        taken[room].discard(room)
    return taken


@pytest.mark.parametrize("part", ["domain", "services", "blocks"])
def test_no_room_needs_one_that_needs_it(part: str) -> None:
    try:
        order = list(TopologicalSorter(rooms_of(BOT / part)).static_order())
    except CycleError as circle:
        pytest.fail(f"bot/{part} goes in a circle: {' needs '.join(reversed(circle.args[1]))}")
    assert {path.name for path in (BOT / part).iterdir() if (path / "__init__.py").exists()} <= set(order)


def test_a_circle_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "BOT", tmp_path)
    for room, needs in (("one", "from bot.services.two.b import c"), ("two", "from bot.services import one")):
        (tmp_path / "services" / room).mkdir(parents=True)
        (tmp_path / "services" / room / "b.py").write_text(needs, encoding="utf-8")
    with pytest.raises(CycleError):
        TopologicalSorter(rooms_of(tmp_path / "services")).prepare()


@pytest.mark.parametrize("part", ["domain", "services", "blocks"])
def test_every_room_says_what_it_is_for(part: str) -> None:
    for face in (BOT / part).glob("*/__init__.py"):
        assert ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))), face
