"""Entering an absence, on both databases. It is Monday 23 November 2026, 10:00 in Helsinki (08:00 UTC)."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.commands.slash import parse
from bot.domain.commands.slash_commands import SLASH, Verb
from bot.domain.people import Actor
from bot.errors import FieldError, NotAMemberError, RefusedError
from bot.services.away import absences, entering
from bot.services.context import Context
from bot.store import people
from tests.support.absences import at, away, is_working
from tests.support.office import JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("when", "how", "field", "sentence"),
    [
        ("16:00-14:00", {}, "until", "That ends before it starts: from Mon 23 Nov, 16:00 until Mon 23 Nov, 14:00."),
        ("until 09:59", {}, "until", "09:59 is past: it is 10:00 now."),
        ("until 10:00", {}, "until", "10:00 is past: it is 10:00 now."),
        ("yesterday", {}, "until", "Yesterday is over."),
        ("until yesterday", {}, "until", "Yesterday is over."),
        ("until yesterday noon", {}, "until", "Sun 22 Nov, 12:00 is past."),
        ("18 Nov 2026 - 20 Nov 2026", {}, "until", "Fri 20 Nov is over."),
        ("2 Dec 2027 - 4 Dec 2027", {}, "from", "more than a year away"),
        ("until 31 Dec 2072", {}, "until", "an absence lasts three years at most"),
        ("tomorrow at 25:00", {}, "from", "There is no 25:00"),
        ("30 Feb", {}, "from", "There is no 30 Feb."),
        ("until Fri", {"cover": MIRA.id}, "stand_in", "You cannot stand in for yourself. Name a colleague, or"),
        ("until Fri", {"cover": "@mira"}, "stand_in", "You cannot stand in for yourself. Name a colleague, or"),
        ("until Fri", {"cover": "U0NOBODY"}, "stand_in", "<@U0NOBODY> is not in your team."),
        ("until Fri", {"cover": "URSULA"}, "stand_in", "I know nobody named “URSULA”"),
        ("until Fri", {"cover": "the intern"}, "stand_in", "I know nobody named “the intern”"),
        (
            "until Fri",
            {"by": SAM, "member": MIRA.id, "cover": MIRA.id},
            "stand_in",
            "Mira cannot stand in for themselves.",
        ),
    ],
)
async def test_what_cannot_be_entered_is_said_at_its_place(
    office: Office, when: str, how: Any, field: str, sentence: str
):
    with pytest.raises(FieldError) as refused:
        await away(office, when, **how)
    assert refused.value.field == field
    assert sentence in refused.value.sentence
    assert await is_working(office, MIRA, office.now)


@pytest.mark.parametrize(
    ("when", "taken"),
    [
        ("Thu", True),
        ("Thu 23:59 - Fri 08:00", True),
        ("Wed - Sun", True),
        ("Thu 09:00-10:00", True),
        ("Wed", False),
        ("Fri", False),
        ("Wed 12:00 - Thu 00:00", False),
        ("from Wed 12:00 until Thu 00:01", True),
    ],
)
async def test_two_absences_may_touch_but_not_overlap(office: Office, when: str, taken: bool):
    first = await away(office, "Thu")
    if not taken:
        assert (await away(office, when)).absence.id != first.absence.id
        return
    with pytest.raises(entering.TakenError) as refused:
        await away(office, when)
    assert refused.value.absence.id == first.absence.id
    assert "You are away then already: on Thu 26 Nov." in refused.value.sentence


async def test_one_that_is_there_can_be_exchanged_for_the_new_one(office: Office):
    first = await away(office, "Thu")
    with pytest.raises(entering.TakenError) as refused:
        await away(office, "Wed - Fri", cover=JONAS.id)
    spell, cover = refused.value.spell, refused.value.stand_in
    shown = await office.desk.do(
        entering.enter_absence,
        actor=acting(MIRA),
        starts_at=spell[0],
        ends_at=spell[1],
        stand_in=cover,
        instead_of=first.absence.id,
    )
    assert shown.stand_in is not None
    assert shown.stand_in.id == JONAS.id
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    assert [each.id for each in form.entered] == [shown.absence.id]


@pytest.mark.parametrize("later", [0, 90])
async def test_a_press_that_comes_twice_enters_once(office: Office, later: int):
    asked = {"starts_at": office.now - HOUR, "ends_at": office.now + 400 * 24 * HOUR, "stand_in": JONAS.id}
    first = await office.desk.do(entering.enter_absence, actor=acting(MIRA), meant=True, **asked)
    office.later(seconds=later)
    again = await office.desk.do(entering.enter_absence, actor=acting(MIRA), meant=True, **asked)
    assert again.absence == first.absence
    for changed in ({"stand_in": SAM.id}, {"ends_at": office.now + HOUR}, {"starts_at": office.now + HOUR}):
        with pytest.raises(entering.TakenError):
            await office.desk.do(entering.enter_absence, actor=acting(MIRA), meant=True, **{**asked, **changed})


async def test_one_that_is_exchanged_twice_is_exchanged_once(office: Office):
    first = await away(office, "Thu")
    asked = {"starts_at": at("2026-11-25T06:00"), "ends_at": at("2026-11-27T06:00"), "instead_of": first.absence.id}
    once = await office.desk.do(entering.enter_absence, actor=acting(MIRA), **asked)
    office.later(seconds=2)
    assert (await office.desk.do(entering.enter_absence, actor=acting(MIRA), **asked)).absence == once.absence


async def test_of_two_who_enter_one_at_once_one_wins_and_the_other_sees_it(office: Office):
    answers = await asyncio.gather(
        *(away(office, when, by=by, member=MIRA.id) for when, by in (("until Fri", MIRA), ("until Thu", SAM)) * 3),
        return_exceptions=True,
    )
    won = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(won) == 1
    assert all(isinstance(answer, entering.TakenError) for answer in answers if answer is not won[0])
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    assert [each.id for each in form.entered] == [won[0].absence.id]


@pytest.mark.parametrize(
    ("from_now", "until_now"),
    [(HOUR, 366 * 24 * HOUR + HOUR), (timedelta(), 366 * 24 * HOUR), (timedelta(), 366 * 24 * HOUR + HOUR)],
)
async def test_up_to_a_year_is_taken_at_once_and_more_when_it_is_meant(
    office: Office, from_now: timedelta, until_now: timedelta
):
    asked = {"starts_at": office.now + from_now, "ends_at": office.now + until_now}
    if until_now - from_now > 366 * 24 * HOUR:
        with pytest.raises(entering.LongAbsenceError, match="Is it meant so"):
            await office.desk.do(entering.enter_absence, actor=acting(MIRA), **asked)
        asked["meant"] = True
    shown = await office.desk.do(entering.enter_absence, actor=acting(MIRA), **asked)
    assert shown.absence.ends_at == asked["ends_at"]


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "field"),
    [
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC), "from"),
        (datetime(2026, 11, 24, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "until"),
        (datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), "until"),
    ],
)
async def test_times_at_the_ends_of_the_calendar_are_refused_at_their_field(
    office: Office, starts_at: datetime, ends_at: datetime, field: str
):
    with pytest.raises(FieldError) as refused:
        await office.desk.do(
            entering.enter_absence, actor=acting(MIRA), starts_at=starts_at, ends_at=ends_at, meant=True
        )
    assert refused.value.field == field


async def test_somebody_who_is_away_then_cannot_stand_in(office: Office):
    await away(office, "Thu - Fri", by=JONAS)
    with pytest.raises(FieldError, match="Then Jonas is away too"):
        await away(office, "Thu", cover=JONAS.id)
    shown = await away(office, "23 Nov - 4 Dec", cover=JONAS.id)
    assert shown.notes == ("Jonas is away for a part of it; whoever stands in for them hears then.",)


async def test_whoever_is_not_in_the_team_can_neither_be_away_nor_stand_in_nor_enter_it(office: Office):
    def leave(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            people.deactivate_member(tx, JONAS.id)

    await office.desk.do(leave)
    with pytest.raises(FieldError):
        await away(office, "until Fri", cover=JONAS.id)
    with pytest.raises(RefusedError):
        await away(office, "until Fri", member=JONAS.id)
    with pytest.raises(NotAMemberError):
        await away(office, "until Fri", by=JONAS)
    with pytest.raises(NotAMemberError):
        await office.desk.do(absences.come_back, actor=Actor("U0CARLA", "T0ACME"))


async def test_stand_ins_are_followed_and_without_one_the_lead_hears(office: Office):
    alone = await away(office, "Thu")
    assert (alone.stand_in and alone.stand_in.id, alone.chosen) == (SAM.id, False)
    await away(office, "Tue", by=JONAS, cover=SAM.id)
    followed = await away(office, "Wed", cover=JONAS.id)
    assert followed.stand_in is not None
    assert followed.stand_in.id == JONAS.id
    lead = await away(office, "Wed", by=SAM)
    assert lead.stand_in is None


@pytest.mark.parametrize(
    "typed",
    [
        "until", "until 5 min", "until -1h", "bis Freitag", "until 9999-12-31", "until yesterday", "tomorrow at 25:00",
        "from Fri", "from 16:00 until 14:00", "\U0001f334", "until Fri \U0001f334", "x" * 10_000, "9-12", "until 09:00",
        "for ever", "until 31 Dec 2072", "2 Dec 2027 - 4 Dec 2027",
    ],
)  # fmt: skip
async def test_a_refusal_is_one_sentence_with_an_example_that_can_be_typed_as_it_stands(office: Office, typed: str):
    with pytest.raises(FieldError) as refused:
        await away(office, typed)
    assert len(refused.value.sentence) < 250
    [example] = re.findall(f"For example “{SLASH} (.*)”[.]$", refused.value.sentence)
    command = parse(example)
    assert command.verb is Verb.AWAY
    assert (await away(office, command.text, cover=command.cover)).absence.id


@pytest.mark.parametrize("who", ["@Jonas", "@jonas", JONAS.id, f"@{JONAS.id}"])
async def test_whoever_is_away_and_whoever_stands_in_can_be_named_when_a_line_is_copied_back(office: Office, who: str):
    shown = await away(office, "until Fri", by=SAM, member=who, cover="@mira")
    assert shown.member.id == JONAS.id
    form = await office.desk.read(absences.away_form, actor=acting(MIRA), member=who)
    assert [each.id for each in form.entered] == [shown.absence.id]


@pytest.mark.parametrize("who", ["@nobody", "@", "@U0NOBODY"])
async def test_nobody_is_away_whom_nobody_knows(office: Office, who: str):
    with pytest.raises(RefusedError):
        await away(office, "until Fri", member=who)
