"""A glance at everything, and what it is taken after."""

from bot.domain.overview import Overview
from bot.domain.people import Member
from bot.services.nudges.nudging import plan
from bot.services.reading import overview
from tests.support.office import Office


async def glance(office: Office, since: int = 0, words: str = "") -> Overview:
    """Return what somebody sees who looks now."""
    return await office.desk.read(overview.overview_of, since=since, words=words)


async def planned(office: Office) -> None:
    """Plan all that is due, and let it leave."""
    while (await office.desk.do(plan)).more:
        pass
    await office.deliver()


def names(members: tuple[Member, ...]) -> list[str]:
    return [member.name for member in members]
