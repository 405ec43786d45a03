"""A team, its clients and the processes that serve them, all of whose time is moved by hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from machine_desk import CrashError, Desk, TimedStore, Times
from machine_history import History
from machine_slack import Slack
from sqlalchemy import func, select

from bot.clock import Clock
from bot.domain.hours.calendars import parse_rules
from bot.domain.replies import PromiseKind, ReplyKind
from bot.services.context import Policy
from bot.services.nudges import nudging
from bot.services.outbox import delivering
from bot.services.outbox.delivering import Delivery
from bot.services.people import sync_members
from bot.services.requests.claiming import claim_request
from bot.store import tables
from bot.store.outbox import is_waiting, o
from tests.support.office import JONAS, MIRA, SAM, Office, acting

TICK = 15.0
START = datetime(2026, 3, 26, 9, 0, tzinfo=UTC)
"""A Thursday; on the Sunday Europe goes over to summer time."""

HOURS = "Europe/Helsinki Mon-Fri 09:00-17:00"
MOST_TICKS = 3000


class World:
    """Everything, on one database. `workers` processes tick and deliver in turn; SQLite carries one."""

    def __init__(self, url: str, *, workers: int) -> None:
        self.history = History()
        self.times = Times(START.timestamp())
        self.clock = Clock(wall=lambda: self.times.wall, elapsed=lambda: self.times.elapsed)
        self.store = TimedStore(url, self.times)
        self.slack = Slack(self.times, history=self.history)
        self.loop = asyncio.new_event_loop()
        self.policy = Policy(lead="Sam", calendar=parse_rules(HOURS))
        self.desks = [self._desk() for _ in range(workers)]
        self.deliveries = [Delivery(desk, self.slack.ways()) for desk in self.desks]
        self.office = Office(self._desk())
        self.crashes = 0
        self.stopped = False
        self.went_back = False
        self._grid = self.times.elapsed
        self.do(sync_members, members=[MIRA, JONAS, SAM])

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def _desk(self) -> Desk:
        freezers = dict.fromkeys(_REPLIES, _frozen)
        marked, unmarked = self.history.marked, self.slack.leave_in_doubt
        return Desk(self.store, self.clock, self.policy, self.times, freezers, marked=marked, unmarked=unmarked)

    def do(self, verb: Any, /, *args: Any, **facts: Any) -> Any:
        """Call a service as a press does."""
        return self.run(self.office.desk.do(verb, *args, **facts))

    def run(self, coroutine: Any) -> Any:
        return self.loop.run_until_complete(coroutine)

    def close(self) -> None:
        self.loop.close()
        self.store.close()

    def ask(self, owner: Any, text: str) -> int:
        """Let a client ask for something and a member claim it; return its number."""
        request = int(self.run(self.office.webhook(text)).request)
        self.do(claim_request, actor=acting(owner), request=request)
        return request

    def tell(self, request: int, owner: Any, span: timedelta, *, replaces: int | None = None) -> None:
        """Tell the client a time, and let the words leave."""
        kind = ReplyKind.DELAY_UPDATE if replaces else ReplyKind.ACKNOWLEDGEMENT
        latest = self.run(self.office.latest_reply(request))
        assert latest is not None
        self.run(
            self.office.approve(request, by=owner, kind=kind, promise=PromiseKind.HAVE, due=span, replaces=replaces)
        )
        self.stopped, was = False, self.stopped
        self.advance(12.0)
        self.stopped = was

    def advance(self, seconds: float) -> None:
        """Let time pass; while processes run they tick every fifteen seconds, where something is due."""
        end = self.times.elapsed + seconds
        if self.stopped:
            self.times.pass_by(seconds)
            return
        self.work()
        for _ in range(MOST_TICKS):
            step = min(self._until_next(), end - self.times.elapsed)
            if step <= 0:
                return
            self.times.pass_by(step)
            self.work()
        raise AssertionError("something is due again and again")

    def _until_next(self) -> float:
        """Return the seconds until the first tick at which something can be due."""
        with self.store.reading() as tx:
            promise, target, request = tables.promise.c, tables.target.c, tables.request.c
            found = [
                tx.execute(select(func.min(promise.next_at)).where(promise.outcome == "open")).scalar(),
                tx.execute(select(func.min(target.next_at)).where(target.outcome == "open")).scalar(),
                tx.execute(select(func.min(request.parked_until)).where(request.closed_at.is_(None))).scalar(),
                tx.execute(select(func.min(o.not_before)).where(is_waiting(o), o.not_before > self.now)).scalar(),
            ]
            lease = tx.execute(select(func.min(o.lease_until)).where(o.state == "leased")).scalar()
            retry = tx.execute(
                select(func.min(o.retry_at)).where(o.state == "pending", o.retry_at > self.times.elapsed)
            ).scalar()
        spans = [(at - self.now).total_seconds() for at in found if at is not None]
        spans += [at - self.times.elapsed for at in (lease, retry) if at]
        ahead = max(0.0, min(spans, default=86_400.0))
        ticks = (self.times.elapsed + ahead - self._grid) // TICK + 1
        return max(1.0, self._grid + ticks * TICK - self.times.elapsed)

    def work(self) -> None:
        """Let each process tick and deliver until nothing is left to do now; who dies is started again."""
        for number in range(len(self.desks)):
            self.tick(number)

    def tick(self, number: int) -> None:
        """Let one process do what is to be done now."""
        try:
            self.plan(number)
            self.deliver(number)
        except CrashError:
            self.restart(number)

    def plan(self, number: int) -> None:
        while self.run(self.desks[number].do(nudging.plan)).more:
            pass

    def deliver(self, number: int) -> None:
        delivery = self.deliveries[number]
        for _ in range(50):
            took = self.run(delivery.step())
            flying = list(delivery._flying.values())
            self.run(_all(flying))
            if any([isinstance(task.exception(), CrashError) for task in flying]):  # noqa: C419 - all must be looked at
                raise CrashError
            if not took:
                return
        raise AssertionError("the outbox never became empty")

    def restart(self, number: int) -> None:
        """Start a process anew where one died or ended; on SQLite it takes over what that one was doing."""
        self.crashes += 1
        self.history.story.append(f"{self.now:%a %d %b %H:%M:%S} process {number} starts anew")
        self.desks[number] = self._desk()
        self.deliveries[number] = Delivery(self.desks[number], self.slack.ways())
        if self.store.is_sqlite:
            self.store.boot = f"boot{self.crashes}"
            self.run(self.desks[number].do(delivering.begin_boot))


_REPLIES = ("channel", "webhook", "mail")


def _frozen(snapshot: object, /) -> bytes:
    return type(snapshot).__name__.encode()


async def _all(tasks: list[Any]) -> None:
    if tasks:
        await asyncio.wait(tasks)
    await asyncio.sleep(0)
