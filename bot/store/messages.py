"""The messages of requests: what clients wrote, what was answered, and where each stands in Slack."""

from typing import Any

from sqlalchemy import func, insert, select, update

from bot.domain.requests import Message
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.rows import to_message


def add_message(tx: Tx, **facts: Any) -> Message:
    """Insert a message and return it."""
    return to_message(tx.execute(_ADD_MESSAGE, facts).one())


_ADD_MESSAGE = insert(t.message).returning(t.message)


def message(tx: Tx, ident: int) -> Message | None:
    """Return one message."""
    row = tx.execute(select(t.message).where(t.message.c.id == ident)).first()
    return to_message(row) if row else None


def message_at(tx: Tx, channel: str, ts: str) -> Message | None:
    """Return the message with this Slack identity."""
    row = tx.execute(select(t.message).where(t.message.c.channel == channel, t.message.c.ts == ts)).first()
    return to_message(row) if row else None


def change_message(tx: Tx, ident: int, **facts: Any) -> None:
    """Change fields of a message."""
    tx.execute(update(t.message).where(t.message.c.id == ident).values(**facts))


def opening_messages(tx: Tx, ident: int) -> tuple[Message, ...]:
    """Return the client's messages that made the request, oldest first."""
    rows = tx.execute(
        select(t.message).where(t.message.c.request == ident, t.message.c.opening).order_by(t.message.c.id)
    )
    return tuple(to_message(row) for row in rows)


def conversation(tx: Tx, ident: int) -> tuple[Message, ...]:
    """Return all messages of a request, oldest first."""
    rows = tx.execute(select(t.message).where(t.message.c.request == ident).order_by(t.message.c.id))
    return tuple(to_message(row) for row in rows)


def count_messages(tx: Tx, ident: int) -> int:
    """Count the messages of a request."""
    return int(tx.execute(select(func.count()).where(t.message.c.request == ident)).scalar_one())
