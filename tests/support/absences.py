"""Short ways to go away, and to ask who works when."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.away.away import AwayShown
from bot.domain.people import Member
from bot.services.away import entering
from bot.services.context import Context
from bot.services.hours import calendars
from tests.support.office import MIRA, Office, acting


async def away(office: Office, when: str, *, by: Member = MIRA, **how: Any) -> AwayShown:
    """Let somebody say that they are away, in words."""
    return await office.desk.do(entering.say_away, actor=acting(by), when=when, **how)


async def is_working(office: Office, member: Member, at: datetime) -> bool:
    """Tell whether that instant lies in the member's hours."""

    def read(ctx: Context) -> bool:
        with ctx.store.reading() as tx:
            return calendars.hours_of(tx, ctx, member.id).is_open(at)

    return await office.desk.read(read)


def at(text: str) -> datetime:
    """Return the instant in UTC: `at("2026-12-23T22:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
