"""Elements as HTML: which kind is drawn how, with the question that is asked before it presses."""

import json
import zlib
from collections.abc import Callable
from typing import Final

from markupsafe import Markup

from bot.workspace.page.html import buttons, fields, menus
from bot.workspace.page.html.canvas import JSON, Canvas, Slot
from bot.workspace.page.html.pictures import picture_html
from bot.workspace.page.html.unknown import unknown_html
from bot.workspace.page.html.words import plain_words, text_html
from bot.workspace.page.templating import render

GROUPED: Final = ("checkboxes", "radio_buttons")
"""Kinds that are several controls under one legend."""

_DRAWERS: Final[dict[str, Callable[[Slot], Markup]]] = {
    "button": buttons.button,
    "icon_button": buttons.icon_button,
    "feedback_buttons": buttons.feedback,
    "workflow_button": buttons.workflow_button,
    "overflow": menus.overflow,
    "checkboxes": menus.choices,
    "radio_buttons": menus.choices,
    "static_select": menus.one_of_many,
    "users_select": menus.one_of_many,
    "channels_select": menus.one_of_many,
    "conversations_select": menus.one_of_many,
    "external_select": menus.external,
    "multi_static_select": menus.several_of_many,
    "multi_users_select": menus.several_of_many,
    "multi_channels_select": menus.several_of_many,
    "multi_conversations_select": menus.several_of_many,
    "multi_external_select": menus.external,
    "datepicker": fields.date_field,
    "timepicker": fields.time_field,
    "datetimepicker": fields.date_time_field,
    "plain_text_input": fields.text_field,
    "email_text_input": fields.text_field,
    "url_text_input": fields.text_field,
    "number_input": fields.text_field,
    "rich_text_input": fields.rich_text_field,
    "file_input": fields.file_field,
}
_NAMES: Final = {
    "datepicker": "Date",
    "timepicker": "Time",
    "datetimepicker": "Date and time",
    "checkboxes": "Options",
    "radio_buttons": "Options",
    "overflow": "More",
}


def element_html(element: JSON, block: JSON, canvas: Canvas, *, labelled: str = "") -> Markup:
    """An element that presses by itself; `labelled` is the id of the text beside it."""
    if element.get("type") == "image":
        return picture_html(element, canvas.reader)
    slot = Slot(canvas, block, element, element_id(element, block, canvas), name=_name(element), labelled=labelled)
    return slot_html(slot)


def element_id(element: JSON, block: JSON, canvas: Canvas) -> str:
    """An id for an element that stays the same from one drawing to the next."""
    return canvas.new_id(str(block.get("block_id")), str(element.get("action_id") or element.get("type")))


def slot_html(slot: Slot) -> Markup:
    """Any element, with its confirmation beside it."""
    drawer = _DRAWERS.get(slot.kind)
    if drawer is None:
        return unknown_html(slot.element, "element")
    return Markup('<div class="bk-element">{}{}</div>').format(drawer(slot), _confirm(slot))


def _name(element: JSON) -> str:
    kind = str(element.get("type"))
    words = plain_words(element.get("placeholder")) or _NAMES.get(kind, "")
    return words or ("Options" if kind.endswith("_select") else "")


def _confirm(slot: Slot) -> Markup:
    question = slot.element.get("confirm")
    if not isinstance(question, dict):
        return Markup()
    written = json.dumps(question, sort_keys=True)
    return render(
        "elements/confirm.html",
        id=f"{slot.id}-{zlib.crc32(written.encode()):08x}",  # another question is another template
        title=text_html(question.get("title"), slot.reader),
        text=text_html(question.get("text"), slot.reader),
        confirm=text_html(question.get("confirm"), slot.reader),
        deny=text_html(question.get("deny"), slot.reader),
        style=" button-danger" if question.get("style") == "danger" else " button-primary",
    )
