"""How far each linked channel has been read, and which threads are worth reading again."""

from datetime import datetime, timedelta

from bot.services.context import Context
from bot.store import channels, requests

CLOSED_LATELY = timedelta(days=14)
"""A client may still write into the thread of a request closed this recently; older ones are seen when they happen."""


def where_to_read(ctx: Context, *, channel: str) -> tuple[str, tuple[str, ...]]:
    """Return until when a channel was read (ISO 8601, "" for never) and the roots of the threads to read."""
    with ctx.store.reading() as tx:
        return channels.read_until(tx, channel), requests.threads_to_read(
            tx, channel, closed_since=ctx.now - CLOSED_LATELY
        )


def was_read(ctx: Context, *, channel: str, at: datetime) -> None:
    """Remember that everything written in a channel before `at` has been taken in."""
    with ctx.store.writing() as tx:
        channels.set_read_until(tx, channel, at.isoformat())
