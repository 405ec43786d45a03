"""Whom our words answer: only what the client wrote before them, however late they left or we learned of them."""

from dataclasses import replace
from datetime import datetime

from bot.domain.incoming import IncomingMessage
from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.domain.working_time import ALWAYS
from bot.services.context import Context
from bot.services.hours.calendars import team_hours
from bot.services.nudges import keeping
from bot.services.nudges.aiming import by_these_hours
from bot.store import Tx, outbox, promises, requests, targets
from bot.store.unanswered import Wrote, answered_until, written_after
from bot.suggest.ask import is_thanks_only


def asked_since(
    tx: Tx, request: int, *, approved: datetime | None = None, said: datetime | None = None
) -> tuple[Wrote, ...]:
    """Return what the client wrote since words of ours, oldest first: they cannot answer it. Thanks ask for nothing.

    A reply goes by when it was `approved`, what a member wrote in the channel itself by when it was `said`.
    """
    found = written_after(tx, request, approved=approved, said=said)
    return tuple(one for one in found if one.opening or one.pressed or not is_thanks_only(one.text))


def oldest_unanswered(tx: Tx, request: int, *, until: datetime) -> datetime | None:
    """Return when the oldest message of a client that nobody has answered was written, `until` an instant.

    None: all that they wrote until then is answered.
    """
    approved, said = answered_until(tx, request)
    asked = asked_since(tx, request, approved=approved, said=said)
    return next((one.at for one in asked if not one.pressed and one.at <= until), None)


def waits_since(tx: Tx, request: Request, arrived: IncomingMessage) -> datetime | None:
    """Return since when they wait, now that these words of theirs arrived, in whatever order: that never moves later.

    Where a member wrote below them in the channel itself, they are answered. A clock of the sender's own says nothing
    of that.
    """
    _, said = answered_until(tx, request.id)
    known = request.waiting_since
    if arrived.channel is not None and said is not None and arrived.at <= said:
        return known
    return arrived.at if known is None else min(arrived.at, known)


def began_earlier(tx: Tx, ctx: Context, request: Request, *, was: datetime | None) -> None:
    """Count the aim of a request from older words that came to light, if it began with those that waited before.

    `was` is since when they waited. What was said of it shows its new time, and what is still to be said comes sooner,
    perhaps at once. An aim with a beginning of its own (the request was opened again, one was missed) stays as it is.
    """
    found, since = targets.open_target(tx, request.id), request.waiting_since
    if found is None or since is None or was is None or not since < found.start_at <= was:
        return
    hours = team_hours(tx, ctx)
    ran = (ALWAYS if found.hours == ALWAYS.tag else hours).between(since, found.start_at)
    left = None if found.remaining is None else found.remaining - ran
    anew = replace(found, start_at=since, remaining=left)
    if anew.paused_at is None:
        anew = by_these_hours(replace(anew, hours=_NOT_COUNTED), hours, ctx.now)
    targets.save_clocks(tx, [anew])
    outbox.refresh_nudges(tx, "target", found.id)


_NOT_COUNTED = ""
"""The tag of no hours: what has it is counted anew."""


def asked_now(tx: Tx, request: int) -> tuple[Wrote, ...]:
    """Return what the client wrote since our last words of any kind, oldest first."""
    approved, said = answered_until(tx, request, heard=True)
    return asked_since(tx, request, approved=approved, said=said)


def by_the_ledger(tx: Tx, request: int) -> datetime | None:
    """Return since when a client waits by all that they wrote and were told, None when they have word of everything.

    Since the oldest that came after any words of ours, or since what a time told for it has left open that slipped.
    """
    since = [one.at for one in asked_now(tx, request)[:1]]
    heard = max((at for at in answered_until(tx, request, heard=True) if at is not None), default=None)
    for promise in promises.promises_of(tx, request, outcomes=("slipped",)):
        after = heard is None or promise.closed_at is None or promise.closed_at > heard
        if promise.told_at is None and after:
            since.append(slipped_since(tx, promise))
    return min(since, default=None)


def slipped_since(tx: Tx, promise: Promise) -> datetime:
    """Return since when a client waits whose promise slipped: since what they wrote, for a time alone answers nothing.

    Where all that they wrote before they were told is answered, they wait for what was to come: since it was due.
    """
    wrote = oldest_unanswered(tx, promise.request, until=promise.opened_at or promise.made_at)
    return promise.due_at if wrote is None else wrote


def asks_no_more(tx: Tx, ctx: Context, request: Request, taken_back: datetime) -> None:
    """Note that a client took back what they wrote at an instant: they wait for the next oldest, or for nothing.

    The aim that began with it ends; one that is still needed begins with what is left, or now.
    """
    if request.waiting_since is None or request.waiting_since != taken_back:
        return
    still = by_the_ledger(tx, request.id)
    if still is not None and still <= taken_back:
        return
    keeping.drop_targets(tx, request.id, "released")
    changed = requests.change_request(tx, request.id, waiting_since=still)
    keeping.show_stays_open(tx, request.id)
    keeping.keep_a_clock(tx, ctx, changed, since=still or ctx.now)


def take_for_answered(
    tx: Tx, request: Request, asked: tuple[Wrote, ...], *, at: datetime, place: tuple[str, str] | None = None
) -> Request:
    """Note that the client has words of ours since `at`, and return the request as it is now.

    They wait on for the oldest of what they `asked` after those words, unless other words have answered that meanwhile.
    An aim that these words answer is met; one that began with a later question goes on. `place` is where the
    conversation stands from now on.
    """
    still = _still_waits(request, asked)
    if still is None or still != request.waiting_since or request.first_answered_at is None:
        keeping.drop_targets(tx, request.id, "met", at=at)
    facts: dict[str, object] = {"waiting_since": still}
    if request.first_answered_at is None:
        facts["first_answered_at"] = at
    if place is not None:
        facts |= {"channel": place[0], "thread": place[1]}
    keeping.show_stays_open(tx, request.id)
    return requests.change_request(tx, request.id, **facts)


def _still_waits(request: Request, asked: tuple[Wrote, ...]) -> datetime | None:
    """Return since when they wait still: what was written before the wait has been answered by others.

    However late we learned of it: a wait begins with the oldest of what is not answered.
    """
    known = request.waiting_since
    if known is None:
        return None
    return next((one.at for one in asked if one.at >= known), None)
