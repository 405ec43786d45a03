"""What can go wrong at the flick of a switch, what is on, and how often it was played."""

import json
from dataclasses import dataclass
from typing import Any, Final

from bot.workspace.faults import Fault
from bot.workspace.page.side.tally import tally_of
from bot.workspace.page.side.wording import counted
from bot.workspace.page.sight import Sight

_EVERY: Final = "*"


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

    def is_meant(self, fault: Fault) -> bool:
        """Whether a fault that is on is this one, whoever switched it on."""
        return (fault.method, fault.kind, fault.channel) == (self.method, self.kind, "")


SWITCHES: Final = (
    Switch("slow", "Slack answers slowly", "Every call takes 2 seconds.", _EVERY, "slow", seconds=2.0),
    Switch("429", "Slack says 429", "The next 3 calls: too many, try again in 5 s.", _EVERY, "rate_limited", 3, 5.0),
    Switch(
        "lost", "An answer is lost", "The next post happens; the app never hears.", "chat.postMessage", "lost_answer", 1
    ),
    Switch("500", "Slack is down", "Every call fails with a 500.", _EVERY, "http_500"),
)


@dataclass(frozen=True)
class Shown:
    """A switch as it stands: the ids of its faults that are on, and a line that says what they did."""

    switch: Switch
    ids: tuple[int, ...]
    state: str


@dataclass(frozen=True)
class Other:
    """A fault that was switched on elsewhere, such as in a terminal."""

    id: int
    name: str
    state: str


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
        others=tuple(Other(one.id, one.kind.replace("_", " "), _state([one])) for one in others),
        open=len(links),
        silent=sum(one.silent for one in links),
    )


def _shown(sight: Sight, switch: Switch, faults: list[Fault]) -> Shown:
    mine = [fault for fault in faults if switch.is_meant(fault)]
    ever = tally_of(sight.core.journal).played[switch.kind]
    state = _state(mine) if mine else f"Played {counted(ever, 'time')} so far" if ever else ""
    return Shown(switch, tuple(one.id for one in mine), state)


def _state(faults: list[Fault]) -> str:
    """A line such as: On · chat.postMessage · played 2 times · 1 to come."""
    method = "every call" if faults[0].method == _EVERY else faults[0].method
    parts = ["On", method, f"played {counted(sum(one.played for one in faults), 'time')}"]
    if all(one.times for one in faults):
        parts.append(f"{sum(one.times - one.played for one in faults):,} to come")
    return " · ".join(parts)
