"""Times that pass together are one message to whoever hears of them, and none waits for longer than a minute."""

from datetime import timedelta

import pytest

from bot.outbound.base import Receipt, Remote
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.outbox.beginning import Job
from bot.services.requests import claiming
from tests.support.office import MIRA, Office, acting

HOUR = timedelta(hours=1)


async def promised(office: Office, due: timedelta, thread: str) -> int:
    """Return a request of Mira's whose client was told a time."""
    request = (await office.webhook(thread=thread)).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    await office.send(request, due=due)
    return request


async def messages(office: Office) -> list[list[int]]:
    """Plan and deliver; return the requests of each message that Mira gets now."""
    while (await office.desk.do(nudging.plan)).more:
        pass
    found: list[Job] = []
    for _ in range(3):
        for row in await office.desk.do(delivering._lease, token="tests", most=20):
            job = await office.desk.do(beginning.begin, row=row)
            if job is None:
                continue
            found += [job] if job.way == "nudge" and not row.shown and row.recipient == MIRA.id else []
            remote = job.reference.remote or Remote("D0", f"{row.id}.1")
            await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(remote))
    return [sorted(item.request.id for item in job.snapshot.items) for job in found]


@pytest.mark.parametrize("apart", [0, 1, 30, 59])
async def test_what_passes_within_a_minute_is_one_message(
    office: Office, apart: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "LOOK_AGAIN_SECONDS", 0.0)
    start = office.now
    due = start + 3 * HOUR
    numbers = [
        await promised(office, due + timedelta(seconds=later) - office.now, f"t{number}")
        for number, later in enumerate((0, apart, apart))
    ]
    for before in (HOUR, HOUR / 2, HOUR / 4, HOUR / 8):
        office.desk.clock.move(due - before + timedelta(minutes=1) - office.now)
        await messages(office)
    office.desk.clock.move(due - office.now)
    told = []
    for _ in range(61):
        told += await messages(office)
        office.later(seconds=1)
    assert told == [sorted(numbers)]


async def test_what_passes_after_a_minute_is_not_waited_for(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "LOOK_AGAIN_SECONDS", 0.0)
    due = office.now + 3 * HOUR
    first = await promised(office, due - office.now, "t1")
    await promised(office, due + timedelta(seconds=61) - office.now, "t2")
    office.desk.clock.move(due - timedelta(minutes=5) - office.now)
    await messages(office)
    office.desk.clock.move(due - office.now)
    assert await messages(office) == [[first]]
