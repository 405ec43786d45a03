"""APScheduler with a handful of fixed jobs: plan, audit, and what else must happen now and then.

Never one job per request: a backlog of one-shot jobs is dropped, and they die with the process. What is due stands in
the database; these jobs only look.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.services.audit import auditing, heartbeat
from bot.services.away import returning
from bot.services.context import Desk
from bot.services.nudges import nudging

log = structlog.get_logger(__name__)

TICK = timedelta(seconds=15)
"""A nudge leads its due time by minutes, so fifteen seconds are plenty; a press or a moved clock ticks at once."""

HOURLY = timedelta(hours=1)
FIRST_AUDIT = timedelta(minutes=1)
"""After a start, so that a process which is started anew every day looks too."""

MEND_AT_ONCE = 25
"""Things that are mended while a press may wait for the writer."""

MISSED_TICKS = 3
"""Without a finished tick for this many, the process is not ready."""

FAREWELL_SECONDS = 2.0


class Scheduler:
    """Ticks: plans what is due, then everything that was registered with `every_hour`. `name` is this process's."""

    def __init__(self, desk: Desk, name: str = "") -> None:
        self._desk = desk
        self._name = name
        self._jobs = AsyncIOScheduler(timezone="UTC")
        self._ticked_at: float | None = None
        self._started_at: float | None = None

    def every_hour(self, name: str, job: Callable[[], Awaitable[object]]) -> None:
        """Run a job hourly; a failure is logged and does not stop the next one."""
        self._add(name, HOURLY, job)

    def start(self) -> None:
        """Start ticking on the running loop."""
        self._started_at = self._desk.clock.monotonic()
        self._add("plan", TICK, self.tick)
        self._add("audit", HOURLY, self.audit, first_in=FIRST_AUDIT)
        self._jobs.start()

    async def stop(self) -> None:
        """Stop; a tick that is running ends by itself. That we stopped in order is noted, if the database lets us."""
        if not self._jobs.running:
            return
        self._jobs.shutdown(wait=False)
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._desk.writing(heartbeat.stop_beating, by=self._name)
        except Exception as error:  # noqa: BLE001 - we are leaving; a heartbeat that grows old says it too
            log.warning("The end could not be noted.", action="stop", why=type(error).__name__)

    def realign(self) -> None:
        """Let every job come again within its interval, after the wall clock jumped.

        APScheduler waits for instants of the wall clock: set back by an hour, it would wait out the hour. After a
        weekend asleep it would count every time that a job has missed, one by one.
        """
        if not self._jobs.running:
            return
        now = self._desk.clock.wall_now()
        for job in self._jobs.get_jobs():
            in_turn = min(max(now, job.next_run_time), now + job.trigger.interval)
            if in_turn != job.next_run_time:
                job.modify(next_run_time=in_turn)

    async def tick(self) -> nudging.Planned:
        """Plan everything that is due now. Safe to call at any time and from several processes."""
        planned = await self._desk.do(nudging.plan)
        while planned.more:
            planned = await self._desk.do(nudging.plan)
        await self._desk.do(returning.summarise)
        self._ticked_at = self._desk.clock.monotonic()
        if self._started_at is not None:
            await self._desk.writing(heartbeat.beat, by=self._name, at=self._desk.clock.wall_now())
        return planned

    def is_late(self) -> bool:
        """Tell whether no tick has finished for three ticks: then promises may slip without word.

        A tick that hangs or fails each time has not finished. Elapsed time counts, so no clock step can hide it.
        """
        since = self._ticked_at if self._ticked_at is not None else self._started_at
        if since is None:
            return False
        return self._desk.clock.monotonic() - since > MISSED_TICKS * TICK.total_seconds()

    async def audit(self) -> int:
        """Look at everything, mend what lost its way, a few things at a time; return how much was found."""
        lost, tally = await self._desk.read(auditing.look), auditing.Tally()
        for start in range(0, len(lost), MEND_AT_ONCE):
            await self._desk.do(auditing.mend, lost=lost[start : start + MEND_AT_ONCE], tally=tally)
        found = await self._desk.writing(auditing.conclude, tally=tally, at=self._desk.clock.wall_now())
        if found:
            counts = {str(kind): count for kind, count in tally.found.items() if count}
            log.error("Something had lost its way.", action="audit", mended=tally.mended.total(), **counts)
        return found

    def _add(
        self, name: str, every: timedelta, job: Callable[[], Awaitable[object]], *, first_in: timedelta | None = None
    ) -> None:
        async def run() -> None:
            try:
                await job()
            except Exception:
                log.exception("A scheduled job failed; it comes again.", action=name)

        self._jobs.add_job(
            run,
            "interval",
            seconds=every.total_seconds(),
            id=name,
            next_run_time=self._desk.clock.wall_now() + (first_in or every),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
