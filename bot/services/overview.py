"""A glance at everything: what comes next by itself, how far requests have come, and what must agree with the world.

Each read is one transaction of a few small statements.
"""

from datetime import datetime

from bot.domain.nudges import BUNDLE_WINDOW
from bot.domain.overview import Books, Happened, Journey, Milestone, Overview, Upcoming
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.replies import NEEDS_A_PERSON, Reply, ReplyKind, ReplyState, Way
from bot.domain.requests import CLOSED, Request
from bot.domain.snapshots.status import StepKind
from bot.services import announcing, foreseeing
from bot.services.context import Context
from bot.services.drafting import choices_of
from bot.services.finding import find_client, find_request, way_of
from bot.services.reaching import Crew
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
            next=_next(tx, ctx),
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


# -- what comes next ---------------------------------------------------------------------------------------------------


def _next(tx: Tx, ctx: Context) -> Upcoming | None:
    """Return the soonest nudge of all; one that is due this instant is already being planned."""
    waiting = overview.soonest_waiting_nudge(tx, ctx.now)
    found = [_next_promised(tx, ctx), _next_aimed(tx, ctx.now), _next_back(tx, ctx.now)]
    if waiting is not None:
        row, at = waiting
        found.append(_upcoming(tx, find_request(tx, int(row.payload["request"])), at, (row.recipient,)))
    return min((one for one in found if one is not None), key=lambda one: one.at, default=None)


def _next_promised(tx: Tx, ctx: Context, request: int | None = None) -> Upcoming | None:
    promise = overview.soonest_promise(tx, ctx.now, request=request)
    if promise is None or promise.next_at is None:
        return None
    about, at = find_request(tx, promise.request), promise.next_at
    step = next(iter(foreseeing.steps_of(ctx, Crew(tx, ctx), promise, about)), None)
    if step is None:  # it is due; a reply on its way decides whether it slipped
        return _upcoming(tx, about, at, announcing.recipients_of(tx, about, lead_too=True))
    at = max(at, step.at)
    if step.kind is StepKind.NUDGE and about.owner in {member.id for member in step.to}:  # see planning: it may wait
        window = at + BUNDLE_WINDOW
        other = promises.next_for_owner(tx, about.owner or "", but=promise.id, after=at, until=window)
        at = other if other is not None and other < promise.due_at else at
    return _upcoming(tx, about, at, tuple(member.id for member in step.to))


def _next_aimed(tx: Tx, now: datetime, request: int | None = None) -> Upcoming | None:
    target = overview.soonest_target(tx, now, request=request)
    if target is None or target.next_at is None:
        return None
    about = find_request(tx, target.request)
    owned = about.owner is not None
    return _upcoming(tx, about, target.next_at, announcing.recipients_of(tx, about) if owned else (announcing.CHANNEL,))


def _next_back(tx: Tx, now: datetime) -> Upcoming | None:
    found = overview.soonest_parked(tx, now)
    if found is None:
        return None
    about = find_request(tx, found[0])
    return _upcoming(tx, about, found[1], announcing.recipients_of(tx, about))


def _upcoming(tx: Tx, about: Request, at: datetime, recipients: tuple[str, ...]) -> Upcoming:
    to: list[Member] = [member for each in recipients if (member := people.member(tx, each)) is not None]
    return Upcoming(at=at, request=about.id, client=find_client(tx, about).name, to=tuple(to))


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
        next=_next_promised(tx, ctx, ident) or _next_aimed(tx, ctx.now, ident),
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
