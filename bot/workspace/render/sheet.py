"""What blocks are drawn on: a width, a reader, and what is filled in."""

from dataclasses import dataclass, field
from typing import Any

from bot.workspace.render.elements import is_choice, show_choices, show_element
from bot.workspace.render.reader import Reader

JSON = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """What blocks are drawn on: for whom, how wide, what is filled in (state.values), what is wrong (by block_id)."""

    reader: Reader
    width: int
    values: JSON = field(default_factory=dict)
    errors: JSON = field(default_factory=dict)

    def chosen(self, block: JSON, element: JSON) -> JSON | None:
        """The entry of state.values for an element."""
        entry = self.values.get(str(block.get("block_id")), {}).get(element.get("action_id"))
        return entry if isinstance(entry, dict) else None

    def show(self, block: JSON, element: JSON) -> str:
        """An element on one line, as it is set now."""
        return show_element(element, self.reader, self.chosen(block, element))

    def lines(self, block: JSON, element: JSON) -> list[str]:
        """An element on as many lines as it needs; only radio buttons and checkboxes need more than one."""
        if is_choice(element):
            return show_choices(element, self.reader, self.width, self.chosen(block, element))
        return [self.show(block, element)]
