"""What a person enters into an element, turned into Slack's `state.values` entry (docs: /reference/views)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.workspace.errors import ControlError
from bot.workspace.hands.naming import pick
from bot.workspace.hands.times import parse_clock, parse_day, parse_time
from bot.workspace.render.elements import options_of

JSON = dict[str, Any]


@dataclass(frozen=True)
class Surroundings:
    """Who enters something, and where: their zone, the time, and how names of people and channels become ids."""

    tz: str
    now: float
    user_id: Callable[[str], str]
    channel_id: Callable[[str], str]


def entry_for(element: JSON, words: str, around: Surroundings) -> JSON:
    """The state of an element after a person entered these words; empty words empty it.

    Options go by their text, several are separated by commas; days and times are those of the person's zone.
    ControlError says what could have been entered.
    """
    kind = str(element.get("type"))
    if kind not in _ENTRIES:
        raise ControlError(f"nothing can be entered into a {kind}")
    key, convert = _ENTRIES[kind]
    text = words if key == "value" else words.strip()
    many = key.endswith("s") and key != "value"
    if not text:
        return {"type": kind, key: [] if many else None}
    if many:
        return {"type": kind, key: [convert(element, one.strip(), around) for one in text.split(",") if one.strip()]}
    return {"type": kind, key: convert(element, text, around)}


def _words(_element: JSON, words: str, _around: Surroundings) -> str:
    return words


def _option(element: JSON, words: str, _around: Surroundings) -> JSON:
    return pick(words, options_of(element), lambda option: str(option["text"]["text"]), "option")


def _user(_element: JSON, words: str, around: Surroundings) -> str:
    return around.user_id(words)


def _channel(_element: JSON, words: str, around: Surroundings) -> str:
    return around.channel_id(words)


def _conversation(_element: JSON, words: str, around: Surroundings) -> str:
    return around.user_id(words) if words.startswith("@") else around.channel_id(words)


def _day(_element: JSON, words: str, around: Surroundings) -> str:
    return parse_day(words, around.now, around.tz).isoformat()


def _clock(_element: JSON, words: str, _around: Surroundings) -> str:
    return f"{parse_clock(words):%H:%M}"


def _instant(_element: JSON, words: str, around: Surroundings) -> int:
    return int(parse_time(words, around.now, around.tz))


def _rich_text(_element: JSON, words: str, _around: Surroundings) -> JSON:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [section]}


_Convert = Callable[[JSON, str, Surroundings], Any]
_ENTRIES: Final[dict[str, tuple[str, _Convert]]] = {
    "plain_text_input": ("value", _words),
    "email_text_input": ("value", _words),
    "url_text_input": ("value", _words),
    "number_input": ("value", _words),
    "rich_text_input": ("rich_text_value", _rich_text),
    "static_select": ("selected_option", _option),
    "radio_buttons": ("selected_option", _option),
    "overflow": ("selected_option", _option),
    "users_select": ("selected_user", _user),
    "channels_select": ("selected_channel", _channel),
    "conversations_select": ("selected_conversation", _conversation),
    "multi_static_select": ("selected_options", _option),
    "checkboxes": ("selected_options", _option),
    "multi_users_select": ("selected_users", _user),
    "multi_channels_select": ("selected_channels", _channel),
    "multi_conversations_select": ("selected_conversations", _conversation),
    "datepicker": ("selected_date", _day),
    "timepicker": ("selected_time", _clock),
    "datetimepicker": ("selected_date_time", _instant),
}
