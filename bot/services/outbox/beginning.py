"""The last look before a send: is it still wanted, by whom, and what exactly leaves?"""

from dataclasses import dataclass, replace
from typing import Any

from bot.domain.ladder.nudges import BUNDLE_MOST, BUNDLE_WINDOW, PILE_MOST
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem
from bot.outbound.base import Reference, Remote
from bot.services import announcing
from bot.services.away import away_posts
from bot.services.context import Context
from bot.services.drafting import choices_meant
from bot.services.hours.reaching import Crew
from bot.services.nudges import in_hand, reasons
from bot.services.nudges.row_by_row import untried_after
from bot.services.outbox import holding, showing
from bot.services.replies import sending
from bot.store import Tx, bundles, leases, nudges, places, promises, replies, upcoming
from bot.store.outbox import Row

CALL_SECONDS = 35.0
"""Three calls of ten seconds (open the DM, post, once more as plain text) and five of margin.

With less of the lease left, the call is not begun.
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One call about to be made: either `frozen` bytes that were approved, or a `snapshot` to be rendered now."""

    row: Row
    way: str
    version: int
    reference: Reference
    frozen: bytes | None = None
    snapshot: Any = None


def begin(ctx: Context, *, row: Row) -> Job | None:
    """Re-read what a row is about, right before the call; None when nothing is to be sent (any more).

    Committing this says durably that the call may have been made. Undo loses against it, or wins and then nothing
    leaves: the same row of the same table decides.
    """
    with ctx.store.writing() as tx:
        held = leases.held_by(tx, row.id, row.token or "")
        if held is None or held.lease_until - ctx.store.elapsed(tx) < CALL_SECONDS:
            return None
        if held.useless_after is not None and ctx.now > held.useless_after and not held.shown:
            leases.finish(tx, held.id, "superseded")
            return None
        job = _BEGINNERS[held.kind](tx, ctx, held)
        if job is not None:
            leases.set_sending(tx, held.id)
        return job


def _reference(tx: Tx, row: Row, *, key: str | None = None, keys: tuple[str, ...] = ()) -> Reference:
    parent = places.of_row(tx, row.parent) if row.parent is not None else None
    return Reference(
        key=key or row.key,
        to=row.recipient,
        remote=Remote(*row.remote) if row.remote else None,
        thread=Remote(*parent) if parent else None,
        keys=keys or (row.key,),
    )


def _begin_card(tx: Tx, ctx: Context, row: Row) -> Job | None:
    card = showing.card(tx, row.subject)
    meant = choices_meant(tx, ctx, card.request, card.suggestions, writer=card.request.owner or "")
    return Job(row, "card", row.wanted, _reference(tx, row), snapshot=replace(card, suggestions=meant))


def _begin_thread_post(tx: Tx, _ctx: Context, row: Row) -> Job | None:
    return Job(row, "thread", row.wanted, _reference(tx, row), snapshot=showing.thread_post(tx, row))


def _begin_notice(tx: Tx, _ctx: Context, row: Row) -> Job | None:
    return Job(row, "notice", row.wanted, _reference(tx, row), snapshot=str(row.payload["text"]))


def _begin_answered(tx: Tx, _ctx: Context, row: Row) -> Job | None:
    post = showing.answered_post(tx, row.subject)
    if post is None:
        leases.finish(tx, row.id, "cancelled")
        return None
    return Job(row, "answered", row.wanted, _reference(tx, row), snapshot=post)


def _begin_reply(tx: Tx, ctx: Context, row: Row) -> Job | None:
    """Let a held reply leave, if nobody undid it and its time has come."""
    found = replies.reply(tx, row.subject)
    promise = promises.promise_of_reply(tx, row.subject)
    if found is not None and promise is not None and promise.due_at <= ctx.now and not row.ambiguous:
        leases.finish(tx, row.id, "failed", error="late")
        sending.reply_failed(tx, ctx, found, "The time in it passed while it waited, so it was not sent.")
        return None
    begun = replies.try_move_reply(tx, row.subject, was=("held", "sending"), state="sending", begun_at=ctx.now)
    if begun is None or found is None:
        leases.finish(tx, row.id, "cancelled")
        return None
    frozen = replies.frozen(tx, row.subject)
    reference = Reference(key=f"reply:{row.subject}", to=row.recipient, keys=(f"reply:{row.subject}",))
    return Job(row, str(frozen.way.kind), row.wanted, reference, frozen=frozen.data)


