"""A trial of three requests with its pages' briefing, and hands that do what the tour says."""

import asyncio
import contextlib
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.config import Settings
from bot.trial.local import Trial, local
from bot.workspace.companion import Account, Briefing, Spot, Step, Tour
from bot.workspace.pace import Pace
from tests.support.walk_ground import until
from tests.support.walk_seeing import nodes_of

UNHURRIED = Settings(port=0, target_first_answer="1d")
"""Aims that nobody is reminded of meanwhile: what nudges here is what was promised."""

STEPS = ("look", "claim", "acknowledge", "arrived", "time", "delay", "answer", "ledger", "survive")


@dataclass
class Lived:
    """What a person sees beside the chat, and what they do in it."""

    trial: Trial
    wrong: list[tuple[Account, ...]] = field(default_factory=list)

    @property
    def control(self) -> Any:
        return self.trial.server.control

    @property
    def briefing(self) -> Briefing:
        return self.trial.server.companion.briefing

    @property
    def tour(self) -> Tour | None:
        return self.briefing.tour

    def step(self, key: str) -> Step:
        assert self.tour is not None
        return next(step for step in self.tour.steps if step.key == key)

    def spot(self, key: str) -> Spot:
        spot = self.step(key).spot
        assert spot is not None, self.step(key)
        return spot

    def done(self) -> list[str]:
        return [step.key for step in self.tour.steps if step.done] if self.tour else []

    async def until_done(self, *keys: str) -> None:
        await until(lambda: self.done() == list(keys), f"{keys} to be done, and nothing else; {self.done()} are")

    def account(self, label: str) -> Account:
        return next(one for one in self.briefing.accounts if one.label.startswith(label))

    async def until_account(self, label: str, expected: int, seen: int, note: str = "") -> None:
        wanted = (expected, seen, note)

        def agrees() -> bool:
            one = self.account(label)
            return (one.expected, one.seen, one.note) == wanted

        await until(agrees, f"{label} to say {wanted}; it says {self.account(label)}", seconds=30)

    # -- hands ---------------------------------------------------------------------------------------------------------

    def room(self, spot: Spot) -> str:
        return self.control.dm(spot.user) if spot.room == "dm" else f"#{spot.room}"

    async def press(self, spot: Spot) -> Any:
        """Press the button that a spot points at."""
        found = [one for one in self.control.messages(self.room(spot), spot.user) if one["ts"] == spot.message]
        assert found, f"nothing stands at {spot}"
        buttons = [
            node
            for node in nodes_of(found[0]["blocks"])
            if node.get("action_id") and isinstance(node.get("text"), dict) and node["text"]["text"] == spot.label
        ]
        assert buttons, f"no such button: {spot}"
        return await self.control.press(spot.user, buttons[0]["action_id"], channel=self.room(spot), ts=spot.message)

    def look_at(self, spot: Spot) -> None:
        """Read a room up to the message of a spot, its thread too, as a page does."""
        messages = self.control.messages(self.room(spot), spot.user)
        found = next((one for one in messages if one["ts"] == spot.message), messages[-1])
        self.control.mark(spot.user, self.room(spot), found["ts"], thread_ts=found.get("thread_ts") or "")

    async def send_what_opens(self, who: str, **values: Any) -> None:
        """Press Send in the window that a press opened, and let the undo time pass."""
        await self.approve_what_opens(who, **values)
        self.later(11)

    async def approve_what_opens(self, who: str, **values: Any) -> None:
        """Press Send in the window that a press opened, and close what it says then."""
        await until(lambda: self.control.views(who), f"a window for {who}")
        while self.control.views(who):
            views = self.control.views(who)
            if views[-1].get("submit") is None:
                await self.control.close(who, everything=True)
                break
            sent = await self.control.submit(who, values or None)
            assert not sent.errors, sent.errors
            values = {}

    def later(self, seconds: float) -> None:
        self.control.forward(seconds)

    def jump(self) -> None:
        """Press "To the next nudge"."""
        jump = self.briefing.jumps[0]
        assert jump.to is not None, jump
        self.later(jump.to - self.control.clock()["now"])

    async def watch(self) -> None:
        """Remember every briefing in which something does not agree, however short it stood."""
        version = -1
        while True:
            if self.trial.server.companion.version != version:
                version = self.trial.server.companion.version
                odd = tuple(one for one in self.briefing.accounts if not one.is_right)
                self.wrong += [odd] if odd else []
            await asyncio.sleep(0.02)


class ResumedClock(Clock):
    """A clock that goes on from one moment, so that what is resumed is as old as when it was left."""

    def __init__(self, at: datetime) -> None:
        started = time.monotonic()
        super().__init__(wall=lambda: at.timestamp() + time.monotonic() - started)

    def wall_now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Fed:
    """A folder of a trial whose requests have come in and whose tour has begun, and when it was left."""

    folder: Path
    left: datetime

    def copy_to(self, folder: Path) -> Clock:
        """Make a folder like it; return the clock on which its trial goes on."""
        shutil.copytree(self.folder, folder)
        return ResumedClock(self.left)


async def fed(folder: Path) -> Fed:
    """Let the three requests come in, watched, for all tests that only want them there."""
    async with living(folder) as it:
        clock = it.trial.process.headsup.clock
    return Fed(folder, clock.now())


@contextlib.asynccontextmanager
async def living(
    folder: Path, *, fed: bool = True, watched: bool = True, clock: Clock | None = None
) -> AsyncIterator[Lived]:
    """Live the scenario "short" in a folder. At the end nothing may have been wrong on the way, if it was watched."""
    async with local(
        UNHURRIED, lambda _: None, asked="short", port=0, folder=folder, pace=Pace(enabled=False), clock=clock
    ) as it:
        lived = Lived(it)
        watcher = asyncio.create_task(lived.watch())
        try:
            if fed:
                await it.feed.run()
                await until(lambda: lived.tour and not lived.tour.waiting, "the tour to begin")
                await _at_rest(it)
            yield lived
        finally:
            watcher.cancel()
            await asyncio.gather(watcher, return_exceptions=True)
        assert not watched or not lived.wrong, lived.wrong
        assert it.server.journal.refusals == []


async def _at_rest(trial: Trial) -> None:
    """Wait until what a start brings is over: Headsup is connected, knows the team, and asks nothing any more."""
    process = trial.process
    await until(lambda: process.connected.is_set() and process.headsup.synced.is_set(), "Headsup to know the team")
    await trial.server.control.settle()
