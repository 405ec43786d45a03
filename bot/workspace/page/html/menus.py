"""Menus: selects of one and of several, overflow, checkboxes, radio buttons."""

from markupsafe import Markup

from bot.workspace.page.html.canvas import Slot
from bot.workspace.page.html.inline import safe_address
from bot.workspace.page.html.options import chosen_choices, groups_of
from bot.workspace.page.html.words import plain_words
from bot.workspace.page.templating import render

_PICK = {
    "users": ("Select a person", "Select people"),
    "channels": ("Select a channel", "Select channels"),
    "conversations": ("Select a conversation", "Select conversations"),
}


def placeholder_of(slot: Slot) -> str:
    """What stands in an empty menu."""
    what = slot.kind.removeprefix("multi_").removesuffix("_select")
    one, many = _PICK.get(what, ("Select an option", "Select options"))
    return plain_words(slot.element.get("placeholder")) or (many if slot.kind.startswith("multi_") else one)


def one_of_many(slot: Slot) -> Markup:
    """A select of one option; the chosen option's description stands below it."""
    groups = groups_of(slot)
    chosen = chosen_choices(groups)
    describes = any(choice.hint for group in groups for choice in group.choices)
    return render(
        "elements/select.html",
        attributes=slot.attributes(),
        groups=groups,
        placeholder=placeholder_of(slot),
        chosen=chosen[:1],
        clearable=slot.field and not slot.required,
        about=(chosen[0].hint if chosen else "") if describes and slot.field else None,
    )


def several_of_many(slot: Slot) -> Markup:
    """A button that opens a list to tick; it shows what is ticked."""
    groups = groups_of(slot)
    return render(
        "elements/multi_select.html",
        slot=slot,
        wires={**slot.wires(), "id": f"{slot.id}-all"},
        describes=" ".join(slot.described),
        focus=bool(slot.element.get("focus_on_load")),
        groups=groups,
        chosen=chosen_choices(groups),
        placeholder=placeholder_of(slot),
        most=slot.element.get("max_selected_items"),
        searchable=sum(len(group.choices) for group in groups) > 8,  # noqa: PLR2004 more than one sees at a glance
    )


def external(slot: Slot) -> Markup:
    """A menu whose options the app is asked for while a person types."""
    groups, current = groups_of(slot), slot.current
    return render(
        "elements/external_select.html",
        slot=slot,
        attributes={
            **slot.attributes(),
            **({} if slot.labelled else {"aria-label": slot.name or placeholder_of(slot)}),
        },
        chosen=chosen_choices(groups),
        options=[one for one in (current if isinstance(current, list) else [current]) if one],
        placeholder=placeholder_of(slot),
        several=slot.kind.startswith("multi_"),
        least=slot.element.get("min_query_length", 3),
        most=slot.element.get("max_selected_items"),
    )


def overflow(slot: Slot) -> Markup:
    """Three dots that open a menu."""
    choices = [(choice, safe_address(choice.url)) for group in groups_of(slot) for choice in group.choices]
    wires = {**slot.wires(), "id": f"{slot.id}-menu"}
    return render("elements/overflow.html", id=slot.id, wires=wires, choices=choices)


def choices(slot: Slot) -> Markup:
    """Checkboxes or radio buttons, each option with its description."""
    radio = slot.kind == "radio_buttons"
    return render(
        "elements/choices.html",
        slot=slot,
        radio=radio,
        attributes={**slot.wires(), **slot.names(), **({"role": "radiogroup"} if radio else {})},
        required=slot.required and radio,
        choices=[choice for group in groups_of(slot) for choice in group.choices],
    )
