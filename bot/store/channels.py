"""Channels that are linked to clients, and how far each was read."""

from typing import Any

from sqlalchemy import select, update

from bot.domain.people import LinkedChannel
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.rows import to_channel
from bot.store.upsert import upsert


def channel(tx: Tx, ident: str) -> LinkedChannel | None:
    """Return the linked channel with this Slack id, None when it belongs to no client."""
    row = tx.execute(select(t.channel).where(t.channel.c.id == ident)).first()
    return to_channel(row) if row else None


def channels(tx: Tx, *, client_id: int | None = None) -> tuple[LinkedChannel, ...]:
    """Return linked channels by name, of one client or of all."""
    query = select(t.channel).order_by(t.channel.c.name)
    if client_id is not None:
        query = query.where(t.channel.c.client == client_id)
    return tuple(to_channel(row) for row in tx.execute(query))


def save_channel(tx: Tx, link: LinkedChannel) -> None:
    """Link a channel to a client, or change the link."""
    facts = {"name": link.name, "client": link.client, "shared": link.shared, "joined": link.joined}
    upsert(tx, t.channel, {"id": link.id}, facts)


def remove_channel(tx: Tx, ident: str) -> None:
    """Forget a channel's link; its requests stay."""
    tx.execute(t.channel.delete().where(t.channel.c.id == ident))


def change_channel(tx: Tx, ident: str, **facts: Any) -> bool:
    """Change facts of a linked channel (also its `id`); tell whether there was one."""
    return tx.execute(update(t.channel).where(t.channel.c.id == ident).values(**facts)).rowcount > 0


def read_until(tx: Tx, channel_id: str) -> str:
    """Return until when a linked channel's history was read (ISO 8601), "" when never."""
    return str(tx.execute(select(t.channel.c.read_until).where(t.channel.c.id == channel_id)).scalar() or "")


def set_read_until(tx: Tx, channel_id: str, until: str) -> None:
    """Remember until when a linked channel's history was read."""
    tx.execute(update(t.channel).where(t.channel.c.id == channel_id).values(read_until=until))
