"""A promise for Monday morning, made on a Friday: its owner is told before the office closes, and sleeps in peace."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest_asyncio
from playwright.async_api import expect

from bot.trial.local import Trial
from bot.trial.night import ZONE
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.browser_trial import StandingClock, trial_in

FRIDAY = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
"""Two in the afternoon in Helsinki, and seven in the morning in New York, where the lead is."""

QUARTER_PAST_NINE = datetime(2026, 11, 30, 9, 15, tzinfo=ZONE)
"""On Monday, by Mira's clock."""

CARD = "#1 · Acme"
HOURS = "Europe/Helsinki Mon-Fri 09:00-17:00"


@pytest_asyncio.fixture(loop_scope="session")
async def friday(tmp_path: Path) -> AsyncIterator[Trial]:
    """A trial on a Friday afternoon in an office that closes at five."""
    async with trial_in(tmp_path / ".headsup", "short", clock=StandingClock(FRIDAY), team_calendar=HOURS) as trial:
        yield trial


async def test_a_promise_for_monday_is_nudged_about_on_friday_and_then_the_weekend_is_quiet(
    friday: Trial, sit: Desks
) -> None:
    mira = await sit(friday.server, "mira")
    await _promise_monday(mira)
    await mira.say("/headsup status #1")
    comes = mira.message("What comes next, if nothing happens before")
    await expect(comes).to_contain_text("Today at 16:15 · nudge to you, because the office closes at 17:00")
    await mira.press("To the next nudge", within=mira.side)
    await mira.sees("16:15", within=mira.side)
    await mira.sees("Friday, 27 November 2026", within=mira.side)
    await mira.go("Headsup")
    nudge = mira.message("there is still time to say so")
    await expect(nudge).to_contain_text("You hear now because your day ends at 17:00.")
    await mira.press("I'm on it", on="there is still time to say so")
    await expect(nudge).to_contain_text("in hand")
    for day in ("Saturday, 28", "Sunday, 29", "Monday, 30"):
        await mira.press("Tomorrow 08:30", within=mira.side)
        await mira.sees(f"{day} November 2026", within=mira.side)
        await friday.server.control.settle(quiet=0.5)
    assert _posted_since(friday, datetime(2026, 11, 27, 17, 0, tzinfo=ZONE)) == []


async def test_a_nudge_that_nobody_answers_wakes_nobody_at_the_weekend(friday: Trial, sit: Desks) -> None:
    """It goes on to the lead who still works in New York; from then on until Monday all have peace."""
    mira = await sit(friday.server, "mira")
    await _promise_monday(mira)
    await mira.press("To the next nudge", within=mira.side)
    await mira.sees("everyone in #requests, about #2", within=mira.side)
    await mira.press("To the next nudge", within=mira.side)
    await mira.sees("Sam, about #1 Acme", within=mira.side)
    field = mira.side.get_by_label("Or move to any time")
    await field.fill("20:30")
    await field.press("Enter")
    sam = await sit(friday.server, "sam", "dm")
    await sam.sees("Friday, 27 November 2026", within=sam.side)
    await sam.sees("was told and has not answered")
    for day in ("Saturday, 28", "Sunday, 29", "Monday, 30"):
        await mira.press("Tomorrow 08:30", within=mira.side)
        await mira.sees(f"{day} November 2026", within=mira.side)
        await friday.server.control.settle(quiet=0.5)
    assert _posted_since(friday, datetime(2026, 11, 27, 20, 30, tzinfo=ZONE)) == []


async def test_a_weekend_that_goes_by_in_one_move_shows_the_nudge_of_friday(friday: Trial, sit: Desks) -> None:
    mira = await sit(friday.server, "mira")
    await _promise_monday(mira)
    field = mira.side.get_by_label("Or move to any time")
    await field.fill("monday 9:00")
    for _ in range(2):
        await mira.press("Move", within=mira.side.locator("form"))
    await mira.sees("Monday, 30 November 2026", within=mira.side)
    await mira.go("Headsup")
    nudge = mira.message("You hear now because your day ends at 17:00.")
    await expect(nudge.get_by_role("time").first).to_have_text("16:15")
    weekend = _posted_since(friday, datetime(2026, 11, 28, 0, 0, tzinfo=ZONE))
    assert [f"{at:%a %H:%M}" for at in weekend] == ["Mon 09:00"], "the second nudge, a quarter of an hour before"


async def _promise_monday(mira: Screen) -> None:
    """Tell Acme that they hear on Monday at a quarter past nine, and let the words leave."""
    await mira.press("Claim", on=CARD)
    await mira.sees("2 of 9 done", within=mira.side)
    await mira.press(await mira.named_in_step("Tell them that you heard"), on=CARD)
    window = await mira.window("Reply to #1")
    await mira.fill("Your words", "Hi Carla, thank you. I look into it, and write to you on Monday morning.")
    await mira.fill_time("By when", QUARTER_PAST_NINE)
    await mira.submit(window)
    await mira.sees("Sending to Acme · leaves at")
    await mira.close()
    await mira.press("+15 min", within=mira.side)
    await mira.sees("3 of 9 done", within=mira.side)


def _posted_since(trial: Trial, since: datetime) -> list[datetime]:
    """Return when messages were posted from a moment on, in Mira's time."""
    posted = (float(ts) for log in trial.server.core.state.logs.values() for ts in log.messages)
    return sorted(at for at in (datetime.fromtimestamp(ts, ZONE) for ts in posted) if at >= since)
