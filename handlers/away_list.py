"""The list of an absence: what becomes of each promise that falls into it, and the list stays true meanwhile."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import structlog

from bot.blocks.away.away import build_away, build_away_view
from bot.blocks.away.away_form import build_away_form
from bot.blocks.cards.more import build_hand_over
from bot.blocks.ids import Action, Window, decode, encode
from bot.blocks.nudges.delay import build_delay_form
from bot.blocks.pieces import View
from bot.domain.away.away import AwayForm, AwayShown
from bot.services.away import absences
from bot.services.context import Do
from bot.services.reading import asking
from bot.services.replies import promising
from handlers import moving
from handlers.ports import Now, Screens
from handlers.pressing import Presses
from handlers.reading import Press, Surface
from handlers.telling import show_window

log = structlog.get_logger(__name__)

PAUSE = 1.0
"""Real seconds between two looks at a list."""

PATIENCE: Final = 600.0
"""Real seconds for which a list is looked at after a press on it; whoever presses later sees how things stand then."""

MOST: Final = 4
"""Slack takes five answers to a press on a message (docs: /interactivity/handling-user-interaction)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a press on a list came to: the list as it stands, and the window to open for what is still undecided."""

    shown: AwayShown
    view: View | None = None
    note: str = ""


class Lists:
    """Draws lists anew where they were pressed, and again when what they say has changed. Best effort."""

    def __init__(self, *, read: Do, screens: Screens, now: Now) -> None:
        self._read = read
        self._screens = screens
        self._now = now
        self._followed: dict[tuple[str, int], object] = {}

    async def draw(self, press: Press, shown: AwayShown, *, note: str = "") -> None:
        """Show a list as it stands now, where it was pressed."""
        if press.surface is Surface.WINDOW:
            await self._screens.update(press.view_id, build_away_view(shown, now=self._now(), note=note))
        elif press.response_url:
            post = build_away(shown, now=self._now(), note=note)
            await self._screens.respond(press.response_url, post["text"], post["blocks"], replace=True)

    async def follow(self, press: Press, shown: AwayShown) -> None:
        """Draw a list again whenever something in it was decided, wherever that was.

        Until nothing is left to decide, it was pressed again, or patience ends. Never raises.
        """
        if _is_settled(shown, self._now):
            return
        key, mark = (press.actor.user, shown.absence.id), object()
        self._followed[key] = mark
        try:
            await self._follow(press, shown, key, mark)
        except Exception:  # whoever pressed has done nothing wrong, and must not be told to try again
            log.exception("A list could not be kept up to date.", action="follow an absence")
        finally:
            if self._followed.get(key) is mark:
                del self._followed[key]

    async def _follow(self, press: Press, shown: AwayShown, key: tuple[str, int], mark: object) -> None:
        drawn = 0
        for _ in range(int(PATIENCE / PAUSE)):
            await asyncio.sleep(PAUSE)
            if self._followed.get(key) is not mark:
                return
            stands: AwayShown = await self._read(
                absences.absence_shown, actor=press.actor, absence=shown.absence.id, notes=shown.notes
            )
            if _drawn(stands, self._now) == _drawn(shown, self._now):
                continue
            await self.draw(press, stands)
            shown, drawn = stands, drawn + 1
            if drawn == MOST or _is_settled(shown, self._now):
                return


def _is_settled(shown: AwayShown, now: Now) -> bool:
    """Tell whether nothing in a list is left to decide, and no update that moves a promise is on its way."""
    waits = any(item.is_undecided(shown.member) or item.moving_to is not None for item in shown.falling)
    return not waits or shown.absence.is_over(now())


def _drawn(shown: AwayShown, now: Now) -> Mapping[str, Any]:
    return build_away(shown, now=now())


async def looked_at(press: Press, *, read: Do, now: Now) -> Asked:
    """Return a list, with a note when what was pressed for is decided already or the absence is over."""
    shown: AwayShown = await read(absences.absence_shown, actor=press.actor, absence=press.number("absence"))
    promise = press.number("promise")
    is_open = any(item.promise.id == promise and item.is_undecided(shown.member) for item in shown.falling)
    if is_open and not shown.absence.is_over(now()):
        return Asked(shown)
    return Asked(shown, note=f"#{press.number('request')} is decided already: this is how it stands.")


async def hand_over_pressed(press: Press, *, read: Do, now: Now) -> Asked:
    """Ask who takes it, the stand-in chosen to begin with; not when that was decided already."""
    asked = await looked_at(press, read=read, now=now)
    if asked.note:
        return asked
    card = await read(asking.card_of, actor=press.actor, request=press.number("request"))
    view = build_hand_over(card, to=press.facts.get("to") or None)
    if press.surface is Surface.WINDOW and view["callback_id"] == Window.HAND_OVER:
        metadata = encode(**decode(view["private_metadata"]), absence=asked.shown.absence.id)
        view = {**view, "callback_id": Window.AWAY_HAND_OVER, "private_metadata": metadata}
    return Asked(asked.shown, view)


async def hand_over_submitted(press: Press, *, do: Do, read: Do, now: Now) -> View:
    """Make the chosen colleague the owner, and go on with the list; above it what else is to be known of them."""
    known = await moving.hand_over_submitted(press, do=do, read=read)
    shown: AwayShown = await read(absences.absence_shown, actor=press.actor, absence=press.number("absence"))
    view = build_away_view(shown, now=now())
    return {**view, "blocks": [*known["blocks"], *view["blocks"]]} if known is not None else view


async def move_pressed(press: Press, *, do: Do, read: Do, now: Now) -> Asked:
    """Open the delay update; not when something else was decided already."""
    asked = await looked_at(press, read=read, now=now)
    if asked.note:
        return asked
    form = await do(promising.open_delay_form, actor=press.actor, promise=press.number("promise"))
    return Asked(asked.shown, build_delay_form(form))


async def keep_pressed(press: Press, *, do: Do, read: Do, now: Now) -> Asked:
    """Note that a promise stays as it is."""
    asked = await looked_at(press, read=read, now=now)
    facts = {"absence": press.number("absence"), "promise": press.number("promise")}
    shown: AwayShown = await do(absences.keep_promise, actor=press.actor, **facts)
    is_kept = any(item.promise.id == facts["promise"] and item.kept for item in shown.falling)
    return Asked(shown, note="" if is_kept else asked.note)


async def asked_then(press: Press, asked: Asked, *, lists: Lists, screens: Screens) -> None:
    """Open the window and keep the list true, or draw the list as it stands."""
    if asked.view is None:
        await lists.draw(press, asked.shown, note=asked.note)
    else:
        await show_window(press, asked.view, screens=screens)
    await lists.follow(press, asked.shown)


async def take_back_pressed(press: Press, *, do: Do, read: Do) -> tuple[AwayForm, AwayShown]:
    """End an absence, or undo one that has not begun."""
    absence = press.number("absence")
    form = await do(absences.take_back, actor=press.actor, absence=absence)
    return form, await read(absences.absence_shown, actor=press.actor, absence=absence)


async def take_back_then(
    press: Press, taken: tuple[AwayForm, AwayShown], *, lists: Lists, screens: Screens, now: Now
) -> None:
    """Say so where it was pressed: the window lists what is left."""
    form, shown = taken
    if press.surface is Surface.WINDOW:
        await screens.update(press.view_id, build_away_form(form, now=now()))
    else:
        await lists.draw(press, shown)


def register(presses: Presses, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Listen for the buttons of a list."""
    lists = Lists(read=read, screens=screens, now=now)
    then = partial(asked_then, lists=lists, screens=screens)
    presses.on_action(Action.AWAY_HAND_OVER, partial(hand_over_pressed, read=read, now=now), then)
    presses.on_submission(
        Window.AWAY_HAND_OVER,
        partial(hand_over_submitted, do=do, read=read, now=now),
        answer=lambda view: view,
    )
    presses.on_action(Action.AWAY_MOVE, partial(move_pressed, do=do, read=read, now=now), then)
    presses.on_action(Action.AWAY_KEEP, partial(keep_pressed, do=do, read=read, now=now), then)
    back = partial(take_back_then, lists=lists, screens=screens, now=now)
    presses.on_action(Action.AWAY_TAKE_BACK, partial(take_back_pressed, do=do, read=read), back)
