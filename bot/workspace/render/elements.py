"""Buttons, menus, pickers and text fields as a person sees them, with what is chosen or typed."""

from collections.abc import Iterator
from typing import Any

from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import Reader, columns, wrap
from bot.workspace.render.words import show_text

JSON = dict[str, Any]

_PICK = {
    "users_select": "Select a person",
    "multi_users_select": "Select people",
    "channels_select": "Select a channel",
    "multi_channels_select": "Select channels",
    "conversations_select": "Select a conversation",
    "multi_conversations_select": "Select conversations",
    "datepicker": "Select a date",
    "timepicker": "Select a time",
    "datetimepicker": "Select date and time",
}


def show_element(  # noqa: PLR0911 one way out for each kind of element
    element: JSON, reader: Reader, chosen: JSON | None = None
) -> str:
    """One element on one line; `chosen` is its entry of state.values, without it the preset counts."""
    kind = str(element.get("type"))
    match kind:
        case "button" | "workflow_button" | "icon_button":
            label = f"[ {show_text(element.get('text'), reader)} ]"
            return reader.style(label, "bold") if element.get("style") else label
        case "feedback_buttons":
            return " ".join(
                f"[ {show_text(element.get(side, {}).get('text'), reader)} ]"
                for side in ("positive_button", "negative_button")
            )
        case "overflow":
            return f"[ ⋯ {' · '.join(show_text(option.get('text'), reader) for option in options_of(element))} ]"
        case "image":
            return f"(image: {element.get('alt_text', '')})"
        case "checkboxes" | "radio_buttons":
            return "  ".join(_marked_options(element, reader, chosen))
        case "file_input":
            return f"[ {', '.join(_names(chosen)) or 'Add a file'} ]"
    if kind.endswith("_select") or kind in _PICK:
        text = ", ".join(current_words(element, reader, chosen)) or placeholder_words(element, reader)
        return f"[ {text} ▾ ]"
    return f"({kind})"


def is_choice(element: JSON) -> bool:
    """Whether all options of an element stand there to be ticked: they may need a line each."""
    return element.get("type") in {"checkboxes", "radio_buttons"}


def show_choices(element: JSON, reader: Reader, width: int, chosen: JSON | None = None) -> list[str]:
    """Radio buttons or checkboxes side by side while they fit; one below another when one says more about itself."""
    options = list(_marked_options(element, reader, chosen))
    together = "  ".join(options)
    if columns(together) <= width and not any(option.get("description") for option in options_of(element)):
        return [together]
    return [line for option in options for line in wrap(option, width, rest="  ")]


def describe_chosen(element: JSON, reader: Reader, chosen: JSON | None = None) -> str:
    """What the chosen option of a menu says about itself, with a dot before it; closed menus of Slack hide it."""
    if is_choice(element):
        return ""
    known = {option.get("value"): option for option in options_of(element)}
    current = [known.get(value.get("value"), value) for kind, value in _current(element, chosen) if kind == "option"]
    return _about(current[0], reader) if len(current) == 1 else ""


def placeholder_words(element: JSON, reader: Reader) -> str:
    """What stands in an empty field or menu, dim and in pointed quotes, lest it be taken for a value; may be empty."""
    kind = str(element.get("type"))
    given = show_text(element.get("placeholder"), reader)
    words = given or _PICK.get(kind, "Select an option" if kind.endswith("_select") else "")
    return reader.style(f"‹{words}›", "dim") if words else ""  # noqa: RUF001 marks that nobody types


def options_of(element: JSON) -> list[JSON]:
    """Every option of an element, those in groups too."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]


def current_words(element: JSON, reader: Reader, chosen: JSON | None = None) -> list[str]:
    """What a menu or picker is set to, as words; empty when it is set to nothing."""
    return [_word(value, reader) for value in _current(element, chosen)]


def typed_text(element: JSON, chosen: JSON | None = None) -> str:
    """What stands in a text field."""
    value = chosen.get("value") if chosen is not None else element.get("initial_value")
    return "" if value is None or isinstance(value, dict) else str(value)


def _current(element: JSON, chosen: JSON | None) -> Iterator[tuple[str, Any]]:
    """Pairs of what kind of value it is (option, user, channel, conversation, date, time, date_time) and the value."""
    source, prefix = (chosen, "selected_") if chosen is not None else (element, "initial_")
    for key, value in source.items():
        if key.startswith(prefix) and value not in (None, []):
            kind = key.removeprefix(prefix)
            for one in value if isinstance(value, list) else [value]:
                yield kind.removesuffix("s"), one


def _word(current: tuple[str, Any], reader: Reader) -> str:
    kind, value = current
    if kind == "option":
        return show_text(value.get("text"), reader)
    if kind == "user":
        return f"@{reader.person(value)}"
    if kind in {"channel", "conversation"}:
        return f"#{reader.channel(value)}" if value in reader.channels else reader.person(value)
    if kind == "date_time":
        return f"{reader.local(value):%a} {show_date(value, '{date_short} {time}', reader)}"
    return str(value)


def _marked_options(element: JSON, reader: Reader, chosen: JSON | None) -> Iterator[str]:
    on = {option.get("value") for _, option in _current(element, chosen)}
    marks = ("☑", "☐") if element.get("type") == "checkboxes" else ("◉", "○")
    for option in options_of(element):
        mark = marks[0] if option.get("value") in on else marks[1]
        yield f"{mark} {show_text(option.get('text'), reader)}{_about(option, reader)}"


def _about(option: JSON, reader: Reader) -> str:
    words = show_text(option.get("description"), reader)
    return f" {reader.style(f'· {words}', 'dim')}" if words else ""


def _names(chosen: JSON | None) -> list[str]:
    return [str(file.get("name", "")) for file in (chosen or {}).get("files", [])]
