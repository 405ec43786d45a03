"""Claim, and the category that can be changed in place. The card is the answer; the loser is told who won."""

from functools import partial

from bot.blocks.ids import Action
from bot.domain.requests import Request
from bot.services.context import Do
from bot.services.requests import claiming, moving
from handlers.pressing import Presses
from handlers.reading import Press


async def claim_pressed(press: Press, *, do: Do) -> Request:
    """Make whoever pressed the owner."""
    return await do(claiming.claim_request, actor=press.actor, request=press.number("request"))


async def category_pressed(press: Press, *, do: Do) -> Request:
    """Overrule the guess."""
    return await do(
        claiming.set_category, actor=press.actor, request=press.number("request"), category=press.fact("category")
    )


async def reopen_pressed(press: Press, *, do: Do) -> Request:
    """Take a closed request up again."""
    return await do(moving.reopen_request, actor=press.actor, request=press.number("request"))


async def resume_pressed(press: Press, *, do: Do) -> Request:
    """Go on with what waited."""
    return await do(moving.resume_request, actor=press.actor, request=press.number("request"))


async def close_pressed(press: Press, *, do: Do) -> Request:
    """Call it done."""
    return await do(moving.close_request, actor=press.actor, request=press.number("request"))


def register(presses: Presses, *, do: Do) -> None:
    """Listen for the presses on a card that need no window, on a card or below a nudge."""
    presses.on_action(Action.CLAIM, partial(claim_pressed, do=do))
    presses.on_action(Action.SET_CATEGORY, partial(category_pressed, do=do))
    presses.on_action(Action.REOPEN, partial(reopen_pressed, do=do))
    presses.on_action(Action.RESUME, partial(resume_pressed, do=do))
    presses.on_action(Action.CLOSE, partial(close_pressed, do=do))
