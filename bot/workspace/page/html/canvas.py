"""What blocks are drawn on: for whom, what is filled in, what is wrong, and ids that nobody else on the page has."""

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.workspace.elements import VALUE
from bot.workspace.render import Reader

JSON = dict[str, Any]
_NO_ID: Final = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True)
class Canvas:
    """One set of blocks for one reader.

    `prefix` is unique on the page (a ts, a view's id), `values` are those of Slack's state.values, `errors` sentences
    by block_id. Blocks drawn twice get the same ids, so that the browser knows them again.
    """

    reader: Reader
    prefix: str
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def new_id(self, *parts: str) -> str:
        """An element id made of these parts; asked for again with the same parts it is another one."""
        stem = f"b{_NO_ID.sub('-', self.prefix)}-{zlib.crc32(repr(parts).encode('utf-8', 'backslashreplace')):08x}"
        name, count = stem, 1
        while name in self.taken:
            count += 1
            name = f"{stem}-{count}"
        self.taken.add(name)
        return name


@dataclass(frozen=True)
class Slot:
    """One interactive element where it stands.

    `name` is its accessible name where nothing visible names it, `labelled` and `described` are ids of what does;
    `field` says that it stands in an input block, which does not press by itself unless `dispatch` says on what.
    """

    canvas: Canvas
    block: JSON
    element: JSON
    id: str
    name: str = ""
    labelled: str = ""
    described: tuple[str, ...] = ()
    field: bool = False
    dispatch: str | None = None
    required: bool = False
    wrong: bool = False

    @property
    def reader(self) -> Reader:
        """For whom it is drawn."""
        return self.canvas.reader

    @property
    def kind(self) -> str:
        """The type of the element."""
        return str(self.element.get("type"))

    @property
    def current(self) -> Any:
        """What the element is set to: what is filled in, else its preset; None or an empty list for nothing."""
        key, preset = VALUE.get(self.kind, ("", ""))
        filled = self.canvas.values.get(str(self.block.get("block_id")), {})
        entry = filled.get(self.element.get("action_id")) if isinstance(filled, dict) else None
        return entry.get(key) if isinstance(entry, dict) else self.element.get(preset)

    def wires(self) -> dict[str, str]:
        """What tells the browser's side which element this is."""
        action_id = self.element.get("action_id")
        wires = {"id": self.id}
        if action_id:
            wires |= {"data-action": str(action_id), "data-block": str(self.block.get("block_id", ""))}
            wires["data-type"] = self.kind
        if self.field:
            wires["data-input"] = ""
        if self.dispatch is not None:
            wires["data-dispatch"] = self.dispatch
        return wires

    def names(self) -> dict[str, str]:
        """What tells a screen reader what it is."""
        names = {}
        if self.labelled:
            names["aria-labelledby"] = self.labelled
        elif self.name:
            names["aria-label"] = self.name
        if self.described:
            names["aria-describedby"] = " ".join(self.described)
        if self.wrong:
            names["aria-invalid"] = "true"
        return names

    def attributes(self) -> dict[str, str]:
        """Wires and names together, for elements that are one control; required ones say so."""
        focus = {"autofocus": ""} if self.element.get("focus_on_load") else {}
        required = {"aria-required": "true"} if self.required else {}
        return {**self.wires(), **self.names(), **required, **focus}
