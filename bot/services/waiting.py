"""Whom our words answer: only what the client wrote before them, however late they left or we learned of them."""

from datetime import datetime

from bot.domain.requests import Request
from bot.services import keeping
from bot.store import Tx, requests
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


def asked_now(tx: Tx, request: int) -> tuple[Wrote, ...]:
    """Return what the client wrote since our last words of any kind, oldest first."""
    approved, said = answered_until(tx, request, heard=True)
    return asked_since(tx, request, approved=approved, said=said)


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
    """Return since when they wait still: what came before the wait that we know of has been answered by others."""
    known = request.waiting_since
    if known is None:
        return None
    return next((one.at for one in asked if max(one.at, one.known_at) >= known), None)
