"""What whoever runs the workspace shows beside it: a tour, moments to jump to, and systems outside the workspace.

The workspace knows nothing of the app; this is the port through which somebody who knows both tells its pages more.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.workspace.errors import ControlError


@dataclass(frozen=True)
class Spot:
    """Where something is: a person's name, a room as in a page's address, a message's ts, and a button's label.

    Each may be empty: "as it is now". `typed` are words that then wait in the room's composer; `beside` says that the
    label is that of a control in the panel beside the chat, and nothing else is looked at.
    """

    user: str = ""
    room: str = ""
    message: str = ""
    label: str = ""
    typed: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Step:
    """One step of a tour; `jump` is the key of a jump that belongs to it, `spot` where it is done.

    `way` are the words on what leads to the spot, where “Show me” says too little.
    """

    key: str
    title: str
    text: str
    done: bool = False
    spot: Spot | None = None
    jump: str = ""
    way: str = ""


@dataclass(frozen=True)
class Waiting:
    """What a tour waits for, in a sentence; `seen` of `total` have come so far, 0 when nobody can count them."""

    text: str
    seen: int = 0
    total: int = 0


@dataclass(frozen=True)
class Tour:
    """Steps in the order in which they are best taken; `closing` is said when all are done, `welcome` before any is.

    While it is `waiting`, no step can be taken.
    """

    title: str
    steps: tuple[Step, ...]
    closing: str = ""
    welcome: str = ""
    waiting: Waiting | None = None


@dataclass(frozen=True)
class Jump:
    """A moment worth moving the clock to: Unix seconds, or None with `why` there is none now."""

    key: str
    label: str
    to: float | None
    why: str = ""


@dataclass(frozen=True)
class Account:
    """Two numbers that agree when nothing is lost or doubled; `note` says what else is known, such as who waits."""

    label: str
    expected: int
    seen: int
    note: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing is lost and nothing doubled."""
        return self.expected == self.seen


@dataclass(frozen=True)
class Received:
    """Something that reached a system outside: when (Unix seconds), in one line, its words, and the raw body.

    `exact` is what programs call it, for the small print.
    """

    at: float
    title: str
    text: str
    body: str = ""
    exact: str = ""


@dataclass(frozen=True)
class Outside:
    """A system outside the workspace, such as a client's own, with what it received, oldest first."""

    key: str
    name: str
    about: str
    received: tuple[Received, ...] = ()


@dataclass(frozen=True)
class Briefing:
    """All of it at one moment; `banner` is a sentence that every page shows at its top, empty for none."""

    tour: Tour | None = None
    jumps: tuple[Jump, ...] = ()
    accounts: tuple[Account, ...] = ()
    outside: tuple[Outside, ...] = ()
    banner: str = ""


@dataclass
class Companion:
    """Holds the newest briefing; `version` grows when it differs from the one before.

    `taken` are the keys of the steps to which somebody asked the way; what that means is up to whoever tells the tour.
    `next_stop` waits until the app did what is due now and answers when something is due again (Unix seconds, None for
    never): there the clock stops on its way, and `way` is held by whoever lets time go by.
    """

    briefing: Briefing = field(default_factory=Briefing)
    version: int = 0
    taken: set[str] = field(default_factory=set)
    next_stop: Callable[[], Awaitable[float | None]] | None = None
    way: asyncio.Lock = field(default_factory=asyncio.Lock)

    def tell(self, briefing: Briefing) -> None:
        """Show this from now on."""
        if briefing != self.briefing:
            self.briefing = briefing
            self.version += 1

    def take(self, key: str) -> None:
        """Note that somebody asked the way to a step; ControlError when the tour has no such step to take."""
        tour = self.briefing.tour
        if tour is None or tour.waiting or all(step.key != key for step in tour.steps):
            raise ControlError(f"the tour has no step {key!r} to take now")
        self.taken.add(key)
