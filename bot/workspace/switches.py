"""Moving the workspace's time, and switching faults on and off, in a person's words."""

import re
from typing import Any, Final

from bot.workspace.control.operating import LONGEST_MOVE, too_far
from bot.workspace.errors import ControlError, UnclearError
from bot.workspace.hands.naming import enumerate_names, pick, quote
from bot.workspace.hands.times import parse_time
from bot.workspace.watching import Watcher

JSON = dict[str, Any]
_DEFAULTS: Final[dict[str, tuple[str, JSON]]] = {
    "slow": ("slow", {"seconds": 2.0}),
    "429": ("rate_limited", {"seconds": 5.0}),
    "lost": ("lost_answer", {}),
    "500": ("http_500", {}),
    "hang": ("hang", {}),
    "closed": ("closed", {}),
    "error": ("error", {}),
    "slow_after": ("slow_after", {"seconds": 2.0}),
    "hang_after": ("hang_after", {}),
    "500_after": ("http_500_after", {}),
}
"""Short names of the faults of calls: the kind, and its usual options."""

_LINKS: Final[dict[str, tuple[str, JSON]]] = {
    "drop": ("drop", {}),
    "refresh": ("disconnect", {"reason": "refresh_requested"}),
    "silence": ("silence", {}),
}
"""Faults of the link between app and workspace, played at once."""

_METHOD: Final = re.compile(r"\*|[A-Za-z_]+(?:\.[A-Za-z_]+){0,5}")
_LONGEST_METHOD: Final = 80
_ERROR: Final = re.compile(r"[a-z0-9_]{1,60}")
_LONGEST: Final = 3600

FAULTS: Final = (*_DEFAULTS, *_LINKS)


class Switches(Watcher):
    """Time and faults."""

    async def clock(self, words: str = "", user: str = "") -> str:
        """Let time go by ("+1h", "tomorrow 08:30" in the person's zone) and say what time it is for them."""
        scene = await self._scene(user)
        now, jumped = float(scene.state["now"]), None
        if words:
            goal = parse_time(words, now, scene.user["tz"])
            if goal < now:
                raise ControlError(f"{quote(words)} is over; time only moves forward")
            if goal - now > LONGEST_MOVE:
                raise UnclearError(too_far(quote(words)))
            went = await self._link.ask("live_to", at=goal)
            now, jumped = float(went["now"]), went["jumped"]
            await self._link.ask("settle", timeout=self._patience)
        reader = self._reader(scene)
        moment = reader.local(now)
        told = f"It is {moment:%A}, {moment.day} {moment:%B %Y}, {reader.clock(now)} ({scene.user['tz']})."
        if jumped is None:
            return told
        since = f"{reader.local(jumped):%A} {reader.clock(jumped)}"
        return f"{told} So much was due on the way that time jumped from {since} on."

    async def fault(self, name: str, method: str = "*", **options: Any) -> str:
        """Switch a fault on by its short name (see FAULTS) for a method; says what will happen.

        Options: seconds, status, error, times (0: until cleared), channel.
        """
        given = {key: value for key, value in options.items() if value is not None}
        if name in _LINKS:
            verb, arguments = _LINKS[name]
            return f"{await self._link.ask(verb, **arguments)} connection(s) met {name}."
        if name not in _DEFAULTS:
            raise UnclearError(f"there is no fault {quote(name)}; there is {enumerate_names(FAULTS)}")
        _check_method_and_options(method, given)
        if given.get("channel"):
            given["channel"] = await self._channel_of(str(given["channel"]))
        kind, usual = _DEFAULTS[name]
        return _told(await self._link.ask("fault", method=method, kind=kind, **{**usual, **given}))

    async def _channel_of(self, name: str) -> str:
        channels = (await self._link.ask("state"))["channels"]
        if any(channel["id"] == name for channel in channels):
            return name
        named = [channel for channel in channels if channel.get("name")]
        return str(pick(name.removeprefix("#"), named, lambda one: str(one["name"]), "channel")["id"])

    async def faults(self) -> str:
        """The faults that are on, one a line."""
        faults = await self._link.ask("faults")
        return "\n".join(_told(fault) for fault in faults) or "No fault is switched on."

    async def clear_faults(self) -> str:
        """Switch all faults off, silent links too."""
        count = await self._link.ask("clear_faults")
        await self._link.ask("silence", silent=False)
        return f"{count} fault{'' if count == 1 else 's'} cleared."


def _check_method_and_options(method: str, given: JSON) -> None:
    if not _METHOD.fullmatch(method) or len(method) > _LONGEST_METHOD:
        raise UnclearError(f"{quote(method)} is no API method; write one like chat.postMessage, or *")
    if given.get("error") is not None and not _ERROR.fullmatch(given["error"]):
        raise UnclearError(f"{quote(given['error'])} is no error of Slack's; write one like channel_not_found")
    if not 0 <= given.get("seconds", 0) <= _LONGEST:
        raise UnclearError(f"a fault lasts from 0 to {_LONGEST} seconds")
    if given.get("times", 0) < 0:
        raise UnclearError("a fault meets a number of calls, or with 0 all until it is cleared")


def _told(fault: JSON) -> str:
    method = "every method" if fault["method"] == "*" else fault["method"]
    times = "until cleared" if not fault["times"] else f"{fault['times']} time{'' if fault['times'] == 1 else 's'}"
    seconds = f" ({fault['seconds']:g} s)" if fault["seconds"] else ""
    error = f" {fault['error']}" if fault["error"] else ""
    return f"#{fault['id']} {fault['kind']}{error}{seconds} on {method}, {times}."
