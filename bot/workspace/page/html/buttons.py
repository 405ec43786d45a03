"""Buttons of every kind."""

from markupsafe import Markup

from bot.workspace.page.html.canvas import Slot
from bot.workspace.page.html.inline import safe_address
from bot.workspace.page.html.words import text_html
from bot.workspace.page.templating import render


def button(slot: Slot) -> Markup:
    """A button; one with an address is a link that presses too."""
    element = slot.element
    style = element.get("style")
    return render(
        "elements/button.html",
        attributes=_attributes(slot, element),
        style=f" button-{style}" if style in {"primary", "danger"} else "",
        text=text_html(element.get("text"), slot.reader),
        address=safe_address(str(element.get("url") or "")),
    )


def icon_button(slot: Slot) -> Markup:
    """A small button with an icon and its words; for those alone whom it is meant for."""
    meant_for = slot.element.get("visible_to_user_ids")
    if isinstance(meant_for, list) and slot.reader.user and slot.reader.user not in meant_for:
        return Markup()
    return render(
        "elements/icon_button.html",
        attributes=_attributes(slot, slot.element),
        text=text_html(slot.element.get("text"), slot.reader),
    )


def feedback(slot: Slot) -> Markup:
    """Two buttons, for good and for bad."""
    sides = [slot.element.get(side) or {} for side in ("positive_button", "negative_button")]
    return render(
        "elements/feedback.html",
        sides=[
            {
                "attributes": {
                    **_attributes(slot, side),
                    "id": f"{slot.id}-{index}",
                    "data-value": str(side.get("value", "")),
                },
                "text": text_html(side.get("text"), slot.reader),
            }
            for index, side in enumerate(sides)
        ],
    )


def workflow_button(slot: Slot) -> Markup:
    """A button that starts a workflow of Slack's own, which this workspace does not have."""
    return render("elements/workflow_button.html", text=text_html(slot.element.get("text"), slot.reader))


def _attributes(slot: Slot, button: dict[str, object]) -> dict[str, str]:
    label = str(button.get("accessibility_label") or "")
    return slot.wires() | ({"aria-label": label} if label else {})
