"""Messages about absences, to the one who is away or back and to the one who stands in: an outbox row each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.domain.away.absences import Absence
from bot.domain.away.away import AwayPost, PostKind, Returned
from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.ladder.reaching import ready_at
from bot.domain.people import Member
from bot.domain.promises import Outcome
from bot.services.away import falling, meanwhile
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.store import Tx, absences, outbox, people
from bot.store.outbox import Row

KIND = "away"
"""The kind of these rows in the outbox."""

USELESS_AFTER = timedelta(days=2)


def tell_member(tx: Tx, ctx: Context, absence: Absence, *, ended: bool) -> None:
    """Tell somebody that a colleague entered or ended an absence of theirs."""
    _put(tx, ctx, absence, PostKind.ENDED if ended else PostKind.ENTERED, absence.member)


def tell_stand_in(tx: Tx, ctx: Context, absence: Absence, *, by: Member, ended: bool) -> None:
    """Tell whoever was named to stand in that they do, or no longer do; not when they said so themselves.

    Who was not told yet that they stand in need not hear that they no longer do.
    """
    stand_in = absence.stand_in
    if stand_in is None or (ended and outbox.try_cancel(tx, _key(absence, PostKind.STANDS_IN, stand_in))):
        return
    if stand_in != by.id:
        _put(tx, ctx, absence, PostKind.NO_LONGER if ended else PostKind.STANDS_IN, stand_in)


def tell_what_happened(tx: Tx, ctx: Context, absence: Absence, *, since: datetime, apart: Sequence[int]) -> None:
    """Send the one summary of an absence to whoever is back; slips of the promises `apart` have messages of their own.

    Which these are is kept: by the time the summary leaves, one of them may wait for another hour, or stand there.
    """
    facts = {"since": since.isoformat(), "until": ctx.now.isoformat(), "apart": list(apart)}
    _put(tx, ctx, absence, _RETURNED, absence.member, **facts)


_RETURNED = "returned"


def _put(tx: Tx, ctx: Context, absence: Absence, what: str, recipient: str, **facts: Any) -> None:
    outbox.put(
        tx,
        key=_key(absence, what, recipient),
        kind=KIND,
        lane=f"{KIND}:{absence.id}:{recipient}",
        subject=absence.id,
        recipient=recipient,
        now=ctx.now,
        payload={"what": str(what), **facts},
        useless_after=ctx.now + USELESS_AFTER,
    )


def _key(absence: Absence, what: str, recipient: str) -> str:
    return f"{KIND}:{what}:{absence.id}:{recipient}"


def waits_until(tx: Tx, ctx: Context, row: Row, post: AwayPost | Returned) -> datetime | None:
    """Return for when a message is held, None when it leaves now.

    Whoever stands in is told when they are at work and may be disturbed. At once when something that falls into the
    absence would then leave them less than `TIME_TO_ACT`.
    """
    if not isinstance(post, AwayPost) or post.kind not in _TO_STAND_INS or row.shown:
        return None
    stand_in = Crew(tx, ctx).person(row.recipient)
    ready = ready_at(stand_in, ctx.now)
    if ready is None or ready <= ctx.now:
        return None
    open_ones = [item for item in post.shown.falling if item.promise.outcome is Outcome.OPEN]
    theirs = [item for item in open_ones if item.owner is not None and item.owner.id == post.shown.member.id]
    near = any(stand_in.hours.between(ready, item.promise.due_at) < TIME_TO_ACT for item in theirs)
    return None if near and post.kind is PostKind.STANDS_IN else ready


_TO_STAND_INS = frozenset({PostKind.STANDS_IN, PostKind.NO_LONGER})


def post_of(tx: Tx, ctx: Context, row: Row) -> AwayPost | Returned | None:
    """Return what a row of the outbox says, as it stands now; None when there is nothing to say any more."""
    absence = absences.absence(tx, row.subject)
    reader = people.member(tx, row.recipient)
    if absence is None or reader is None or not reader.active:
        return None
    if row.payload["what"] == _RETURNED:
        since, until = (datetime.fromisoformat(row.payload[name]) for name in ("since", "until"))
        apart = row.payload.get("apart")  # rows that were written before it was kept have none
        return meanwhile.returned(tx, reader, since=since, until=until, apart=apart)
    kind = PostKind(row.payload["what"])
    is_over = absence.ended_at is not None or absence.over_at <= ctx.now
    if kind in {PostKind.ENTERED, PostKind.STANDS_IN} and is_over:
        return None
    return AwayPost(kind, falling.shown(tx, ctx, absence, reader))
