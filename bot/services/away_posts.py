"""Messages about absences, to the one who is away or back and to the one who stands in: an outbox row each."""

from datetime import datetime, timedelta
from typing import Any

from bot.domain.absences import Absence
from bot.domain.away import AwayPost, PostKind, Returned
from bot.domain.people import Member
from bot.services import falling, meanwhile
from bot.services.context import Context
from bot.store import Tx, absences, outbox, people
from bot.store.outbox import Row

KIND = "away"
"""The kind of these rows in the outbox."""

USELESS_AFTER = timedelta(days=2)


def tell_member(tx: Tx, ctx: Context, absence: Absence, *, ended: bool) -> None:
    """Tell somebody that a colleague entered or ended an absence of theirs."""
    _put(tx, ctx, absence, PostKind.ENDED if ended else PostKind.ENTERED, absence.member)


def tell_stand_in(tx: Tx, ctx: Context, absence: Absence, *, by: Member, ended: bool) -> None:
    """Tell whoever was named to stand in that they do, or no longer do; not when they said so themselves."""
    if absence.stand_in is not None and absence.stand_in != by.id:
        _put(tx, ctx, absence, PostKind.NO_LONGER if ended else PostKind.STANDS_IN, absence.stand_in)


def tell_what_happened(tx: Tx, ctx: Context, absence: Absence, *, since: datetime) -> None:
    """Send the one summary of an absence to whoever is back."""
    facts = {"since": since.isoformat(), "until": ctx.now.isoformat()}
    _put(tx, ctx, absence, _RETURNED, absence.member, **facts)


_RETURNED = "returned"


def _put(tx: Tx, ctx: Context, absence: Absence, what: str, recipient: str, **facts: Any) -> None:
    outbox.put(
        tx,
        key=f"{KIND}:{what}:{absence.id}:{recipient}",
        kind=KIND,
        lane=f"dm:{recipient}",
        subject=absence.id,
        recipient=recipient,
        now=ctx.now,
        payload={"what": str(what), **facts},
        useless_after=ctx.now + USELESS_AFTER,
    )


def post_of(tx: Tx, ctx: Context, row: Row) -> AwayPost | Returned | None:
    """Return what a row of the outbox says, as it stands now; None when there is nothing to say any more."""
    absence = absences.absence(tx, row.subject)
    reader = people.member(tx, row.recipient)
    if absence is None or reader is None or not reader.active:
        return None
    if row.payload["what"] == _RETURNED:
        since, until = (datetime.fromisoformat(row.payload[name]) for name in ("since", "until"))
        return meanwhile.returned(tx, reader, since=since, until=until)
    kind = PostKind(row.payload["what"])
    is_over = absence.ended_at is not None or absence.over_at <= ctx.now
    if kind in {PostKind.ENTERED, PostKind.STANDS_IN} and is_over:
        return None
    return AwayPost(kind, falling.shown(tx, absence, reader, now=ctx.now))
