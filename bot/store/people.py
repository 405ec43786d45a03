"""Members of the team, clients and their contacts."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update

from bot.domain.client_names import name_key, tidy_name
from bot.domain.people import Client, Contact, Member
from bot.domain.requests import LIVE
from bot.store import tables as t
from bot.store.engine import Tx
from bot.store.rows import to_client, to_contact, to_member
from bot.store.upsert import insert_ignoring, upsert

NAMELESS = "Somebody"
"""A contact of whom Slack has not told us the name yet."""

NO_ZONE = "UTC"
"""A client's zone before anybody set it or wrote to us from somewhere."""


def member(tx: Tx, user: str) -> Member | None:
    """Return the member with this Slack id, also one who left the team channel (`active` is false)."""
    row = tx.execute(_MEMBER, {"user": user}).first()
    return to_member(row) if row else None


_MEMBER = select(t.member).where(t.member.c.id == bindparam("user"))
"""Statements on the way of a press are built once: building one costs more than running it."""


def members(tx: Tx) -> tuple[Member, ...]:
    """Return all active members by name."""
    rows = tx.execute(select(t.member).where(t.member.c.active).order_by(t.member.c.name))
    return tuple(to_member(row) for row in rows)


def save_member(tx: Tx, person: Member) -> None:
    """Store a member as Slack has them now: `tz` is Slack's here. What they chose themselves stays."""
    facts = {"name": person.name, "tz": person.tz, "active": person.active, "lead": person.lead}
    upsert(tx, t.member, {"id": person.id}, facts)


def change_member(tx: Tx, user: str, **facts: Any) -> bool:
    """Change what is known of a member beside Slack's mirror (such as `tz_own`); tell whether there is one."""
    return tx.execute(update(t.member).where(t.member.c.id == user).values(**facts)).rowcount > 0


def deactivate_members(tx: Tx, *, keep: Iterable[str]) -> None:
    """Mark everyone outside `keep` as no longer active; what they own stays theirs until somebody takes it."""
    tx.execute(update(t.member).where(t.member.c.active, t.member.c.id.not_in(list(keep))).values(active=False))


def deactivate_member(tx: Tx, user: str) -> None:
    """Mark one person as no longer active."""
    tx.execute(update(t.member).where(t.member.c.id == user).values(active=False))


def client(tx: Tx, ident: int) -> Client | None:
    """Return the client with this id."""
    row = tx.execute(select(t.client).where(t.client.c.id == ident)).first()
    return to_client(row) if row else None


def client_named(tx: Tx, name: str) -> Client | None:
    """Return the client of this name, however it is spelled (see `name_key`)."""
    row = tx.execute(select(t.client).where(t.client.c.name_key == name_key(name))).first()
    return to_client(row) if row else None


