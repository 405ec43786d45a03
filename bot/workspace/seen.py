"""What a person sees after something was done: the difference between two looks at the workspace."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.workspace.errors import ControlError
from bot.workspace.render import Reader, render_home, render_message, render_modal
from bot.workspace.scene import Scene

JSON = dict[str, Any]
_VISIBLE: Final = ("text", "blocks", "attachments", "files", "subtype")
SENTENCES: Final = {
    "operation_timeout": "{app} did not answer within three seconds (operation_timeout).",
    "dispatch_failed": (
        "{app} is not connected just now (dispatch_failed{reason}). A connection that was cut comes back by itself: "
        "try again in a moment."
    ),
    "invalid_response": "Slack could not use the answer of {app} (invalid_response).",
    "push_limit_reached": "No more than three windows fit on top of each other (push_limit_reached).",
}


class RefusedError(ControlError):
    """Slack showed an error instead of doing what was asked."""


@dataclass(frozen=True)
class Look:
    """One look: the messages by (channel, ts), the open windows with the topmost last, the Home tab."""

    scene: Scene
    messages: Mapping[tuple[str, str], JSON]
    views: list[JSON]
    home: JSON | None


@dataclass(frozen=True)
class Seen:
    """What came of an action, as data and (`text`, also `str()`) as a person sees it.

    `errors` are sentences by the label of their field, `modal` the topmost open window, `messages` what is new or
    changed in the person's channels (`whispers` of them only they see), `home` the Home tab when it changed.
    """

    text: str
    errors: dict[str, str] = field(default_factory=dict)
    modal: JSON | None = None
    messages: list[JSON] = field(default_factory=list)
    home: JSON | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def whispers(self) -> list[JSON]:
        """The messages that only this person sees."""
        return [message for message in self.messages if message.get("ephemeral")]


def refuse(result: JSON, scene: Scene) -> None:
    """Raise RefusedError with Slack's sentence when the result of an interaction is an error that no field carries."""
    error = result.get("error")
    if not error or error == "form_incomplete":
        return
    reason = f", {result['reason']}" if result.get("reason") else ""
    template = SENTENCES.get(error, f"{result.get('reason') or error}")
    raise RefusedError(template.format(app=scene.app_name, reason=reason))


def compare(before: Look, after: Look, errors: Mapping[str, str], reader: Reader, first: str = "") -> Seen:
    """What the second look shows that the first did not; `errors` by block_id, `first` the channel acted in."""
    top = after.views[-1] if after.views else None
    fresh = _fresh(before, after)
    parts: list[str] = []
    if top and (errors or top not in before.views):
        parts.append(render_modal(top, reader, dict(errors)))
    elif before.views and not after.views:
        parts.append("The window closed.")
    elif len(after.views) < len(before.views) and top:
        parts.append(render_modal(top, reader))
    home = after.home if after.home and content(after.home) != content(before.home) else None
    if home:
        parts.append(render_home(home, reader, after.scene.app_name))
    ordered = sorted(fresh, key=lambda one: (one["channel"] != first, float(one["ts"])))
    parts += [_in_its_place(message, after.scene, reader, first) for message in ordered]
    return Seen("\n\n".join(parts), _by_label(top, errors), top, fresh, home)


def with_choices(message: JSON, user: str) -> JSON:
    """A message with what this person has chosen in its menus as `state`."""
    return {**message, "state": {"values": (message.get("chosen") or {}).get(user, {})}}


def _fresh(before: Look, after: Look) -> list[JSON]:
    return [
        {**message, "channel": channel}
        for (channel, ts), message in after.messages.items()
        if content(message) != content(before.messages.get((channel, ts)))
    ]


def content(thing: JSON | None) -> Any:
    """What a person sees of a message or view, to tell whether it changed; None for nothing."""
    return None if thing is None else {key: thing.get(key) for key in _VISIBLE}


def _in_its_place(message: JSON, scene: Scene, reader: Reader, first: str) -> str:
    shown = render_message(with_choices(message, scene.id), reader)
    if message["channel"] == first:
        return shown
    room = next(one for one in scene.rooms() if one["id"] == message["channel"])
    return f"{reader.style(f'in {scene.title(room)}', 'dim')}\n{shown}"


def _by_label(view: JSON | None, errors: Mapping[str, str]) -> dict[str, str]:
    labels = {
        block["block_id"]: block["label"]["text"] for block in (view or {}).get("blocks", []) if block.get("label")
    }
    return {labels.get(block_id, block_id): sentence for block_id, sentence in errors.items()}
