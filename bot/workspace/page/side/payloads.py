"""A payload as lines of JSON, each with the JSON pointer (RFC 6901) of the value that begins on it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

IN_STRINGS: Final = ("attachments", "blocks", "metadata", "view")
"""Arguments that come as JSON inside a string when the app sends a form; shown as what they are."""

AROUND: Final = 3
"""Lines kept in sight before and after a marked one."""

SHORT: Final = 24
"""A payload of so few lines is shown whole."""

CUT: Final = 320
DEEPEST: Final = 40


@dataclass(frozen=True)
class Line:
    """One line; `rest` is what a long string goes on with, `why` the sentences about the value on it."""

    text: str
    pointer: str | None
    rest: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Lines that follow each other; `is_folded` when nothing in them is wrong or near to it."""

    lines: tuple[Line, ...]
    is_folded: bool

    @property
    def text(self) -> str:
        """All of it, plain."""
        return "\n".join(line.text + line.rest for line in self.lines)


def unpacked(payload: Any) -> Any:
    """The payload with JSON in strings read."""
    if not isinstance(payload, dict):
        return payload
    return {name: _read(value) if name in IN_STRINGS else value for name, value in payload.items()}


def parts(payload: Any, problems: list[dict[str, Any]]) -> list[Part]:
    """The payload's lines with every problem ({pointer, message}) marked, and what is far from any folded.

    A pointer to what is missing marks the nearest value around it.
    """
    lines = list(_lines(unpacked(payload)))
    marked = _marked(lines, problems)
    for index, why in marked.items():
        lines[index] = replace(lines[index], why=tuple(why))
    near = {near for index in marked for near in range(index - AROUND, index + AROUND + 1)}
    if len(lines) <= SHORT or not near:
        return [Part(tuple(lines), is_folded=False)]
    return list(_parted(lines, near))


def _parted(lines: list[Line], near: set[int]) -> Iterator[Part]:
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or (index in near) != (start in near):
            is_folded = start not in near and index - start > 1
            yield Part(tuple(lines[start:index]), is_folded)
            start = index


def _marked(lines: list[Line], problems: list[dict[str, Any]]) -> dict[int, list[str]]:
    places = {line.pointer: index for index, line in enumerate(lines) if line.pointer is not None}
    found: dict[int, list[str]] = {}
    for problem in problems:
        pointer = str(problem.get("pointer", ""))
        while pointer and pointer not in places:
            pointer = pointer.rpartition("/")[0]
        found.setdefault(places[pointer], []).append(str(problem.get("message", "")))
    return found


def _lines(value: Any, pointer: str = "", lead: str = "", tail: str = "", depth: int = 0) -> Iterator[Line]:
    pad = "  " * depth
    if not isinstance(value, dict | list) or not value or depth >= DEEPEST:
        yield _leaf(f"{pad}{lead}{json.dumps(value, ensure_ascii=False)}{tail}", pointer)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    yield Line(f"{pad}{lead}{opening}", pointer)
    last = len(value) - 1
    for index, (key, inner) in enumerate(_items(value)):
        step = str(key).replace("~", "~0").replace("/", "~1")
        name = f"{json.dumps(key, ensure_ascii=False)}: " if isinstance(value, dict) else ""
        yield from _lines(inner, f"{pointer}/{step}", name, "" if index == last else ",", depth + 1)
    yield Line(f"{pad}{closing}{tail}", None)


def _items(value: dict[str, Any] | list[Any]) -> Iterator[tuple[str | int, Any]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value)


def _leaf(text: str, pointer: str) -> Line:
    return Line(text[:CUT], pointer, text[CUT:])


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
