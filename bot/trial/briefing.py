"""Tells the workspace's pages what they show beside the chat: tour, jumps, what must add up, systems outside."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import structlog

from bot.domain.overview import Books, Overview
from bot.domain.people import Actor
from bot.errors import HeadsupError
from bot.running import Running
from bot.services.reading import asking, overview
from bot.trial.accounts import Accounts
from bot.trial.feeding import Feed
from bot.trial.noticing import BEGUN, LEDGER, SURVIVED, Notes
from bot.trial.outside import Outside
from bot.trial.standing import look
from bot.trial.steps import NEXT_NUDGE
from bot.trial.story import Story
from bot.trial.tour import build_tour, build_waiting_tour
from bot.trial.whereabouts import Whereabouts
from bot.workspace.companion import Account, Briefing, Jump, Tour
from bot.workspace.core import Core
from bot.workspace.server import WorkspaceServer

log = structlog.get_logger(__name__)

EVERY_SECONDS: Final = 0.25
"""How often it looks whether anything changed; a look that finds nothing is one small read."""

LANGUAGE: Final = "en"
"""What the clients read who are best suggested: replies are written in English as yet."""

_LOST: Final = ("chat.postMessage", "lost_answer")
"""The method and the kind of the fault that the tour asks to switch on."""

_MINUTE: Final = 60.0
_Stamp = tuple[object, ...]


class Briefer:
    """Keeps the pages' briefing up to date. What the tour must remember is kept in `folder`."""

    def __init__(
        self, process: Running, server: WorkspaceServer, feed: Feed, systems: Sequence[Outside], folder: Path
    ) -> None:
        self._process, self._server, self._feed, self._systems = process, server, feed, systems
        self._desk, self._core = process.headsup.desk, server.core
        self._notes = Notes.of(folder / "tour.json")
        self._accounts = Accounts(process.headsup.clock.monotonic)
        self._books: Books | None = None
        self._stamp: _Stamp | None = None

    async def run(self) -> None:
        """Look again and again until cancelled; trouble in one look is logged, and the next one comes all the same."""
        while True:
            try:
                await self.refresh()
            except Exception:
                self._stamp = None
                log.exception("The pages could not be told what is new; trying again.", action="brief")
            await asyncio.sleep(EVERY_SECONDS)

    async def refresh(self) -> bool:
        """Tell the pages what is new, if anything changed; return whether something had.

        After a change it looks once more, until two looks find the same: then nothing is on its way.
        """
        if self._feed.over and self._notes.since is None:
            self._notes.begin(await self._desk.read(overview.newest_event), self._core.journal)
        stamp = await self._now()
        if stamp == self._stamp and not self._accounts.settling:
            return False
        before: Books = self._books if self._books is not None else await self._desk.read(overview.books_of)
        standing = await look(self._core)
        systems = [replace(system, received=list(system.received)) for system in self._systems]
        delivering = self._delivers()
        after = await self._desk.read(overview.books_of)
        since, words = self._notes.since or 0, self._feed.scenario.tour
        seen = await self._desk.read(overview.overview_of, since=since, words=words, reads=LANGUAGE)
        accounts = self._accounts.rows(before, standing, after, systems, delivering=delivering)
        await self._notice(after)
        self._tell(seen, accounts)
        self._books, self._stamp = after, stamp if after == before else None
        return True

    async def _now(self) -> _Stamp:
        """Return what differs when there may be something to tell."""
        core = self._core
        return (
            await self._desk.read(overview.pulse_of),
            core.state.version,
            core.journal.last_number,
            len(core.hub.connections),
            core.delivery.under_way,
            core.faults.version,
            len(core.companion.taken),
            core.clock.now() // _MINUTE,
            sum(len(system.received) for system in self._systems),
            self._notes.since,
            self._feed.banner,
        )

    def _delivers(self) -> bool:
        """Tell whether clients' words may still be on their way to Headsup."""
        core = self._core
        return bool(core.delivery.under_way) or not (core.hub.connections or core.state.app.events_url)

    async def _notice(self, books: Books) -> None:
        if self._notes.since is None:
            return
        if self._core.companion.taken:
            self._notes.see(BEGUN)
        self._notes.read(self._core.journal)
        for asker, request in self._notes.answered():
            if await self._shows_promises(asker, request):
                self._notes.see(LEDGER)
        stands = {row.subject for row in books.leaving if row.kind == "reply" and row.stands}
        self._notes.arrived(stands)

    async def _shows_promises(self, asker: str, request: int) -> bool:
        """Tell whether the status of a request shows promises to this person; a stranger is refused, as in Slack."""
        try:
            status = await self._desk.read(asking.status_of, actor=Actor(asker), request=request)
        except HeadsupError:
            return False
        return bool(status.promises)

    def _tell(self, seen: Overview, accounts: tuple[Account, ...]) -> None:
        where = Whereabouts(self._core, self._process.headsup.known.team_channel or "")
        story = self._story(seen, where)
        self._server.companion.tell(
            Briefing(
                tour=build_tour(story) if self._notes.since is not None else self._waiting(where),
                jumps=(_jump(story),),
                accounts=accounts,
                outside=tuple(system.shown() for system in self._systems),
                banner=self._feed.banner,
            )
        )

    def _waiting(self, where: Whereabouts) -> Tour:
        text = f"{self._feed.banner}. The tour begins as soon as all are here."
        return build_waiting_tour(where, text, seen=self._feed.come_in, total=self._feed.total)

    def _story(self, seen: Overview, where: Whereabouts) -> Story:
        return Story(
            overview=seen,
            where=where,
            undo_seconds=round(self._process.headsup.settings.undo_seconds.total_seconds()),
            begun=BEGUN in self._notes.seen,
            ledger=LEDGER in self._notes.seen,
            broken=self._notes.broken or any((one.method, one.kind) == _LOST for one in self._core.faults.list()),
            risked=self._notes.risked,
            survived=SURVIVED in self._notes.seen,
        )


def welcoming(core: Core) -> Briefing:
    """Return what the pages show before Headsup runs."""
    return Briefing(tour=build_waiting_tour(Whereabouts(core, ""), "Headsup is starting, in a moment it is here."))


def _jump(story: Story) -> Jump:
    """Return the jump to the next nudge: the one that the tour waits for, said to be so, else the soonest of all.

    It goes to the full second after: what is due at an instant must be due when the clock has been moved there.
    """
    found, where = story.coming or story.overview.next, story.where
    if found is None:
        return Jump(NEXT_NUDGE, story.jump, None, "Nobody is to be nudged: no time is promised or aimed at.")
    whom = f"{where.whom(found.to)}, about #{found.request} {found.client}"
    to = float(math.floor(found.at.timestamp()) + 1)
    return Jump(NEXT_NUDGE, f"{story.jump}: {whom}", to, where.upcoming(found))
