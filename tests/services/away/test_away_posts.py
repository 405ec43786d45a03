"""When whoever stands in hears of it. It is Monday 23 November 2026, 10:00 in Helsinki, 03:00 in New York."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.hours.calendars import CalendarRules, parse_week
from bot.domain.people import Member
from bot.services.away import absences, entering
from bot.services.context import Context
from bot.services.requests import claiming
from bot.store import people
from tests.support.office import JONAS, MIRA, SAM, Office, acting

OPENS = datetime(2026, 11, 23, 14, tzinfo=UTC)
"""09:00 in New York."""


@pytest.fixture
async def office(office: Office) -> Office:
    """The team works from Monday to Friday, 09:00 to 17:00, each by their own clock."""
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
    office.desk.policy = replace(office.desk.policy, calendar=rules)
    return office


async def away(office: Office, when: str, *, by: Member = MIRA, **how: Any) -> int:
    shown = await office.desk.do(entering.say_away, actor=acting(by), when=when, **how)
    return shown.absence.id


async def promised(office: Office, due_at: datetime) -> int:
    received = await office.webhook()
    await office.send(received.request, due=due_at - office.now)
    return received.request


async def letters(office: Office) -> list[str]:
    """Return what about absences is delivered now, as "what:recipient"."""
    rows = [row for row in await office.deliver() if row.kind == "away"]
    return [f"{row.payload['what']}:{row.recipient}" for row in rows]


def to(office: Office, instant: datetime) -> None:
    office.desk.clock.move(instant - office.now)


STANDS_IN = f"stands_in:{SAM.id}"


async def test_who_sleeps_hears_at_their_next_opening(office: Office):
    await away(office, "until Fri", cover=SAM.id)
    assert await letters(office) == []
    to(office, OPENS - timedelta(microseconds=1))
    assert await letters(office) == []
    to(office, OPENS)
    assert await letters(office) == [STANDS_IN]
    assert await letters(office) == []


async def test_who_is_at_work_hears_at_once(office: Office):
    await away(office, "until Fri", cover=JONAS.id)
    assert await letters(office) == [f"stands_in:{JONAS.id}"]


async def test_do_not_disturb_is_waited_for(office: Office):
    def quiet(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            people.change_member(tx, JONAS.id, dnd_until=ctx.now + timedelta(hours=2))

    await office.desk.do(quiet)
    await away(office, "until Fri", cover=JONAS.id)
    office.later(hours=1, minutes=59)
    assert await letters(office) == []
    office.later(minutes=1)
    assert await letters(office) == [f"stands_in:{JONAS.id}"]


@pytest.mark.parametrize(
    ("due_at", "at_once"),
    [
        (OPENS - timedelta(hours=2), True),
        (OPENS, True),
        (OPENS + timedelta(hours=1, microseconds=-1), True),
        (OPENS + timedelta(hours=1), False),
        (OPENS + timedelta(days=2), False),
    ],
)
async def test_what_would_leave_them_less_than_an_hour_is_told_at_once(office: Office, due_at: datetime, at_once: bool):
    await promised(office, due_at)
    await away(office, "until Fri", cover=SAM.id)
    assert await letters(office) == ([STANDS_IN] if at_once else [])


async def test_what_was_handed_over_meanwhile_wakes_nobody(office: Office):
    request = await promised(office, OPENS)
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri", cover=SAM.id)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    assert STANDS_IN not in await letters(office)


async def test_what_is_held_holds_nothing_else_up(office: Office):
    await away(office, "until Fri", cover=SAM.id)
    assert await letters(office) == []
    await away(office, "4 Dec", by=JONAS, member=SAM.id)
    assert await letters(office) == [f"entered:{SAM.id}"]


async def test_what_was_taken_back_before_they_were_told_is_never_told(office: Office):
    absence = await away(office, "until Fri", cover=SAM.id)
    assert await letters(office) == []
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    to(office, OPENS)
    assert await letters(office) == []


async def test_that_they_no_longer_stand_in_waits_for_their_opening_too(office: Office):
    absence = await away(office, "until 2 Dec", cover=SAM.id)
    to(office, OPENS)
    assert await letters(office) == [STANDS_IN]
    office.later(hours=10)
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    assert await letters(office) == []
    to(office, OPENS + timedelta(days=1))
    assert await letters(office) == [f"no_longer:{SAM.id}"]
