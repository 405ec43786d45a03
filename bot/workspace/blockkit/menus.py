"""Menus: selects, multi-selects, overflow, checkboxes, radio buttons (docs: /reference/block-kit/block-elements)."""

from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.blockkit import objects
from bot.workspace.blockkit.elements import ACTION_ID, CONFIRM, FOCUS, PLACEHOLDER
from bot.workspace.blockkit.schema import (
    Check,
    Fault,
    Spot,
    array,
    boolean,
    enum,
    integer,
    one_of,
    record,
    string,
)

_COMMON: Final[dict[str, Check]] = {**ACTION_ID, **CONFIRM, **FOCUS, **PLACEHOLDER}
_MANY: Final[dict[str, Check]] = {**_COMMON, "max_selected_items": integer(1)}
_OPTIONS: Final[dict[str, Check]] = {
    "options": array(objects.plain_option, most="select.options"),
    "option_groups": array(objects.option_group, most="select.option_groups"),
}
_CONVERSATIONS: Final[dict[str, Check]] = {
    "default_to_current_conversation": boolean,
    "filter": objects.conversation_filter,
}


def _answers_by_url(element: Any, spot: Spot) -> Iterator[Fault]:
    if element.get("response_url_enabled") and (spot.surface != "modal" or spot.block != "input"):
        yield spot.at("response_url_enabled").pointer, "only works with menus in input blocks in modals"


SELECTS: Final[dict[str, Check]] = {
    "static_select": record(
        {"type": enum("static_select")},
        {**_COMMON, **_OPTIONS, "initial_option": objects.plain_option},
        one_of("options", "option_groups"),
        objects.initial_option_is_offered,
    ),
    "external_select": record(
        {"type": enum("external_select")},
        {**_COMMON, "initial_option": objects.plain_option, "min_query_length": integer(0)},
    ),
    "users_select": record({"type": enum("users_select")}, {**_COMMON, "initial_user": string()}),
    "conversations_select": record(
        {"type": enum("conversations_select")},
        {**_COMMON, **_CONVERSATIONS, "initial_conversation": string(), "response_url_enabled": boolean},
        _answers_by_url,
    ),
    "channels_select": record(
        {"type": enum("channels_select")},
        {**_COMMON, "initial_channel": string(), "response_url_enabled": boolean},
        _answers_by_url,
    ),
}

MULTI_SELECTS: Final[dict[str, Check]] = {
    "multi_static_select": record(
        {"type": enum("multi_static_select")},
        {**_MANY, **_OPTIONS, "initial_options": array(objects.plain_option)},
        one_of("options", "option_groups"),
        objects.initial_options_are_offered,
        objects.preset_fits_maximum,
    ),
    "multi_external_select": record(
        {"type": enum("multi_external_select")},
        {**_MANY, "initial_options": array(objects.plain_option), "min_query_length": integer(0)},
        objects.preset_fits_maximum,
    ),
    "multi_users_select": record(
        {"type": enum("multi_users_select")},
        {**_MANY, "initial_users": array(string())},
        objects.preset_fits_maximum,
    ),
    "multi_conversations_select": record(
        {"type": enum("multi_conversations_select")},
        {**_MANY, **_CONVERSATIONS, "initial_conversations": array(string())},
        objects.preset_fits_maximum,
    ),
    "multi_channels_select": record(
        {"type": enum("multi_channels_select")},
        {**_MANY, "initial_channels": array(string())},
        objects.preset_fits_maximum,
    ),
}

CHOICES: Final[dict[str, Check]] = {
    "checkboxes": record(
        {"type": enum("checkboxes"), "options": array(objects.rich_option, most="checkboxes.options")},
        {**ACTION_ID, **CONFIRM, **FOCUS, "initial_options": array(objects.rich_option)},
        objects.initial_options_are_offered,
    ),
    "radio_buttons": record(
        {"type": enum("radio_buttons"), "options": array(objects.rich_option, most="radio_buttons.options")},
        {**ACTION_ID, **CONFIRM, **FOCUS, "initial_option": objects.rich_option},
        objects.initial_option_is_offered,
    ),
}

OVERFLOW: Final[dict[str, Check]] = {
    "overflow": record(
        {"type": enum("overflow"), "options": array(objects.link_option, most="overflow.options")},
        {**ACTION_ID, **CONFIRM},
    ),
}
