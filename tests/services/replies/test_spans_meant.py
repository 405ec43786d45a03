"""A button names a span only while whoever keeps it can mean that; a Thursday in an office in UTC, Mira in Helsinki."""

from datetime import UTC, datetime

import pytest

from bot.domain.people import Member
from bot.domain.snapshots.nudge import NudgeItem
from bot.outbound.base import Receipt, Remote
from bot.services.away import entering
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.requests import claiming
from tests.support.office import MIRA, Office, acting

SPAN, TIME = "Acknowledge, back within 2 h", "Acknowledge, with a time"


def thursday(office: Office, hour: int, minute: int = 0) -> None:
    office.desk.clock.move(datetime(2026, 11, 26, hour, minute, tzinfo=UTC) - office.now)


async def taken(office: Office, by: Member = MIRA) -> int:
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(by), request=request)
    return request


async def buttons(office: Office) -> tuple[list[str], list[str]]:
    """Deliver; return what the first button of each card says, and what each nudge's acknowledgement says."""
    cards: list[str] = []
    said: list[str] = []
    while rows := await office.desk.do(delivering._lease, token="tests", most=20):
        for row in rows:
            job = await office.desk.do(beginning.begin, row=row)
            if job is None:
                continue
            if job.way == "card":
                cards.append(job.snapshot.suggestions[0].label)
            elif job.way == "nudge":
                items: tuple[NudgeItem, ...] = job.snapshot.items
                said += [item.acknowledge.label for item in items if item.acknowledge]
            remote = job.reference.remote or Remote(row.recipient or "C0", f"{office.now.timestamp():.0f}.{row.id:06d}")
            await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return cards, said


@pytest.mark.parametrize(
    ("hour", "until", "label"),
    [(10, "", SPAN), (14, "", SPAN), (10, "from Fri until Thu", SPAN), (14, "from Fri until Thu", TIME)],
    ids=["early", "towards the evening", "before she goes", "as she goes"],
)
async def test_a_span_that_ends_after_an_absence_is_not_named(
    at_work: Office, hour: int, until: str, label: str
) -> None:
    office = at_work
    thursday(office, 9)
    if until:
        await office.desk.do(entering.say_away, actor=acting(MIRA), when=until, cover="")
    thursday(office, hour)
    await taken(office)
    cards, _ = await buttons(office)
    assert cards[-1] == label
    office.later(minutes=46)
    await office.desk.do(nudging.plan)
    _, said = await buttons(office)
    assert said[-1:] == [label]


async def test_a_request_of_nobody_goes_by_the_team(at_work: Office) -> None:
    thursday(at_work, 9)
    await at_work.desk.do(entering.say_away, actor=acting(MIRA), when="from Fri until Thu", cover="")
    thursday(at_work, 14)
    await at_work.webhook()
    cards, _ = await buttons(at_work)
    assert cards == [SPAN]
