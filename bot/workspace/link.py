"""Reaching the control interface of a workspace: of one in this process, or of a running one over HTTP."""

import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import aiohttp

from bot.workspace.errors import ControlError

_DEADLINE_SECONDS = 60


class Link(Protocol):
    """The whole of it: ask a verb of the control interface, get plain JSON, or ControlError with a sentence."""

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """Ask one verb by its name and keyword arguments."""
        ...


class InProcess:
    """A link to a workspace of this process; `control` is a `bot.workspace.control.Control`."""

    def __init__(self, control: object) -> None:
        self._control = control

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """Call the verb."""
        called: Callable[..., Any] = getattr(self._control, verb)
        found = called(**arguments)
        return _plain(await found if inspect.isawaitable(found) else found)


class OverHttp:
    """A link to a workspace that runs elsewhere on this machine; the session belongs to whoever made it."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url.rstrip("/")
        self._session = session

    async def ask(self, verb: str, **arguments: Any) -> Any:
        """Post the verb."""
        deadline = aiohttp.ClientTimeout(total=_DEADLINE_SECONDS)
        try:
            posting: Awaitable[aiohttp.ClientResponse] = self._session.post(
                f"{self._url}/control/{verb}", json=arguments, timeout=deadline
            )
            response = await posting
            answer = await response.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as problem:
            raise ControlError(
                f"no workspace answers at {self._url}; start one with `headsup workspace` or `make run`"
            ) from problem
        if not answer.get("ok"):
            raise ControlError(str(answer.get("error", "the workspace said no")))
        return answer["result"]


def _plain(value: Any) -> Any:
    """A copy as it would have come over HTTP: what the workspace changes later does not change it."""
    return json.loads(json.dumps(value, default=lambda one: one.to_json()))
