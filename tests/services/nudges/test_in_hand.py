"""What "I'm on it" answers: nothing more comes, unless whoever said so goes away before it is due."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from bot.blocks.nudges.in_hand import build_in_hand
from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.words import when
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.ladder.early import Missing
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import PromiseKind
from bot.domain.snapshots.in_hand import HandedOn
from bot.domain.snapshots.nudge import Nudge
from bot.services.nudges import in_hand
from bot.services.outbox import beginning
from bot.services.outbox.delivering import _lease
from bot.services.reading import asking
from bot.services.replies import promising
from bot.store import Store
from tests.support.office import acting
from tests.support.weeks import Weeks, close, weeks_of

WEEK = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
SAM = Member(id="U0SAM", name="Sam", tz="America/New_York")


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


DUE = november(30, 9, 15)
BACK = datetime(2026, 12, 4, 17, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Thursday 26 November at nine; what is told then is due on Monday at a quarter past nine."""
    found = await weeks_of(store, november(26, 9), WEEK, (MIRA, SAM), lead="Sam")
    yield found
    await close(found)


async def taken(weeks: Weeks, *, away: bool) -> Promise:
    """Let Mira say at four on Thursday that she has it in hand; with `away` she is off from Friday on."""
    promise = await weeks.promised(MIRA, DUE)
    if away:
        await weeks.away(MIRA, november(27, 0), BACK)
    await weeks.live_until(november(26, 16) if away else november(27, 16, 20))
    return await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise.id)


async def heard(weeks: Weeks, promise: Promise) -> HandedOn | None:
    return await weeks.office.desk.read(in_hand.who_hears, promise=promise.id)


async def direct_message(weeks: Weeks) -> str:
    """Return Mira's nudge as it is shown anew."""
    for row in await weeks.office.desk.do(_lease, token="tests", most=20):
        job = await weeks.office.desk.do(beginning.begin, row=row)
        if job is not None and job.way == "nudge" and row.recipient == MIRA.id:
            assert isinstance(job.snapshot, Nudge)
            return build_nudge(job.snapshot, now=weeks.now)["text"]
    raise AssertionError("her nudge is not shown anew")


async def test_who_goes_away_is_told_who_hears_as_the_status_says(weeks: Weeks) -> None:
    promise = await taken(weeks, away=True)
    found = await heard(weeks, promise)
    assert found is not None
    first = (await weeks.office.desk.read(asking.status_of, actor=acting(MIRA), request=promise.request)).ladder[0]
    assert (found.at, (found.to,)) == (first.at, first.to)
    assert found.to is not None
    assert (found.to.id, found.at) == (SAM.id, november(26, 17))
    assert found.missing == Missing(november(27, 9), date(2026, 11, 27))
    why = f"<@{SAM.id}> hears of it {when(found.at)}, because you are away from Fri 27 Nov"
    said = build_in_hand(promise, found, MIRA.id, now=weeks.now)
    assert "nothing more" not in said
    assert why.replace(" Nov", "") in said.replace(" Nov", "")
    shown = await direct_message(weeks)
    assert "nothing more comes" not in shown
    assert f"It is in hand; <@{SAM.id}> hears of it {when(found.at)}, because you are away from" in shown


async def test_what_was_said_is_what_comes(weeks: Weeks) -> None:
    promise = await taken(weeks, away=True)
    found = await heard(weeks, promise)
    assert found is not None
    before = len(weeks.story())
    await weeks.live_until(november(30, 9, 14))
    at, who, _ = weeks.story()[before:][0]
    assert (at, who) == (f"{found.at:%a %H:%M}", SAM.id)


async def test_who_stays_hears_that_nothing_more_comes(weeks: Weeks) -> None:
    promise = await taken(weeks, away=False)
    assert await heard(weeks, promise) is None
    said = build_in_hand(promise, None, MIRA.id, now=weeks.now)
    assert said == f"Noted: nothing more comes before it is {when(DUE, 'due ')}."
    assert "It is in hand: nothing more comes before then." in await direct_message(weeks)


@pytest.mark.parametrize(
    ("to", "reader", "words"),
    [
        (SAM, MIRA.id, f"<@{SAM.id}> hears of it"),
        (SAM, SAM.id, "you hear of it"),
        (None, MIRA.id, "the team channel hears of it"),
    ],
)
def test_nobody_is_named_to_themselves(to: Member | None, reader: str, words: str) -> None:
    found = HandedOn(november(26, 17), to, MIRA)
    promise = Promise(1, 1, PromiseKind.HEAR, DUE, november(26, 9), 1, Outcome.OPEN, None)
    said = build_in_hand(promise, found, reader, now=november(26, 16))
    assert words in said
    assert ("you go away before that" if reader == MIRA.id else f"<@{MIRA.id}> goes away before that") in said
