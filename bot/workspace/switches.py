"""Moving the workspace's time, and switching faults on and off, in a person's words."""

from typing import Any, Final

from bot.workspace.errors import ControlError
from bot.workspace.hands.naming import enumerate_names
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

FAULTS: Final = (*_DEFAULTS, *_LINKS)


class Switches(Watcher):
    """Time and faults."""

    async def clock(self, words: str = "", user: str = "") -> str:
        """Move time forward ("+1h", "tomorrow 08:30" in the person's zone) and say what time it is for them."""
        scene = await self._scene(user)
        now = float(scene.state["now"])
        if words:
            goal = parse_time(words, now, scene.user["tz"])
            if goal < now:
                raise ControlError(f"{words!r} is over; time only moves forward")
            now = float((await self._link.ask("forward", seconds=goal - now))["now"])
            await self._link.ask("settle", timeout=self._patience)
        reader = self._reader(scene)
        moment = reader.local(now)
        return f"It is {moment:%A}, {moment.day} {moment:%B %Y}, {reader.clock(now)} ({scene.user['tz']})."

    async def fault(self, name: str, method: str = "*", **options: Any) -> str:
        """Switch a fault on by its short name (see FAULTS) for a method; says what will happen.

        Options: seconds, status, error, times (0: until cleared), channel.
        """
        given = {key: value for key, value in options.items() if value is not None}
        if name in _LINKS:
            verb, arguments = _LINKS[name]
            return f"{await self._link.ask(verb, **arguments)} connection(s) met {name}."
        if name not in _DEFAULTS:
            raise ControlError(f"there is no fault {name!r}; there is {enumerate_names(FAULTS)}")
        kind, usual = _DEFAULTS[name]
        return _told(await self._link.ask("fault", method=method, kind=kind, **{**usual, **given}))

    async def faults(self) -> str:
        """The faults that are on, one a line."""
        faults = await self._link.ask("faults")
        return "\n".join(_told(fault) for fault in faults) or "No fault is switched on."

    async def clear_faults(self) -> str:
        """Switch all faults off, silent links too."""
        count = await self._link.ask("clear_faults")
        await self._link.ask("silence", silent=False)
        return f"{count} fault{'' if count == 1 else 's'} cleared."


def _told(fault: JSON) -> str:
    method = "every method" if fault["method"] == "*" else fault["method"]
    times = "until cleared" if not fault["times"] else f"{fault['times']} time{'' if fault['times'] == 1 else 's'}"
    seconds = f" ({fault['seconds']:g} s)" if fault["seconds"] else ""
    error = f" {fault['error']}" if fault["error"] else ""
    return f"#{fault['id']} {fault['kind']}{error}{seconds} on {method}, {times}."
