"""What still comes of a promise that somebody has in hand, by the same foreseeing as a status."""

from dataclasses import replace

from bot.domain.ladder.early import Missing, missing_after
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import Request
from bot.domain.snapshots.in_hand import HandedOn
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.domain.snapshots.status import StepKind
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.services.nudges import climbing, foreseeing
from bot.services.nudges.relying import Relied
from bot.store import Tx, outbox, people, promises
from bot.store import in_hand as standing


def who_hears(ctx: Context, *, promise: int) -> HandedOn | None:
    """Return who hears of a promise in hand before it is due; None while nothing more comes before."""
    with ctx.store.reading() as tx:
        found = promises.promise(tx, promise)
        return handed_on(ctx, Crew(tx, ctx), found, find_request(tx, found.request)) if found else None


def show_anew(tx: Tx, ctx: Context, member: str | None = None) -> None:
    """Have what was said of promises in hand shown as it stands now: who is there when has changed.

    Of all that concern a member who has them, owns them or is in line for them; without one, of all. Safe to repeat.
    """
    crew = Crew(tx, ctx) if member is not None else None
    for each in standing.in_hand(tx, after=ctx.now):
        if crew is None or member == each.by or member in crew.line(each.owner):
            outbox.refresh_nudges(tx, "promise", each.promise)


def foreseen(ctx: Context, crew: Crew, item: NudgeItem) -> NudgeItem:
    """Return an item of a nudge that says what still comes, when somebody has its promise in hand."""
    if item.kind is not ItemKind.PROMISE or item.promise is None or item.moot:
        return item
    return replace(item, handed_on=handed_on(ctx, crew, item.promise, item.request))


def handed_on(ctx: Context, crew: Crew, promise: Promise, request: Request) -> HandedOn | None:
    """Return who hears of a promise that somebody has in hand, because they go away before it is due."""
    if promise.outcome is not Outcome.OPEN or promise.acked_at is None or promise.due_at <= ctx.now:
        return None
    relied = climbing.climb(ctx, crew, promise, request).relied
    has_it = people.member(crew.tx, relied.member) if relied else None
    if relied is None or has_it is None:
        return None
    steps = foreseeing.steps_of(ctx, crew, promise, request)
    first = next((step for step in steps if step.kind is not StepKind.SLIPPED), None)
    if first is None:
        return None
    return HandedOn(first.at, next(iter(first.to), None), has_it, _missing(crew, relied, promise))


def _missing(crew: Crew, relied: Relied, promise: Promise) -> Missing | None:
    """Return what takes somebody away, as it is named elsewhere; nothing of who has left the team."""
    leaves = relied.leaves
    if leaves is None or leaves >= promise.due_at or crew.member(relied.member) is None:
        return None
    hours = crew.person(relied.member).hours
    usual = crew.usual(relied.member)
    return missing_after(leaves, at=leaves, due_at=promise.due_at, hours=hours, usual=usual)
