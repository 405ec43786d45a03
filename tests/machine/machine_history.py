"""What a run leaves behind for the laws to judge: plain facts, so that a breach can also be made by hand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

Said = tuple[tuple[int, str], ...]
"""Who was told of which promises in one go."""

Sent = dict[str, tuple[object, ...]]


@dataclass(frozen=True)
class Told:
    """One nudge about a promise or an aim at the instant at which it was posted, and what was true just then."""

    key: str
    to: str
    at: datetime
    message: str = "1"
    subject: str = "promise"
    ident: int = 1
    revision: int = 0
    rung: int = 1
    name: str = "0"
    due_at: datetime | None = None
    opened_at: datetime | None = None
    not_before: datetime | None = None
    useless_after: datetime | None = None
    holds: int = 0
    moot: str = ""
    over: str = ""
    answered: bool = False
    resting: bool = False
    concerned: bool = True
    reachable: bool = True
    owner: bool = True
    left: timedelta | None = None
    lead: timedelta | None = None
    lease_left: float = 60.0
    keeps: bool = True

    @property
    def slipped(self) -> bool:
        """Whether it says that a time has passed."""
        return self.name == "slipped"

    def __str__(self) -> str:
        return f"{self.key} at {self.at:%a %d %b %H:%M:%S} to {self.to}"


@dataclass(frozen=True)
class Step:
    """A rung of an open promise as it is planned, and how much of its bearer's time the sweep finds left there."""

    promise: int
    at: datetime
    opened_at: datetime
    due_at: datetime
    lead: timedelta | None
    left: timedelta


@dataclass(frozen=True)
class Closing:
    """The last spell before a promise is due: how much of it counts, how much was left before, the rungs before it."""

    promise: int
    starts_at: datetime
    rest: timedelta
    before: timedelta
    rungs: int


@dataclass(frozen=True)
class End:
    """How a promise ended. `undisturbed`: nothing kept it from being told in the usual way."""

    promise: int
    due_at: datetime
    open: bool = False
    slipped: bool = True
    undisturbed: bool = True
    moot: bool = False
    told_before: bool = True
    told_slipped: bool = True


@dataclass(frozen=True)
class Leaving:
    """Somebody who had a promise in hand goes away before it is due; `left` is what remains of their time then."""

    promise: int
    who: str
    since: datetime
    at: datetime
    due_at: datetime
    taken: timedelta
    left: timedelta
    heard: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class Beginning:
    """An absence that begins after its member was told; `free_at` is when their stand-in is first at work in it."""

    promise: int
    owner: str
    stand_in: str
    starts_at: datetime
    free_at: datetime
    heard: tuple[tuple[datetime, str], ...]


@dataclass(frozen=True)
class Edit:
    """Hours were changed: sent rows before and after, and open promises that sleep past their step."""

    before: Sent
    after: Sent
    oversleeps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Hours without an open minute were to be saved."""

    refused: bool
    seconds: float


@dataclass(frozen=True)
class Orphaned:
    """A promise lost its step on purpose: what the look at everything found, and whether it has one again."""

    found: int
    mended: bool


@dataclass
class History:
    """Everything that laws look at, oldest first."""

    blind: bool = False
    keys: list[str] = field(default_factory=list)
    posted: list[tuple[str, ...]] = field(default_factory=list)
    named: list[tuple[str, ...]] = field(default_factory=list)
    in_doubt: Counter[str] = field(default_factory=Counter)
    told: list[Told] = field(default_factory=list)
    called: list[tuple[float, float]] = field(default_factory=list)
    marked: list[tuple[str, bool, bool]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    rests: list[tuple[timedelta, timedelta]] = field(default_factory=list)
    catch_ups: list[Said] = field(default_factory=list)
    steps_of_the_clock: list[tuple[float, Said, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    handovers: list[tuple[str, Said]] = field(default_factory=list)
    planned_twice: list[tuple[list[str], list[str]]] = field(default_factory=list)
    restarts: list[tuple[dict[int, object], dict[int, object]]] = field(default_factory=list)
    told_times: list[tuple[datetime, datetime]] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    orphaned: list[Orphaned] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    beginnings: list[Beginning] = field(default_factory=list)
    story: list[str] = field(default_factory=list)

    def of_promises(self) -> Iterator[Told]:
        """Return what was told of promises."""
        return (one for one in self.told if one.subject == "promise")
