"""The heartbeat of planning: that some worker on this database finished a tick, and when. Wall time, not the clock's.

A clock that was moved says nothing about whether a worker lives.
"""

import json
from datetime import datetime

from bot.domain.health import Heartbeat
from bot.services.context import Context
from bot.store import Tx, events

HEARTBEAT = "heartbeat"


def beat(ctx: Context, *, by: str, at: datetime) -> None:
    """Note that a worker finished a tick; the newest of all workers stands."""
    with ctx.store.writing() as tx:
        events.save_setting(tx, HEARTBEAT, json.dumps({"by": by, "at": at.isoformat()}))


def stop_beating(ctx: Context, *, by: str) -> None:
    """Take back the heartbeat of a worker that stops in order; one of another worker stays. Safe to repeat."""
    with ctx.store.writing() as tx:
        found = events.setting(tx, HEARTBEAT)
        if found is not None and json.loads(found)["by"] == by:
            events.forget_setting(tx, HEARTBEAT)


def last_beat(ctx: Context) -> Heartbeat | None:
    """Return the last heartbeat; None when no worker runs, or never did."""
    with ctx.store.reading() as tx:
        return last(tx)


def last(tx: Tx) -> Heartbeat | None:
    """Return the last heartbeat, likewise."""
    found = events.setting(tx, HEARTBEAT)
    if found is None:
        return None
    facts = json.loads(found)
    return Heartbeat(by=facts["by"], at=datetime.fromisoformat(facts["at"]))
