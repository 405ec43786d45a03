"""A whole night lived once, at full speed and with an interruption, and looked at by many tests."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.domain.snapshots.status import Status
from bot.services.reading import asking
from bot.services.requests import profiles
from bot.trial.hands import Hands
from bot.trial.local import Trial, local
from bot.trial.outside import Outside
from bot.workspace.pace import Pace
from tests.support.walk_ground import until

INTERRUPTED_AFTER = 11
UNREMEMBERED = 3


@dataclass(frozen=True)
class Morning:
    """What there was when the night was over; `interrupted` how many requests had come in when it was interrupted."""

    folder: Path
    interrupted: int
    banners: tuple[str, ...]
    began: datetime
    woke: datetime
    messages: dict[str, list[dict[str, Any]]]
    statuses: dict[int, Status]
    clients: dict[str, Any]
    systems: tuple[Outside, ...]
    refusals: list[Any]

    def said(self, channel: str) -> list[dict[str, Any]]:
        """What people, not the app, wrote in a channel, oldest first."""
        said = [one for one in self.messages[channel] if not one.get("bot_id")]
        return sorted(said, key=lambda one: float(one["ts"]))

    def posted(self) -> list[str]:
        """What stands in the team's channel, by our keys."""
        metadata = [one.get("metadata") or {} for one in self.messages["requests"]]
        return [str(one.get("event_payload", {}).get("key", "")) for one in metadata]


def settings() -> Settings:
    return Settings(port=0)


async def lived(folder: Path) -> Morning:
    """Live a night, with an interruption in its middle and a crash that forgot a little."""
    interrupted = await _interrupted(folder)
    _forget_a_little(folder / "trial.json")
    async with local(settings(), _unheard, port=0, folder=folder, pace=Pace(enabled=False)) as trial:
        began = trial.process.headsup.clock.now()
        assert await trial.feed.run()
        return await _looked_at(trial, folder, interrupted, began)


async def _interrupted(folder: Path) -> tuple[int, list[str]]:
    async with local(settings(), _unheard, port=0, folder=folder, pace=Pace(enabled=False)) as trial:
        night = asyncio.create_task(trial.feed.run())
        banners = [trial.feed.banner]
        await until(lambda: trial.feed.come_in >= INTERRUPTED_AFTER, "the night to be half over", seconds=30)
        night.cancel()
        await asyncio.gather(night, return_exceptions=True)
        return trial.feed.come_in, [*banners, trial.feed.banner]


def _forget_a_little(path: Path) -> None:
    """As if the process had died after things happened and before they were noted."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["done"] = kept["done"][:-UNREMEMBERED]
    path.write_text(json.dumps(kept), encoding="utf-8")


async def _looked_at(trial: Trial, folder: Path, interrupted: tuple[int, list[str]], began: datetime) -> Morning:
    headsup, control = trial.process.headsup, trial.server.control
    await control.settle(quiet=0.5)
    actor = Hands(trial.process, trial.server, trial.scenario.host).actor
    state = trial.server.core.state
    rooms = [channel for channel in state.channels.values() if channel.name]
    rooms += [state.dm(state.user(name)) for name in ("mira", "jonas", "priya", "sam")]
    numbers = range(1, trial.feed.total + 1)
    return Morning(
        folder=folder,
        interrupted=interrupted[0],
        banners=(*interrupted[1], trial.feed.banner),
        began=began,
        woke=headsup.clock.now(),
        messages={room.name or f"dm-{state.user(room.user).name}": control.messages(room.id) for room in rooms},
        statuses={n: await headsup.desk.read(asking.status_of, actor=actor, request=n) for n in numbers},
        clients={
            client.name: await headsup.desk.read(profiles.client_named, name=client.name)
            for client in trial.scenario.clients
        },
        systems=trial.systems.all,
        refusals=list(control.refusals()),
    )


def _unheard(_sentence: str) -> None:
    """Nobody listens: these tests look at what happened."""
