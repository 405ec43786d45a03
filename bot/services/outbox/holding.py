"""The last look at whom a nudge would reach: who is off work by now gets it at their opening, or the next one does.

A nudge is planned for somebody who is at work, and sent a moment later: in that moment their day may have ended, they
may have gone away, or asked not to be disturbed. The team channel is always there.
"""

from datetime import datetime

from bot.domain.ladder.ladders import TIME_TO_ACT, RungKind
from bot.domain.ladder.reaching import (
    CHANNEL,
    Person,
    Reach,
    Why,
    reach_instead,
    reach_next,
    reach_slipped,
    ready_at,
    soon_enough,
    while_open,
)
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.services import announcing
from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.services.nudges.reasons import facts_of, lasting
from bot.store import Tx, bundles, nudges, outbox
from bot.store.outbox import Row


def is_off(crew: Crew, row: Row) -> bool:
    """Tell whether a nudge that nobody has seen yet would reach somebody who is off work or not to be disturbed."""
    return not row.shown and row.recipient != CHANNEL and not crew.is_reachable(row.recipient)


def wait_or_pass_on(tx: Tx, ctx: Context, crew: Crew, row: Row, item: NudgeItem) -> None:
    """Hold a nudge until its recipient is at work again, or give it to the next one in line. It is never just dropped.

    It waits when that leaves them time to act. What cannot wait, a time that passed or a reply that did not get
    through, waits for them too, and whoever is at work hears at once.
    """
    person = crew.person(row.recipient)
    people = crew.of(item.request, until=_due_at(crew, item))
    ready = ready_at(person, ctx.now) if crew.member(person.id) is not None else None
    if item.rung is RungKind.SLIPPED or item.kind is ItemKind.REPLY:
        for to in reach_slipped(people, ctx.now):
            if to.at == ctx.now:
                _give(crew, ctx, row, item, people, to=to)
        _hold_or_end(tx, row, ready)
    elif item.kind is ItemKind.HANDED_OVER:
        _hold_or_end(tx, row, ready)
    else:
        due = _due_at(crew, item)
        to = next_for(tx, ctx, crew, people, row, due_at=due)
        waits = ready is not None and person.hours.between(ready, due) >= TIME_TO_ACT
        if waits or (ready is not None and to.recipient == CHANNEL and soon_enough(person, ctx.now, due)):
            _hold_or_end(tx, row, ready)
        elif item.kind in _IN_HOURS and to.at > ctx.now:
            _hold_or_end(tx, row, to.at)  # whoever is there then hears, its owner before all others
        else:
            _give(crew, ctx, row, item, people, to=to)
            bundles.leave(tx, row.id, state="superseded")


def pass_on(tx: Tx, ctx: Context, crew: Crew, row: Row, item: NudgeItem) -> None:
    """Give a nudge to the next one in line at once, because its recipient can never get it."""
    people = crew.of(item.request, until=_due_at(crew, item))
    _give(crew, ctx, row, item, people, to=next_for(tx, ctx, crew, people, row, due_at=_due_at(crew, item)))


def next_for(tx: Tx, ctx: Context, crew: Crew, people: tuple[Person, ...], row: Row, *, due_at: datetime) -> Reach:
    """Return who gets a nudge instead of its recipient, and when."""
    if row.payload.get("why") == Why.UNANSWERED:
        told = nudges.told_of(tx, row.subject, int(row.payload["revision"]))
        rest = [person for person in people if person.id != row.recipient]
        return reach_next(rest, [one.recipient for one in told], ctx.now, due_at)
    to = reach_instead(people, [row.recipient], ctx.now, due_at, crew.hours())
    return while_open(to, ctx.now, crew.hours()) if row.payload["kind"] in _IN_HOURS else to


_IN_HOURS = frozenset({ItemKind.TARGET, ItemKind.RECHECK})
"""What no client was told a time of: the team channel hears of it only while the team works."""


def _due_at(crew: Crew, item: NudgeItem) -> datetime:
    if item.rung is RungKind.BEFORE and item.promise is not None:
        return item.promise.due_at
    if item.kind is ItemKind.TARGET and item.target is not None:
        return item.target.due_at
    return crew.within_a_day()


def _hold_or_end(tx: Tx, row: Row, ready: datetime | None) -> None:
    if ready is None:
        bundles.leave(tx, row.id, state="superseded")
    else:
        nudges.hold(tx, row.id, until=ready, useless_after=_useless_after(row, ready))


def _useless_after(row: Row, leaves_at: datetime) -> datetime | None:
    return announcing.useless_after(ItemKind(row.payload["kind"]), str(row.payload["rung"]), leaves_at)


def _give(crew: Crew, ctx: Context, row: Row, item: NudgeItem, people: tuple[Person, ...], *, to: Reach) -> None:
    """Write the same nudge for another recipient, or again when it was taken from them; not when they have it."""
    if to.recipient == row.recipient:
        return
    due = item.promise.due_at if item.promise else item.target.due_at if item.target else ctx.now
    key = row.key.rpartition(":")[0] + f":{to.recipient}"
    useless_after = _useless_after(row, to.at)
    if nudges.give_back(crew.tx, key, not_before=to.at, useless_after=useless_after):
        return
    outbox.put(
        crew.tx,
        key=key,
        kind="nudge",
        lane=f"dm:{to.recipient}",
        subject=row.subject,
        recipient=to.recipient,
        now=ctx.now,
        payload={**lasting(row.payload), **facts_of(crew, people, item.request, to, due), "rerouted": True},
        not_before=to.at,
        useless_after=useless_after,
    )
