"""The team's hours, and how the aims of requests stand in them."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.hours.calendars import CalendarRules
from bot.domain.targets import Target, TargetOutcome
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.store import targets
from tests.support.office import Office

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OFFICE_HOURS = CalendarRules(tz="UTC", week=(((time(9), time(17)),),) * 5 + ((), ()))


def works(office: Office, rules: CalendarRules) -> None:
    """Change the team's hours."""
    office.desk.policy = replace(office.desk.policy, calendar=rules)


def at(office: Office, text: str) -> None:
    """Move the clock to a moment in UTC."""
    office.desk.clock.move(datetime.fromisoformat(text).replace(tzinfo=UTC) - office.now)


def moment(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def aim(office: Office, request: int) -> Target:
    """Return the open aim of a request."""
    found = (await office.card(request)).target
    assert found is not None
    return found


async def planned(office: Office) -> list[str]:
    """Plan; return who was told about an aim since."""
    before = len(await office.nudges())
    await office.desk.do(nudging.plan)
    return [key.rpartition(":")[2] for key in (await office.nudges())[before:] if key.startswith("nudge:target:")]


async def outcomes(office: Office, request: int) -> list[TargetOutcome]:
    """Return how all aims of a request stand, oldest first."""

    def read(ctx: Context) -> list[TargetOutcome]:
        with ctx.store.reading() as tx:
            found = (targets.target(tx, ident) for ident in range(1, 50))
            return [each.outcome for each in found if each is not None and each.request == request]

    return await office.desk.read(read)
