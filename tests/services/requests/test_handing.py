"""What a new owner is told of the one before. It is Monday 23 November 2026, 10:00 in Helsinki."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.hours.calendars import CalendarRules, parse_week
from bot.domain.people import Member
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.services.away import absences, entering
from bot.services.outbox import beginning, delivering
from bot.services.requests import claiming, moving
from tests.support.office import JONAS, MIRA, SAM, Office, acting


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
async def office(office: Office) -> Office:
    """The team works from Monday to Friday, 09:00 to 17:00, each by their own clock."""
    rules = CalendarRules(tz="Europe/Helsinki", week=parse_week("Mon-Fri 09:00-17:00"))
    office.desk.policy = replace(office.desk.policy, calendar=rules)
    return office


async def promised(office: Office, due: timedelta) -> int:
    request = (await office.webhook()).request
    await office.send(request, due=due)
    return request


async def handed(office: Office, request: int, *, by: Member = MIRA) -> NudgeItem:
    """Hand a request over to Jonas, who is at work; return what he reads."""
    await office.deliver()
    await office.desk.do(claiming.hand_over, actor=acting(by), request=request, to=JONAS.id)
    found: list[NudgeItem] = []
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        job = await office.desk.do(beginning.begin, row=row)
        if job is not None and job.way == "nudge":
            found += [item for item in job.snapshot.items if item.kind is ItemKind.HANDED_OVER]
    [item] = found
    return item


async def test_who_is_away_is_so_until_the_end_that_was_entered(office: Office):
    request = await promised(office, timedelta(hours=5))
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri")
    item = await handed(office, request)
    assert (item.by and item.by.id, item.was and item.was.id) == (MIRA.id, MIRA.id)
    assert (item.away_from, item.back_at) == (None, at("2026-11-27T22:00"))
    assert (item.away_days, item.away_until) == ("", "until the end of Fri 27 Nov")


@pytest.mark.parametrize(
    ("due", "away"),
    [
        (timedelta(hours=5), (None, None)),
        (timedelta(hours=29), (at("2026-11-23T22:00"), at("2026-11-24T22:00"))),
    ],
)
async def test_an_absence_that_is_still_to_come_counts_for_what_falls_into_it(office: Office, due, away):
    request = await promised(office, due)
    await office.desk.do(entering.say_away, actor=acting(MIRA), when="tomorrow")
    item = await handed(office, request)
    assert (item.away_from, item.back_at) == away


@pytest.mark.parametrize(
    ("when", "days", "until", "ends_at"),
    [
        ("tomorrow", "on Tue 24 Nov", "until the end of Tue 24 Nov", "2026-11-24T22:00"),
        ("24 Nov - 26 Nov", "from Tue 24 Nov until the end of Thu 26 Nov", "until the end of Thu 26 Nov", None),
        ("from Tue 10:00 until Wed", "", "until the end of Wed 25 Nov", "2026-11-25T22:00"),
        ("tomorrow 14:00-16:30", "", "", "2026-11-24T14:30"),
    ],
)
async def test_it_names_one_end_and_whole_days_by_their_names(
    office: Office, when: str, days: str, until: str, ends_at: str | None
):
    """Whoever gets it may be the stand-in, who is told of the same absence in the same minute."""
    request = await promised(office, timedelta(hours=29))
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when=when)
    item = await handed(office, request)
    assert (item.away_days, item.away_until, item.back_at) == (days, until, shown.absence.ends_at)
    assert ends_at is None or item.back_at == at(ends_at)


async def test_what_was_taken_back_is_no_reason(office: Office):
    request = await promised(office, timedelta(hours=29))
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="tomorrow")
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=shown.absence.id)
    assert (await handed(office, request)).back_at is None


async def test_the_lead_hands_over_what_somebody_else_had(office: Office):
    request = await promised(office, timedelta(hours=5))
    item = await handed(office, request, by=SAM)
    assert (item.by and item.by.id, item.was and item.was.id, item.back_at) == (SAM.id, MIRA.id, None)


async def test_what_nobody_had_comes_from_whoever_gave_it(office: Office):
    item = await handed(office, (await office.webhook()).request)
    assert (item.by and item.by.id, item.was) == (MIRA.id, None)


async def handed_while_away(office: Office) -> tuple[int, int]:
    """Let Mira, who will be away, hand a request to Jonas; return it and the absence. He has heard nothing yet."""
    request = await promised(office, timedelta(hours=29))
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="tomorrow")
    await office.deliver()
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    return request, shown.absence.id


async def news(office: Office) -> list[NudgeItem]:
    """Return what is about to leave of things that changed hands."""
    found: list[NudgeItem] = []
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        job = await office.desk.do(beginning.begin, row=row)
        if job is not None and job.way == "nudge":
            found += [item for item in job.snapshot.items if item.kind is ItemKind.HANDED_OVER]
    return found


async def test_who_is_not_away_after_all_is_not_said_to_be_when_the_news_leaves(office: Office):
    _, absence = await handed_while_away(office)
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=absence)
    [item] = await news(office)
    assert (item.was and item.was.id, item.away_from, item.back_at) == (MIRA.id, None, None)


async def test_news_of_what_was_taken_back_meanwhile_never_leaves(office: Office):
    request, _ = await handed_while_away(office)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=MIRA.id)
    assert await news(office) == []


async def test_news_of_what_was_closed_meanwhile_never_leaves(office: Office):
    request, _ = await handed_while_away(office)
    await office.desk.do(moving.close_request, actor=acting(MIRA), request=request)
    assert await news(office) == []
