"""Which promises fall into an absence, and the absence as people are shown it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.away.absence_words import Spell
from bot.domain.away.absences import MOSTLY, Absence, Source, share_of
from bot.domain.away.away import AwayShown, Falling
from bot.domain.away.standing_in import stands_in
from bot.domain.ladder.ladders import Rung, RungKind, ladder_of, timetable
from bot.domain.ladder.reaching import reach
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import LIVE
from bot.domain.snapshots.status import StepKind
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.services.away import statuses
from bot.services.context import Context
from bot.services.drafting import excerpt_of
from bot.services.finding import find_client, find_request
from bot.services.hours.calendars import hours_of
from bot.services.hours.reaching import Crew
from bot.services.nudges import foreseeing
from bot.store import Tx, absences, people, promises

BEYOND = timedelta(days=14)
"""How long after an absence a promise is looked at whose nudges may lie in it: the longest lead and a long weekend."""

MOST = 100
"""Promises of one absence that are listed; with more there is a bigger problem than an absence."""

FORESEEN = 10
"""Promises of which it is foreseen who hears, as many as one answer shows: each takes some ten milliseconds."""


def find(tx: Tx, ctx: Context, member: Member, spell: Spell) -> tuple[Promise, ...]:
    """Return the open promises of a member that are due in a spell, or would be nudged about in it, soonest first.

    To be asked before the absence is entered: afterwards no nudge lies in it any more.
    """
    candidates = absences.open_promises_of(tx, member.id, until=spell[1] + BEYOND)
    hours = hours_of(tx, ctx, member.id, since=min([ctx.now, *(opened_at for _, opened_at in candidates)]))
    found = [
        promise
        for promise, opened_at in candidates
        if promise.due_at >= spell[0]
        and (promise.due_at < spell[1] or _is_nudged(_timetable(tx, ctx, promise, opened_at, hours), spell))
    ]
    return tuple(found[:MOST])


def _timetable(tx: Tx, ctx: Context, promise: Promise, opened_at: datetime, hours: WorkingTime) -> tuple[Rung, ...]:
    ladder = ladder_of(find_request(tx, promise.request).category, ctx.policy.ladder)
    try:
        return timetable(opened_at, promise.due_at, hours, ladder)
    except NoWorkingTimeError:
        return ()


def _is_nudged(rungs: tuple[Rung, ...], spell: Spell) -> bool:
    return any(rung.kind is RungKind.BEFORE and spell[0] <= rung.at < spell[1] for rung in rungs)


def shown(tx: Tx, ctx: Context, absence: Absence, reader: Member, *, notes: tuple[str, ...] = ()) -> AwayShown:
    """Return an absence with the promises that fell into it, each as it stands now; `notes` are handed through."""
    member = people.member(tx, absence.member)
    if member is None:  # pragma: no cover - a foreign key forbids it
        raise LookupError(absence.member)
    stand_in, chosen = first_in_line(tx, absence, now=ctx.now)
    crew = Crew(tx, ctx)
    items = [item for each in absence.promises if (item := _item(tx, absence, each)) is not None]
    since = max(ctx.now, absence.starts_at)
    foretold = [_hears(ctx, crew, item, member, since) for item in items[:FORESEEN]]
    hears = [*foretold, *(_reached(crew, item, since) for item in items[FORESEEN:])]
    return AwayShown(
        absence=absence,
        member=member,
        reader=reader,
        stand_in=stand_in,
        chosen=chosen,
        by=_by(tx, absence),
        falling=tuple(replace(item, hears=one) for item, one in zip(items, hears, strict=True)),
        notes=notes,
        still=statuses.still_away(tx, ctx, member.id),
    )


def _hears(ctx: Context, crew: Crew, item: Falling, member: Member, since: datetime) -> Member | None:
    """Return who hears of a promise that a member has and nobody moves, as its status foretells it.

    That is who hears first once the absence has begun (`since`), else before; the one whom a nudge would reach then
    where nothing more is to come.
    """
    if item.is_undecided(member) or item.kept:
        steps = foreseeing.steps_of(ctx, crew, item.promise, item.request)
        others = [one for one in steps if one.kind is not StepKind.SLIPPED and member not in one.to]
        first = next((one for one in others if one.at >= since), next(iter(others), None))
        if first is not None:
            return next(iter(first.to), None)
    return _reached(crew, item, since)


def _reached(crew: Crew, item: Falling, since: datetime) -> Member | None:
    people = crew.of(item.request, until=item.promise.due_at)
    return crew.member(reach(people, since, item.promise.due_at, crew.hours()).recipient)


def first_in_line(tx: Tx, absence: Absence, *, now: datetime) -> tuple[Member | None, bool]:
    """Return who hears first while somebody is away, and whether they stand in for them (else they are the lead).

    Whoever is away for most of it themselves is passed over, as nudges will do.
    """
    at = max(absence.starts_at, now)
    chosen = absences.stand_ins(tx, at)
    if absence.stand_in is not None:
        chosen[absence.member] = absence.stand_in
    for ident in stands_in(absence.member, chosen):
        found = people.member(tx, ident)
        if found is None or not found.active:
            continue
        if share_of(absence.spell, absences.spells_of(tx, ident, after=absence.starts_at)) <= MOSTLY:
            return found, True
    lead = next((each for each in people.members(tx) if each.lead and each.id != absence.member), None)
    return lead, False


def passed_on(tx: Tx, member: Member, ended: Iterable[Absence]) -> tuple[Falling, ...]:
    """Return what fell into absences and is somebody else's now, or nobody's: one promise of each request."""
    items = (item for absence in ended for each in absence.promises if (item := _item(tx, absence, each)) is not None)
    found = {item.request.id: item for item in items if item.owner is None or item.owner.id != member.id}
    return tuple(item for item in found.values() if item.request.state in LIVE)


def due_next(tx: Tx, member: Member, now: datetime, *, most: int) -> tuple[Falling, ...]:
    """Return the open promises of a member that are due next."""
    candidates = absences.open_promises_of(tx, member.id, until=now + timedelta(days=366))
    coming = [promise for promise, _ in candidates if promise.due_at > now]
    return tuple(_shown_promise(tx, promise) for promise in coming[:most])


def _item(tx: Tx, absence: Absence, ident: int) -> Falling | None:
    promise = promises.promise(tx, ident)
    if promise is None:
        return None
    due = absence.starts_at <= promise.due_at < absence.over_at
    return _shown_promise(tx, promise, due=due, kept=ident in absence.kept)


def _shown_promise(tx: Tx, promise: Promise, *, due: bool = True, kept: bool = False) -> Falling:
    request = find_request(tx, promise.request)
    moved_to, moving_to = _instead_of(tx, promise)
    return Falling(
        promise=promise,
        request=request,
        client=find_client(tx, request),
        excerpt=excerpt_of(tx, request),
        owner=people.member(tx, request.owner) if request.owner else None,
        due=due,
        kept=kept,
        moved_to=moved_to,
        moving_to=moving_to,
    )


def _instead_of(tx: Tx, promise: Promise) -> tuple[datetime | None, datetime | None]:
    """Return the time that was told instead of a promise's own, the last one, and one that a reply is about to tell."""
    told: datetime | None = None
    about_to: datetime | None = None
    ident = promise.id
    for each in sorted(promises.promises_of(tx, promise.request), key=lambda one: one.id):
        if each.replaces != ident or each.outcome is Outcome.VOID:
            continue
        if each.outcome is Outcome.PENDING:
            about_to = each.due_at
        else:
            ident, told, about_to = each.id, each.due_at, None
    return told, about_to


def _by(tx: Tx, absence: Absence) -> Member | None:
    """Return who entered it when somebody else did; a status is its member's own."""
    if absence.made_by in {None, absence.member} or absence.source is Source.STATUS:
        return None
    return people.member(tx, absence.made_by or "")
