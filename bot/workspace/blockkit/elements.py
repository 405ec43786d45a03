"""Buttons, images and pickers, and what all elements have in common (docs: /reference/block-kit/block-elements)."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from bot.workspace.blockkit import objects
from bot.workspace.blockkit.schema import (
    Check,
    Fault,
    Spot,
    array,
    boolean,
    enum,
    integer,
    link,
    one_of,
    only_on,
    record,
    string,
)

ACTION_ID: Final[dict[str, Check]] = {"action_id": string("element.action_id")}
CONFIRM: Final[dict[str, Check]] = {"confirm": objects.confirm}
FOCUS: Final[dict[str, Check]] = {"focus_on_load": boolean}
PLACEHOLDER: Final[dict[str, Check]] = {"placeholder": objects.plain_text("element.placeholder")}
_EPOCH_DIGITS: Final = (1_000_000_000, 9_999_999_999)
_ICONS: Final = ("trash",)


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _iso_date(value: Any, spot: Spot) -> Iterator[Fault]:
    if not _is_date(value):
        yield spot.pointer, "must be a valid date in the format YYYY-MM-DD"


def _clock_time(value: Any, spot: Spot) -> Iterator[Fault]:
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        yield spot.pointer, "must be a valid time in the format HH:mm"


BUTTON = record(
    {"type": enum("button"), "text": objects.plain_text("button.text")},
    {
        **ACTION_ID,
        **CONFIRM,
        "url": string("button.url"),
        "value": string("button.value", least=0),
        "style": enum("primary", "danger"),
        "accessibility_label": string("button.accessibility_label"),
    },
)

_FEEDBACK_BUTTON = record(
    {"text": objects.plain_text("button.text"), "value": string("button.value")},
    {"accessibility_label": string("button.accessibility_label")},
)

IMAGE_ELEMENT = record(
    {"type": enum("image"), "alt_text": string("image.alt_text")},
    {"image_url": link("image.url"), "slack_file": objects.slack_file},
    one_of("image_url", "slack_file"),
)

BUTTONS: Final[dict[str, Check]] = {
    "button": BUTTON,
    "workflow_button": record(
        {
            "type": enum("workflow_button"),
            "text": objects.plain_text("button.text"),
            "workflow": record({"trigger": record({"url": string("button.url")})}),
        },
        {**ACTION_ID, "style": enum("primary", "danger"), "accessibility_label": string("button.accessibility_label")},
        only_on({"message"}, "workflow_button"),
    ),
}

PICKERS: Final[dict[str, Check]] = {
    "datepicker": record(
        {"type": enum("datepicker")}, {**ACTION_ID, **CONFIRM, **FOCUS, **PLACEHOLDER, "initial_date": _iso_date}
    ),
    "timepicker": record(
        {"type": enum("timepicker")},
        {**ACTION_ID, **CONFIRM, **FOCUS, **PLACEHOLDER, "initial_time": _clock_time, "timezone": string()},
    ),
}

DATETIMEPICKER: Final[dict[str, Check]] = {
    "datetimepicker": record(
        {"type": enum("datetimepicker")},
        {**ACTION_ID, **CONFIRM, **FOCUS, "initial_date_time": integer(*_EPOCH_DIGITS)},
        only_on({"message", "modal"}, "datetimepicker"),
    ),
}

FEEDBACK: Final[dict[str, Check]] = {
    "feedback_buttons": record(
        {
            "type": enum("feedback_buttons"),
            "positive_button": _FEEDBACK_BUTTON,
            "negative_button": _FEEDBACK_BUTTON,
        },
        ACTION_ID,
    ),
    "icon_button": record(
        {"type": enum("icon_button"), "icon": enum(*_ICONS), "text": objects.plain_text("button.text")},
        {
            **ACTION_ID,
            **CONFIRM,
            "value": string("button.value"),
            "accessibility_label": string("button.accessibility_label"),
            "visible_to_user_ids": array(string()),
        },
    ),
}
