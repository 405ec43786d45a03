"""What a person types or uploads in an input block (docs: /reference/block-kit/block-elements)."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from bot.workspace.blockkit import objects
from bot.workspace.blockkit.elements import ACTION_ID, FOCUS, PLACEHOLDER
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
)

_TYPED: Final[dict[str, Check]] = {
    **ACTION_ID,
    **FOCUS,
    **PLACEHOLDER,
    "dispatch_action_config": objects.dispatch_config,
}


def _is_number(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _number(value: Any, spot: Spot) -> Iterator[Fault]:
    if not _is_number(value):
        yield spot.pointer, "must be a number in a string"


def _lengths_fit(element: Any, spot: Spot) -> Iterator[Fault]:
    least = element.get("min_length", 0)
    most = element.get("max_length", LIMITS["plain_text_input.max_length"])
    if least > most:
        yield spot.at("min_length").pointer, "min_length must not be greater than max_length"
    if len(element.get("initial_value", "")) > most:
        yield spot.at("initial_value").pointer, f"must be less than {most + 1} characters"


def _numbers_fit(element: Any, spot: Spot) -> Iterator[Fault]:
    values = {name: Decimal(element[name]) for name in ("min_value", "initial_value", "max_value") if name in element}
    order = list(values.values())
    if order != sorted(order):
        yield spot.pointer, "min_value, initial_value and max_value must be in this order"
    if not element["is_decimal_allowed"]:
        for name, value in values.items():
            if value != value.to_integral_value():
                yield spot.at(name).pointer, "must be a whole number"


def _one_line(kind: str) -> Check:
    return record(
        {"type": enum(kind)},
        {**_TYPED, "initial_value": string("plain_text_input.max_length")},
        only_on({"modal"}, kind),
    )


TEXT_INPUTS: Final[dict[str, Check]] = {
    "plain_text_input": record(
        {"type": enum("plain_text_input")},
        {
            **_TYPED,
            "initial_value": string(least=0),
            "multiline": boolean,
            "min_length": integer(0, LIMITS["plain_text_input.max_length"]),
            "max_length": integer(1, LIMITS["plain_text_input.max_length"]),
        },
        _lengths_fit,
    ),
    "email_text_input": _one_line("email_text_input"),
    "url_text_input": _one_line("url_text_input"),
    "number_input": record(
        {"type": enum("number_input"), "is_decimal_allowed": boolean},
        {
            **_TYPED,
            "initial_value": _number,
            "min_value": _number,
            "max_value": _number,
        },
        _numbers_fit,
        only_on({"modal"}, "number_input"),
    ),
    "rich_text_input": record(
        {"type": enum("rich_text_input")},
        {**_TYPED, "initial_value": RICH_TEXT},
        only_on({"modal", "home"}, "rich_text_input"),
    ),
    "file_input": record(
        {"type": enum("file_input")},
        {
            **ACTION_ID,
            "filetypes": array(string()),
            "max_files": integer(1, LIMITS["file_input.max_files"]),
        },
        only_on({"modal"}, "file_input"),
    ),
}
