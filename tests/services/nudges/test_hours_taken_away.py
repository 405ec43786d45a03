"""Who has a promise in hand, and whose hours are others then: the next one in line hears while there is time."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules, SpecialDay
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.promises import Promise
from bot.services.nudges import replanning
from bot.services.replies import promising
from bot.services.settings import calendar_saving, own_settings
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.store import Store
from tests.support.office import acting
from tests.support.weekdays import JONAS, MIRA, OFFICE, SAM, friday, monday, takes
from tests.support.weeks import Weeks, close, weeks_of

TOLD = ("Fri 16:15", MIRA.id, "before")
CLOSED_MONDAY = SpecialDay(date(2026, 11, 30))


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine; everybody works from nine to five, Sam leads."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    await found.office.desk.do(notice_changed_hours)
    yield found
    await close(found)


async def works(weeks: Weeks, week: str, *, days: tuple[SpecialDay, ...] = (), based_on: int = 0) -> None:
    rules = CalendarRules(tz="UTC", week=parse_week(week), days=days)
    await weeks.office.desk.do(
        calendar_saving.save_member_calendar, actor=acting(MIRA), member=MIRA.id, rules=rules, based_on=based_on
    )


async def closes(weeks: Weeks, *days: SpecialDay) -> None:
    await weeks.office.desk.do(
        calendar_saving.save_team_calendar, actor=acting(SAM), rules=replace(OFFICE, days=days), based_on=0
    )
    while await weeks.office.desk.do(replanning.replan_team):
        pass


async def taken_on_friday(weeks: Weeks) -> Promise:
    """Due on Monday at a quarter past nine; Mira heard at 16:15, and is on it since 16:20."""
    promise = await weeks.promised(MIRA, monday(9, 15))
    await weeks.live_until(friday(16, 20))
    await takes(weeks, MIRA, promise)
    await weeks.live_until(friday(16, 25))
    assert weeks.story() == [TOLD]
    return promise


async def moves_to_new_york(weeks: Weeks) -> None:
    await weeks.office.desk.do(own_settings.set_zone, actor=acting(MIRA), member=MIRA.id, tz="America/New_York")


@pytest.mark.parametrize(
    ("edit", "heard"),
    [
        (lambda weeks: works(weeks, "Tue-Thu 09:00-17:00"), ("Fri 16:25", SAM.id)),
        (lambda weeks: works(weeks, "Mon-Fri 09:00-16:25"), ("Fri 16:25", SAM.id)),
        (lambda weeks: works(weeks, "Fri 09:00-17:00"), ("Fri 16:47:30", SAM.id)),
        (lambda weeks: works(weeks, "Mon-Fri 09:00-17:00", days=(CLOSED_MONDAY,)), ("Fri 16:47:30", SAM.id)),
        (moves_to_new_york, ("Fri 16:47:30", SAM.id)),
        (lambda weeks: works(weeks, "Mon-Fri 08:00-18:00"), None),
        (lambda weeks: works(weeks, "Mon 09:00-17:00"), ("Fri 16:25", SAM.id)),
        (lambda weeks: closes(weeks, CLOSED_MONDAY), ("Fri 16:40", SAM.id)),
        (
            lambda weeks: closes(weeks, SpecialDay(date(2026, 11, 27), ((time(9), time(16, 21)),)), CLOSED_MONDAY),
            ("Fri 16:25", CHANNEL),
        ),
        (lambda weeks: closes(weeks, SpecialDay(date(2026, 12, 1))), None),
    ],
    ids=[
        "nothing is left",
        "Friday ends now",
        "Monday is off from now on",
        "this Monday is off",
        "another zone",
        "longer days",
        "Friday is off",
        "the team is closed on Monday",
        "the team is closed from now on",
        "the team is closed when it has passed",
    ],
)
async def test_who_has_it_in_hand_is_relied_on_for_the_time_their_hours_leave_them(
    weeks: Weeks, edit: Callable[[Weeks], Awaitable[None]], heard: tuple[str, str] | None
) -> None:
    await taken_on_friday(weeks)
    await edit(weeks)
    await weeks.live_until(friday(16, 59))
    assert [one[:2] for one in weeks.story()[1:2]] == ([heard] if heard else [])
    await weeks.live_until(monday(9, 14))
    assert (len(weeks.story()) > 1) is (heard is not None)


async def test_time_that_has_passed_is_missed_by_nobody(weeks: Weeks) -> None:
    await taken_on_friday(weeks)
    await weeks.live_until(monday(8))
    await works(weeks, "Mon 09:00-17:00")
    await weeks.live_until(monday(9, 14))
    assert weeks.story() == [TOLD]


async def test_who_said_so_when_no_time_was_left_is_taken_at_their_word(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(21))
    await weeks.live_until(friday(20))
    told = weeks.story()
    await takes(weeks, MIRA, promise)
    await works(weeks, "Tue-Thu 09:00-17:00")
    await closes(weeks, SpecialDay(date(2026, 11, 27)))
    await weeks.live_until(friday(20, 59))
    assert weeks.story() == told


async def test_hours_that_are_given_back_in_time_leave_it_with_who_took_it(weeks: Weeks) -> None:
    promise = await taken_on_friday(weeks)
    await works(weeks, "Mon-Fri 09:00-17:00", days=(CLOSED_MONDAY,))
    assert [each.next_at for each in await weeks.promises(promise.request)] == [friday(16, 47) + timedelta(seconds=30)]
    await works(weeks, "Mon-Fri 09:00-17:00", based_on=1)
    assert [each.next_at for each in await weeks.promises(promise.request)] == [monday(9, 15)]
    await weeks.live_until(monday(9, 14))
    assert weeks.story() == [TOLD]


async def test_who_takes_it_after_their_hours_were_taken_away_knows_what_is_left(weeks: Weeks) -> None:
    promise = await taken_on_friday(weeks)
    await works(weeks, "Tue-Thu 09:00-17:00")
    await weeks.live_until(friday(16, 30))
    assert [one[:2] for one in weeks.story()[1:]] == [("Fri 16:25", SAM.id)]
    await takes(weeks, MIRA, promise)
    await weeks.live_until(monday(9, 14))
    assert len(weeks.story()) == 2


async def test_what_was_put_off_is_handed_on_too(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await weeks.office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    await works(weeks, "Tue-Thu 09:00-17:00")
    await weeks.live_until(friday(15, 20))
    assert [one[:2] for one in weeks.story()] == [("Fri 15:00", MIRA.id), ("Fri 15:05", SAM.id)]


async def test_what_was_put_off_is_let_be_when_the_next_one_in_line_knows(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 35))
    told = weeks.story()
    assert [one[1] for one in told] == [MIRA.id, SAM.id]
    await weeks.office.desk.do(promising.snooze, actor=acting(MIRA), promise=promise.id)
    await works(weeks, "Tue-Thu 09:00-17:00")
    await weeks.tick()
    [stands] = await weeks.promises(promise.request)
    assert (weeks.story(), stands.revision) == (told, promise.revision)
    assert stands.next_at == friday(15, 45)


async def test_other_hours_of_the_environment_count_too(weeks: Weeks) -> None:
    await taken_on_friday(weeks)
    desk = weeks.office.desk
    desk.policy = replace(desk.policy, calendar=replace(OFFICE, days=(CLOSED_MONDAY,)))
    await desk.do(notice_changed_hours)
    while await desk.do(replanning.replan_team):
        pass
    await weeks.live_until(friday(16, 59))
    assert [one[:2] for one in weeks.story()[1:2]] == [("Fri 16:40", SAM.id)]
