"""Slack's interaction payloads, read once into one shape. Pure; docs.slack.dev/reference/interaction-payloads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from bot.blocks.ids import Field, decode
from bot.domain.people import Actor
from bot.domain.storable import storable_json
from bot.errors import RefusedError


class OldButtonError(RefusedError):
    """That button is from an older card. The card has been refreshed; please press there again."""


class Surface(StrEnum):
    """Where somebody pressed."""

    MESSAGE = "message"
    WINDOW = "window"
    HOME = "home"
    COMMAND = "command"
    SHORTCUT = "shortcut"


@dataclass(frozen=True, slots=True)
class Press:
    """One thing that one person did.

    `value` is what the button, the chosen option or the window carries (`facts` reads it). `channel`, `ts` and
    `thread` say on which message, `view_id` in which window; `filled` are a submitted form's values by field.
    """

    actor: Actor
    surface: Surface
    value: str = ""
    trigger_id: str = ""
    channel: str | None = None
    channel_name: str = ""
    ts: str | None = None
    thread: str | None = None
    response_url: str | None = None
    view_id: str = ""
    text: str = ""
    filled: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, str]:
        """What the value says. Raises OldButtonError when it is not one of ours, or of an older version."""
        try:
            return decode(self.value)
        except ValueError as error:
            raise OldButtonError from error

    def number(self, name: str) -> int:
        """Return a number from the value. Raises OldButtonError when it is not there."""
        fact = self.fact(name)
        if not (fact.isascii() and fact.isdigit()):
            raise OldButtonError
        return int(fact)

    def number_if_any(self, name: str) -> int | None:
        """Return a number from the value, None when a button of an older version does not carry it."""
        return self.number(name) if name in self.facts else None

    def fact(self, name: str) -> str:
        """Return a word from the value. Raises OldButtonError when it is not there."""
        try:
            return self.facts[name]
        except KeyError as error:
            raise OldButtonError from error

    @property
    def window(self) -> str:
        """Return the `callback_id` of the window it was in, empty elsewhere."""
        return str((self.body.get("view") or {}).get("callback_id") or "")

    def words(self, name: Field) -> str:
        """Return what a form's field holds, empty when nothing."""
        found = self.filled.get(name)
        return found if isinstance(found, str) else ""

    def choices(self, *names: Field) -> tuple[str, ...]:
        """Return the values that are ticked in a form's fields, in order."""
        found = (self.filled.get(name) for name in names)
        return tuple(value for ticked in found if isinstance(ticked, tuple) for value in ticked)

    def instant(self, name: Field) -> datetime | None:
        """Return the instant that a form's field holds, None when it is empty."""
        found = self.filled.get(name)
        return datetime.fromtimestamp(found, UTC) if isinstance(found, int) else None


def read_action(body: Mapping[str, Any]) -> Press:
    """Read a `block_actions` payload: a button or a menu, in a message, a window or App Home."""
    action, container = body["actions"][0], body.get("container") or {}
    view = body.get("view") or {}
    surface = Surface.MESSAGE
    if view:
        surface = Surface.HOME if view.get("type") == "home" else Surface.WINDOW
    chosen = action.get("selected_option") or {}
    return Press(
        actor=_actor(body),
        surface=surface,
        value=str(chosen.get("value") or action.get("value") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        ts=container.get("message_ts"),
        thread=container.get("thread_ts"),
        response_url=body.get("response_url"),
        view_id=str(view.get("id") or ""),
        body=body,
    )


def read_submission(body: Mapping[str, Any]) -> Press:
    """Read a `view_submission` payload; what no database takes was taken out of its words."""
    body = storable_json(body)
    view = body["view"]
    return Press(
        actor=_actor(body),
        surface=Surface.WINDOW,
        value=str(view.get("private_metadata") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        view_id=str(view["id"]),
        filled=filled_in(view),
        inputs=tuple(str(block["block_id"]) for block in view.get("blocks", []) if block.get("type") == "input"),
        body=body,
    )


def read_command(body: Mapping[str, Any]) -> Press:
    """Read a slash command, as `read_submission` reads; the members of outside organisations cannot use it."""
    body = storable_json(body)
    return Press(
        actor=Actor(str(body["user_id"]), body.get("team_id")),
        surface=Surface.COMMAND,
        trigger_id=str(body.get("trigger_id") or ""),
        channel=body.get("channel_id"),
        channel_name=str(body.get("channel_name") or ""),
        response_url=body.get("response_url"),
        text=str(body.get("text") or ""),
        body=body,
    )


def read_shortcut(body: Mapping[str, Any]) -> Press:
    """Read a shortcut: a global one has neither channel nor message nor response URL."""
    message, channel = body.get("message") or {}, body.get("channel") or {}
    return Press(
        actor=_actor(body),
        surface=Surface.SHORTCUT,
        trigger_id=str(body.get("trigger_id") or ""),
        channel=channel.get("id"),
        channel_name=str(channel.get("name") or ""),
        ts=message.get("ts"),
        thread=message.get("thread_ts"),
        response_url=body.get("response_url"),
        body=body,
    )


def _actor(body: Mapping[str, Any]) -> Actor:
    """Return who it was: `user.team_id` is where the person is from, `team` only where the app is installed."""
    user = body["user"]
    return Actor(str(user["id"]), user.get("team_id") or (body.get("team") or {}).get("id"))


def filled_in(view: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what stands in the fields of a window: words, an instant or a date, or the ticked values."""
    state = (view.get("state") or {}).get("values") or {}
    return {block: _value(next(iter(elements.values()), {})) for block, elements in state.items()}


def started_with(view: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the words with which the text fields of a window began, before anybody typed."""
    inputs = (block for block in view.get("blocks", []) if block.get("type") == "input")
    return {str(block["block_id"]): str(block["element"].get("initial_value") or "") for block in inputs}


def _value(element: Mapping[str, Any]) -> str | int | tuple[str, ...] | None:
    chosen = element.get("selected_option")
    if chosen:
        return str(chosen["value"])
    if "selected_options" in element:
        return tuple(str(one["value"]) for one in element["selected_options"] or ())
    names = ("value", "selected_user", "selected_date_time", "selected_date")
    found = next((element[name] for name in names if element.get(name)), None)
    return found if isinstance(found, str | int) else None
