"""Promises: answered, put off, released, or moved by a delay update before they slip."""

from functools import partial

from bot.blocks.ids import Action, Field, Window
from bot.blocks.notice import build_notice
from bot.blocks.nudges.delay import build_delay_form
from bot.blocks.nudges.in_hand import build_in_hand
from bot.blocks.windows.review import build_review
from bot.blocks.words import when
from bot.domain.promises import Promise
from bot.domain.requests import Request
from bot.domain.snapshots.in_hand import HandedOn
from bot.domain.snapshots.review import DelayForm, Review
from bot.errors import FieldError
from bot.services.context import Do
from bot.services.nudges import in_hand
from bot.services.replies import promising
from handlers.ports import Now, Screens
from handlers.pressing import Presses
from handlers.reading import Press
from handlers.telling import say, show_window


async def answered_pressed(press: Press, *, do: Do) -> Request:
    """Take a member's word that the client has what was promised."""
    return await do(promising.mark_answered, actor=press.actor, promise=press.number("promise"))


async def answered_then(press: Press, request: Request, *, screens: Screens) -> None:
    """Confirm it to the one who said so."""
    await say(press, build_notice(f"Noted: #{request.id} is answered."), screens=screens)


async def snooze_pressed(press: Press, *, do: Do) -> Promise:
    """Put the nudge off."""
    return await do(
        promising.snooze,
        actor=press.actor,
        promise=press.number("promise"),
        revision=press.number_if_any("revision"),
        put_off=press.number_if_any("put_off"),
    )


async def snooze_then(press: Press, promise: Promise, *, screens: Screens) -> None:
    """Say when it comes again, in the reader's own zone."""
    again = f" {when(promise.next_at, 'I come back ')}." if promise.next_at else ""
    words = f"Put off.{again}"
    await say(press, {"text": words, "blocks": [_formatted(words)]}, screens=screens)


async def on_it_pressed(press: Press, *, do: Do, read: Do) -> tuple[Promise, HandedOn | None]:
    """Take a member's word that they are on it; return who hears when they go away before it is due."""
    revision = press.number_if_any("revision")
    taken = await do(promising.take_on, actor=press.actor, promise=press.number("promise"), revision=revision)
    return taken, await read(in_hand.who_hears, promise=taken.id)


async def on_it_then(press: Press, taken: tuple[Promise, HandedOn | None], *, screens: Screens, now: Now) -> None:
    """Say what that means."""
    words = build_in_hand(*taken, press.actor.user, now=now())
    await say(press, {"text": words, "blocks": [_formatted(words)]}, screens=screens)


async def release_pressed(press: Press, *, do: Do) -> Request:
    """End a promise that the client no longer needs."""
    return await do(promising.release_promise, actor=press.actor, promise=press.number("promise"))


async def delay_pressed(press: Press, *, do: Do) -> DelayForm:
    """Return what the delay form starts from; whoever opens it has the promise in hand."""
    revision = press.number_if_any("revision")
    return await do(promising.open_delay_form, actor=press.actor, promise=press.number("promise"), revision=revision)


async def delay_then(press: Press, form: DelayForm, *, screens: Screens) -> None:
    """Open the four fields."""
    await show_window(press, build_delay_form(form), screens=screens)


async def delay_submitted(press: Press, *, do: Do) -> Review:
    """Draft the delay update; the answer to the form is its preview."""
    due = press.instant(Field.NEW_DUE_AT)
    if due is None:
        raise FieldError(Field.NEW_DUE_AT, "When will it be? The client can only plan with a time.")
    return await do(
        promising.draft_delay_update,
        actor=press.actor,
        promise=press.number("promise"),
        happened=press.words(Field.HAPPENED),
        doing=press.words(Field.DOING),
        new_due_at=due,
        choice=press.words(Field.CHOICE),
    )


def _formatted(words: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def register(presses: Presses, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Listen for the buttons of a nudge and for the delay form."""
    presses.on_action(Action.ANSWERED, partial(answered_pressed, do=do), partial(answered_then, screens=screens))
    presses.on_action(
        Action.ON_IT, partial(on_it_pressed, do=do, read=read), partial(on_it_then, screens=screens, now=now)
    )
    presses.on_action(Action.SNOOZE, partial(snooze_pressed, do=do), partial(snooze_then, screens=screens))
    presses.on_action(Action.RELEASE_PROMISE, partial(release_pressed, do=do))
    presses.on_action(Action.DELAY, partial(delay_pressed, do=do), partial(delay_then, screens=screens))
    presses.on_submission(Window.DELAY, partial(delay_submitted, do=do), answer=build_review)
