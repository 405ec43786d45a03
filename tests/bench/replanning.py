"""Planning everybody's promises anew, after the team's hours changed: a hundred thousand open promises on SQLite."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.services.context import Context, Policy
from bot.services.nudges import replanning
from bot.store import Store
from bot.store.migrate import migrate
from tests.bench import filling
from tests.bench.measures import Line, spread
from tests.support.databases import Databases

SIZE, QUICK_SIZE = 100_000, 10_000
ROUNDS = 3
AIM_SECONDS = 3.0
WEEKS = ("Mon-Fri 09:00-17:00", "Mon-Fri 08:30-12:00 13:00-16:30")


async def run_replanning(databases: Databases, *, quick: bool) -> list[Line]:
    """Measure all parts together, and the longest one: that is how long a press may wait for it."""
    size = QUICK_SIZE if quick else SIZE
    url = databases.fresh("sqlite")
    store = Store(url, elapsed=time.monotonic)
    try:
        migrate(store)
        ctx = Context(store, datetime.now(UTC), Policy(lead="Sam"))
        filling.begin(ctx)
        filling.grow(store, size)
        whole, parts = [], []
        for number in range(1 if quick else ROUNDS):
            rules = CalendarRules(tz="UTC", week=parse_week(WEEKS[number % 2]))
            took = _replan(replace(ctx, policy=replace(ctx.policy, calendar=rules)))
            whole.append(sum(took))
            parts += took
    finally:
        store.close()
    took_all, longest = min(whole), spread(1000 * part for part in parts)
    aim = AIM_SECONDS * size / SIZE
    return [
        Line(
            f"SQLite: planning {size:,} promises anew after new hours",
            f"{took_all:.2f} s",
            f"{took_all / size * 1e6:.0f} µs each",
            f"within {aim:g} s",
            took_all <= aim,
        ),
        Line("SQLite: one part of it, which a press may meet", str(longest)),
    ]


def _replan(ctx: Context) -> list[float]:
    with ctx.store.writing() as tx:
        replanning.ask_for_team(tx, ctx)
    took = []
    more = True
    while more:
        started = time.perf_counter()
        more = replanning.replan_team(ctx)
        took.append(time.perf_counter() - started)
    return took
