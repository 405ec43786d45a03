"""Faults that can be switched on: what the network and Slack do to an app on a bad day."""

from dataclasses import dataclass
from typing import Final

from bot.workspace.errors import ControlError
from bot.workspace.models import JSON

KINDS: Final = {
    "slow": "the call takes effect and is answered `seconds` late",
    "slow_after": "the call takes effect at once and is answered `seconds` late",
    "hang": "no answer ever, and no effect",
    "hang_after": "the call takes effect, no answer ever",
    "rate_limited": "429 with Retry-After: `seconds`, no effect",
    "http_500": "status `status` (500) without effect",
    "http_500_after": "status `status` (500), though the call took effect",
    "lost_answer": "the connection closes after the call took effect, before the answer",
    "closed": "the connection closes before the call takes effect",
    "error": "ok: false with `error`, no effect",
    "stale": "history or replies without the messages of the last `seconds`",
}
"""What each kind of fault does."""

_EFFECT_FIRST: Final = frozenset({"slow_after", "hang_after", "http_500_after", "lost_answer"})


@dataclass
class Fault:
    """A fault on one method, to be played `times` times (0: until it is cleared).

    `*` stands for every method but apps.connections.open, so that an app with a dead Web API still has its sockets;
    a post to a response URL is the method response_url.
    """

    id: int
    method: str
    kind: str
    seconds: float = 0.0
    status: int = 500
    error: str = ""
    times: int = 1
    channel: str = ""
    played: int = 0

    @property
    def effect_first(self) -> bool:
        """Whether the call takes effect before the fault shows."""
        return self.kind in _EFFECT_FIRST

    def to_json(self) -> JSON:
        """The fault as JSON."""
        return dict(vars(self))


class Faults:
    """The faults that are switched on, oldest first; `version` grows with every change."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._count = 0
        self.version = 0

    def add(
        self,
        method: str,
        kind: str,
        *,
        seconds: float = 0.0,
        status: int = 500,
        error: str = "",
        times: int = 1,
        channel: str = "",
    ) -> Fault:
        """Switch a fault on; with `channel`, only for calls that name that channel id."""
        if kind not in KINDS:
            raise ControlError(f"there is no fault {kind!r}; there are: {', '.join(KINDS)}")
        if kind == "error" and not error:
            raise ControlError("the fault 'error' needs the name of an error, such as channel_not_found")
        self._count += 1
        fault = Fault(self._count, method, kind, seconds, status, error, times, channel)
        self._faults.append(fault)
        self.version += 1
        return fault

    def take(self, method: str, args: JSON) -> Fault | None:
        """The fault that this call meets, counted as played."""
        for fault in self._faults:
            named = fault.method == method or (fault.method == "*" and method != "apps.connections.open")
            if named and fault.channel in {"", args.get("channel")}:
                fault.played += 1
                self.version += 1
                if fault.times and fault.played >= fault.times:
                    self._faults.remove(fault)
                return fault
        return None

    def list(self) -> list[Fault]:
        """The faults that are on."""
        return list(self._faults)

    def clear(self, fault_id: int | None = None) -> int:
        """Switch one fault or all of them off; returns how many were on."""
        gone = [fault for fault in self._faults if fault_id is None or fault.id == fault_id]
        self._faults = [fault for fault in self._faults if fault not in gone]
        self.version += len(gone)
        return len(gone)
