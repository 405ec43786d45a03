"""The blocks of messages, modals and Home tabs (docs: /reference/block-kit/blocks)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.workspace.blockkit import objects
from bot.workspace.blockkit.elements import (
    BUTTONS,
    DATETIMEPICKER,
    FEEDBACK,
    IMAGE_ELEMENT,
    PICKERS,
)
from bot.workspace.blockkit.inputs import TEXT_INPUTS
from bot.workspace.blockkit.menus import CHOICES, MULTI_SELECTS, OVERFLOW, SELECTS
from bot.workspace.blockkit.rich_text import RICH_TEXT
from bot.workspace.blockkit.schema import (
    Check,
    Fault,
    Spot,
    array,
    boolean,
    enum,
    link,
    one_of,
    only_on,
    record,
    some_of,
    string,
    typed,
)
from bot.workspace.blockkit.tables import DATA_TABLE, TABLE
from bot.workspace.blockkit.tasks import PLAN, TASK_CARD

_ID: Final[dict[str, Check]] = {"block_id": string("block.block_id")}
_IN_ACTIONS: Final = typed(
    {**BUTTONS, **PICKERS, **DATETIMEPICKER, **SELECTS, **MULTI_SELECTS, **CHOICES, **OVERFLOW},
)
_IN_SECTION: Final = typed(
    {**BUTTONS, **PICKERS, **SELECTS, **MULTI_SELECTS, **CHOICES, **OVERFLOW, "image": IMAGE_ELEMENT},
)
_IN_INPUT: Final = typed({**TEXT_INPUTS, **PICKERS, **DATETIMEPICKER, **SELECTS, **MULTI_SELECTS, **CHOICES})


def _block(
    kind: str, required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check
) -> Check:
    inner = record({"type": enum(kind), **required}, {**_ID, **(optional or {})}, *rules)

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        yield from inner(value, replace(spot, block=kind))

    return check


def _action_ids_differ(block: Any, spot: Spot) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, element in enumerate(block["elements"]):
        action_id = element.get("action_id")
        if action_id in seen:
            yield spot.at("elements").at(index).at("action_id").pointer, f"action_id {action_id} already exists"
        elif action_id:
            seen.add(action_id)


def _divider_follows_no_fold(block: Any, spot: Spot) -> Iterator[Fault]:
    if block.get("is_collapsible") and block.get("has_header_divider"):
        yield spot.at("has_header_divider").pointer, "has_header_divider cannot be set when is_collapsible is true"
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        yield spot.at("default_collapsed").pointer, "default_collapsed requires is_collapsible"


_SECTION = _block(
    "section",
    {},
    {
        "text": objects.text("section.text"),
        "fields": array(objects.text("section.field_text"), most="section.fields"),
        "accessory": _IN_SECTION,
        "expand": boolean,
    },
    some_of("text", "fields"),
)

_CONTEXT_PART = typed(
    {
        "image": IMAGE_ELEMENT,
        "plain_text": objects.plain_text("text.text"),
        "mrkdwn": objects.text("text.text"),
    },
)

_IMAGE = _block(
    "image",
    {"alt_text": string("image.alt_text")},
    {
        "image_url": link("image.url"),
        "slack_file": objects.slack_file,
        "title": objects.plain_text("image.title"),
    },
    one_of("image_url", "slack_file"),
)

_CARD = _block(
    "card",
    {},
    {
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": objects.text("card.title"),
        "subtitle": objects.text("card.subtitle"),
        "body": objects.text("card.body"),
        "actions": array(typed(BUTTONS)),
    },
    some_of("hero_image", "title", "actions", "body"),
)

_PLAIN_BLOCKS: Final[dict[str, Check]] = {
    "section": _SECTION,
    "divider": _block("divider", {}),
    "header": _block("header", {"text": objects.plain_text("header.text")}),
    "context": _block("context", {"elements": array(_CONTEXT_PART, most="context.elements")}),
    "actions": _block("actions", {"elements": array(_IN_ACTIONS, most="actions.elements")}, {}, _action_ids_differ),
    "image": _IMAGE,
    "rich_text": RICH_TEXT,
    "card": _CARD,
}

BLOCKS: Final[dict[str, Check]] = {
    **_PLAIN_BLOCKS,
    "input": _block(
        "input",
        {"label": objects.plain_text("input.label"), "element": _IN_INPUT},
        {"hint": objects.plain_text("input.hint"), "optional": boolean, "dispatch_action": boolean},
    ),
    "markdown": _block("markdown", {"text": string("markdown.text")}, {}, only_on({"message"}, "markdown")),
    "table": _block("table", *TABLE),
    "data_table": _block("data_table", *DATA_TABLE),
    "context_actions": _block(
        "context_actions",
        {"elements": array(typed(FEEDBACK), most="context_actions.elements")},
        {},
        only_on({"message"}, "context_actions"),
        _action_ids_differ,
    ),
    "file": _block("file", {"external_id": string(), "source": enum("remote")}, {}, only_on({"message"}, "file")),
    "alert": _block(
        "alert",
        {"text": objects.text("alert.text")},
        {"level": enum("default", "info", "warning", "error", "success")},
        only_on({"modal"}, "alert"),
    ),
    "task_card": _block("task_card", *TASK_CARD),
    "plan": _block("plan", *PLAN),
    "carousel": _block("carousel", {"elements": array(typed({"card": _CARD}), most="carousel.elements")}),
    "container": _block(
        "container",
        {"child_blocks": array(typed(_PLAIN_BLOCKS), most="container.child_blocks")},
        {
            "title": objects.plain_text("container.title"),
            "rich_text_title": RICH_TEXT,
            "subtitle": objects.text("container.subtitle"),
            "width": enum("narrow", "standard", "wide", "full"),
            "icon": IMAGE_ELEMENT,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        some_of("title", "rich_text_title"),
        _divider_follows_no_fold,
    ),
}
"""Every block that the stand-in knows; another one is refused, as Slack does with what it does not know."""

BLOCK: Final[Check] = typed(BLOCKS)
