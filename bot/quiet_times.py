"""Keeping fresh who does not want to be disturbed: asked of Slack now and then, and when a spell begins or ends."""

import asyncio
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import HeadsupError
from bot.outbound.slack_quiet import quiet_times
from bot.services.context import Desk
from bot.services.hours import quiet

log = structlog.get_logger(__name__)

EVERY = timedelta(minutes=10)
"""Events tell of changes, but events can be lost, and none comes when a nightly spell begins or ends."""

AGAIN = timedelta(minutes=1)
"""After Slack could not be asked."""

SOONEST = timedelta(seconds=1)


class QuietTimes:
    """Asks Slack for the members' do not disturb. Without the permission, or without Slack, all else goes on."""

    def __init__(self, desk: Desk, client: AsyncWebClient) -> None:
        self._desk = desk
        self._client = client
        self._due = desk.clock.now()
        self._asked = asyncio.Event()
        self._permitted = True

    async def keep(self, known: asyncio.Event) -> None:
        """Ask once the members are `known`, then again when it is due, until cancelled."""
        await known.wait()
        await self.refresh()
        while True:
            self._asked.clear()
            try:
                async with asyncio.timeout(self._wait().total_seconds()):
                    await self._asked.wait()  # somebody else asked: what was told then counts
            except TimeoutError:
                await self.refresh()

    async def refresh(self) -> None:
        """Ask now. Safe to repeat; what cannot be asked is logged, and what was known stays."""
        try:
            soonest = await self._ask()
        except HeadsupError as error:
            self._refused(error)
        except Exception:
            log.exception("Do not disturb could not be looked up; trying again.", action="quiet")
            self._due = self._desk.clock.now() + AGAIN
        else:
            self._permitted = True
            due = self._desk.clock.now() + EVERY
            self._due = min(due, soonest or due)
        self._asked.set()

    async def _ask(self) -> datetime | None:
        people = await self._desk.read(quiet.people_to_ask)
        spells = await quiet_times(self._client, people)
        return await self._desk.do(quiet.note_quiet, spells=spells) if spells else None

    def _refused(self, error: HeadsupError) -> None:
        if error.facts.get("code") != "missing_scope":
            log.warning("Do not disturb could not be asked of Slack.", action="quiet", why=error.sentence)
            self._due = self._desk.clock.now() + AGAIN
            return
        if self._permitted:
            log.warning("Nudges cannot respect do not disturb: the app lacks dnd:read.", action="quiet")
        self._permitted = False
        self._due = self._desk.clock.now() + EVERY

    def _wait(self) -> timedelta:
        """Return how long to wait in real time; never longer than usual, wherever the wall clock went."""
        return min(EVERY, max(SOONEST, self._due - self._desk.clock.now()))
