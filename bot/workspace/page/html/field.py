"""An input block: its label, what stands in it, its hint, and what is wrong with it."""

from typing import Final

from markupsafe import Markup

from bot.workspace.page.html.canvas import JSON, Canvas, Slot
from bot.workspace.page.html.elements import GROUPED, element_id, slot_html
from bot.workspace.page.html.words import plain_words, text_html
from bot.workspace.page.templating import render

_TYPED: Final = ("_text_input", "number_input", "rich_text_input")
_ON_ENTER: Final = "on_enter_pressed"


def input_block(block: JSON, canvas: Canvas) -> Markup:
    """A field of a form, its parts tied together for screen readers."""
    element = block.get("element") or {}
    name, error = element_id(element, block, canvas), canvas.errors.get(str(block.get("block_id")), "")
    parts = {part: f"{name}-{part}" for part in ("label", "hint", "error")}
    described = [parts["hint"]] if block.get("hint") else []
    grouped = element.get("type") in GROUPED
    slot = Slot(
        canvas,
        block,
        element,
        name,
        name=plain_words(block.get("label")),
        labelled=parts["label"] if grouped or str(element.get("type")).startswith("multi_") else "",
        described=tuple([*described, parts["error"]] if error else described),
        field=True,
        dispatch=_dispatch(block, element),
        required=not block.get("optional"),
        wrong=bool(error),
    )
    return render(
        "blocks/input.html",
        block_id=str(block.get("block_id") or ""),
        slot=slot,
        parts=parts,
        grouped=grouped,
        label=text_html(block.get("label"), canvas.reader),
        optional=bool(block.get("optional")),
        element=slot_html(slot),
        hint=text_html(block.get("hint"), canvas.reader) if block.get("hint") else Markup(),
        error=error,
    )


def _dispatch(block: JSON, element: JSON) -> str | None:
    """What makes a field press while the form is open: nothing, a choice (empty), Enter, every character."""
    if not block.get("dispatch_action"):
        return None
    if not str(element.get("type")).endswith(_TYPED):
        return ""
    wanted = (element.get("dispatch_action_config") or {}).get("trigger_actions_on") or [_ON_ENTER]
    return " ".join(str(one) for one in wanted)
