"""Reminding of an aim whose time comes: its owner, or the team channel while nobody owns the request; each aim once."""

from dataclasses import replace

from bot.domain.ladder.nudges import Subject
from bot.domain.ladder.reaching import CHANNEL, Reach, reach, while_open
from bot.domain.requests import OURS, Request
from bot.domain.snapshots.nudge import ItemKind
from bot.domain.targets import Target
from bot.domain.working_time import WorkingTime
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.calendars import team_hours
from bot.services.hours.reaching import Crew
from bot.services.nudges.aiming import by_these_hours, keep_a_clock, miss
from bot.store import Tx, targets


def plan_target(tx: Tx, ctx: Context, target: Target) -> None:
    """Take one step with an aim whose time has come: remind, or say that it was missed and set the next one.

    What is due is looked at by the hours that hold now. Whatever happened, each aim is said once.
    """
    request = find_request(tx, target.request)
    if request.state not in OURS:
        keep_a_clock(tx, ctx, request)
        return
    hours = team_hours(tx, ctx)
    planned_for = target.due_at
    target = by_these_hours(target, hours, ctx.now)
    if target.next_at is not None and target.next_at > ctx.now:
        targets.save_clocks(tx, [target])
        if target.due_at != planned_for:
            announcing.show_card(tx, ctx, request.id)
        return
    if target.nudged_at is None and not _nudge_about(tx, ctx, request, target, hours):
        return
    if ctx.now < target.due_at:
        targets.save_clocks(tx, [replace(target, next_at=target.due_at, nudged_at=ctx.now)])
        return
    miss(tx, ctx, target)
    keep_a_clock(tx, ctx, request)
    announcing.show_card(tx, ctx, request.id)


def _nudge_about(tx: Tx, ctx: Context, request: Request, target: Target, hours: WorkingTime) -> bool:
    """Remind whoever can meet an aim: its owner (or who is there for them), or the team channel while nobody owns it.

    The channel hears only while the team works: False says that it has to wait until then.
    """
    to = _recipient(tx, ctx, request, target)
    opens = while_open(to, ctx.now, hours).at
    if to.recipient == CHANNEL and opens > ctx.now:
        targets.save_clocks(tx, [replace(target, next_at=opens)])
        return False
    announcing.nudge(
        tx,
        ctx,
        request,
        kind=ItemKind.TARGET,
        subject=Subject.TARGET,
        ident=target.id,
        revision=target.revision,
        rung="0",
        recipient=to.recipient,
        not_before=to.at if to.at > ctx.now else None,
    )
    return True


def _recipient(tx: Tx, ctx: Context, request: Request, target: Target) -> Reach:
    if request.owner is None:
        return Reach(CHANNEL, ctx.now)
    crew = Crew(tx, ctx)
    due = target.due_at if target.due_at > ctx.now else crew.within_a_day()
    return reach(crew.of(request, until=due), ctx.now, due)
