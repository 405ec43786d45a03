"""The window that Send was pressed in stays true: what becomes of the reply is shown there by itself."""

import asyncio
from datetime import timedelta
from math import ceil
from typing import Final
from weakref import WeakValueDictionary

import structlog

from bot.blocks.windows.sending import build_sending
from bot.domain.replies import ON_ITS_WAY, ReplyState
from bot.domain.snapshots.review import Approved
from bot.errors import SendError
from bot.services.context import Do
from bot.services.replies import replying
from handlers.ports import Now, Screens

log = structlog.get_logger(__name__)

PAUSE: Final = 1.0
"""Real seconds between two looks. The first comes that late too: Slack has shown the answer to Send by then."""

PATIENCE: Final = 90.0
"""Real seconds for which a reply is looked at beyond its hold; then the card alone says how it goes."""

LATE: Final = timedelta(seconds=5)
"""A reply that has not left so long after its hold waits for something, and the window says so."""


class Watch:
    """Follows replies on their way and updates the windows about them. Best effort: the card is right anyway."""

    def __init__(self, *, read: Do, screens: Screens, now: Now) -> None:
        self._read = read
        self._screens = screens
        self._now = now
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, view_id: str) -> asyncio.Lock:
        """Return what whoever changes this window holds meanwhile, so that the older change never comes last."""
        return self._turns.setdefault(view_id, asyncio.Lock())

    async def show(self, view_id: str, approved: Approved, *, note: str = "") -> None:
        """Say in the window how a reply stands, and follow it from there."""
        async with self.turn(view_id):
            await self._screens.update(view_id, build_sending(approved, late=self._is_late(approved), note=note))
        await self.follow(view_id, approved)

    async def follow(self, view_id: str, approved: Approved) -> None:
        """Update the window until the reply has left or needs a person, the window is gone, or patience ends.

        A window that shows something newer is left alone: the first update takes the window's mark, as long as nobody
        took the reply back, and each later one holds only for what that mark stands for. Never raises.
        """
        if approved.reply.state not in ON_ITS_WAY:
            return
        try:
            await self._follow(view_id, approved)
        except Exception:  # whoever sent it has done nothing wrong, and must not be told to try again
            log.exception("A window could not be kept up to date.", action="follow a reply")

    async def _follow(self, view_id: str, approved: Approved) -> None:
        held = max(0.0, (approved.reply.hold_until - self._now()).total_seconds())
        mark, shown = "", None
        for _ in range(ceil((held + PATIENCE) / PAUSE)):
            await asyncio.sleep(PAUSE)
            async with self.turn(view_id):
                stands = await self._read(replying.how_it_stands, reply=approved.reply.id)
                state, late = stands.reply.state, self._is_late(stands)
                if state is ReplyState.UNDONE and not mark:
                    return
                if (state, late) != shown:
                    try:
                        mark = await self._screens.update(view_id, build_sending(stands, late=late), seen=mark)
                    except SendError:
                        continue  # Slack is slow or busy; the next look tries again
                    if not mark:
                        return
                    shown = (state, late)
            if state not in ON_ITS_WAY:
                return

    def _is_late(self, approved: Approved) -> bool:
        return approved.reply.state in ON_ITS_WAY and self._now() > approved.reply.hold_until + LATE
