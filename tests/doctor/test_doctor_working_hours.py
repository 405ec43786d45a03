"""The doctor says which hours hold, and what somebody should look at."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.config import load_settings
from bot.doctor.finding import Finding, Level
from bot.doctor.working_hours import examine_calendar
from bot.domain.hours.calendars import CalendarRules, SpecialDay, parse_rules, parse_week
from bot.services.context import Context, Policy
from bot.services.people import sync_members
from bot.services.settings import calendar_saving
from bot.store import Store
from bot.store.migrate import migrate
from tests.support.office import JONAS, MIRA, SAM

NOW = datetime(2026, 10, 31, 12, tzinfo=UTC)
OFFICE = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")


@pytest.fixture
def ctx(tmp_path: Path) -> Iterator[Context]:
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=time.monotonic)
    migrate(store)
    found = Context(store=store, now=NOW, policy=Policy())
    sync_members(found, members=[MIRA, JONAS, SAM])
    yield found
    store.close()


async def examined(ctx: Context, now: datetime = NOW, **env: str) -> list[Finding]:
    settings = load_settings({"DATABASE_URL": f"sqlite:///{ctx.store.path}", **env})
    return await examine_calendar(settings, real_now=lambda: now, named="TEAM_CALENDAR" in env)


def save(ctx: Context, rules: CalendarRules, based_on: int = 0) -> None:
    calendar_saving.save_team_calendar(ctx, actor=None, rules=rules, based_on=based_on)


async def test_hours_from_the_setting_are_good(ctx: Context):
    [found] = await examined(ctx, TEAM_CALENDAR="Asia/Kolkata Mon-Fri 10-18")
    assert (found.level, found.subject) == (Level.GOOD, "working hours")
    assert found.sentence == "the team works Asia/Kolkata Mon-Fri 10:00-18:00, from TEAM_CALENDAR."


async def test_saved_hours_are_good_and_a_setting_beside_them_is_noted(ctx: Context):
    save(ctx, OFFICE)
    [found] = await examined(ctx)
    assert (found.level, found.cure) == (Level.GOOD, "")
    assert found.sentence == "the team works Europe/Helsinki Mon-Fri 09:00-17:00, saved on Sat 31 Oct."
    [found] = await examined(ctx, TEAM_CALENDAR="24/7")
    assert found.level is Level.NOTE
    assert found.sentence.endswith("saved on Sat 31 Oct; TEAM_CALENDAR (24/7) no longer counts.")
    assert "headsup calendar set" in found.cure


@pytest.mark.parametrize(
    ("now", "years"),
    [
        (datetime(2026, 10, 31, 21, 59, tzinfo=UTC), ["2026"]),
        (datetime(2026, 10, 31, 22, 0, tzinfo=UTC), ["2026", "2027"]),  # 1 November in Helsinki
        (datetime(2026, 12, 31, 21, 59, tzinfo=UTC), ["2026", "2027"]),
        (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), ["2027"]),
    ],
)
async def test_holidays_that_nobody_looked_at_are_noted_from_november_on(ctx: Context, now: datetime, years: list[str]):
    save(ctx, replace(OFFICE, country="FI"))
    notes = [found for found in await examined(ctx, now) if found.subject == "holidays"]
    assert [found.sentence.split(" of ")[1][:4] for found in notes] == years
    assert {found.level for found in notes} == {Level.NOTE}


async def test_holidays_that_were_confirmed_are_not_mentioned(ctx: Context):
    save(ctx, replace(OFFICE, country="FI"))
    calendar_saving.confirm_holidays(ctx, actor=None, year=2026, kept=frozenset(), based_on=1)
    assert [found.subject for found in await examined(ctx)] == ["working hours"]


async def test_somebody_whose_hours_the_team_has_left_is_bad(ctx: Context):
    own = CalendarRules(week=parse_week("Sat 09:00-12:00"))
    save(ctx, CalendarRules(tz="Europe/Helsinki"))
    calendar_saving.save_member_calendar(ctx, actor=None, member=MIRA.id, rules=own, based_on=0)
    save(ctx, OFFICE, based_on=1)
    [_, found] = await examined(ctx)
    assert found.level is Level.BAD
    assert found.sentence == "Mira's own hours (Sat 09:00-12:00) leave no time within the team's."


@pytest.mark.parametrize(
    ("now", "level", "words"),
    [
        (datetime(2026, 10, 31, 12, tzinfo=UTC), Level.NOTE, "hours end on Mon 9 Nov"),
        (datetime(2026, 11, 2, 14, 59, tzinfo=UTC), Level.NOTE, "hours end on Mon 9 Nov"),
        (datetime(2026, 11, 2, 15, 0, tzinfo=UTC), Level.BAD, "hours end on Mon 9 Nov"),
        (datetime(2026, 11, 9, 15, 0, tzinfo=UTC), Level.BAD, "hours ended on Mon 9 Nov"),
        (datetime(2027, 11, 9, 15, 0, tzinfo=UTC), Level.BAD, "hours ended on Mon 9 Nov 2026"),
    ],
)
async def test_hours_that_end_are_said_before_they_do(ctx: Context, now: datetime, level: Level, words: str):
    save(
        ctx, CalendarRules(tz="Europe/Helsinki", week=((),) * 7, days=(SpecialDay(date(2026, 11, 9), OFFICE.week[0]),))
    )
    [found] = [finding for finding in await examined(ctx, now) if "clock" in finding.sentence]
    assert found.level is level
    assert words in found.sentence
    assert "headsup calendar set" in found.cure
