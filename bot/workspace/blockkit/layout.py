"""Rules that look at all blocks of a payload together: how many, unique ids, one focus, summed lengths."""

from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.blockkit.blocks import BLOCK
from bot.workspace.blockkit.limits import LIMITS
from bot.workspace.blockkit.schema import Fault, Spot, array
from bot.workspace.blockkit.tables import text_of

_TABLES: Final = ("table", "data_table")


def check_layout(blocks: Any, spot: Spot) -> Iterator[Fault]:
    """Check the blocks one by one, then what binds them together (the latter only when each one is right)."""
    found = False
    for fault in array(BLOCK, most=f"{spot.surface}.blocks", least=0)(blocks, spot):
        found = True
        yield fault
    if not found:
        yield from _block_ids_differ(blocks, spot)
        yield from _one_focus(blocks, spot)
        if spot.surface == "message":
            yield from _few_tables(blocks, spot)


def total_chars(blocks: list[Any]) -> int:
    """Return how many characters of text a message's blocks show, markdown blocks aside (they have their own limit)."""
    return sum(len(text_of(block)) for block in blocks if isinstance(block, dict) and block.get("type") != "markdown")


def markdown_chars(blocks: list[Any]) -> int:
    """Return how many characters all markdown blocks hold together."""
    return sum(len(text_of(block)) for block in blocks if isinstance(block, dict) and block.get("type") == "markdown")


def _block_ids_differ(blocks: list[Any], spot: Spot) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield spot.at(index).at("block_id").pointer, f"block_id {block_id} already exists"
        elif block_id:
            seen.add(block_id)


def _one_focus(blocks: list[Any], spot: Spot) -> Iterator[Fault]:
    focused = [pointer for pointer, node in _nodes(blocks, spot) if node.get("focus_on_load") is True]
    for pointer in focused[1:]:
        yield f"{pointer}/focus_on_load", "only one element can be set to true"


def _nodes(node: Any, spot: Spot) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield spot.pointer, node
        for key, item in node.items():
            yield from _nodes(item, spot.at(key))
    elif isinstance(node, list):
        for index, item in enumerate(node):
            yield from _nodes(item, spot.at(index))


def _few_tables(blocks: list[Any], spot: Spot) -> Iterator[Fault]:
    tables = [index for index, block in enumerate(blocks) if block["type"] in _TABLES]
    for index in tables[LIMITS["message.tables"] :]:
        yield spot.at(index).pointer, f"no more than {LIMITS['message.tables']} table allowed in a message"
