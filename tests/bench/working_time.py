"""Working time: what adding and going back cost, beside one plain step of the standard library."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as wall
from zoneinfo import ZoneInfo

from bot.domain.working_time import Calendar, WorkingTime, both, without, working_time
from tests.bench.measures import Line
from tests.support.databases import Databases

AIM_US = 10.0
AIM_SECONDS = 1.0
ROUNDS = 5
START = datetime(2026, 11, 20, 14, 50, tzinfo=UTC)
THREE_HOURS = timedelta(hours=3)
HELSINKI = ZoneInfo("Europe/Helsinki")
LUNCH = ((wall(9), wall(12)), (wall(13), wall(17)))


async def run_working_time(databases: Databases, *, quick: bool) -> list[Line]:  # noqa: ARG001 - needs no database
    """Measure on a team's week, and on one person's share of it."""
    count = 10_000 if quick else 100_000
    team = working_time(Calendar("Europe/Helsinki", (LUNCH,) * 5 + ((), ())))
    person, moments = _person(team), _moments(count)
    cold = _seconds(lambda: working_time.__wrapped__(Calendar("Europe/Helsinki", (LUNCH,) * 7)).add(START, THREE_HOURS))
    plain = _each(moments, lambda t: (t + THREE_HOURS).astimezone(HELSINKI))
    return [
        Line("plain: add to a datetime, convert to a zone", f"{plain:.2f} µs"),
        _line("adding three hours of a team's week", _each(moments, lambda t: team.add(t, THREE_HOURS)), plain),
        _line("going back three hours", _each(moments, lambda t: team.subtract(t, THREE_HOURS)), plain),
        _line("the time between two moments within a year", _each(moments, lambda t: team.between(START, t)), plain),
        _line("adding three hours of a person's", _each(moments, lambda t: person.add(t, THREE_HOURS)), plain),
        _many(count, team, moments, plain),
        Line("the first question to a new calendar", f"{cold * 1e3:.2f} ms", f"{cold * 1e6 / plain:.0f} × plain"),
    ]


def _moments(count: int) -> list[datetime]:
    """Return moments spread over a year, as the promises of a full database are."""
    numbers = random.Random(1)  # noqa: S311 - the same moments in every run
    return [START + timedelta(seconds=numbers.randrange(365 * 86_400)) for _ in range(count)]


def _person(team: WorkingTime) -> WorkingTime:
    """Return what counts of the team's week for a person on another clock who is often away."""
    own = working_time(Calendar("Asia/Kolkata", (((wall(8), wall(16)),),) * 7))
    away = [(START + timedelta(days=20 * number), START + timedelta(days=20 * number + 3)) for number in range(9)]
    return without(both(team, own), away, "away")


def _many(count: int, hours: WorkingTime, moments: list[datetime], plain: float) -> Line:
    """Add and go back for each, as a change of a calendar asks of every open promise."""

    def all_of_them() -> None:
        for t in moments:
            hours.subtract(hours.add(t, THREE_HOURS), THREE_HOURS)

    took = _seconds(all_of_them)
    ratio = f"{took / count * 1e6 / plain:.1f} × plain each"
    return Line(
        f"{count:,} times adding and going back", f"{took:.2f} s", ratio, f"< {AIM_SECONDS} s", took < AIM_SECONDS
    )


def _line(what: str, us: float, plain: float) -> Line:
    return Line(what, f"{us:.2f} µs", f"{us / plain:.1f} × plain", f"< {AIM_US:.0f} µs", us < AIM_US)


def _each(moments: list[datetime], ask: Callable[[datetime], object]) -> float:
    """Return the microseconds of one question, of the quickest of some rounds."""

    def all_of_them() -> None:
        for t in moments:
            ask(t)

    return _seconds(all_of_them) / len(moments) * 1e6


def _seconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return min(took)
