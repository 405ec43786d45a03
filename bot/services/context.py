"""What every service is given, and how the edge calls one."""

import asyncio
import functools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from bot.clock import Clock
from bot.domain.aims import FIRST_ANSWER, NEXT_ANSWER, Aims
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.nudges import Ladder
from bot.store import Store

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 4
"""How often a transaction that only failed because of others is run; the database undid it each time."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The team's rules, from the settings: `lead` and `team_channel` are Slack ids or names.

    `calendar` are the team's working hours until somebody saves others.
    """

    lead: str | None = None
    team_channel: str | None = None
    ladder: Ladder = field(default_factory=Ladder)
    undo: timedelta = timedelta(seconds=10)
    first_answer: Aims = FIRST_ANSWER
    next_answer: Aims = NEXT_ANSWER
    calendar: CalendarRules = field(default_factory=CalendarRules)


class Freezer(Protocol):
    """Renders a reply into the bytes that will leave (a way's `freeze`)."""

    def __call__(self, snapshot: object, /) -> bytes:
        """Return the bytes; pure."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """One call of a service: the database, the instant it happens at, the team's policy.

    `freezers` are the ways' `freeze` functions by kind, for the approving transaction.
    """

    store: Store
    now: datetime
    policy: Policy
    freezers: dict[str, Freezer] = field(default_factory=dict)


class Do(Protocol):
    """Calls a service for the edge: `card = await do(claim_request, actor=actor, request=142)`."""

    async def __call__(self, verb: Callable[Concatenate[Context, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the verb in a service thread at the clock's now and return what it returns."""
        ...


class Desk:
    """Runs services in the store's threads (one writer on SQLite, a few on PostgreSQL) and wakes delivery after each.

    Reads on SQLite have threads of their own: WAL lets them pass the writer.
    """

    def __init__(
        self, store: Store, clock: Clock, policy: Policy, *, freezers: dict[str, Freezer] | None = None
    ) -> None:
        self.store = store
        self.clock = clock
        self.policy = policy
        self.freezers = freezers if freezers is not None else {}
        self.woken = asyncio.Event()
        self._writers = ThreadPoolExecutor(store.workers, thread_name_prefix="service")
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="reader") if store.is_sqlite else self._writers

    async def do(self, verb: Callable[Concatenate[Context, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a writing service and wake delivery; see `Do`."""
        result = await self.writing(verb, *args, **kwargs)
        self.woken.set()
        return result

    async def writing(self, verb: Callable[Concatenate[Context, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a writing service that gives delivery nothing new to do."""
        return await self._run(self._writers, functools.partial(verb, *args, **kwargs))  # type: ignore[arg-type]

    async def read(self, verb: Callable[Concatenate[Context, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service that only reads; it never waits for the writer."""
        return await self._run(self._readers, functools.partial(verb, *args, **kwargs))  # type: ignore[arg-type]

    def context(self) -> Context:
        """Return the context of a call that happens now."""
        return Context(store=self.store, now=self.clock.now(), policy=self.policy, freezers=self.freezers)

    def close(self) -> None:
        """Let running services finish and close the database."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.store.close()

    async def _run(self, threads: ThreadPoolExecutor, call: Callable[[Context], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, self._again_if_others_won, call)

    def _again_if_others_won(self, call: Callable[[Context], T]) -> T:
        for left in reversed(range(TRIES)):
            try:
                return call(self.context())
            except Exception as error:
                if not left or not self.store.is_retryable(error):
                    raise
                time.sleep(0.01 * (TRIES - left))
        raise AssertionError  # pragma: no cover - the loop returns or raises
