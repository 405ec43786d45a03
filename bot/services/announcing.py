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

__all__ = ["CHANNEL", "SLIP_WAITS", "mirror", "note_in_thread", "notify_team", "nudge"]
__all__ += ["recipients_of", "refresh_mirror", "show_card", "team_lane", "useless_after"]

_USELESS_AFTER = timedelta(days=1)
_FADING = frozenset({ItemKind.PROMISE, ItemKind.TARGET, ItemKind.RESUMED})

SLIP_WAITS = timedelta(seconds=5)
"""How soon to look again at a promise that is due while a reply is on its way."""


def useless_after(kind: ItemKind, rung: str, leaves_at: datetime) -> datetime | None:
    """Return when a nudge that could not be delivered is history, None when only its answer makes it so.

    A countdown to a time fades a day after it was to leave (what waits for somebody's Monday is not history on
    Sunday): what comes next says more. A time that passed without word, and what only a person can answer, is told
    however long nobody could be told.
    """
    fades = kind in _FADING and not rung.endswith("slipped")
    return leaves_at + _USELESS_AFTER if fades else None


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
        useless_after=useless_after(kind, rung, not_before or ctx.now),
    )
    return added is not None
