"""Internal aims: every request whose next move is ours, and that has no open promise, has one of these as its clock.

They run in the team's working time. While the next move is the client's, or a request is parked, they rest; a promise
never does. Only a person's words that were delivered meet one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.pauses import RESTING
from bot.domain.requests import CLOSED, Request
from bot.domain.targets import Target, TargetKind, due_of, ends_at, hours_of, remind_at, repeated
from bot.domain.working_time import WorkingTime
from bot.services.context import Context
from bot.services.finding import find_client
from bot.services.hours.calendars import team_hours
from bot.services.nudges.row_by_row import plan_together
from bot.store import Tx, events, outbox, promises, replanning, targets
from bot.store.unplanned import TARGET

MISSED_COUNT_FOR = timedelta(days=7)
"""An aim that was missed longer ago makes the next one no longer."""


def amount_of(tx: Tx, ctx: Context, request: Request, kind: TargetKind) -> timedelta | None:
    """Return the aim for a request, by its category and its client; None: there is none, nobody waits for an answer."""
    client = find_client(tx, request)
    if kind is TargetKind.FIRST_ANSWER:
        return ctx.policy.first_answer.of(request.category, client.first_answer)
    return ctx.policy.next_answer.of(request.category, client.next_answer)


def keep_a_clock(tx: Tx, ctx: Context, request: Request, *, since: datetime | None = None) -> None:
    """See that a request has the aim that it needs, that it rests while the next move is not ours, and none otherwise.

    A request of ours needs one while its client waits for an answer, and while nobody has told them when they will hear
    again. `since` is what a new aim counts from: the client's words, or a new beginning. Without it, it counts from
    now, and each one that was missed in a row doubles it. Safe to repeat.
    """
    if request.state in CLOSED:
        drop_targets(tx, request.id, "released")
        return
    standing = targets.open_target(tx, request.id)
    if request.state in RESTING:
        _rest(tx, ctx, standing)
        return
    kind = _needed(tx, request)
    if standing is not None and (kind is None or kind is standing.kind or standing.kind is not TargetKind.NEXT_WORD):
        _go_on(tx, ctx, standing)
        return
    if standing is not None:
        drop_targets(tx, request.id, "released")
    if kind is not None:
        _open(tx, ctx, request, kind, since)


def _needed(tx: Tx, request: Request) -> TargetKind | None:
    if request.waiting_since is None and promises.has_clock(tx, request.id):
        return None
    if request.first_answered_at is None:
        return TargetKind.FIRST_ANSWER
    return TargetKind.NEXT_WORD if request.waiting_since is None else TargetKind.NEXT_ANSWER


def _open(tx: Tx, ctx: Context, request: Request, kind: TargetKind, since: datetime | None) -> None:
    amount = amount_of(tx, ctx, request, kind)
    if amount is None:
        return
    start = ctx.now if since is None else min(since, ctx.now)
    if since is None:
        amount = repeated(amount, targets.count_missed(tx, request.id, since=ctx.now - MISSED_COUNT_FOR))
    due, hours = ends_at(team_hours(tx, ctx), start, amount)
    targets.add_target(
        tx,
        request=request.id,
        kind=str(kind),
        due_at=due,
        outcome="open",
        next_at=remind_at(hours, ctx.now, due),
        start_at=start,
        amount_s=amount // timedelta(seconds=1),
        hours=hours.tag,
    )


def _rest(tx: Tx, ctx: Context, standing: Target | None) -> None:
    """Let an aim rest; one whose time has passed was missed, and rests no more."""
    if standing is None or standing.paused_at is not None:
        return
    if standing.due_at <= ctx.now:
        miss(tx, ctx, standing)
        return
    resting = standing.resting(team_hours(tx, ctx), ctx.now)
    targets.save_clocks(tx, [replace(resting, revision=standing.revision + 1)])
    outbox.refresh_nudges(tx, "target", standing.id)
    _show_missed(tx, standing.request)


def _show_missed(tx: Tx, request: int) -> None:
    """Have what was said of the aims that were just missed shown as they stand now."""
    for ident in targets.missed_last(tx, request):
        outbox.refresh_nudges(tx, "target", ident)


def _go_on(tx: Tx, ctx: Context, standing: Target) -> None:
    if standing.paused_at is None:
        return
    going_on = standing.going_on(team_hours(tx, ctx), ctx.now)
    targets.save_clocks(tx, [replace(going_on, revision=standing.revision + 1)])


def miss(tx: Tx, ctx: Context, target: Target) -> None:
    """End an aim whose time passed without an answer, and note it. Whoever calls it sees to what comes next."""
    targets.change_target(tx, target.id, outcome="missed", next_at=None, revision=target.revision + 1)
    events.note(tx, "target_missed", at=ctx.now, request=target.request, detail=str(target.kind))


def drop_targets(tx: Tx, request: int, outcome: str, *, at: datetime | None = None) -> None:
    """End the open targets of a request; nudges about them, and about those missed before, are struck through.

    `at` is when it was met: one that was due before is missed, however late we learn of it.
    """
    _show_missed(tx, request)
    for target in targets.close_targets(tx, request, outcome):
        if at is not None and target.due_at < at and target.paused_at is None:
            targets.change_target(tx, target.id, outcome="missed")
        outbox.refresh_nudges(tx, "target", target.id)


def by_these_hours(target: Target, hours: WorkingTime, now: datetime) -> Target:
    """Return a running target as these hours count it; a reminder that was given is not given again."""
    if target.hours == hours.tag or target.paused_at is not None:
        return target
    due, hours = due_of(target, hours)
    if target.hours == hours.tag:
        return target
    return replace(target, due_at=due, next_at=due if target.nudged_at else remind_at(hours, now, due), hours=hours.tag)


def replan(tx: Tx, ctx: Context, open_targets: Sequence[Target]) -> int:
    """Count running targets by the hours that hold now; return how many changed. Safe to repeat.

    Nobody is told; the cards of those that are due at another time are shown anew. One that cannot be counted keeps no
    other from it.
    """
    count = partial(_count, tx, ctx, team_hours(tx, ctx))
    return plan_together(tx, ctx, open_targets, count, kind=TARGET, look=partial(_look_at, tx))


def _count(tx: Tx, ctx: Context, hours: WorkingTime, running: Sequence[Target]) -> int:
    changed = [(old, new) for old in running if (new := by_these_hours(old, hours, ctx.now)) != old]
    replanning.save_aims(tx, [new for _, new in changed])
    outbox.want_cards(tx, sorted({new.request for old, new in changed if new.due_at != old.due_at}), ctx.now)
    return len(changed)


def _look_at(tx: Tx, target: Target, at: datetime) -> None:
    replanning.save_aims(tx, [replace(target, next_at=at)])


def aims_changed(tx: Tx, ctx: Context, request: Request) -> None:
    """Count the aim of a request anew, from where it started: its category or what is agreed for its client changed.

    It may be due at once, or need no aim any more, or need one now. What was said already is not said again, unless
    there is more time now. An aim that follows a missed one stays as it is.
    """
    found = targets.open_target(tx, request.id)
    if found is None:
        keep_a_clock(tx, ctx, request, since=request.waiting_since)
        return
    amount = amount_of(tx, ctx, request, found.kind)
    if amount is None:
        drop_targets(tx, request.id, "released")
        return
    if amount == found.amount or targets.count_missed(tx, request.id, since=found.start_at - MISSED_COUNT_FOR):
        return
    hours = team_hours(tx, ctx)
    new = found.lasting(amount, hours)
    if new.paused_at is None:
        said = found.nudged_at if new.due_at <= found.due_at else None
        remind = remind_at(hours_of(new, hours), ctx.now, new.due_at)
        new = replace(new, nudged_at=said, next_at=new.due_at if said else remind)
    targets.save_clocks(tx, [replace(new, revision=found.revision + 1)])
    outbox.refresh_nudges(tx, "target", found.id)


def owner_changed(tx: Tx, ctx: Context, request: Request) -> None:
    """Let whoever a request is with now be reminded of its aim, too; what waits for the one before is pointless."""
    found = targets.open_target(tx, request.id)
    if found is None:
        return
    if found.paused_at is None and ctx.now < found.due_at:
        remind = remind_at(hours_of(found, team_hours(tx, ctx)), found.start_at, found.due_at)
        found = replace(found, nudged_at=None, next_at=remind)
    targets.save_clocks(tx, [replace(found, revision=found.revision + 1)])
    outbox.refresh_nudges(tx, "target", found.id)
