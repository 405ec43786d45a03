"""What became of a send: it arrived, was refused, is uncertain, or comes later; and all that follows from it."""

from datetime import UTC, datetime

from bot.domain.requests import State
from bot.domain.snapshots.nudge import ItemKind
from bot.outbound.base import Receipt
from bot.services import announcing
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.outbox import holding, showing
from bot.services.replies import sending
from bot.store import Tx, bundles, events, leases, replies
from bot.store.outbox import Row

TEAM_KINDS = frozenset({"card", "mirror", "note", "notice"})
"""What stands in the team channel. A refusal there is a matter of setup that people mend: it is tried again."""

GONE = frozenset({"message_not_found", "cant_update_message"})


def sent(ctx: Context, *, row: Row, version: int, receipt: Receipt) -> bool:
    """Record a delivered message and everything that follows from it, in one transaction. False: the lease was lost."""
    place = (receipt.remote.channel, receipt.remote.ts) if receipt.remote else None
    with ctx.store.writing() as tx:
        if not leases.mark_sent(tx, row.id, row.token or "", shown=version, remote=place, now=ctx.now):
            return False
        if row.kind == "reply":
            reply = replies.reply(tx, row.subject)
            if reply is not None:
                sending.reply_sent(tx, ctx, reply, place=place, told_at=_told_at(place))
        elif row.kind == "nudge" and not row.shown:
            _note_nudged(tx, ctx, row)
        return True


def _note_nudged(tx: Tx, ctx: Context, leader: Row) -> None:
    """Note of each promise and aim that somebody was nudged about it, also where several shared one message."""
    for row in bundles.sharing(tx, leader):
        if row.payload["kind"] in {ItemKind.PROMISE, ItemKind.TARGET}:
            promise = row.subject if row.key.startswith("nudge:promise:") else None
            request = int(row.payload["request"])
            events.note(tx, "nudged", at=ctx.now, request=request, promise=promise, detail=row.recipient)


def _told_at(place: tuple[str, str] | None) -> datetime | None:
    """Return when a message came to stand where it is: Slack's timestamps are instants."""
    return datetime.fromtimestamp(float(place[1]), UTC) if place else None


def failed(ctx: Context, *, row: Row, error: str, code: str = "", again_in: float = 60.0) -> None:
    """Record that the far side refused a message; a person hears of it, a nudge goes to the next one.

    A card that somebody deleted is posted anew. Nothing that belongs into the team channel is ever given up.
    """
    with ctx.store.writing() as tx:
        if leases.held_by(tx, row.id, row.token or "") is None:
            return
        if row.kind == "card" and code in GONE and row.remote:
            leases.post_anew(tx, row.id)
            return
        if (row.kind in TEAM_KINDS and code not in GONE) or row.recipient == announcing.CHANNEL:
            retry_at = ctx.store.elapsed(tx) + again_in
            leases.give_back(tx, row.id, row.token or "", retry_at=retry_at, tried=True, error=error)
            return
        leases.finish(tx, row.id, "failed", error=error)
        if row.kind == "reply":
            reply = replies.reply(tx, row.subject)
            if reply is not None:
                sending.reply_failed(tx, ctx, reply, error)
        elif row.kind == "nudge" and not row.shown:
            _reroute(tx, ctx, row)


def _reroute(tx: Tx, ctx: Context, row: Row) -> None:
    """Send the same rung to the next one in line at once, else to the team channel. Never silent."""
    crew = Crew(tx, ctx)
    for member in bundles.dissolve(tx, row.id):
        item = showing.nudge_item(tx, member)
        if item.request.state is not State.NOT_A_REQUEST:
            holding.pass_on(tx, ctx, crew, member, item)


def unsure(ctx: Context, *, row: Row, look_again_in: float | None) -> None:
    """Record that nobody knows whether a message arrived. With `look_again_in` (elapsed seconds) we look once more.

    Without it a client's reply becomes uncertain and a person decides; everything else is posted again.
    """
    with ctx.store.writing() as tx:
        elapsed = ctx.store.elapsed(tx)
        if row.kind == "reply" and look_again_in is None:
            if leases.held_by(tx, row.id, row.token or "") is None:
                return
            leases.finish(tx, row.id, "uncertain")
            reply = replies.reply(tx, row.subject)
            if reply is not None:
                sending.reply_uncertain(tx, ctx, reply)
            return
        leases.give_back(
            tx, row.id, row.token or "", retry_at=elapsed + (look_again_in or 0.0), ambiguous=True, tried=False
        )


def not_now(ctx: Context, *, row: Row, wait: float, tried: bool, error: str = "") -> None:
    """Return a row to the queue for `wait` elapsed seconds; nothing was sent by this try.

    A reply can be undone again, unless an earlier try may have reached the client.
    """
    with ctx.store.writing() as tx:
        held = leases.held_by(tx, row.id, row.token or "")
        if held is None:  # another process has it, and knows more about it than we do
            return
        if row.kind == "reply" and not held.ambiguous:
            replies.try_move_reply(tx, row.subject, was=("sending",), state="held")
        retry_at = ctx.store.elapsed(tx) + wait
        leases.give_back(tx, row.id, row.token or "", retry_at=retry_at, tried=tried, error=error)
