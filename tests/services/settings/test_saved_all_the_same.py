"""What is saved is answered as saved, whatever becomes of planning anew by it."""

from dataclasses import replace
from typing import Any

import pytest
import structlog

from bot.domain.hours.calendars import parse_rules, week_text
from bot.domain.hours.settings import HoursForm, Saved
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.nudges import nudging, replanning
from bot.services.settings import calendar_saving, settings_saving
from bot.store import events
from tests.services.aims import HOUR
from tests.support.office import MIRA, Office, acting

WAS = HoursForm(week="Mon-Fri 09:00-17:00", tz="Europe/Helsinki")
LONGER = replace(WAS, week="Mon-Fri 08:00-17:00")


class OthersWonError(Exception):
    """A serialization failure."""


@pytest.mark.parametrize("error", [LookupError, OthersWonError])
async def test_planning_anew_that_fails_leaves_a_save_saved(
    office: Office, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    rules = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")
    await office.desk.do(calendar_saving.save_team_calendar, actor=None, rules=rules, based_on=0)
    await office.send((await office.webhook()).request, due=6 * HOUR)
    await office.desk.do(nudging.plan)
    monkeypatch.setattr(office.desk.store, "is_retryable", lambda found: isinstance(found, OthersWonError))

    def fails(_ctx: Context) -> bool:
        raise error

    with monkeypatch.context() as broken, structlog.testing.capture_logs() as said:
        broken.setattr(replanning, "replan_team", fails)
        saved = await office.desk.do(settings_saving.change_team_hours, actor=acting(MIRA), was=WAS, wanted=LONGER)

    assert isinstance(saved, Saved)
    assert saved.changed
    assert saved.effect.later, "what moves cannot be said yet"
    assert [entry["event"] for entry in said] == ["Planning anew failed; it comes again."]
    assert week_text((await office.desk.read(calendars.calendar_of)).team.week) == LONGER.week
    assert await office.desk.read(_asked)
    await office.desk.do(nudging.plan)
    assert not await office.desk.read(_asked)


def _asked(ctx: Context) -> Any:
    with ctx.store.reading() as tx:
        return events.setting(tx, replanning.CURSOR)
