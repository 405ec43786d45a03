"""Inputs that only few forms have: several choices at once, a day, a person."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from bot.blocks.limits import LIMITS
from bot.blocks.pieces import Block, grouped_select, option, select
from bot.blocks.words import one_line, plain

LABEL = 75


def checkboxes(options: Sequence[Block], *, ticked: Collection[str] = ()) -> Block:
    """Return at most ten choices, any number of which can be ticked; `ticked` are values."""
    shown = list(options)[: LIMITS["checkboxes.options"]]
    on = [choice for choice in shown if choice["value"] in ticked]
    return {"type": "checkboxes", "options": shown, **({"initial_options": on} if on else {})}


def day_field(value: date | None = None) -> Block:
    """Return an input for a date."""
    made: Block = {"type": "datepicker", "placeholder": plain("Choose a day", "element.placeholder")}
    return {**made, "initial_date": value.isoformat()} if value else made


def person_field(value: str | None = None, placeholder: str = "Choose a colleague") -> Block:
    """Return an input for one person of the workspace; whether they are of the team is checked when it is saved."""
    made: Block = {"type": "users_select", "placeholder": plain(placeholder, "element.placeholder")}
    return {**made, "initial_user": value} if value else made


def long_select(action: str, choices: Sequence[tuple[str, str]], *, first: tuple[str, str], chosen: str) -> Block:
    """Return a menu of (value, name) pairs, in groups by initials when there are too many for one list.

    `first` stands before them all: what holds when none of them does.
    """
    head = option(one_line(first[1], LABEL), first[0])
    options = [option(one_line(name, LABEL), value) for value, name in choices]
    most = LIMITS["select.options"]
    if len(options) < most:
        return select(action, [head, *options], chosen=chosen)
    parts = [options[at : at + most] for at in range(0, len(options), most)]
    return grouped_select(action, [("Without", [head]), *((_span(part), part) for part in parts)], chosen=chosen)


def _span(part: Sequence[dict[str, Any]]) -> str:
    first, last = (entry["text"]["text"][:1].upper() for entry in (part[0], part[-1]))
    return f"{first} to {last}" if first != last else first
