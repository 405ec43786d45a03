"""What time it is for the one who acts, and the moments worth moving to."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.workspace.companion import Jump
from bot.workspace.page.side.wording import city, machine_time, moment
from bot.workspace.page.sight import Sight

OVER: Final = "That moment is over."
MORNING: Final = time(8, 30)
LATER: Final = (12, 17, 21)
"""Hours of a day that are worth naming as an example."""


@dataclass(frozen=True)
class Clock:
    """The acting person's time: `machine` for programs, `day` and `time` for people, `city` of their zone.

    `morning` is when their next day starts, as their clock shows it; `examples` are words for moments ahead.
    """

    machine: str
    day: str
    time: str
    city: str
    morning: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Button:
    """A jump as a button: `to` Unix seconds, or None when there is nowhere to go.

    `about` says where it goes and when in the person's words, or why nowhere. What follows a colon in the jump's
    label stands there too, so that the button stays short.
    """

    key: str
    label: str
    to: float | None
    about: str


def clock(sight: Sight) -> Clock:
    """What time it is now."""
    reader = sight.reader
    here = reader.local(reader.now)
    day = f"{here:%A}, {here.day} {here:%B %Y}"
    morning = reader.clock(here.replace(hour=MORNING.hour, minute=MORNING.minute).timestamp())
    return Clock(
        machine_time(reader.now, reader), day, reader.clock(reader.now), city(reader.tz), morning, _ahead(here)
    )


def _ahead(here: datetime) -> tuple[str, ...]:
    """What one may type, all of it ahead of this moment: a span, a time of this day while there is one, a weekday."""
    later = [f"{hour}:00" for hour in LATER if here.hour < hour][:1]
    return ("2h", *later, f"{here + timedelta(days=2):%A} 9".lower())


def jumps(sight: Sight) -> dict[str, Button]:
    """The companion's jumps by their keys."""
    return {one.key: _button(one, sight) for one in sight.core.companion.briefing.jumps}


def _button(jump: Jump, sight: Sight) -> Button:
    label, _, detail = jump.label.partition(": ")
    if jump.to is None:
        return Button(jump.key, label, None, jump.why)
    if jump.to < sight.reader.now:
        return Button(jump.key, label, None, OVER)
    when = moment(jump.to, sight.reader)
    return Button(jump.key, label, jump.to, f"{when}: {detail}" if detail else when)