def clients_like(tx: Tx, text: str, *, most: int = 100) -> tuple[Client, ...]:
    """Return clients whose name contains `text`, by name; all of them for an empty text."""
    pattern = name_key(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = tx.execute(
        select(t.client)
        .where(t.client.c.name_key.like(f"%{pattern}%", escape="\\"))
        .order_by(t.client.c.name_key)
        .limit(most)
    )
    return tuple(to_client(row) for row in rows)


def get_or_create_client(tx: Tx, name: str, *, confirmed: bool, now: datetime) -> Client:
    """Return the client of this name, made now if it is new. Two at once get the same one."""
    tidy = tidy_name(name)
    insert_ignoring(
        tx, t.client, {"name": tidy, "name_key": name_key(tidy), "confirmed": confirmed, "created_at": now}, "name_key"
    )
    found = client_named(tx, tidy)
    if found is None:  # pragma: no cover - the insert above made it or met it
        raise LookupError(tidy)
    return found


def change_client(tx: Tx, ident: int, **facts: Any) -> None:
    """Change fields of a client's profile; a new name also changes how it is found."""
    if "name" in facts:
        facts["name"] = tidy_name(str(facts["name"]))
        facts["name_key"] = name_key(facts["name"])
    tx.execute(update(t.client).where(t.client.c.id == ident).values(**facts))


def contact(tx: Tx, ident: int) -> Contact | None:
    """Return the contact with this id."""
    row = tx.execute(select(t.contact).where(t.contact.c.id == ident)).first()
    return to_contact(row) if row else None


def get_or_create_contact(
    tx: Tx,
    client_id: int,
    *,
    name: str,
    email: str | None = None,
    slack_user: str | None = None,
    slack_team: str | None = None,
) -> Contact:
    """Return the client's contact with this Slack user, mail address or name, made now if new; and lock its row."""
    identity = (
        f"slack:{slack_user}" if slack_user else f"mail:{email.casefold()}" if email else f"name:{name_key(name)}"
    )
    facts = {
        "client": client_id,
        "identity": identity,
        "name": name or email or NAMELESS,
        "email": email,
        "slack_user": slack_user,
        "slack_team": slack_team,
    }
    insert_ignoring(tx, t.contact, facts, "client", "identity")
    where = (t.contact.c.client == client_id) & (t.contact.c.identity == identity)
    row = tx.execute(select(t.contact).where(where).with_for_update()).one()
    if name and row.name != name:
        tx.execute(update(t.contact).where(where).values(name=name))
        row = tx.execute(select(t.contact).where(where)).one()
    return to_contact(row)


def contacts_of(tx: Tx, client_id: int) -> tuple[Contact, ...]:
    """Return all contacts of a client by name."""
    rows = tx.execute(select(t.contact).where(t.contact.c.client == client_id).order_by(t.contact.c.name))
    return tuple(to_contact(row) for row in rows)


def clients_of(tx: Tx, user: str) -> tuple[Client, ...]:
    """Return the clients of whom this Slack user is a known contact, by name."""
    theirs = select(t.contact.c.client).where(t.contact.c.slack_user == user)
    rows = tx.execute(select(t.client).where(t.client.c.id.in_(theirs)).order_by(t.client.c.name_key))
    return tuple(to_client(row) for row in rows)


def is_contact(tx: Tx, client_id: int, user: str) -> bool:
    """Tell whether this Slack user is a known contact of the client."""
    where = (t.contact.c.client == client_id) & (t.contact.c.slack_user == user)
    return tx.execute(select(t.contact.c.id).where(where)).first() is not None


def request_counts(tx: Tx, client_id: int) -> tuple[int, int]:
    """Return how many live requests a client has, and how many in all."""
    live = func.count().filter(t.request.c.state.in_([str(s) for s in LIVE]))
    row = tx.execute(select(live, func.count()).where(t.request.c.client == client_id)).one()
    return int(row[0]), int(row[1])


def by_id(people: Sequence[Member]) -> dict[str, Member]:
    """Return members by their id."""
    return {person.id: person for person in people}


def is_new_here(tx: Tx, user: str) -> bool:
    """Tell whether a contact with this Slack id has no name yet, or their client no zone."""
    unknown = or_(t.contact.c.name == NAMELESS, t.client.c.tz == NO_ZONE)
    query = select(t.contact.c.id).join(t.client, t.client.c.id == t.contact.c.client)
    return tx.execute(query.where(t.contact.c.slack_user == user, unknown)).first() is not None


def introduce_contact(tx: Tx, user: str, *, name: str, tz: str | None) -> tuple[int, ...]:
    """Name a nameless contact, in what they wrote too, and give their client a zone; return their live requests."""
    mine = t.contact.c.slack_user == user
    rows = tx.execute(select(t.contact.c.id, t.contact.c.client, t.contact.c.name).where(mine)).all()
    if tz and tz != NO_ZONE:
        clients = [row.client for row in rows]
        tx.execute(update(t.client).where(t.client.c.id.in_(clients), t.client.c.tz == NO_ZONE).values(tz=tz))
    if name:
        tx.execute(update(t.contact).where(mine, t.contact.c.name == NAMELESS).values(name=name))
        unsigned = (t.message.c.author_user == user) & (t.message.c.author == NAMELESS)
        tx.execute(update(t.message).where(unsigned).values(author=name))
    contacts = [row.id for row in rows if row.name == NAMELESS]
    live = t.request.c.contact.in_(contacts) & t.request.c.state.in_([str(state) for state in LIVE])
    return tuple(int(row.id) for row in tx.execute(select(t.request.c.id).where(live).order_by(t.request.c.id)))


def names(tx: Tx) -> dict[str, str]:
    """Return the names of all members and contacts by their Slack id."""
    contacts = select(t.contact.c.slack_user, t.contact.c.name).where(t.contact.c.slack_user.is_not(None))
    found = {str(row[0]): str(row[1]) for row in tx.execute(contacts) if row[1] != NAMELESS}
    return found | {str(row[0]): str(row[1]) for row in tx.execute(select(t.member.c.id, t.member.c.name))}