def _begin_nudge(tx: Tx, ctx: Context, row: Row) -> Job | None:
    """Bundle what is due for the same person; what became pointless meanwhile is cancelled, not sent.

    It waits until all that is due is planned. Nobody is disturbed who went off work since then.
    """
    if _waits_for_more(tx, ctx, row):
        again = ctx.store.elapsed(tx) + LOOK_AGAIN_SECONDS
        leases.give_back(tx, row.id, row.token or "", retry_at=again, tried=False)
        return None
    to_channel = row.recipient == announcing.CHANNEL
    rows = bundles.gather(tx, row, now=ctx.now, most=PILE_MOST if to_channel else BUNDLE_MOST)
    items = [(member, showing.nudge_item(tx, member)) for member in rows]
    crew = Crew(tx, ctx)
    if not row.shown:
        for member, item in items:
            if item.moot:
                bundles.leave(tx, member.id, state="cancelled")
        items = [(member, item) for member, item in items if not item.moot]
        if items and holding.is_off(crew, row):
            for member, item in items:
                holding.wait_or_pass_on(tx, ctx, crew, member, item)
            return None
        items = [(member, reasons.as_of_now(tx, crew, member, item, ctx.now)) for member, item in items]
    if not items:
        return None
    items = [(member, in_hand.foreseen(ctx, crew, _as_meant(tx, ctx, member, item))) for member, item in items]
    if not row.shown and all(member.id != row.id for member, _ in items):
        bundles.release(tx, row.id)  # the leader itself is pointless: the others find a new one
        return None
    nudge = Nudge(
        recipient=row.recipient,
        to_channel=to_channel,
        items=tuple(sorted((item for _, item in items), key=_nearest_first)),
    )
    return Job(
        row, "nudge", row.wanted, _reference(tx, row, keys=tuple(member.key for member, _ in items)), snapshot=nudge
    )


def _as_meant(tx: Tx, ctx: Context, row: Row, item: NudgeItem) -> NudgeItem:
    """Return an item whose button names its span only when whoever reads it can mean that."""
    if item.acknowledge is None or item.moot:
        return item
    [choice] = choices_meant(tx, ctx, item.request, (item.acknowledge,), writer=row.recipient)
    return replace(item, acknowledge=choice)


def _waits_for_more(tx: Tx, ctx: Context, row: Row) -> bool:
    """Tell whether more for the same message is about to be planned: what is due, and beside a slip what is next.

    A minute is enough.
    """
    until = row.not_before + BUNDLE_WINDOW
    if row.shown or row.bundle is not None or row.payload["kind"] not in _PLANNED or ctx.now >= until:
        return False
    if upcoming.is_planning_behind(tx, ctx.now, untried_after=untried_after(ctx)):
        return True
    slipped = str(row.payload["rung"]).endswith("slipped")
    after, owner = ctx.now, row.recipient
    return slipped and promises.next_for_owner(tx, owner, but=row.subject, after=after, until=until) is not None


_PLANNED = frozenset({ItemKind.PROMISE, ItemKind.TARGET, ItemKind.RESUMED, ItemKind.RECHECK})
"""What nobody pressed for."""

LOOK_AGAIN_SECONDS = 0.5
"""Planning goes on at once while there is more of it."""


def _nearest_first(item: NudgeItem) -> tuple[bool, float]:
    due = item.promise.due_at if item.promise else item.target.due_at if item.target else None
    return due is None, due.timestamp() if due else 0.0


def _begin_away(tx: Tx, ctx: Context, row: Row) -> Job | None:
    post = away_posts.post_of(tx, ctx, row)
    if post is None:
        leases.finish(tx, row.id, "cancelled")
        return None
    until = away_posts.waits_until(tx, ctx, row, post)
    if until is not None:
        nudges.hold(tx, row.id, until=until, useless_after=until + away_posts.USELESS_AFTER)
        return None
    return Job(row, "away", row.wanted, _reference(tx, row), snapshot=post)


_BEGINNERS = {
    "card": _begin_card,
    "mirror": _begin_thread_post,
    "note": _begin_thread_post,
    "notice": _begin_notice,
    "answered": _begin_answered,
    "reply": _begin_reply,
    "nudge": _begin_nudge,
    "away": _begin_away,
}
