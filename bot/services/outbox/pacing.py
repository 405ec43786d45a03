"""How fast Slack takes messages: a slot of its channel before each call, and the waits that Slack itself asks for."""

import asyncio

from bot.domain.ladder.reaching import CHANNEL
from bot.services.context import Context, Desk
from bot.services.outbox import recording
from bot.store import pace
from bot.store.outbox import Row

PACE_SECONDS = 1.0
"""Slack takes about one message a second per channel (docs: /apis/web-api/rate-limits)."""

PACE_AHEAD = 1.0
"""A slot further away than this is not waited for: the row goes back, and presses pass it."""

LONGEST_WAIT = 60.0
"""However long a method must wait, its rows are looked at again after so many seconds."""


async def has_a_slot(desk: Desk, row: Row) -> bool:
    """Wait for this channel's next slot if it is near; else give the row back until then. A webhook has no pace."""
    if row.payload.get("way") == "webhook":
        return True
    method = "chat.update" if row.remote else "chat.postMessage"
    wait = await desk.writing(_reserve, method=method, channel=_channel(row))
    if wait is None or wait > PACE_AHEAD:
        await desk.writing(recording.not_now, row=row, wait=min(wait or 1.0, LONGEST_WAIT), tried=False)
        return False
    if wait:
        await asyncio.sleep(wait)
    return True


def hold_back(ctx: Context, *, method: str, seconds: float) -> None:
    """Keep every process away from a method of Slack's for so many seconds: it said 429."""
    with ctx.store.writing() as tx:
        pace.block(tx, ctx.store, f"{method}:*", seconds, now=ctx.now)


def _channel(row: Row) -> str:
    return "team" if row.recipient in {"", CHANNEL} else row.recipient


def _reserve(ctx: Context, *, method: str, channel: str) -> float | None:
    """Reserve a slot: seconds to wait for it, more than `PACE_AHEAD` when the whole method must wait, None if far."""
    with ctx.store.writing() as tx:
        blocked = pace.blocked_for(tx, ctx.store, f"{method}:*")
        if blocked > PACE_AHEAD:
            return blocked
        slot = pace.reserve(tx, ctx.store, f"{method}:{channel}", every=PACE_SECONDS, ahead=PACE_AHEAD)
        return None if slot is None else max(slot, blocked)
