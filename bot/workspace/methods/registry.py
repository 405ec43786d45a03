"""The table of API methods: what each takes, who may call it, and how often."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.models import JSON

Run = Callable[[Core, JSON], JSON]
Caller = Literal["bot", "app"]
"""Whose token it takes: xoxb or xapp."""
Argument = Literal["str", "int", "bool", "json", "list"]
_TRUE: Final = frozenset({"1", "true", "True"})
_FALSE: Final = frozenset({"0", "false", "False", ""})


@dataclass(frozen=True)
class Method:
    """An API method. `scopes`: one of them is needed; `tier`: docs /apis/web-api/rate-limits, 0 for no limit here."""

    name: str
    run: Run
    arguments: dict[str, Argument]
    required: tuple[str, ...]
    scopes: tuple[str, ...]
    tier: int
    caller: Caller


METHODS: dict[str, Method] = {}


def method(
    name: str, arguments: str, *, scopes: str = "", tier: int = 0, caller: Caller = "bot"
) -> Callable[[Run], Run]:
    """Register a function as an API method.

    `arguments` is a list such as "channel! ts! blocks:json limit:int": a `!` marks what is required, str is the
    default type, and an argument that is not listed is refused. `scopes` are alternatives.
    """
    kinds: dict[str, Argument] = {}
    required = []
    for word in arguments.split():
        field, _, kind = word.partition(":")
        if field.endswith("!"):
            required.append(field[:-1])
        kinds[field.removesuffix("!")] = kind or "str"  # type: ignore[assignment]  # the table is ours

    def register(run: Run) -> Run:
        METHODS[name] = Method(name, run, kinds, tuple(required), tuple(scopes.split()), tier, caller)
        return run

    return register


def read_arguments(wanted: Method, given: JSON) -> tuple[JSON, list[str]]:
    """The arguments in their types, and what is wrong with those given, each as "pointer: sentence"."""
    out: JSON = {}
    wrong: list[str] = []
    for name, value in given.items():
        kind = wanted.arguments.get(name)
        if kind is None:
            wrong.append(f"/{name}: unknown argument")
        elif value is not None:
            try:
                out[name] = _read(kind, value)
            except ValueError:
                wrong.append(f"/{name}: must be {kind}")
    wrong += [f"/{name}: missing required field" for name in wanted.required if out.get(name) in (None, "")]
    return out, wrong


def _read(kind: Argument, value: Any) -> Any:
    if kind == "str":
        if not isinstance(value, str):
            raise ValueError
        return value
    if kind == "int":
        if isinstance(value, bool):
            raise ValueError
        return int(value)
    if kind == "bool":
        text = str(value)
        if text not in _TRUE | _FALSE:
            raise ValueError
        return text in _TRUE
    if kind == "list":
        return [one for one in value.split(",") if one] if isinstance(value, str) else list(value)
    return json.loads(value) if isinstance(value, str) and value else value


def need(core: Core, *scopes: str) -> None:
    """SlackError missing_scope unless the app has one of these scopes."""
    provided = core.state.app.scopes
    if not any(scope in provided for scope in scopes):
        raise SlackError("missing_scope", needed=",".join(scopes), provided=",".join(sorted(provided)))
