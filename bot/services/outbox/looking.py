"""After a lost answer: did the message arrive? It is looked for before anything is posted again."""

from collections.abc import Mapping
from datetime import timedelta

from bot.errors import PermanentSendError
from bot.outbound.base import Receipt, Reference, Remote, Way
from bot.services.context import Context, Desk
from bot.services.outbox import recording
from bot.store import places
from bot.store.outbox import Row

LOOKS = 2
LOOK_AGAIN_SECONDS = 3.0
"""Slack's history may lag: two empty looks a few seconds apart before anything is posted again."""

LOOK_BACK = timedelta(minutes=2)
"""How long before a row was written its message may seem to stand: clocks differ."""


async def look_soon(desk: Desk, row: Row) -> None:
    """Record that nobody knows whether a message arrived, and look in a moment. A webhook cannot be looked at."""
    await desk.do(recording.unsure, row=row, look_again_in=None if _is_webhook(row) else LOOK_AGAIN_SECONDS)


async def is_settled(desk: Desk, ways: Mapping[str, Way], row: Row) -> bool:
    """Look for a message that may have left; True when nothing more is to be done with the row for now.

    It was found, or is looked for once more, or a person decides about a reply. Else it may be posted again.
    """
    receipt: Receipt | None = None
    if not _is_webhook(row) and not row.remote:
        try:
            receipt = await ways[_way_name(row)].look(await _reference(desk, row), row.created_at - LOOK_BACK)
        except PermanentSendError:
            if row.kind != "reply":
                raise
            await desk.do(recording.unsure, row=row, look_again_in=None)  # we cannot look: a person must
            return True
    if receipt is not None:
        await desk.do(recording.sent, row=row, version=max(1, row.shown), receipt=receipt)
        return True
    if row.remote:
        return False
    if row.looks < LOOKS and not _is_webhook(row):
        await desk.do(recording.unsure, row=row, look_again_in=LOOK_AGAIN_SECONDS)
        return True
    if row.kind == "reply":
        await desk.do(recording.unsure, row=row, look_again_in=None)
        return True
    return False


def _is_webhook(row: Row) -> bool:
    return row.payload.get("way") == "webhook"


def _way_name(row: Row) -> str:
    if row.kind == "reply":
        return str(row.payload["way"])
    return {"mirror": "thread", "note": "thread"}.get(row.kind, row.kind)


async def _reference(desk: Desk, row: Row) -> Reference:
    """Return what the message would have been sent as: a reply may stand in a thread of the client's."""
    if row.kind == "reply" and row.payload.get("thread"):
        parent: tuple[str, str] | None = (row.recipient, str(row.payload["thread"]))
    else:
        parent = await desk.writing(_parent_place, row=row)
    return Reference(
        key=f"reply:{row.subject}" if row.kind == "reply" else row.key,
        to=row.recipient,
        remote=Remote(*row.remote) if row.remote else None,
        thread=Remote(*parent) if parent else None,
    )


def _parent_place(ctx: Context, *, row: Row) -> tuple[str, str] | None:
    with ctx.store.reading() as tx:
        return places.of_row(tx, row.parent) if row.parent is not None else None
