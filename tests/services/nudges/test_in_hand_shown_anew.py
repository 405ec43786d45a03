"""What stands in a message about a promise in hand stays true when somebody's hours change after "I'm on it"."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.words import when
from bot.domain.away.away_signs import Status
from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.people import Member
from bot.domain.snapshots.nudge import Nudge
from bot.outbound.base import Receipt, Remote
from bot.services.away import absences, entering, statuses
from bot.services.outbox import beginning, recording
from bot.services.outbox.delivering import _lease
from bot.services.replies import promising
from bot.services.settings import calendar_saving, noticing_hours
from bot.store import Store
from tests.support.office import TEAM, acting
from tests.support.weeks import Weeks, close, weeks_of

WEEK = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")
NOTHING_MORE = "It is in hand: nothing more comes before then."


def november(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


DUE = november(30, 9, 15)
AWAY = (november(27, 16, 40), november(30, 12))


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Thursday 26 November at nine."""
    found = await weeks_of(store, november(26, 9), WEEK, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


@pytest.fixture(autouse=True)
async def in_hand(weeks: Weeks) -> None:
    """Mira has it in hand since Friday 16:20, and her message says so."""
    told = await weeks.promised(MIRA, DUE)
    await weeks.live_until(november(27, 16, 20))
    await weeks.office.desk.do(promising.take_on, actor=acting(MIRA), promise=told.id)
    assert await shown_anew(weeks) == [NOTHING_MORE]


async def shown_anew(weeks: Weeks) -> list[str]:
    """Return what Mira's message says from now on of what is in hand; nothing when it is not shown anew."""
    found = []
    for row in await weeks.office.desk.do(_lease, token="tests", most=20):
        job = await weeks.office.desk.do(beginning.begin, row=row)
        if job is None:
            continue
        if job.way == "nudge" and row.recipient == MIRA.id:
            assert isinstance(job.snapshot, Nudge)
            text = build_nudge(job.snapshot, now=weeks.now)["text"]
            found.append(text[max(0, text.find("It is in hand")) :].partition(" You hear")[0])
        remote = job.reference.remote or Remote(row.recipient or TEAM, f"{row.id}.000000")
        await weeks.office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return found


async def _look(weeks: Weeks) -> None:
    await weeks.office.desk.do(noticing_hours.notice_changed_hours)


async def test_an_absence_that_is_entered_after_it_was_taken_is_said_and_unsaid(weeks: Weeks) -> None:
    """Friday 16:40 is Mira's last minute before Monday noon: Jonas hears then."""
    shown = await weeks.office.desk.do(
        entering.enter_absence, actor=acting(MIRA), starts_at=AWAY[0], ends_at=AWAY[1], stand_in=JONAS.id
    )
    [said] = await shown_anew(weeks)
    assert said.startswith(f"It is in hand; <@{JONAS.id}> hears of it {when(AWAY[0])}, because you are away ")
    await weeks.office.desk.do(absences.take_back, actor=acting(MIRA), absence=shown.absence.id)
    assert await shown_anew(weeks) == [NOTHING_MORE]


async def test_a_stand_in_who_goes_away_too_is_named_no_more(weeks: Weeks) -> None:
    await weeks.office.desk.do(
        entering.enter_absence, actor=acting(MIRA), starts_at=AWAY[0], ends_at=AWAY[1], stand_in=JONAS.id
    )
    await shown_anew(weeks)
    await weeks.office.desk.do(entering.enter_absence, actor=acting(JONAS), starts_at=AWAY[0], ends_at=AWAY[1])
    [said] = await shown_anew(weeks)
    assert said.startswith(f"It is in hand; <@{SAM.id}> hears of it")


async def test_a_status_that_takes_them_away_at_once_ends_that_it_is_in_hand(weeks: Weeks) -> None:
    said = Status("Vacationing", ":palm_tree:", AWAY[1])
    await weeks.office.desk.do(statuses.status_changed, user=MIRA.id, said=said)
    [now] = await shown_anew(weeks)
    assert NOTHING_MORE not in now
    await weeks.office.desk.do(statuses.status_changed, user=MIRA.id, said=Status())
    assert await shown_anew(weeks) == [NOTHING_MORE]


async def test_other_hours_are_said_after_the_next_look(weeks: Weeks) -> None:
    await _look(weeks)
    await shown_anew(weeks)
    rules = CalendarRules(week=parse_week("Fri 09:00-16:40"))
    facts = {"actor": acting(MIRA), "member": MIRA.id, "rules": rules, "based_on": 0}
    await weeks.office.desk.do(calendar_saving.save_member_calendar, **facts)
    await _look(weeks)
    [said] = await shown_anew(weeks)
    assert said.startswith(f"It is in hand; <@{SAM.id}> hears of it {when(november(27, 16, 40))}, because you go away")


async def test_what_concerns_somebody_else_is_left_alone(weeks: Weeks) -> None:
    await weeks.office.desk.do(entering.enter_absence, actor=acting(JONAS), starts_at=AWAY[0], ends_at=AWAY[1])
    assert await shown_anew(weeks) == []
