"""What can go wrong at the flick of a switch, what is on, and how often it was played."""

import json
from dataclasses import dataclass
from typing import Any, Final

from bot.workspace.faults import Fault
from bot.workspace.page.side.tally import tally_of
from bot.workspace.page.side.wording import counted
from bot.workspace.page.sight import Sight

_EVERY: Final = "*"
_CALLS: Final = {
    _EVERY: ("call", "calls"),
    "chat.postMessage": ("message", "messages"),
    "chat.update": ("change of a message", "changes of messages"),
    "response_url": ("answer to a press", "answers to a press"),
}
"""What people call what the app asks of Slack; for anything else its own name has to do."""

_KINDS: Final = {
    "slow": "Slow answers",
    "slow_after": "Late answers",
    "hang": "Nothing is done, and no answer comes",
    "hang_after": "It is done, and no answer comes",
    "rate_limited": "Slack asks to slow down",
    "http_500": "Slack fails",
    "http_500_after": "It is done, and Slack says that it failed",
    "lost_answer": "An answer is lost",
    "closed": "The line is cut, and nothing is done",
    "error": "Slack refuses",
    "stale": "Slack shows what was a while ago",
}
"""What people call a fault that was switched on elsewhere."""


@dataclass(frozen=True)
class Switch:
    """A fault that a person can switch on: its words, and the arguments of the verb `fault`."""

    key: str
    label: str
    hint: str
    method: str
    kind: str
    times: int = 0
    seconds: float = 0.0

    @property
    def request(self) -> str:
        """What to send to the verb `fault`, as JSON."""
        asked: dict[str, Any] = {"method": self.method, "kind": self.kind, "times": self.times}
        return json.dumps(asked | ({"seconds": self.seconds} if self.seconds else {}))

    @property
    def exact(self) -> str:
        """What programs call it."""
        return _exact(self.method, self.kind)

    def is_meant(self, fault: Fault) -> bool:
        """Whether a fault that is on is this one, whoever switched it on."""
        return (fault.method, fault.kind, fault.channel) == (self.method, self.kind, "")


SWITCHES: Final = (
    Switch("slow", "Slack answers slowly", "Every call takes 2 seconds.", _EVERY, "slow", seconds=2.0),
    Switch(
        "429",
        "Slack asks to slow down (429)",
        "It turns the next 3 calls away for 5 seconds.",
        _EVERY,
        "rate_limited",
        3,
        5.0,
    ),
    Switch(
        "lost",
        "An answer is lost",
        "The next message arrives, and the app is not told that it did.",
        "chat.postMessage",
        "lost_answer",
        1,
    ),
    Switch("500", "Slack is down", "Every call fails.", _EVERY, "http_500"),
)


@dataclass(frozen=True)
class Shown:
    """A switch as it stands: the ids of its faults that are on, and a line that says what they did."""

    switch: Switch
    ids: tuple[int, ...]
    state: str


@dataclass(frozen=True)
class Other:
    """A fault that was switched on elsewhere, such as in a terminal; `exact` is what programs call it."""

    id: int
    name: str
    state: str
    exact: str


@dataclass(frozen=True)
class Troubles:
    """All of it; `on` counts what is on, silent links too."""

    switches: tuple[Shown, ...]
    others: tuple[Other, ...]
    open: int
    silent: int

    @property
    def on(self) -> int:
        """How many things are wrong now."""
        return sum(len(one.ids) for one in self.switches) + len(self.others) + self.silent


def troubles(sight: Sight) -> Troubles:
    """What is on and what was played."""
    core = sight.core
    faults, links = core.faults.list(), core.hub.connections
    others = [one for one in faults if not any(switch.is_meant(one) for switch in SWITCHES)]
    return Troubles(
        switches=tuple(_shown(sight, switch, faults) for switch in SWITCHES),
        others=tuple(_other(one) for one in others),
        open=len(links),
        silent=sum(one.silent for one in links),
    )


def _shown(sight: Sight, switch: Switch, faults: list[Fault]) -> Shown:
    mine = [fault for fault in faults if switch.is_meant(fault)]
    ever = tally_of(sight.core.journal).played[switch.kind]
    state = _state(mine) if mine else f"Met {_often(ever)} so far" if ever else ""
    return Shown(switch, tuple(one.id for one in mine), state)


def _other(fault: Fault) -> Other:
    return Other(fault.id, _KINDS[fault.kind], _state([fault]), _exact(fault.method, fault.kind, fault.error))


def _state(faults: list[Fault]) -> str:
    """A line such as: On for the next 2 calls · met once."""
    method, played = faults[0].method, sum(one.played for one in faults)
    one, many = _CALLS.get(method, (method, method))
    left = sum(one.times - one.played for one in faults) if all(one.times for one in faults) else 0
    what = f"every {one}" if not left else f"the next {one}" if left == 1 else f"the next {left:,} {many}"
    return f"On for {what} · {f'met {_often(played)}' if played else 'not met yet'}"


def _often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, counted(count, "time"))


def _exact(*names: str) -> str:
    return " · ".join(name for name in names if name)
