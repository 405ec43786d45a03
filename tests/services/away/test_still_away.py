"""What is said of taking an absence back while a Slack status counts beside it. Monday 23 November 2026, 08:00 UTC."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.away.absences import LONGEST
from bot.domain.away.away import StillAway
from bot.domain.away.away_signs import Status
from bot.services.away import absences, entering, statuses
from tests.support.absences import is_working
from tests.support.office import JONAS, MIRA, Office, acting

FRIDAY = datetime(2026, 11, 27, 16, tzinfo=UTC)
HOLIDAY = Status("On holiday", ":palm_tree:", FRIDAY)
SECOND = timedelta(seconds=1)


async def enters(office: Office) -> int:
    shown = await office.desk.do(
        entering.enter_absence,
        actor=acting(JONAS),
        member=MIRA.id,
        starts_at=office.now,
        ends_at=office.now + timedelta(hours=3),
    )
    return shown.absence.id


async def says(office: Office, said: Status) -> None:
    await office.desk.do(statuses.status_changed, user=MIRA.id, said=said)


async def still(office: Office, absence: int) -> StillAway | None:
    """Return what the list of an absence says of a status; the window says the same."""
    shown = await office.desk.read(absences.absence_shown, actor=acting(MIRA), absence=absence)
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    assert shown.still == form.still
    return shown.still


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (HOLIDAY, StillAway("On holiday", FRIDAY)),
        (Status("On holiday", ":palm_tree:"), StillAway("On holiday")),
        (Status("", ":palm_tree:", FRIDAY), StillAway(":palm_tree:", FRIDAY)),
        (Status("Deep work", ":headphones:", FRIDAY), None),
        (Status(), None),
    ],
)
async def test_a_status_that_counts_is_named_before_and_after(
    office: Office, said: Status, expected: StillAway | None
) -> None:
    await says(office, said)
    absence = await enters(office)
    assert await still(office, absence) == expected
    await office.desk.do(absences.take_back, actor=acting(JONAS), absence=absence)
    assert await still(office, absence) == expected
    assert await is_working(office, MIRA, office.now + SECOND) is (expected is None)


@pytest.mark.parametrize(
    ("until", "passed", "named"),
    [
        (timedelta(hours=1), timedelta(hours=1) - SECOND, True),
        (timedelta(hours=1), timedelta(hours=1), False),
        (timedelta(hours=1), timedelta(days=3), False),
        (None, LONGEST - SECOND, True),
        (None, LONGEST, False),
    ],
)
async def test_a_status_is_named_for_as_long_as_it_counts(
    office: Office, until: timedelta | None, passed: timedelta, *, named: bool
) -> None:
    await says(office, Status("On holiday", ":palm_tree:", office.now + until if until else None))
    absence = await enters(office)
    office.desk.clock.move(passed)
    assert (await still(office, absence) is not None) is named


async def test_who_came_back_is_away_by_no_status(office: Office) -> None:
    await says(office, HOLIDAY)
    absence = await enters(office)
    await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert await still(office, absence) is None
