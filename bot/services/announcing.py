"""Asking the outbox for what the team sees: cards, the conversation in their threads, nudges and notices."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.ladder.nudges import Subject, nudge_key
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.requests import Request
from bot.domain.snapshots.nudge import ItemKind
from bot.services import people as members
from bot.services.context import Context
from bot.store import Tx, outbox, people

__all__ = ["CHANNEL", "SLIP_WAITS", "USELESS_AFTER", "mirror", "note_in_thread", "notify_team", "nudge"]
__all__ += ["recipients_of", "refresh_mirror", "show_card", "team_lane"]

USELESS_AFTER = timedelta(days=1)
"""A nudge that could not be delivered for a day is history; the card and `/headsup` still say what is open.

The day counts from when it was to leave: what waits for somebody's Monday is not history on Sunday.
"""

SLIP_WAITS = timedelta(seconds=5)
"""How soon to look again at a promise that is due while a reply is on its way."""


def team_lane(request: int) -> str:
    """Return the lane of a request's card and its thread."""
    return f"team:{request}"


def show_card(tx: Tx, ctx: Context, request: int) -> None:
    """Ask for the card to be posted or refreshed; always last in a transaction, so that everyone locks in one order."""
    outbox.want_card(tx, request, ctx.now)


def mirror(tx: Tx, ctx: Context, request: int, message: int) -> None:
    """Ask for a message of the conversation to stand in the card's thread."""
    outbox.put(
        tx,
        key=f"mirror:{message}",
        kind="mirror",
        lane=team_lane(request),
        subject=message,
        now=ctx.now,
        parent=outbox.card_row(tx, request),
    )


def refresh_mirror(tx: Tx, message: int) -> None:
    """Ask for a mirrored message to be shown as it is now (edited, deleted)."""
    outbox.want_again(tx, f"mirror:{message}")


def note_in_thread(tx: Tx, ctx: Context, request: int, name: str, **facts: Any) -> None:
    """Ask for a note of ours in the card's thread; `name` makes it exist once."""
    outbox.put(
        tx,
        key=f"note:{name}",
        kind="note",
        lane=team_lane(request),
        subject=request,
        now=ctx.now,
        payload=facts,
        parent=outbox.card_row(tx, request),
    )


def notify_team(tx: Tx, ctx: Context, name: str, sentence: str) -> None:
    """Ask for one sentence of ours in the team channel; `name` makes it exist once. Never a client's words."""
    outbox.put(
        tx, key=f"notice:{name}", kind="notice", lane="team:0", subject=0, now=ctx.now, payload={"text": sentence}
    )


def recipients_of(tx: Tx, request: Request, *, lead_too: bool = False) -> tuple[str, ...]:
    """Return who is nudged about a request: its owner, else the lead, else the team channel; with `lead_too` both."""
    lead = members.lead(tx)
    owner = people.member(tx, request.owner) if request.owner else None
    found = [owner.id] if owner and owner.active else []
    if lead is not None and (lead_too or not found):
        found.append(lead.id)
    return tuple(dict.fromkeys(found)) or (CHANNEL,)


def nudge(
    tx: Tx,
    ctx: Context,
    request: Request,
    *,
    kind: ItemKind,
    subject: Subject,
    ident: int,
    revision: int,
    rung: str,
    recipient: str,
    not_before: datetime | None = None,
    by: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> bool:
    """Ask for one nudge to one recipient; False when exactly this one was asked for before. `by`: who caused it.

    `facts` go into the row: when it is due, why this one hears. The last look before the send holds what would reach
    somebody off work, or gives it to the next one in line.
    """
    added = outbox.put(
        tx,
        key=nudge_key(subject, ident, revision, rung, recipient),
        kind="nudge",
        lane=f"dm:{recipient}",
        subject=ident,
        recipient=recipient,
        now=ctx.now,
        payload={
            "kind": str(kind),
            "request": request.id,
            "revision": revision,
            "rung": rung,
            **({"by": by} if by else {}),
            **(facts or {}),
        },
        not_before=not_before,
        useless_after=(not_before or ctx.now) + USELESS_AFTER,
    )
    return added is not None
