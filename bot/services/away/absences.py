"""Absences: who is away when and who stands in; taken back, ended by coming back, looked at."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import AwayForm, AwayShown, Back
from bot.domain.people import Actor, Member
from bot.errors import RefusedError
from bot.services.away import away_posts, falling, returning, statuses
from bot.services.context import Context
from bot.services.finding import LARGEST, find_promise
from bot.services.naming import check_person, named
from bot.services.nudges import in_hand, replanning
from bot.services.people import check_member
from bot.store import Tx, absences, events, people


def stand_ins(tx: Tx, now: datetime) -> Mapping[str, str | None]:
    """Return who stands in for whom at an instant: an absence's stand-in wins over the one that the member chose."""
    return absences.stand_ins(tx, now)


def away_form(ctx: Context, *, actor: Actor, member: str | None = None) -> AwayForm:
    """Return what the window for an absence opens with."""
    with ctx.store.reading() as tx:
        reader = check_member(tx, actor)
        person = check_person(tx, named(tx, member)) if member else reader
        team = people.members(tx)
        return AwayForm(
            member=person,
            reader=reader,
            colleagues=tuple(each for each in team if each.id != person.id),
            entered=absences.of_member(tx, person.id, after=ctx.now),
            names={each.id: each.name for each in team},
            still=statuses.still_away(tx, ctx, person.id),
        )


def absence_shown(ctx: Context, *, actor: Actor, absence: int, notes: tuple[str, ...] = ()) -> AwayShown:
    """Return an absence as it stands now, with the promises that fall into it; `notes` are handed through."""
    with ctx.store.reading() as tx:
        reader = check_member(tx, actor)
        return falling.shown(tx, ctx, find_absence(tx, absence), reader, notes=notes)


def keep_promise(ctx: Context, *, actor: Actor, absence: int, promise: int) -> AwayShown:
    """Note that a promise stays as it is: whoever stands in hears its nudges meanwhile. Safe to repeat.

    Nothing is noted of a promise of which something else became, or of an absence that is over.
    """
    with ctx.store.writing() as tx:
        reader = check_member(tx, actor)
        found = find_absence(tx, absence, lock=True)
        listed = falling.shown(tx, ctx, found, reader)
        is_open = any(item.promise.id == promise and item.is_undecided(listed.member) for item in listed.falling)
        if is_open and not found.is_over(ctx.now):
            found = absences.change(tx, found.id, kept=[*found.kept, promise])
            request = find_promise(tx, promise)[1]
            facts = {"request": request.id, "promise": promise, "absence": found.id}
            events.note(tx, "kept_through_absence", at=ctx.now, actor=actor.user, **facts)
        return falling.shown(tx, ctx, found, reader)


def take_back(ctx: Context, *, actor: Actor, absence: int) -> AwayForm:
    """End an absence now, or undo one that has not begun; a status that is set counts from now on. Safe to repeat.

    For the one who is away, the lead, and whoever entered it.
    """
    with ctx.store.writing() as tx:
        by = check_member(tx, actor)
        found = find_absence(tx, absence)
        end(tx, ctx, found, by)
        member = found.member
        statuses.settle(tx, ctx, member)
    return away_form(ctx, actor=actor, member=member)


def come_back(ctx: Context, *, actor: Actor) -> Back:
    """End whatever absence of theirs runs, also one by Slack status. Safe to repeat.

    They hear at once what happened meanwhile, when something did, also in one that ended before their day began.
    """
    with ctx.store.writing() as tx:
        member = check_member(tx, actor)
        absences.lock_member(tx, member.id)
        statuses.forget(tx, member.id)
        entered = absences.of_member(tx, member.id, after=ctx.now)
        ended = tuple(
            done
            for each in entered
            if (each.is_running(ctx.now) or each.source is Source.STATUS)
            and (done := absences.try_end(tx, each.id, at=ctx.now)) is not None
        )
        if ended:
            noted(tx, ctx, "absence_ended", member, ended[-1])
        told = returning.summarise_member(tx, ctx, member, absences.unsummarised(tx, member.id, ctx.now))
        for each in ended:
            away_posts.tell_stand_in(tx, ctx, each, by=member, ended=True)
        coming = tuple(each for each in entered if each.starts_at > ctx.now)
        passed = falling.passed_on(tx, member, ended)
        return Back(
            member=member, ended=ended, coming=coming, summary=bool(told.told), slipped=told.apart, passed=passed
        )


def end(tx: Tx, ctx: Context, found: Absence, by: Member) -> None:
    """End an absence inside a running transaction, or undo one that has not begun; refuse whom it does not concern."""
    if by.id not in {found.member, found.made_by} and not by.lead:
        raise RefusedError("Only they themselves, the lead, or whoever entered it can take that absence back.")
    absences.lock_member(tx, found.member)
    ended = absences.try_end(tx, found.id, at=ctx.now)
    if ended is None:
        return
    if ended.source is Source.STATUS:
        statuses.forget(tx, ended.member)
    if ended.starts_at >= ctx.now:
        absences.try_summarise(tx, ended.id, at=ctx.now)
    noted(tx, ctx, "absence_ended", by, ended)
    if by.id != found.member:
        away_posts.tell_member(tx, ctx, ended, ended=True)
    away_posts.tell_stand_in(tx, ctx, ended, by=by, ended=True)


def noted(tx: Tx, ctx: Context, kind: str, by: Member, absence: Absence) -> None:
    """Have the history know, and everything that is planned, and what was said of it, go by the new hours."""
    events.note(tx, kind, at=ctx.now, actor=by.id, member=absence.member, absence=absence.id)
    replanning.replan_member(tx, ctx, absence.member)
    in_hand.show_anew(tx, ctx, absence.member)


def find_absence(tx: Tx, ident: int, *, lock: bool = False) -> Absence:
    """Return an absence, or refuse."""
    found = absences.absence(tx, ident, lock=lock) if 0 < ident < LARGEST else None
    if found is None:
        raise RefusedError("That absence is not there any more.", absence=ident)
    return found
