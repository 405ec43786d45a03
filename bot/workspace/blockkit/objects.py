"""Texts, options, confirmation dialogs and filters (docs: /reference/block-kit/composition-objects)."""

from collections.abc import Iterator
from typing import Any

from bot.workspace.blockkit.limits import LIMITS
from bot.workspace.blockkit.schema import Check, Fault, Spot, array, boolean, enum, one_of, record, string, typed


def plain_text(limit: str) -> Check:
    """Accept a text object of type plain_text only."""
    return typed({"plain_text": _plain(limit)})


def text(limit: str) -> Check:
    """Accept a text object of either type."""
    return typed({"plain_text": _plain(limit), "mrkdwn": _mrkdwn(limit)})


def _plain(limit: str) -> Check:
    return record({"type": enum("plain_text"), "text": string(limit)}, {"emoji": boolean})


def _mrkdwn(limit: str) -> Check:
    return record({"type": enum("mrkdwn"), "text": string(limit)}, {"verbatim": boolean})


plain_option = record(
    {"text": plain_text("option.text"), "value": string("option.value")},
    {"description": plain_text("option.description")},
)
"""An option of a select menu."""

link_option = record(
    {"text": plain_text("option.text"), "value": string("option.value")},
    {"description": plain_text("option.description"), "url": string("option.url")},
)
"""An option of an overflow menu, the only one that may carry an address."""

rich_option = record(
    {"text": text("option.text"), "value": string("option.value")},
    {"description": text("option.description")},
)
"""An option of checkboxes or radio buttons, the only ones that may be formatted."""

option_group = record(
    {"label": plain_text("option_group.label"), "options": array(plain_option, most="select.options")},
)

confirm = record(
    {
        "title": plain_text("confirm.title"),
        "text": text("confirm.text"),
        "confirm": plain_text("confirm.confirm"),
        "deny": plain_text("confirm.deny"),
    },
    {"style": enum("primary", "danger")},
)

dispatch_config = record(
    {"trigger_actions_on": array(enum("on_enter_pressed", "on_character_entered"), most=2)},
)

conversation_filter = record(
    {},
    {
        "include": array(enum("im", "mpim", "private", "public"), most=4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)

slack_file = record({}, {"id": string(), "url": string("image.url")}, one_of("id", "url"))


def offered(element: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the label and value of every option of an element, groups included."""
    groups = [group["options"] for group in element.get("option_groups", [])]
    return [_signature(option) for options in [element.get("options", []), *groups] for option in options]


def _signature(option: dict[str, Any]) -> tuple[str, str]:
    return option["text"]["text"], option["value"]


def initial_option_is_offered(element: Any, spot: Spot) -> Iterator[Fault]:
    """Refuse a preset option that is not one of the options."""
    if "initial_option" in element and _signature(element["initial_option"]) not in offered(element):
        yield spot.at("initial_option").pointer, "must exactly match one of the options"


def initial_options_are_offered(element: Any, spot: Spot) -> Iterator[Fault]:
    """Refuse preset options that are not all among the options."""
    options = offered(element)
    for index, option in enumerate(element.get("initial_options", [])):
        if _signature(option) not in options:
            yield spot.at("initial_options").at(index).pointer, "must exactly match one of the options"


def preset_fits_maximum(element: Any, spot: Spot) -> Iterator[Fault]:
    """Refuse more preset items than a person may select."""
    most = element.get("max_selected_items", LIMITS["select.options"])
    for name, items in element.items():
        if name.startswith("initial_") and isinstance(items, list) and len(items) > most:
            yield spot.at(name).pointer, f"no more than {most} items allowed"
