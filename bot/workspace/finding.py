"""Which message, and which of a window's own buttons, a person means."""

import re
from typing import Any, Final

from bot.workspace.errors import ControlError, UnclearError
from bot.workspace.hands.naming import AmbiguousError, NotThereError, fold, quote
from bot.workspace.hands.pressing import Press, can_be_pressed, find_press, what_there_is
from bot.workspace.hands.settings import Surroundings
from bot.workspace.render import Reader, render_message
from bot.workspace.render.screens import threads

JSON = dict[str, Any]
_NUMBER: Final = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?")


def find_message(messages: list[JSON], name: str, reader: Reader) -> JSON:
    """The message that a name stands for: "last" (or nothing), its number as shown, or words that only it has.

    Where several have the words, the newest is meant; one that all can see goes before one for this person's eyes
    alone, such as the answer to a command. ControlError for none.
    """
    roots, replies = threads(messages)
    if not roots:
        raise ControlError("there are no messages yet")
    if name in {"", "last"}:
        return max(messages, key=_instant)
    if number := _NUMBER.fullmatch(name):
        row = roots if not number[2] else replies.get(roots[int(number[1]) - 1]["ts"], [])
        index = int(number[2] or number[1])
        if not 1 <= int(number[1]) <= len(roots) or not 1 <= index <= len(row):
            raise UnclearError(f"there is no message {name}; there are {len(roots)}")
        return row[index - 1]
    wanted = name.casefold()
    for message in sorted(messages, key=_for_all_and_newest, reverse=True):
        if wanted in render_message(message, reader).casefold():
            return message
    raise UnclearError(f"no message says {quote(name)}")


def find_to_press(
    messages: list[JSON], label: str, around: Surroundings, reader: Reader, name: str = ""
) -> tuple[JSON, Press]:
    """The message and what to press in it: in the named message, else in the newest that has something of this label.

    ControlError says what can be pressed in the newest message that has anything to press.
    """
    if name:
        message = find_message(messages, name, reader)
        return message, _pressed_in(message, label, around)
    refusal: NotThereError | None = None
    for message in sorted(messages, key=_instant, reverse=True):
        blocks = blocks_of(message)
        if can_be_pressed(blocks):
            try:
                return message, _pressed_in(message, label, around)
            except NotThereError as problem:
                refusal = refusal or problem
    raise refusal or ControlError("there is nothing to press here")


def _pressed_in(message: JSON, label: str, around: Surroundings) -> Press:
    try:
        return find_press(blocks_of(message), label, around)
    except AmbiguousError as problem:
        hint = "or name another message with --message: its number, or some of its words"
        raise AmbiguousError(f"{problem}, {hint}") from None


def blocks_of(message: JSON) -> list[JSON]:
    """The blocks of a message, those of its attachments too."""
    attached = [block for one in message.get("attachments") or [] for block in one.get("blocks") or []]
    return [*(message.get("blocks") or []), *attached]


def own_button(view: JSON, label: str) -> str:
    """Whether a label is a window's own button: "submit", "close", or "" when it is neither."""
    wanted = fold(label)
    texts = {name: fold(view[name]["text"]) for name in ("submit", "close") if view.get(name)}
    whole = [name for name, text in texts.items() if text == wanted]
    start = [name for name, text in texts.items() if wanted and text.startswith(wanted)]
    return next(iter(whole or start), "")


def not_in_window(view: JSON, problem: NotThereError, *, named: bool) -> NotThereError:
    """Why a window has nothing of that label; who did not name the window learns that it is open, and in the way."""
    buttons = [view[name]["text"] for name in ("submit", "close") if view.get(name)]
    there = f"{problem}; the window's own buttons: {', '.join(buttons) or 'none'}"
    if named:
        return NotThereError(there)
    way_out = 'close it first, or say where with --in "#channel", --in dm or --in home'
    return NotThereError(f"in the open window “{view['title']['text']}” {there}; {way_out}")


def check_can_be_sent(view: JSON) -> None:
    """Raise ControlError for a window that has no button of its own that sends it, with what it has instead."""
    if not view.get("submit"):
        name, there = view["title"]["text"], what_there_is(view["blocks"])
        raise ControlError(f"the window “{name}” has no button that sends it; {there}; `close` dismisses it")


def _instant(message: JSON) -> float:
    return float(message.get("ts") or 0)


def _for_all_and_newest(message: JSON) -> tuple[bool, float]:
    return not message.get("is_ephemeral"), _instant(message)
