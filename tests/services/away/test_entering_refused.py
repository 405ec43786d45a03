"""What must be mended first is said first. It is Monday 23 November 2026, 10:00 in Helsinki (08:00 UTC)."""

import pytest

from bot.errors import FieldError
from bot.services.away import entering
from bot.services.away.entering import LongAbsenceError, TakenError
from tests.support.absences import at, away
from tests.support.office import JONAS, MIRA, SAM, Office, acting


@pytest.mark.parametrize(
    ("cover", "sentence"), [(MIRA.id, "You cannot stand in for yourself."), (JONAS.id, "Then Jonas is away too.")]
)
async def test_who_cannot_stand_in_is_said_before_what_is_there_already(office: Office, cover: str, sentence: str):
    await away(office, "until Fri", by=JONAS)
    await away(office, "until Wed")
    with pytest.raises(FieldError) as refused:
        await away(office, "until Fri", cover=cover)
    assert (refused.value.field, refused.value.sentence.startswith(sentence)) == ("stand_in", True)


async def test_who_cannot_stand_in_is_said_before_it_is_asked_whether_it_is_meant(office: Office):
    with pytest.raises(FieldError, match="You cannot stand in for yourself"):
        await away(office, "until 24 Dec 2027", cover=MIRA.id)
    with pytest.raises(LongAbsenceError):
        await away(office, "until 24 Dec 2027", cover=SAM.id)


async def test_with_somebody_who_can_stand_in_what_is_there_already_is_said(office: Office):
    await away(office, "until Wed")
    with pytest.raises(TakenError):
        await away(office, "until Fri", cover=JONAS.id)


async def test_a_press_that_comes_twice_shows_what_it_entered_though_the_stand_in_has_gone_away_since(office: Office):
    asked = {"starts_at": at("2026-11-24T07:00"), "ends_at": at("2026-11-25T07:00"), "stand_in": JONAS.id}
    first = await office.desk.do(entering.enter_absence, actor=acting(MIRA), **asked)
    await away(office, "until Fri", by=JONAS)
    again = await office.desk.do(entering.enter_absence, actor=acting(MIRA), **asked)
    assert again.absence.id == first.absence.id


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("from Mon 12:00 until Mon 12:00", "That ends as it starts, Mon 23 Nov, 12:00."),
        (
            "from Mon 12:00 until Mon 11:59",
            "That ends before it starts: from Mon 23 Nov, 12:00 until Mon 23 Nov, 11:59.",
        ),
        ("25 Nov 2026 - 24 Nov 2026", "That ends before it starts: until Tue 24 Nov is before Wed 25 Nov."),
    ],
)
async def test_what_lasts_no_time_does_not_end_before_it_starts(office: Office, when: str, sentence: str):
    with pytest.raises(FieldError) as refused:
        await away(office, when)
    assert refused.value.field == "until"
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("when", "field"),
    [("next year", "from"), ("until next year", "until"), ("next month", "from"), ("this month", "from")],
)
async def test_a_year_or_month_is_asked_for_its_days_with_an_example(office: Office, when: str, field: str):
    with pytest.raises(FieldError) as refused:
        await away(office, when)
    named = when.removeprefix("until ")
    assert refused.value.sentence == (
        f"From which day until which day of “{named}”? For example “/headsup away 24 Dec - 2 Jan”."
    )
    assert refused.value.field == field
