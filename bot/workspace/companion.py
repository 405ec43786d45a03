"""What whoever runs the workspace shows beside it: a tour, moments to jump to, and systems outside the workspace.

The workspace knows nothing of the app; this is the port through which somebody who knows both tells its pages more.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Spot:
    """Where something is: a person's name, a room as in a page's address, a message's ts, and a button's label.

    Each may be empty: "as it is now".
    """

    user: str = ""
    room: str = ""
    message: str = ""
    label: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a tour; `jump` is the key of a jump that belongs to it, `spot` where it is done."""

    key: str
    title: str
    text: str
    done: bool = False
    spot: Spot | None = None
    jump: str = ""


@dataclass(frozen=True)
class Tour:
    """Steps in the order in which they are best taken; `closing` is said when all are done."""

    title: str
    steps: tuple[Step, ...]
    closing: str = ""


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
    """Something that reached a system outside: when (Unix seconds), in one line, its words, and the raw body."""

    at: float
    title: str
    text: str
    body: str = ""


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
    """Holds the newest briefing; `version` grows when it differs from the one before."""

    briefing: Briefing = field(default_factory=Briefing)
    version: int = 0

    def tell(self, briefing: Briefing) -> None:
        """Show this from now on."""
        if briefing != self.briefing:
            self.briefing = briefing
            self.version += 1
