"""What the code asks of Slack: Web API methods that are called, and what handlers listen to."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from handlers import register_all

FAMILIES = (
    "apps|auth|bots|calls|chat|conversations|dnd|emoji|files|oauth|pins|reactions|reminders|team|usergroups|users|views"
)
_METHOD = re.compile(rf"(?:{FAMILIES})(?:\.[a-z][A-Za-z]*)+")
_SDK = re.compile(rf"({FAMILIES})_[a-z][A-Za-z_]*")


def methods_called(*files: Path) -> set[str]:
    """Return the methods that are named in strings or called through the SDK's own functions."""
    found: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _METHOD.fullmatch(node.value):
                found.add(node.value)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_sdk(node.func.attr):
                parts = node.func.attr.split("_")
                found.add(".".join(parts) if parts[0] == "apps" else ".".join([parts[0], "_".join(parts[1:])]))
    return found


def _is_sdk(name: str) -> bool:
    """Tell whether a function has a name of the SDK's: ours about a team have not."""
    return bool(_SDK.fullmatch(name)) and hasattr(AsyncWebClient, name)


class Ear:
    """Stands where Bolt's app stands at registration, and remembers what is listened to: (kind, name)."""

    def __init__(self) -> None:
        self.heard: set[tuple[str, str]] = set()

    def __getattr__(self, kind: str) -> Callable[..., Callable[..., None]]:
        def listen(constraint: object = None, *_: object, **__: object) -> Callable[..., None]:
            name = constraint.get("type", constraint.get("callback_id")) if isinstance(constraint, dict) else constraint
            if isinstance(name, str):
                self.heard.add((kind, str(name)))
            return lambda *_, **__: None

        return listen

    def names(self, kind: str) -> set[str]:
        """Return what is listened to of one kind (`event`, `command`, `shortcut`); catch-alls have no name."""
        return {name for heard, name in self.heard if heard == kind}


def listened_to() -> Ear:
    """Register every handler with an ear instead of Bolt."""
    ear = Ear()
    register_all(ear, do=None, read=None, screens=None, now=None, team_channel=None, background=set())
    return ear
