"""A press names what it was looking at: once that has moved on, it changes nothing and is told so.

The same press delivered twice within seconds says nothing the second time: whoever pressed has their answer.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.ladder.reaching import CHANNEL
from bot.domain.local_times import moment_words, zone
from bot.domain.people import Actor, Member
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import Hands, Request
from bot.errors import MovedOnError, PressedAgainError
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.people import check_member
from bot.store import Tx, nudges, people, pressed
from bot.store.pressed import Done

AGAIN: Final = timedelta(seconds=10)
"""Whatever somebody did so short a while ago, they do not mean twice: Slack waits three seconds for an answer, then
asks to try again (docs.slack.dev/interactivity/handling-user-interaction)."""


def hands_of(tx: Tx, request: Request) -> Hands:
    """Return in whose hands a request is, as a window carries it with it."""
    change = pressed.changed_hands(tx, request.id)
    return Hands(request.owner, change.id if change else 0)


def check_hands(ctx: Context, *, actor: Actor, request: int, seen: Hands) -> None:
    """Refuse with MovedOnError when a request changed hands since somebody looked at it."""
    with ctx.store.reading() as tx:
        member = check_member(tx, actor)
        found = find_request(tx, request)
        if hands_of(tx, found) != seen:
            raise MovedOnError(f"{_whose(tx, ctx, found, member)} Nothing was changed.", request=request)


def is_to_do(
    tx: Tx, ctx: Context, request: Request, seen: Hands | None, *, member: Member, kind: str, detail: str = ""
) -> bool:
    """Tell whether to change hands as a member asked who saw a request in such hands; None asks for nothing.

    False when they did just that a moment ago. Raises MovedOnError when it has changed hands since.
    """
    if seen is None or hands_of(tx, request) == seen:
        return True
    done = pressed.last_done(tx, kind, request=request.id, actor=member.id)
    if done is not None and done.id > seen.change and done.detail == detail and _is_recent(ctx, done):
        return False
    raise MovedOnError(f"{_whose(tx, ctx, request, member)} Nothing was changed.", request=request.id)


def check_nudge(
    tx: Tx,
    ctx: Context,
    promise: Promise,
    request: Request,
    *,
    member: Member,
    kind: str,
    revision: int | None,
    put_off: int | None = None,
) -> None:
    """Check that a nudge still is the one to press; None is a button that says nothing of it.

    `revision` and `put_off` (how often) are the promise's as the nudge has them, `kind` is the event of the press. Of a
    promise that has ended or is due nothing is said here. Raises PressedAgainError when the member did just that a
    moment ago; MovedOnError when somebody else hears of it since, or when it was put off and that time is over. Whoever
    has the request now and presses for the first time speaks for themselves, from whichever nudge.
    """
    is_later = revision is not None and promise.revision != revision
    is_spent = put_off is not None and put_off < pressed.times_put_off(tx, request.id, promise.id)
    is_taken = revision is not None and promise.acked_at is not None
    done = pressed.last_done(tx, kind, request=request.id, actor=member.id, promise=promise.id)
    if (is_later or is_spent or is_taken) and done and _is_recent(ctx, done):
        raise PressedAgainError
    if promise.outcome is not Outcome.OPEN or promise.due_at <= ctx.now:
        return
    if is_later and (request.owner != member.id or done is not None):
        raise MovedOnError(_heard_by_others(tx, ctx, promise, request, member))
    rests = promise.snoozed_until is not None and promise.snoozed_until > ctx.now
    if is_spent and not rests and promise.acked_at is None:
        raise MovedOnError(_put_off_before(tx, ctx, promise, member))


def _heard_by_others(tx: Tx, ctx: Context, promise: Promise, request: Request, member: Member) -> str:
    """Return the sentence for a nudge of an older revision: who has the request now, or who hears of it."""
    change = pressed.changed_hands(tx, request.id)
    if change is not None and promise.anew_at is not None and change.at >= promise.anew_at:
        return f"{_whose(tx, ctx, request, member)} Nothing was changed."
    told = nudges.told_of(tx, promise.id, promise.revision)
    to = told[-1].recipient if told else None
    if to is None:
        return f"That nudge is over; a newer one about #{request.id} comes in time. Nothing was changed."
    if to == member.id:
        return f"That nudge is over: a newer one about #{request.id} has its own buttons. Nothing was changed."
    found = people.member(tx, to)
    who = "The team's channel" if to == CHANNEL else found.name if found else "Somebody else"
    return f"{who} hears of #{request.id} by now, so that nudge is over. Nothing was changed."


def _put_off_before(tx: Tx, ctx: Context, promise: Promise, member: Member) -> str:
    """Return the sentence for a nudge that was put off once, when that time is over."""
    done = pressed.last_done(tx, "snoozed", request=promise.request, promise=promise.id)
    who = people.member(tx, done.actor) if done and done.actor else None
    name = "You" if who and who.id == member.id else who.name if who else "Somebody"
    when = f" at {_at(done.at, ctx.now, member)}" if done else ""
    return (
        f"{name} put #{promise.request} off{when}, and that time is over. Nothing was changed. "
        "The nudge that comes after it has its own button."
    )


def _whose(tx: Tx, ctx: Context, request: Request, reader: Member) -> str:
    """Return whose a request is and since when, in the reader's own time."""
    change = pressed.changed_hands(tx, request.id)
    since = change.at if change is not None and change.owner == request.owner else None
    number = f"#{request.id}"
    if request.owner is None:
        return f"{number} went back to the team{f' at {_at(since, ctx.now, reader)}' if since else ''}."
    owner = people.member(tx, request.owner)
    name = owner.name if owner else "Somebody else"
    has = "You have" if request.owner == reader.id else f"{name} has"
    return f"{has} had {number} since {_at(since, ctx.now, reader)}." if since else f"{has} {number} now."


def _at(instant: datetime, now: datetime, reader: Member) -> str:
    """Return an instant by the reader's clock, the day only when it is not today."""
    tz = zone(reader.tz)
    local = instant.astimezone(tz)
    return f"{local:%H:%M}" if local.date() == now.astimezone(tz).date() else moment_words(instant, tz, now)


def _is_recent(ctx: Context, done: Done) -> bool:
    return ctx.now - done.at <= AGAIN
