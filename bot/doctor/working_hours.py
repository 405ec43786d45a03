"""The doctor's look at working hours: which ones hold, what is to be looked at, and whose leave no time."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import date, datetime

from bot.clock import Clock
from bot.config import Settings
from bot.doctor.finding import Finding, Level
from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import CalendarTextError, check_member_rules, rules_text, team_time
from bot.domain.hours.hours_end import SOON, ends_at
from bot.domain.local_times import day_words, zone
from bot.domain.people import Member
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.hours.calendars import TEAM
from bot.store import Store, people
from bot.wiring import policy_of

SUBJECT = "working hours"
CONFIRM_MONTH = 11
"""From November on somebody should look at the holidays of the next year."""


async def examine_calendar(settings: Settings, *, real_now: Callable[[], datetime], named: bool) -> list[Finding]:
    """Look at the hours in a database that is in order. `named`: somebody has set TEAM_CALENDAR."""
    return await asyncio.to_thread(_look, settings, real_now(), named)


def _look(settings: Settings, now: datetime, named: bool) -> list[Finding]:
    store = Store(settings.database_url.get_secret_value(), elapsed=Clock().monotonic)
    try:
        ctx = Context(store=store, now=now, policy=policy_of(settings))
        with store.reading() as tx:
            team = calendars.shown(tx, ctx, TEAM)
            members = [(one, calendars.shown(tx, ctx, one.id)) for one in people.members(tx)]
    finally:
        store.close()
    good = _hours(team, settings, named=named)
    return [good, *_ending(team, now), *_holidays(team, now), *_without_time(members, now)]


def _hours(team: CalendarShown, settings: Settings, *, named: bool) -> Finding:
    hours = rules_text(team.team)
    if team.made_at is None:
        source = "from TEAM_CALENDAR" if named else "as long as nobody sets others"
        return Finding(SUBJECT, Level.GOOD, f"the team works {hours}, {source}.")
    saved = f"the team works {hours}, saved on {day_words(team.made_at.astimezone(zone(team.tz)).date())}"
    if named:
        return Finding(
            SUBJECT,
            Level.NOTE,
            f"{saved}; TEAM_CALENDAR ({rules_text(settings.team_calendar)}) no longer counts.",
            "Change hours in Slack (App Home, Settings) or with `headsup calendar set`.",
        )
    return Finding(SUBJECT, Level.GOOD, f"{saved}.")


def _ending(team: CalendarShown, now: datetime) -> Iterator[Finding]:
    ends = ends_at(team_time(team.team), now)
    if ends is None:
        return
    is_soon = ends <= now + SOON
    ended = "ended" if ends <= now else "end"
    day = day_words(ends.astimezone(zone(team.tz)).date(), now.astimezone(zone(team.tz)).date())
    yield Finding(
        SUBJECT,
        Level.BAD if is_soon else Level.NOTE,
        f"the team's hours {ended} on {day}: after that, aims count by the clock.",
        "Choose hours that go on in Slack (App Home, Settings) or with `headsup calendar set`.",
    )


def _holidays(team: CalendarShown, now: datetime) -> Iterator[Finding]:
    rules, today = team.team, now.astimezone(zone(team.tz)).date()
    for year in (today.year, today.year + 1):
        if rules.country is None or year in rules.confirmed or not _is_near(year, today):
            continue
        yield Finding(
            "holidays",
            Level.NOTE,
            f"nobody has confirmed the public holidays of {year}; they count as days off.",
            f"Look at them in Slack (App Home, Settings) or with `headsup calendar holidays --year {year}`.",
        )


def _is_near(year: int, today: date) -> bool:
    return year == today.year or today.month >= CONFIRM_MONTH


def _without_time(members: list[tuple[Member, CalendarShown]], now: datetime) -> Iterator[Finding]:
    for member, shown in members:
        if shown.rules is None:
            continue
        try:
            check_member_rules(shown.team, shown.rules, shown.tz, now)
        except CalendarTextError:
            yield Finding(
                SUBJECT,
                Level.BAD,
                f"{member.name}'s own hours ({rules_text(shown.rules)}) leave no time within the team's.",
                "Others hear their nudges until they choose other hours in Slack (App Home, Settings).",
            )
