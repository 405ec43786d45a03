"""What views.open, views.push, views.update and views.publish accept."""

import json
from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.blockkit import objects
from bot.workspace.blockkit.layout import check_layout
from bot.workspace.blockkit.limits import LIMITS
from bot.workspace.blockkit.schema import Check, Fault, Problem, Spot, boolean, enum, record, string, typed


def _some_blocks(value: Any, spot: Spot) -> Iterator[Fault]:
    if value == []:
        yield spot.pointer, "no fewer than 1 items allowed"
    yield from check_layout(value, spot)


def _inputs_can_be_submitted(view: Any, spot: Spot) -> Iterator[Fault]:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        yield spot.pointer, "missing required field: submit (required when there are input blocks)"


_COMMON: Final[dict[str, Check]] = {
    "private_metadata": string("view.private_metadata", least=0),
    "callback_id": string("view.callback_id", least=0),
    "external_id": string("view.external_id", least=0),
}

_MODAL: Final = record(
    {"type": enum("modal"), "title": objects.plain_text("modal.title"), "blocks": _some_blocks},
    {
        **_COMMON,
        "submit": objects.plain_text("modal.submit"),
        "close": objects.plain_text("modal.close"),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    _inputs_can_be_submitted,
)
_HOME: Final = record({"type": enum("home"), "blocks": _some_blocks}, _COMMON)
_VIEW: Final = typed({"modal": _MODAL, "home": _HOME})


def check_view(view: dict[str, Any]) -> list[Problem]:
    """Return everything that Slack would refuse about a modal or Home view, an empty list when it is right.

    Slack calls what is wrong with a view invalid_arguments, whichever block it is in; pointers start at the view.
    """
    surface = "home" if isinstance(view, dict) and view.get("type") == "home" else "modal"
    problems = [Problem("invalid_arguments", pointer, message) for pointer, message in _VIEW(view, Spot("", surface))]
    size = len(json.dumps(view, ensure_ascii=False).encode())
    if size > LIMITS["view.bytes"]:
        problems.insert(0, Problem("view_too_large", "", f"{size} bytes are too many"))
    return problems
