"""Who owns a request, and what kind it is."""

from bot.domain.categories import is_category
from bot.domain.ladder.nudges import Subject
from bot.domain.people import Actor
from bot.domain.requests import CLOSED, Hands, Request, State
from bot.domain.snapshots.nudge import ItemKind
from bot.errors import AlreadyClaimedError, ClosedRequestError, RefusedError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import LARGEST, find_live_request, find_request
from bot.services.nudges import aiming, keeping, telling
from bot.services.people import check_colleague, check_member
from bot.services.requests import handing, moved_on
from bot.store import Tx, events, people, requests


def claim_request(ctx: Context, *, actor: Actor, request: int) -> Request:
    """Make the actor the owner; of two presses at once one wins, the other is told who did.

    Pressing again after having won changes nothing.
    """
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        return claim(tx, ctx, actor.user, request)


def claim(tx: Tx, ctx: Context, user: str, request: int) -> Request:
    """Claim inside a running transaction: one conditional UPDATE decides."""
    won = requests.try_claim(tx, request, user) if 0 < request < LARGEST else None
    if won is None:
        return _lost(tx, user, request)
    keeping.begin_anew(tx, ctx, won)
    events.note(tx, "claimed", at=ctx.now, request=request, actor=user)
    announcing.show_card(tx, ctx, request)
    return won


def _lost(tx: Tx, user: str, request: int) -> Request:
    found = find_request(tx, request)
    if found.owner == user:
        return found
    if found.state in CLOSED:
        raise ClosedRequestError(f"#{request} is closed. Reopen it first, then it is all yours.", request=request)
    winner = people.member(tx, found.owner) if found.owner else None
    name = winner.name if winner else "somebody else"
    raise AlreadyClaimedError(
        f"This time {name} was faster: #{request} is theirs now.", request=request, owner=found.owner
    )


def release_request(ctx: Context, *, actor: Actor, request: int, seen: Hands | None = None) -> Request:
    """Give a request back to the team. Promises stay; from now on the lead hears their nudges. Safe to repeat.

    `seen` is in whose hands it was when that was chosen. Raises MovedOnError when it has changed hands since.
    """
    with ctx.store.writing() as tx:
        member = check_member(tx, actor)
        found = find_live_request(tx, request)
        if found.owner is None or not moved_on.is_to_do(tx, ctx, found, seen, member=member, kind="released"):
            return found
        state = State.NEW if found.state is State.OPEN else found.state
        changed = requests.change_request(tx, request, owner=None, state=str(state))
        events.note(tx, "released", at=ctx.now, request=request, actor=actor.user)
        _after_change_of_owner(tx, ctx, changed, by=actor.user)
        return changed


def hand_over(ctx: Context, *, actor: Actor, request: int, to: str, seen: Hands | None = None) -> Request:
    """Make somebody else the owner and send them the brief, so that the client need not repeat anything.

    Safe to repeat. `seen` is in whose hands it was when that was chosen. Raises MovedOnError when it has changed hands
    since.
    """
    with ctx.store.writing() as tx:
        member = check_member(tx, actor)
        heir = check_colleague(tx, to)
        found = find_live_request(tx, request)
        if found.owner == heir.id or not moved_on.is_to_do(
            tx, ctx, found, seen, member=member, kind="handed_over", detail=heir.id
        ):
            return found
        state = State.OPEN if found.state is State.NEW else found.state
        changed = requests.change_request(tx, request, owner=heir.id, state=str(state))
        events.note(tx, "handed_over", at=ctx.now, request=request, actor=actor.user, detail=heir.id)
        _after_change_of_owner(tx, ctx, changed, by=actor.user)
        if heir.id != actor.user:
            announcing.nudge(
                tx,
                ctx,
                changed,
                kind=ItemKind.HANDED_OVER,
                subject=Subject.REQUEST,
                ident=request,
                revision=int(ctx.now.timestamp()),
                rung="handed",
                recipient=heir.id,
                by=actor.user,
                facts=handing.facts_of(tx, ctx, found),
            )
        return changed


def _after_change_of_owner(tx: Tx, ctx: Context, request: Request, *, by: str) -> None:
    """Nudges that wait for the old owner become pointless: a new revision gives the new one their own."""
    telling.change_hands(tx, ctx, request, by=by)
    aiming.owner_changed(tx, ctx, request)
    keeping.keep_a_clock(tx, ctx, request)
    announcing.show_card(tx, ctx, request.id)


def set_category(ctx: Context, *, actor: Actor, request: int, category: str) -> Request:
    """Let a person overrule the guess with one press; the correction is kept to learn from."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        if not is_category(category):
            raise RefusedError("That category is not there any more. Pick another one.")
        found = find_request(tx, request, lock=True)
        if found.category == category and found.category_by is not None:
            return found
        requests.add_correction(tx, request, member=actor.user, was=found.category, chosen=category, at=ctx.now)
        changed = requests.change_request(tx, request, category=category, category_by=actor.user, reasons=[])
        events.note(tx, "categorised", at=ctx.now, request=request, actor=actor.user, detail=category)
        keeping.aims_changed(tx, ctx, changed)
        keeping.change_ladder(tx, ctx, changed)
        announcing.show_card(tx, ctx, request)
        return changed
