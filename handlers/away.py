"""Away and back: by command, by the window behind it, and by what can be done with promises that fall into it."""

from datetime import UTC, datetime
from functools import partial

from bot.blocks.away import build_away, build_away_form, build_away_view, build_taken
from bot.blocks.away_posts import build_back
from bot.blocks.ids import Action, Field, Window
from bot.blocks.more import build_hand_over
from bot.blocks.notice import build_notice
from bot.blocks.pieces import Post, View
from bot.domain.absences import Source
from bot.domain.away import AwayForm, AwayShown
from bot.domain.slash import Command
from bot.domain.snapshots.card import Card
from bot.errors import FieldError
from bot.services import absences, asking, entering
from bot.services.context import Do
from handlers.ports import Now, Screens
from handlers.pressing import Presses
from handlers.reading import OldButtonError, Press, Surface
from handlers.telling import say, show_window


async def away_asked(press: Press, command: Command, *, do: Do, read: Do, now: Now) -> Post | View:
    """Enter what was typed, or return the window that asks; what is at that time already is offered."""
    if not command.text and not command.cover:
        form = await read(absences.away_form, actor=press.actor, member=command.member)
        return build_away_form(form, now=now())
    try:
        shown = await do(
            entering.say_away, actor=press.actor, when=command.text, member=command.member, cover=command.cover
        )
    except entering.TakenError as taken:
        who, cover = taken.absence.member, taken.stand_in or ""
        return build_taken(taken.sentence, taken.absence, taken.spell, member=who, cover=cover)
    return build_away(shown, now=now())


async def back_asked(press: Press, *, do: Do, now: Now) -> Post:
    """End what runs."""
    return build_back(await do(absences.come_back, actor=press.actor), now=now())


async def away_submitted(press: Press, *, do: Do) -> AwayShown:
    """Enter what the window holds; what cannot be is said at its field."""
    starts_at, ends_at = press.instant(Field.FROM), press.instant(Field.UNTIL)
    if starts_at is None:
        raise FieldError(Field.FROM, "From when are you away?")
    if ends_at is None:
        raise FieldError(Field.UNTIL, "Until when? Without an end nobody knows whom to turn to.")
    return await do(
        entering.enter_absence,
        actor=press.actor,
        starts_at=starts_at,
        ends_at=ends_at,
        member=press.fact("member"),
        stand_in=press.words(Field.STAND_IN) or None,
        reason=press.words(Field.NOTE),
    )


async def replace_pressed(press: Press, *, do: Do) -> AwayShown:
    """Enter what was asked for instead of what there was."""
    return await do(
        entering.enter_absence,
        actor=press.actor,
        starts_at=_instant(press, "from"),
        ends_at=_instant(press, "until"),
        member=press.fact("member"),
        stand_in=press.fact("cover") or None,
        source=Source.SLASH,
        instead_of=press.number("absence"),
    )


def _instant(press: Press, name: str) -> datetime:
    try:
        return datetime.fromtimestamp(press.number(name), UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise OldButtonError from error


async def keep_pressed(press: Press, *, do: Do) -> AwayShown:
    """Note that a promise stays as it is."""
    return await do(
        absences.keep_promise, actor=press.actor, absence=press.number("absence"), promise=press.number("promise")
    )


async def shown_then(press: Press, shown: AwayShown, *, screens: Screens, now: Now) -> None:
    """Show the absence as it stands now where it was shown before."""
    if press.surface is Surface.WINDOW:
        await screens.update(press.view_id, build_away_view(shown, now=now()))
    elif press.response_url:
        post = build_away(shown, now=now())
        await screens.respond(press.response_url, post["text"], post["blocks"], replace=True)


async def take_back_pressed(press: Press, *, do: Do) -> AwayForm:
    """End an absence, or undo one that has not begun."""
    return await do(absences.take_back, actor=press.actor, absence=press.number("absence"))


async def take_back_then(press: Press, form: AwayForm, *, screens: Screens, now: Now) -> None:
    """Say so where it was pressed: the window lists what is left."""
    if press.surface is Surface.WINDOW:
        await screens.update(press.view_id, build_away_form(form, now=now()))
        return
    post = build_notice("Taken back. Everything is planned for it as working time again.")
    if press.response_url:
        await screens.respond(press.response_url, post["text"], post["blocks"], replace=True)
    else:
        await say(press, post, screens=screens)


async def card_read(press: Press, *, read: Do) -> Card:
    """Return the request that may be handed over."""
    return await read(asking.card_of, actor=press.actor, request=press.number("request"))


async def hand_over_then(press: Press, card: Card, *, screens: Screens) -> None:
    """Ask who takes it, the stand-in chosen to begin with."""
    await show_window(press, build_hand_over(card, to=press.facts.get("to") or None), screens=screens)


def register(presses: Presses, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Listen for the window and for the buttons of an absence."""
    again = partial(shown_then, screens=screens, now=now)
    presses.on_submission(
        Window.AWAY, partial(away_submitted, do=do), answer=lambda shown: build_away_view(shown, now=now())
    )
    presses.on_action(Action.AWAY_KEEP, partial(keep_pressed, do=do), again)
    presses.on_action(Action.AWAY_REPLACE, partial(replace_pressed, do=do), again)
    back = partial(take_back_then, screens=screens, now=now)
    presses.on_action(Action.AWAY_TAKE_BACK, partial(take_back_pressed, do=do), back)
    presses.on_action(Action.AWAY_HAND_OVER, partial(card_read, read=read), partial(hand_over_then, screens=screens))
