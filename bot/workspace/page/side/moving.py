"""What time it is for the one who acts, and the moments worth moving to."""

from dataclasses import dataclass

from bot.workspace.companion import Jump
from bot.workspace.page.side.wording import city, machine_time, moment
from bot.workspace.page.sight import Sight

OVER = "That moment is over."


@dataclass(frozen=True)
class Clock:
    """The acting person's time: `machine` for programs, `day` and `time` for people, `city` of their zone."""

    machine: str
    day: str
    time: str
    city: str


@dataclass(frozen=True)
class Button:
    """A jump as a button: `to` Unix seconds, `when` in the person's words; or None, and `why` it does nothing."""

    key: str
    label: str
    to: float | None
    when: str
    why: str


def clock(sight: Sight) -> Clock:
    """What time it is now."""
    reader = sight.reader
    here = reader.local(reader.now)
    day = f"{here:%A}, {here.day} {here:%B %Y}"
    return Clock(machine_time(reader.now, reader), day, reader.clock(reader.now), city(reader.tz))


def jumps(sight: Sight) -> dict[str, Button]:
    """The companion's jumps by their keys."""
    return {one.key: _button(one, sight) for one in sight.core.companion.briefing.jumps}


def _button(jump: Jump, sight: Sight) -> Button:
    if jump.to is None:
        return Button(jump.key, jump.label, None, "", jump.why)
    if jump.to < sight.reader.now:
        return Button(jump.key, jump.label, None, "", OVER)
    return Button(jump.key, jump.label, jump.to, moment(jump.to, sight.reader), "")
