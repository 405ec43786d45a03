"""A status without an end counts for a year, and not again after that while it stays set."""

from datetime import timedelta

import pytest

from bot.domain.away.absences import LONGEST, Absence, Source
from bot.domain.away.away_signs import Status
from bot.services.away import absences, entering, returning, statuses
from tests.support.office import JONAS, MIRA, SAM, Office, acting

DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)
VACATION = Status("On holiday", ":palm_tree:", None)


async def away(office: Office) -> tuple[Absence, ...]:
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    return form.entered


async def entered_by_jonas(office: Office, *, after: timedelta, lasts: timedelta = DAY) -> int:
    """Let Jonas enter a time away for Mira: a colleague does not know when her status ends."""
    begins = office.now + after
    shown = await office.desk.do(
        entering.enter_absence, actor=acting(JONAS), member=MIRA.id, starts_at=begins, ends_at=begins + lasts
    )
    return shown.absence.id


async def set_vacation(office: Office, said: Status = VACATION) -> None:
    await office.desk.do(statuses.status_changed, user=MIRA.id, said=said)


@pytest.mark.parametrize(
    ("past", "counts"),
    [(-MOMENT, True), (timedelta(), False), (MOMENT, False), (LONGEST, False)],
    ids=["just before", "at its end", "just after", "long after"],
)
async def test_what_is_entered_after_a_year_does_not_have_it_come_back(
    office: Office, past: timedelta, *, counts: bool
) -> None:
    await set_vacation(office)
    office.desk.clock.move(LONGEST + past)
    await office.desk.do(returning.summarise)
    later = await entered_by_jonas(office, after=30 * DAY)
    found = await away(office)
    assert [each.source is Source.STATUS for each in found] == [True, False][not counts :]
    await office.desk.do(absences.take_back, actor=acting(SAM), absence=later)
    assert len(await away(office)) == counts


async def test_it_does_not_begin_after_what_outlasts_it(office: Office) -> None:
    await entered_by_jonas(office, after=timedelta(), lasts=LONGEST)
    office.later(seconds=1)
    await set_vacation(office)
    [_, after] = await away(office)
    assert after.starts_at < office.now + LONGEST
    await entered_by_jonas(office, after=LONGEST - timedelta(seconds=1), lasts=2 * DAY)
    assert [each.source for each in await away(office)] == [Source.HOME] * 2


async def test_another_status_counts_anew(office: Office) -> None:
    await set_vacation(office)
    office.desk.clock.move(LONGEST)
    await set_vacation(office, Status("Sick", ":palm_tree:", None))
    assert [each.starts_at for each in await away(office)] == [office.now]
