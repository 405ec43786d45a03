"""Tables (docs: /reference/block-kit/blocks/table-block and data-table-block)."""

from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.blockkit.limits import LIMITS
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.schema import (
    Check,
    Fault,
    Spot,
    array,
    boolean,
    enum,
    integer,
    only_on,
    record,
    string,
    typed,
)


def _number(value: Any, spot: Spot) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield spot.pointer, "must provide a number"


_RAW_TEXT = record({"type": enum("raw_text"), "text": string()})
_RAW_NUMBER = record({"type": enum("raw_number"), "value": _number, "text": string()})
_CELL = typed({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_COLUMN = record({}, {"align": enum("left", "center", "right"), "is_wrapped": boolean})


def text_of(node: Any) -> str:
    """Return every `text` string below a node, one after the other."""
    if isinstance(node, list):
        return "".join(text_of(item) for item in node)
    if isinstance(node, dict):
        return "".join(item if key == "text" and isinstance(item, str) else text_of(item) for key, item in node.items())
    return ""


def _rows_are_even(block: Any, spot: Spot) -> Iterator[Fault]:
    widths = {len(row) for row in block["rows"]}
    if len(widths) > 1:
        yield spot.at("rows").pointer, "all rows must have the same number of cells"


def _header_is_plain(block: Any, spot: Spot) -> Iterator[Fault]:
    for index, cell in enumerate(block["rows"][0]):
        if cell["type"] == "rich_text":
            yield spot.at("rows").at(0).at(index).pointer, "rich_text is not allowed in header cells"


def _text_fits(block: Any, spot: Spot) -> Iterator[Fault]:
    if len(text_of(block["rows"])) > LIMITS["data_table.chars"]:
        yield spot.at("rows").pointer, f"must be less than {LIMITS['data_table.chars'] + 1} characters in all cells"


Parts = tuple[dict[str, Check], dict[str, Check], *tuple[Check, ...]]
"""Required fields, optional fields and the rules of a block."""

TABLE: Final[Parts] = (
    {"rows": array(array(_CELL, most="table.columns"), most="table.rows")},
    {"column_settings": array(_COLUMN, most="table.columns")},
    only_on({"message", "home"}, "table"),
)

DATA_TABLE: Final[Parts] = (
    {"rows": array(array(_CELL, most="data_table.columns"), least=2, most="data_table.rows"), "caption": string()},
    {
        "page_size": integer(1, LIMITS["data_table.page_size"]),
        "row_header_column_index": integer(0, LIMITS["data_table.columns"] - 1),
    },
    only_on({"message", "home"}, "data_table"),
    _rows_are_even,
    _header_is_plain,
    _text_fits,
)
