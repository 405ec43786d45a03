"""Whatever a status foretells is what comes, whoever goes away and whenever it is asked: chances are taken by seed."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.categories import COMPLAINT, NEW_WORK
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.snapshots.status import StepKind
from bot.services.context import Context
from bot.services.reading import asking
from bot.services.replies import promising
from bot.store import Store, nudges, promises
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

EACH_BY_THEIR_CLOCK = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
JONAS = Member(id="U0JONAS", name="Jonas", tz="Europe/Berlin")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")
TUESDAY = datetime(2026, 11, 24, 7, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


async def someone_goes_away(weeks: Weeks, chance: random.Random, *, later: bool) -> None:
    """Let somebody be away for some hours or days, from a quarter of an hour on."""
    who = chance.choice([MIRA, JONAS, SAM])
    start = weeks.now + (chance.randrange(1, 200) * QUARTER if later else timedelta())
    stand_in = JONAS if who is MIRA and chance.random() < 0.5 else None
    await weeks.away(who, start, start + chance.choice([3, 20, 150]) * 4 * QUARTER, stand_in)


async def foreseen(weeks: Weeks, promise: Promise) -> list[tuple[datetime, str]]:
    status = await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)
    steps = [step for step in status.ladder if step.kind is not StepKind.SLIPPED]
    return [(step.at, step.to[0].id if step.to else CHANNEL) for step in steps]


async def waiting(weeks: Weeks, promise: Promise) -> set[tuple[datetime, str]]:
    """Return what is written already and waits for its reader: it comes, or something more urgent takes its place."""

    def read(ctx: Context) -> set[tuple[datetime, str]]:
        with ctx.store.reading() as tx:
            [found] = [one for one in promises.promises_of(tx, promise.request) if one.id == promise.id]
            told = nudges.told_of(tx, found.id, found.revision)
            return {(one.not_before, one.recipient) for one in told if one.waits}

    return await weeks.office.desk.read(read)


async def looks_ahead(weeks: Weeks, promise: Promise) -> bool:
    [found] = [one for one in await weeks.promises(promise.request) if one.id == promise.id]
    return found.outcome is not Outcome.OPEN or (found.next_at is not None and found.next_at > weeks.now)


@pytest.mark.parametrize("seed", range(12))
async def test_what_a_status_foretells_is_what_comes(store: Store, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same weeks each time, no secrets
    weeks = await weeks_of(store, TUESDAY, EACH_BY_THEIR_CLOCK, (MIRA, JONAS, SAM), lead="Sam")
    due = TUESDAY + chance.randrange(8, 240) * QUARTER
    promise = await weeks.promised(MIRA, due, chance.choice(["", COMPLAINT, NEW_WORK]))
    for _ in range(chance.randrange(4)):
        await someone_goes_away(weeks, chance, later=True)
    for _ in range(3):
        if weeks.now >= due:
            break
        await weeks.live_until(min(due, weeks.now + chance.randrange(1, 60) * QUARTER))
        if chance.random() < 0.5:
            await someone_goes_away(weeks, chance, later=chance.random() < 0.5)
        if chance.random() < 0.2 and weeks.now < due:
            await weeks.office.desk.do(promising.take_on, actor=acting(chance.choice([MIRA, SAM])), promise=promise.id)
        await weeks.tick()
        assert await looks_ahead(weeks, promise)
        expected, number = await foreseen(weeks, promise), len(weeks.heard)
        held = await waiting(weeks, promise)
    if weeks.now < due:
        await weeks.live_until(due - SECOND)
        heard = [(one.at, one.recipient) for one in weeks.heard[number:]]
        assert [one for one in heard if one not in held] == [one for one in expected if one not in held]
    await close(weeks)
