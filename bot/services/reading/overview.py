"""A glance at everything: what comes next by itself, how far requests have come, and what must agree with the world.

Each read is one transaction of a few small statements.
"""

from bot.domain.overview import Books, Happened, Journey, Milestone, Overview
from bot.domain.promises import Promise
from bot.domain.replies import NEEDS_A_PERSON, Reply, ReplyKind, ReplyState, Way
from bot.domain.requests import CLOSED, Request
from bot.services.context import Context
from bot.services.drafting import choices_of
from bot.services.finding import find_client, find_request, way_of
from bot.services.nudges.coming import coming, coming_about
from bot.store import Tx, overview, people, places, promises, replies

_MILESTONES = {
    "claimed": Milestone.CLAIMED,
    "promised": Milestone.PROMISED,
    "nudged": Milestone.NUDGED,
    "promise_moved_before": Milestone.MOVED_BEFORE,
    "client_answered": Milestone.CLIENT_ANSWERED,
}
_NOT_THERE_YET = (ReplyState.HELD, ReplyState.SENDING, ReplyState.FAILED, ReplyState.UNCERTAIN)


def overview_of(ctx: Context, *, since: int = 0, words: str = "", reads: str = "") -> Overview:
    """Return the installation at a glance.

    What happened, and which request people took furthest, go by events after `since` (an event's id). `words` prefer
    a request that has them as the untouched one, `reads` (a language) one of a client who reads it.
    """
    with ctx.store.reading() as tx:
        happened, furthest = _happened(tx, since)
        unowned = overview.unowned(tx, words=words, reads=reads)
        return Overview(
            counts=overview.counts(tx),
            next=coming(tx, ctx),
            happened=happened,
            journey=_journey(tx, ctx, furthest) if furthest is not None else None,
            untouched=_journey(tx, ctx, unowned) if unowned is not None else None,
        )


def books_of(ctx: Context) -> Books:
    """Return what left, or has to, and which of the clients' messages we have."""
    with ctx.store.reading() as tx:
        links = overview.links(tx)
        return Books(
            requests=overview.request_numbers(tx),
            leaving=overview.leaving(tx),
            stored=overview.stored(tx, [link.channel for link in links]),
            links=links,
            members=frozenset(member.id for member in people.members(tx)),
            undecided=overview.replies_in(tx, [str(state) for state in NEEDS_A_PERSON]),
        )


def pulse_of(ctx: Context) -> tuple[int, ...]:
    """Return numbers that differ once anything that this module tells has changed; it costs less than telling it."""
    with ctx.store.reading() as tx:
        return overview.pulse(tx)


def newest_event(ctx: Context) -> int:
    """Return the id of the newest event, 0 when nothing happened yet."""
    with ctx.store.reading() as tx:
        return overview.last_event(tx)


# -- what happened -----------------------------------------------------------------------------------------------------


def _happened(tx: Tx, since: int) -> tuple[Happened, int | None]:
    """Return what happened to requests that people did something about, and the request that came furthest.

    A nudge alone is nobody's doing. Of two that came equally far, the one that moved last.
    """
    newest: dict[int, dict[Milestone, int]] = {}
    for kind, request, detail, event in overview.happened(tx, since=since):
        milestone = _MILESTONES.get(kind)
        if kind == "sent":
            milestone = Milestone.DELAY_SENT if detail == ReplyKind.DELAY_UPDATE else None
        if milestone is not None:
            newest.setdefault(request, {})[milestone] = event
    touched = {request: events for request, events in newest.items() if set(events) != {Milestone.NUDGED}}
    happened: Happened = {}
    for milestone in Milestone:
        found = sorted((events[milestone], request) for request, events in touched.items() if milestone in events)
        if found:
            happened[milestone] = tuple(request for _, request in found)
    furthest = max(touched, key=lambda request: (len(touched[request]), max(touched[request].values())), default=None)
    return happened, furthest


# -- one request -------------------------------------------------------------------------------------------------------


def _journey(tx: Tx, ctx: Context, ident: int) -> Journey:
    request = find_request(tx, ident)
    way = way_of(tx, request)
    words = replies.replies_of(tx, ident, states=[str(state) for state in (*_NOT_THERE_YET, ReplyState.SENT)])
    there = [reply for reply in words if reply.state is ReplyState.SENT]
    told = _newest([reply for reply in there if reply.kind is not ReplyKind.DELAY_UPDATE])
    update = _newest([reply for reply in there if reply.kind is ReplyKind.DELAY_UPDATE])
    promise = _promise(tx, ident)
    return Journey(
        request=request,
        client=find_client(tx, request).name,
        contact=people.contact(tx, request.contact) if request.contact else None,
        owner=people.member(tx, request.owner) if request.owner else None,
        way=way,
        card=places.of_key(tx, f"card:{ident}"),
        label=_label(request, way),
        told=told,
        told_at=places.of_reply(tx, told.id) if told else None,
        update=update,
        update_at=places.of_reply(tx, update.id) if update else None,
        leaving=_newest([reply for reply in words if reply.state in _NOT_THERE_YET]),
        promise=promise,
        nudge=overview.place_of_nudge(tx, promise.id) if promise else None,
        next=coming_about(tx, ctx, ident),
    )


def _newest(found: list[Reply]) -> Reply | None:
    return max(found, key=lambda reply: reply.id, default=None)


def _promise(tx: Tx, request: int) -> Promise | None:
    """Return the open promise that is due first, else the newest one when it slipped."""
    told = promises.promises_of(tx, request, outcomes=("open", "kept", "moved_before", "slipped", "released"))
    still_open = next((promise for promise in told if promise.outcome == "open"), None)
    newest = max(told, key=lambda promise: promise.id, default=None)
    return still_open or (newest if newest is not None and newest.outcome == "slipped" else None)


def _label(request: Request, way: Way) -> str:
    """Return the words on the button that answers with a time, before it is known what the client thinks of it."""
    choices = choices_of(request, way) if request.state not in CLOSED else ()
    kinds = (ReplyKind.ACKNOWLEDGEMENT, ReplyKind.ANSWER)
    return next((choice.label for kind in kinds for choice in choices if choice.kind is kind), "")
