"""The delivery loop: lease, pace, look, send, mark. Nobody else calls a way's `send`; nothing is sent in a transaction.

Every process that can send runs one. A crash anywhere loses nothing: the sweep brings the row back, and what may have
left is looked for before it is posted again.
"""

import asyncio
import contextlib
import functools
import secrets
from collections.abc import Mapping

import structlog

from bot.errors import AmbiguousSendError, LockedOutError, PermanentSendError, SendError, TemporarySendError
from bot.outbound.base import Receipt, Way
from bot.services.context import Context, Desk
from bot.services.outbox import beginning, looking, pacing, recording
from bot.store import leases
from bot.store.outbox import Row

log = structlog.get_logger(__name__)

POLL_SECONDS = 1.0
"""An empty poll costs a fraction of a millisecond; a wake inside the process comes sooner."""

BATCH = 40
"""Most of them wait for their channel's next second: twenty channels and the cards keep twenty-one waiting."""

SWEEP_SECONDS = 15.0

STALL_SECONDS = 5.0
"""The margin inside `beginning.CALL_SECONDS`: whoever was held up longer before its call may have lost the row."""

MARK_AGAIN_SECONDS = (0.2, 1.0, 3.0)
FIRST_BACKOFF = 2.0
LONGEST_BACKOFF = 300.0
"""Real seconds before another try when nobody said how long to wait: each wait is twice the one before."""

LOCKED_OUT_SECONDS = 30.0


class Delivery:
    """Takes due outbox rows and sends them over their ways until it is stopped."""

    def __init__(self, desk: Desk, ways: Mapping[str, Way]) -> None:
        self._desk = desk
        self._ways = ways
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._swept_at = float("-inf")
        self.locked_out: str = ""
        self.paused: str = ""

    async def run(self) -> None:
        """Deliver until cancelled; what is in flight then is finished first."""
        try:
            while True:
                self._desk.woken.clear()
                try:
                    took = await self.step()
                except Exception:
                    log.exception("Delivery failed for a moment; it goes on.", action="deliver")
                    took = 0
                if not took:
                    with contextlib.suppress(TimeoutError):  # wait_for would swallow a cancellation (Python 3.11)
                        async with asyncio.timeout(POLL_SECONDS):
                            await self._desk.woken.wait()
        finally:
            await self.settle()

    async def step(self) -> int:
        """Start sending what is due now; return how many rows were taken. Sweeps every fifteen seconds."""
        if self._desk.clock.monotonic() - self._swept_at > SWEEP_SECONDS:
            self._swept_at = self._desk.clock.monotonic()
            await self._desk.do(_sweep, in_flight=frozenset(self._flying))
            self._desk.woken.clear()
        if self.paused:
            return 0
        room = BATCH - len(self._flying)
        if room <= 0:
            await asyncio.wait(self._flying.values(), return_when=asyncio.FIRST_COMPLETED)
            return 0
        rows = await self._desk.writing(_lease, token=secrets.token_hex(8), most=room)
        for row in rows:
            task = asyncio.create_task(self._deliver(row), name=f"deliver {row.kind}")
            self._flying[row.id] = task
            task.add_done_callback(functools.partial(self._landed, row.id))
        return len(rows)

    async def settle(self) -> None:
        """Wait for everything that is in flight."""
        while self._flying:
            await asyncio.wait(list(self._flying.values()))

    def _landed(self, ident: int, _task: asyncio.Task[None]) -> None:
        self._flying.pop(ident, None)
        self._desk.woken.set()

    async def _deliver(self, row: Row) -> None:
        try:
            await self._send(row)
        except PermanentSendError as error:
            code = str(error.facts.get("code", ""))
            await self._desk.do(recording.failed, row=row, error=error.sentence, code=code, again_in=_back_off(row))
            log.warning("A message was refused for good.", action="deliver", kind=row.kind, key=row.key, **error.facts)
        except TemporarySendError as error:
            wait = error.retry_after if error.retry_after is not None else _back_off(row)
            if error.retry_after is not None and (method := error.facts.get("method")):
                await self._desk.writing(pacing.hold_back, method=method, seconds=error.retry_after)
            tried = error.retry_after is None
            await self._desk.writing(recording.not_now, row=row, wait=wait, tried=tried, error=error.sentence)
        except LockedOutError as error:
            self.locked_out = error.sentence
            await self._desk.writing(
                recording.not_now, row=row, wait=LOCKED_OUT_SECONDS, tried=False, error=error.sentence
            )
        except AmbiguousSendError:
            await looking.look_soon(self._desk, row)
            log.warning("An answer was lost; looking before anything is sent again.", action="deliver", key=row.key)
        except Exception as error:
            log.exception("A message could not be sent.", action="deliver", kind=row.kind, key=row.key)
            wait = _back_off(row)
            await self._desk.writing(recording.not_now, row=row, wait=wait, tried=True, error=type(error).__name__)
        else:
            self.locked_out = ""

    async def _send(self, row: Row) -> None:
        if row.ambiguous and await looking.is_settled(self._desk, self._ways, row):
            return
        if not await pacing.has_a_slot(self._desk, row):
            return
        asked_at = self._desk.clock.monotonic()
        job = await self._desk.writing(beginning.begin, row=row)
        if job is None:
            return
        way = self._ways[job.way]
        frozen = job.frozen if job.frozen is not None else way.freeze(job.snapshot)
        if self._desk.clock.monotonic() - asked_at > STALL_SECONDS:
            await self._desk.writing(recording.not_now, row=row, wait=0.0, tried=False)
            return
        try:
            receipt = await way.send(frozen, job.reference)
        except SendError:
            raise
        except Exception as error:
            log.exception("A way failed in a way of its own; the message may have left.", action="deliver", key=row.key)
            raise AmbiguousSendError from error
        await self._mark_sent(row, job.version, receipt)

    async def _mark_sent(self, row: Row, version: int, receipt: Receipt) -> None:
        """Record a delivery, patiently: the message is out, so the database's trouble must not send it again.

        When it stays away, the row stays leased as one that may have left: the sweep brings it back to be looked for.
        """
        for wait in MARK_AGAIN_SECONDS:
            try:
                await self._desk.do(recording.sent, row=row, version=version, receipt=receipt)
            except Exception:
                log.exception("A delivery could not be recorded; trying again.", action="deliver", key=row.key)
                await asyncio.sleep(wait)
            else:
                return


def _back_off(row: Row) -> float:
    return min(LONGEST_BACKOFF, FIRST_BACKOFF * 2.0**row.tries)


def _lease(ctx: Context, *, token: str, most: int) -> tuple[Row, ...]:
    with ctx.store.writing() as tx:
        return leases.lease(tx, ctx.store, now=ctx.now, token=token, most=most, ahead=pacing.PACE_AHEAD)


def _sweep(ctx: Context, *, in_flight: frozenset[int]) -> int:
    with ctx.store.writing() as tx:
        return leases.sweep(tx, ctx.store, in_flight=in_flight)


def begin_boot(ctx: Context) -> int:
    """Take over what an earlier process left: forget its pace, bring back the rows it was sending; return how many."""
    with ctx.store.writing() as tx:
        leases.begin_boot(tx, ctx.store, now=ctx.now)
        return leases.sweep(tx, ctx.store)
