"""More: hand over, release, wait, park, close, not a request, reopen, and the client's profile."""

from functools import partial
from typing import Any

from bot.blocks.away.not_there import build_not_there
from bot.blocks.cards.more import build_hand_over, build_more
from bot.blocks.cards.waiting import build_wait
from bot.blocks.ids import Action, Field, MoreVerb, Window
from bot.blocks.pieces import View
from bot.blocks.windows.profile import build_profile_form
from bot.domain.requests import Hands, Request, State
from bot.domain.snapshots.card import Card
from bot.errors import FieldError
from bot.services.away import not_there
from bot.services.context import Do
from bot.services.nudges import rechecking
from bot.services.reading import asking
from bot.services.requests import claiming, moved_on, moving, profiles
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import OldButtonError, Press
from handlers.telling import show_window

_AT_ONCE: dict[str, Any] = {
    MoreVerb.RESUME: moving.resume_request,
    MoreVerb.CLOSE: moving.close_request,
    MoreVerb.NOT_A_REQUEST: moving.mark_not_a_request,
    MoreVerb.REOPEN: moving.reopen_request,
}
"""What is done by the choice itself; the others ask one more thing in the next window."""

_WAITS: dict[str, State] = {
    MoreVerb.WAIT_CLIENT: State.WAITING_CLIENT,
    MoreVerb.WAIT_SUPPLIER: State.WAITING_SUPPLIER,
    MoreVerb.PARK: State.PARKED,
}
_WAIT: dict[str, Any] = {
    State.WAITING_CLIENT: moving.wait_for_client,
    State.WAITING_SUPPLIER: moving.wait_for_supplier,
    State.PARKED: moving.park_request,
}


async def card_read(press: Press, *, read: Do) -> Card:
    """Return the request of a button, for a window about it."""
    return await read(asking.card_of, actor=press.actor, request=press.number("request"))


async def more_then(press: Press, card: Card, *, screens: Screens) -> None:
    """Offer what can be done with the request as it stands now."""
    await show_window(press, build_more(card), screens=screens)


async def hand_over_then(press: Press, card: Card, *, screens: Screens) -> None:
    """Ask who takes it."""
    await show_window(press, build_hand_over(card), screens=screens)


async def more_submitted(press: Press, *, do: Do, read: Do) -> View | None:
    """Do what was chosen, or return the window that asks for the rest."""
    request, verb = press.number("request"), press.words(Field.VERB)
    seen = _hands_seen(press)
    if verb == MoreVerb.RELEASE:
        await do(claiming.release_request, actor=press.actor, request=request, seen=seen)
        return None
    if verb == MoreVerb.HAND_OVER and seen is not None:
        await read(moved_on.check_hands, actor=press.actor, request=request, seen=seen)
    if verb in _AT_ONCE:
        await do(_AT_ONCE[verb], actor=press.actor, request=request)
        return None
    if verb == MoreVerb.PROFILE:
        await read(asking.card_of, actor=press.actor, request=request)
        return build_profile_form(await read(profiles.profile_of, client=press.number("client")))
    card = await read(asking.card_of, actor=press.actor, request=request)
    if verb == MoreVerb.HAND_OVER:
        return build_hand_over(card)
    if verb in _WAITS:
        return build_wait(card, _WAITS[verb], until=await read(rechecking.usual_recheck))
    raise OldButtonError


async def hand_over_submitted(press: Press, *, do: Do, read: Do) -> View | None:
    """Make the chosen colleague the owner; they get the brief. Say so when they are not there before it is due."""
    to, request = press.words(Field.TO), press.number("request")
    await do(claiming.hand_over, actor=press.actor, request=request, to=to, seen=_hands_seen(press))
    found = await read(not_there.found_missing, request=request)
    return build_not_there(found, reader=press.actor.user) if found is not None else None


def _hands_seen(press: Press) -> Hands | None:
    """Return in whose hands the request was when the window was opened; None for a window of an older version."""
    change = press.number_if_any("change")
    return None if change is None else Hands(press.fact("owner") or None, change)


async def wait_submitted(press: Press, *, do: Do) -> Request:
    """Let the request wait, for the chosen reason and until the chosen time."""
    until = press.instant(Field.UNTIL)
    if until is None:
        raise FieldError(Field.UNTIL, "When should somebody look at it again?")
    wait = _WAIT.get(press.fact("state"))
    if wait is None:
        raise OldButtonError
    return await do(
        wait,
        actor=press.actor,
        request=press.number("request"),
        reason=press.words(Field.REASON),
        note=press.words(Field.NOTE),
        until=until,
    )


def register(presses: Presses, *, do: Do, read: Do, screens: Screens) -> None:
    """Listen for More and the windows behind it."""
    look = partial(card_read, read=read)
    presses.on_action(Action.MORE, look, partial(more_then, screens=screens))
    presses.on_action(Action.HAND_OVER, look, partial(hand_over_then, screens=screens))
    presses.on_submission(Window.MORE, partial(more_submitted, do=do, read=read), answer=_next)
    presses.on_submission(Window.HAND_OVER, partial(hand_over_submitted, do=do, read=read), answer=_next)
    presses.on_submission(Window.WAIT, partial(wait_submitted, do=do))


def _next(view: View | None) -> View | None:
    return view
