"""A team with working hours, and its weeks lived from one event to the next: who hears what, and when."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from bot.clock import Clock
from bot.domain.hours.calendars import CalendarRules
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.domain.replies import ReplyKind
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.outbound.base import Receipt, Remote
from bot.services.context import Context, Desk, Policy
from bot.services.installation import met_ourselves
from bot.services.nudges import nudging, replanning
from bot.services.outbox import beginning, delivering, recording
from bot.services.people import sync_members
from bot.services.requests.claiming import set_category
from bot.store import Store, absences, outbox, people, promises
from bot.store import tables as t
from bot.store.outbox import Row
from tests.support.office import TEAM, Office, acting


@dataclass(frozen=True)
class Heard:
    """One nudge about a promise that reached somebody."""

    at: datetime
    recipient: str
    item: NudgeItem

    @property
    def short(self) -> tuple[str, str, str]:
        """When it came (UTC), to whom, and whether it says that the time nears or has passed."""
        return (f"{self.at:%a %H:%M:%S}".removesuffix(":00"), self.recipient, str(self.item.rung))


@dataclass
class Weeks:
    """An office whose clock goes from one event to the next."""

    office: Office
    heard: list[Heard] = field(default_factory=list)
    messages: list[tuple[datetime, str, int]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return self.office.now

    async def promised(self, owner: Member, due: datetime, category: str = "") -> Promise:
        """Let a member tell a client a time, now; the words have left at once."""
        request = (await self.office.webhook()).request
        if category:
            await self.office.desk.do(set_category, actor=acting(owner), request=request, category=category)
        await self.office.approve(request, by=owner, due=due - self.now)
        self.office.later(seconds=10)
        await self.office.deliver()
        promise = (await self.promises(request))[-1]
        assert promise.due_at == due
        return promise

    async def promises(self, request: int) -> tuple[Promise, ...]:
        """Return all promises of a request, soonest due first."""

        def read(ctx: Context) -> tuple[Promise, ...]:
            with ctx.store.reading() as tx:
                return promises.promises_of(tx, request)

        return await self.office.desk.read(read)

    async def moved(self, owner: Member, promise: Promise, due: datetime) -> None:
        """Let a member send a delay update that leaves after its hold."""
        await self.office.approve(
            promise.request, by=owner, kind=ReplyKind.DELAY_UPDATE, due=due - self.now, replaces=promise.id
        )

    async def away(self, member: Member, since: datetime, until: datetime, stand_in: Member | None = None) -> None:
        """Enter an absence."""

        def enter(ctx: Context) -> None:
            with ctx.store.writing() as tx:
                absences.add(
                    tx,
                    member=member.id,
                    starts_at=since,
                    ends_at=until,
                    stand_in=stand_in.id if stand_in else None,
                    source="slash",
                    made_at=ctx.now,
                )
                replanning.replan_member(tx, ctx, member.id)

        await self.office.desk.do(enter)

    async def quiet(self, member: Member, until: datetime | None) -> None:
        """Let a member not be disturbed until then."""

        def note(ctx: Context) -> None:
            with ctx.store.writing() as tx:
                people.change_member(tx, member.id, dnd_until=until)

        await self.office.desk.do(note)

    async def sleep_until(self, instant: datetime) -> None:
        """Let time pass in which nothing runs."""
        self.office.desk.clock.move(instant - self.now)

    async def live_until(self, instant: datetime) -> None:
        """Let time pass; planning and delivery run at every moment at which something is due."""
        while (moment := await self.office.desk.read(_next_moment)) is not None and moment <= instant:
            self.office.desk.clock.move(max(timedelta(), moment - self.now))
            await self.tick()
        self.office.desk.clock.move(instant - self.now)
        await self.tick()

    async def tick(self) -> None:
        """Plan and deliver what is due now."""
        while (await self.office.desk.do(nudging.plan)).more:
            pass
        while rows := await self.office.desk.do(delivering._lease, token="weeks", most=20):
            for row in rows:
                await self._send(row)

    async def _send(self, row: Row) -> None:
        job = await self.office.desk.do(beginning.begin, row=row)
        if job is None:
            return
        remote = job.reference.remote or Remote(row.recipient or "C0TEAM", f"{self.now.timestamp():.0f}.{row.id:06d}")
        await self.office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
        if row.kind == "nudge" and not row.shown:
            items = [item for item in job.snapshot.items if item.kind is ItemKind.PROMISE]
            self.heard += [Heard(self.now, row.recipient, item) for item in items]
            if items:
                self.messages.append((self.now, row.recipient, len(items)))

    def story(self, *, of: Promise | None = None) -> list[tuple[str, str, str]]:
        """Return what was heard so far, of all promises or of one; who heard at one instant comes by name."""
        heard = sorted(self.heard, key=lambda one: (one.at, one.recipient, str(one.item.rung)))
        return [one.short for one in heard if of is None or (one.item.promise and one.item.promise.id == of.id)]


def _next_moment(ctx: Context) -> datetime | None:
    """Return when there is something to plan or to send next."""
    with ctx.store.reading() as tx:
        promised = tx.execute(select(func.min(t.promise.c.next_at)).where(t.promise.c.outcome == "open")).scalar()
        aimed = tx.execute(select(func.min(t.target.c.next_at)).where(t.target.c.outcome == "open")).scalar()
        leaving = outbox.next_not_before(tx, ctx.now)
    return min((moment for moment in (promised, aimed, leaving) if moment is not None), default=None)


async def weeks_of(
    store: Store, start: datetime, rules: CalendarRules, members: Sequence[Member], *, lead: str = ""
) -> Weeks:
    """Return a team with these hours, at an instant."""
    desk = Desk(store, Clock(wall=start.timestamp), Policy(lead=lead or None, calendar=rules))
    await desk.do(sync_members, members=members)
    await desk.do(met_ourselves, facts={"team": TEAM, "user": "U0BOT", "bot": "B0BOT", "team_name": "Ours"})
    return Weeks(Office(desk))


async def close(weeks: Weeks) -> None:
    """Close its database."""
    await asyncio.to_thread(weeks.office.desk.close)
