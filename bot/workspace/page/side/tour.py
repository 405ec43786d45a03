"""The tour as one person sees it: what is done, what is next, and where that is."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from bot.workspace.companion import Spot, Step, Tour
from bot.workspace.errors import ControlError
from bot.workspace.models import Channel, User
from bot.workspace.page.place import DM, SHOWN, Place
from bot.workspace.page.side.moving import Button, jumps
from bot.workspace.page.sight import Sight

SPARE: Final = 20
"""Messages that only one person sees, and what comes while a person reads; a room shows them beside its own."""


@dataclass(frozen=True)
class Way:
    """The way to a spot: an address's query, as whom one then is (empty: as now), and what to point at there.

    `typed` are words for the composer of `channel` (an id) that `writer` (an id) has there. What stands `beside` the
    chat is in this panel: one need not go anywhere.
    """

    search: str
    person: str
    message: str
    label: str
    typed: str = ""
    writer: str = ""
    channel: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Stop:
    """A step: already done, the current one, or one for later; while the tour waits, all that are not done are."""

    step: Step
    state: Literal["done", "current", "later"]
    way: Way | None
    jump: Button | None


@dataclass(frozen=True)
class Progress:
    """A tour and how far it is."""

    tour: Tour
    stops: tuple[Stop, ...]
    done: int

    @property
    def is_over(self) -> bool:
        """Whether every step is done."""
        return self.done == len(self.stops) and not self.tour.waiting


def progress(sight: Sight) -> Progress | None:
    """The tour of the briefing; None without one."""
    tour = sight.core.companion.briefing.tour
    if tour is None:
        return None
    current = None if tour.waiting else next((step.key for step in tour.steps if not step.done), None)
    buttons = jumps(sight)
    stops = tuple(_stop(sight, step, buttons, is_current=step.key == current) for step in tour.steps)
    return Progress(tour, stops, sum(step.done for step in tour.steps))


def _stop(sight: Sight, step: Step, buttons: Mapping[str, Button], *, is_current: bool) -> Stop:
    state: Literal["done", "current", "later"] = "done" if step.done else "current" if is_current else "later"
    return Stop(step, state, way(sight, step.spot) if step.spot else None, buttons.get(step.jump))


def way(sight: Sight, spot: Spot) -> Way:
    """How to get to a spot from here; a reply's thread is opened on the way."""
    here = sight.place
    if spot.beside:
        return Way(here.search, "", "", spot.label, beside=True)
    user = spot.user or here.user
    room = spot.room or here.room
    stays = (user, room) == (here.user, here.room)
    person = next((one for one in sight.core.state.users.values() if one.name == user), sight.user)
    channel = _channel(sight, person, room)
    log = sight.core.state.log_of(channel) if channel else None
    message = log.messages.get(spot.message) if log else None
    thread = (message.thread_ts if message else "") or (here.thread if stays else "")
    shown = max(_shown(log.roots, spot.message) if log and message else SHOWN, here.shown if stays else SHOWN)
    name = "" if person is sight.user else person.real_name
    search = Place(user, room, thread, shown).search
    return Way(search, name, spot.message, spot.label, spot.typed, person.id, channel.id if channel else "")


def _channel(sight: Sight, person: User, room: str) -> Channel | None:
    """The room as a channel; None at home, outside, and where there is no such room."""
    state = sight.core.state
    try:
        return state.dm(person, look=True) if room == DM else state.channel(room)
    except ControlError:
        return None


def _shown(roots: Sequence[str], ts: str) -> int:
    """So many messages that an older one is among them too, with room for some that only this person sees."""
    newer = len(roots) - bisect_left(roots, ts)
    return SHOWN * ceil((newer + SPARE) / SHOWN)
