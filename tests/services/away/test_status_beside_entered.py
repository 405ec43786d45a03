"""A Slack status and what was entered for the same time, in every order. Monday 23 November 2026, 08:00 UTC."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.away.absence_words import Spell
from bot.domain.away.away import AwayShown
from bot.domain.away.away_signs import Status
from bot.domain.people import Member
from bot.services.away import absences, entering, statuses
from bot.services.context import Context
from bot.services.nudges import replanning
from bot.store import absences as stored
from bot.store import tables as t
from tests.services.aims import OFFICE_HOURS, works
from tests.support.office import JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)
FRIDAY = datetime(2026, 11, 27, 16, tzinfo=UTC)
VACATION = Status("Vacationing", ":palm_tree:", FRIDAY)
ENDLESS = Status("Vacationing", ":palm_tree:")


async def says(office: Office, said: Status) -> None:
    await office.desk.do(statuses.status_changed, user=MIRA.id, said=said)


async def enters(
    office: Office, hours: float, *, by: Member = JONAS, after: float = 0, instead_of: int | None = None
) -> AwayShown:
    starts_at = office.now + after * HOUR
    return await office.desk.do(
        entering.enter_absence,
        actor=acting(by),
        member=MIRA.id,
        starts_at=starts_at,
        ends_at=starts_at + hours * HOUR,
        instead_of=instead_of,
    )


async def takes_back(office: Office, absence: int, by: Member = JONAS) -> None:
    await office.desk.do(absences.take_back, actor=acting(by), absence=absence)


async def is_back(office: Office) -> None:
    await office.desk.do(absences.come_back, actor=acting(MIRA))


async def away(office: Office) -> list[Spell]:
    """Return when Mira is away from now on; whoever is away has been so since now."""

    def read(ctx: Context) -> list[Spell]:
        with ctx.store.reading() as tx:
            found = stored.spells_of(tx, MIRA.id, after=ctx.now)
            return [(max(start, ctx.now), end) for start, end in found]

    return await office.desk.read(read)


@pytest.mark.parametrize("by", [MIRA, JONAS])
async def test_a_status_goes_on_after_what_is_entered_while_it_is_set(office: Office, by: Member):
    await says(office, VACATION)
    office.later(minutes=10)
    entered = await enters(office, 3, by=by)
    assert await away(office) == [(office.now, FRIDAY)]
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    spells = [each.spell for each in form.entered]
    assert spells == [entered.absence.spell, (entered.absence.over_at, FRIDAY)], "each has its own time in the list"


async def test_a_status_goes_on_when_what_was_entered_is_taken_back(office: Office):
    entered = await enters(office, 30)
    office.later(minutes=10)
    await says(office, VACATION)
    office.later(minutes=10)
    await takes_back(office, entered.absence.id)
    assert await away(office) == [(office.now, FRIDAY)]


@pytest.mark.parametrize("until", [3 * HOUR, 29 * HOUR, 30 * HOUR, None])
async def test_a_status_that_added_nothing_counts_once_what_was_entered_is_taken_back(
    office: Office, until: timedelta | None
):
    entered = await enters(office, 30)
    ends_at = office.now + until if until else None
    await says(office, Status("sick", "", ends_at))
    office.later(minutes=10)
    await takes_back(office, entered.absence.id)
    [(starts_at, over_at)] = await away(office)
    assert starts_at == office.now
    assert over_at == ends_at or (ends_at is None and over_at > office.now + timedelta(days=300))


@pytest.mark.parametrize(("passed", "is_away"), [(HOUR - timedelta(seconds=1), True), (HOUR, False), (2 * HOUR, False)])
async def test_a_status_that_expired_within_what_was_entered_is_over_when_that_is_taken_back(
    office: Office, passed: timedelta, is_away: bool
):
    ends_at = office.now + HOUR
    await says(office, Status("sick", "", ends_at))
    entered = await enters(office, 30)
    office.desk.clock.move(passed)
    await takes_back(office, entered.absence.id)
    assert await away(office) == ([(office.now, ends_at)] if is_away else [])


@pytest.mark.parametrize("following", [Status(), Status("Deep work", ":headphones:")])
async def test_a_status_that_was_cleared_meanwhile_does_not_come_again(office: Office, following: Status):
    await says(office, VACATION)
    entered = await enters(office, 30)
    await says(office, following)
    assert await away(office) == [entered.absence.spell]
    office.later(minutes=10)
    await takes_back(office, entered.absence.id)
    assert await away(office) == []


async def test_who_came_back_stays_back_whatever_is_entered_and_taken_back_after(office: Office):
    await says(office, VACATION)
    await enters(office, 3)
    office.later(minutes=10)
    await is_back(office)
    assert await away(office) == []
    office.later(minutes=10)
    entered = await enters(office, 3)
    assert await away(office) == [entered.absence.spell]
    office.later(minutes=10)
    await takes_back(office, entered.absence.id)
    await says(office, VACATION)
    assert await away(office) == [], "the status is the one that they came back from"
    await says(office, Status("sick", "", FRIDAY))
    assert await away(office) == [(office.now, FRIDAY)], "this is another one"


@pytest.mark.parametrize("said", [VACATION, ENDLESS])
async def test_who_came_back_while_the_status_added_nothing_stays_back(office: Office, said: Status):
    await enters(office, 200, by=MIRA)
    await says(office, said)
    office.later(minutes=10)
    await is_back(office)
    entered = await enters(office, 3)
    await takes_back(office, entered.absence.id)
    assert await away(office) == []


@pytest.mark.parametrize("by", [MIRA, SAM])
async def test_an_absence_by_status_that_is_taken_back_does_not_come_again(office: Office, by: Member):
    await says(office, VACATION)
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    await takes_back(office, form.entered[0].id, by=by)
    entered = await enters(office, 3)
    assert await away(office) == [entered.absence.spell]


async def test_a_status_follows_at_once_when_a_shorter_absence_is_taken_instead(office: Office):
    entered = await enters(office, 30)
    await says(office, VACATION)
    office.later(minutes=10)
    await enters(office, 3, instead_of=entered.absence.id)
    assert await away(office) == [(office.now, FRIDAY)]
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    assert len(form.entered) == 2


async def test_a_status_follows_at_once_when_what_was_to_be_entered_instead_is_there_already(office: Office):
    first = await enters(office, 3)
    second = await enters(office, 24, after=3)
    await says(office, VACATION)
    office.later(minutes=10)
    spell = {"starts_at": second.absence.starts_at, "ends_at": second.absence.over_at}
    facts = {"actor": acting(JONAS), "member": MIRA.id, "instead_of": first.absence.id, **spell}
    shown = await office.desk.do(entering.enter_absence, **facts)
    assert shown.absence.id == second.absence.id
    assert await away(office) == [(office.now, FRIDAY)]


@pytest.mark.parametrize("due", [26 * HOUR, 80 * HOUR, 120 * HOUR])
async def test_promises_are_planned_by_what_the_status_adds(office: Office, due: timedelta):
    """Once by what was entered and taken back, once by what was entered while the status is set."""
    works(office, OFFICE_HOURS)
    await office.send((await office.webhook()).request, due=due)
    entered = await enters(office, 100)
    await says(office, VACATION)
    office.later(minutes=10)
    await takes_back(office, entered.absence.id)
    await is_planned_as_if_anew(office)
    await enters(office, 3)
    await is_planned_as_if_anew(office)


async def is_planned_as_if_anew(office: Office) -> None:
    def planned(ctx: Context) -> list[object]:
        query = select(t.promise.c.id, t.promise.c.next_at, t.promise.c.hours).order_by(t.promise.c.id)
        with ctx.store.writing() as tx:
            before = [tuple(row) for row in tx.execute(query)]
            replanning.replan_member(tx, ctx, MIRA.id)
            assert [tuple(row) for row in tx.execute(query)] == before
            return before

    assert await office.desk.do(planned)


async def test_a_status_fills_the_time_between_two_absences(office: Office):
    await enters(office, 3)
    await enters(office, 3, after=24)
    await says(office, VACATION)
    assert await away(office) == [(office.now, FRIDAY)]


async def test_what_is_taken_back_before_it_began_leaves_the_status(office: Office):
    first = await enters(office, 3)
    second = await enters(office, 24, after=3)
    await says(office, VACATION)
    assert await away(office) == [(office.now, FRIDAY)]
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    assert form.entered[-1].spell == (second.absence.over_at, FRIDAY), "it counts after both, in the list too"
    await takes_back(office, second.absence.id)
    assert await away(office) == [(office.now, FRIDAY)]
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    assert [each.starts_at for each in form.entered] == [office.now, first.absence.over_at]


@pytest.mark.parametrize("entered_first", [True, False])
async def test_a_status_without_an_end_goes_on_after_what_a_colleague_entered(office: Office, entered_first: bool):
    began = office.now
    for is_entering in (entered_first, not entered_first):
        await (enters(office, 3) if is_entering else says(office, ENDLESS))
        office.later(minutes=10)
    [(starts_at, over_at)] = await away(office)
    assert starts_at == office.now
    assert over_at > began + timedelta(days=300)
    await says(office, Status())
    [(_, over_at)] = await away(office)
    assert over_at <= began + 3 * HOUR + timedelta(minutes=10), "it was cleared, what was entered stands"


@pytest.mark.parametrize("entered_first", [True, False])
async def test_a_status_without_an_end_ends_with_what_they_entered_themselves(office: Office, entered_first: bool):
    ends_at = office.now + 30 * HOUR
    for is_entering in (entered_first, not entered_first):
        if is_entering:
            await office.desk.do(entering.enter_absence, actor=acting(MIRA), starts_at=office.now, ends_at=ends_at)
        else:
            await says(office, ENDLESS)
        office.later(minutes=10)
    assert await away(office) == [(office.now, ends_at)]
    office.later(hours=30)
    assert await away(office) == []
    entered = await enters(office, 3)
    assert await away(office) == [entered.absence.spell], "they said when it ends, and it has ended"


async def test_of_two_changes_while_nobody_listened_the_last_one_counts_beside_what_was_entered(office: Office):
    await says(office, VACATION)
    await enters(office, 3)
    office.later(minutes=10)
    heard = await office.desk.read(statuses.last_heard)
    later = FRIDAY + 24 * HOUR
    found = {MIRA.id: Status("Still vacationing", ":palm_tree:", later)}
    assert await office.desk.do(statuses.statuses_read, found=found, heard=heard) == 1
    assert await away(office) == [(office.now, later)]
    await office.desk.do(statuses.statuses_read, found={MIRA.id: Status()}, heard=heard)
    [(_, over_at)] = await away(office)
    assert over_at < office.now + 3 * HOUR, "cleared while nobody listened: what was entered stands alone"


async def test_the_answer_says_that_the_status_counts_after_what_is_entered(office: Office):
    await says(office, VACATION)
    assert (await enters(office, 3, by=MIRA)).notes == (
        "Your Slack status counts after that, until Fri 27 Nov, 18:00.",
    )
    await is_back(office)
    await says(office, ENDLESS)
    assert (await enters(office, 3)).notes == ("Mira's Slack status counts after that, for as long as it is set.",)
    await is_back(office)
    assert (await enters(office, 3)).notes == ()


@pytest.mark.parametrize("entered_first", [True, False])
async def test_the_list_is_the_same_in_every_order(office: Office, entered_first: bool):
    """Due within, due in the time that the status adds, due after both."""
    requests = [(await office.webhook()).request for _ in range(3)]
    for request, hours in zip(requests, (2, 3.5, 200), strict=True):
        await office.send(request, due=hours * HOUR)
    entered = None
    for is_entering in (entered_first, not entered_first):
        if is_entering:
            entered = await enters(office, 3)
        else:
            await says(office, VACATION)
    assert entered is not None
    shown = await office.desk.read(absences.absence_shown, actor=acting(MIRA), absence=entered.absence.id)
    assert [(item.request.id, item.due) for item in shown.falling] == [(requests[0], True), (requests[1], False)]
    assert {item.hears.id if item.hears else "" for item in shown.falling} == {SAM.id}, "she hears nothing herself"
