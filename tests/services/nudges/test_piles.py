"""What the team's channel hears of at once is one message, each of its keys counted; a person gets ten at most."""

from datetime import timedelta

import pytest

from bot.domain.ladder.nudges import BUNDLE_MOST
from bot.outbound.base import Receipt, Remote
from bot.services import announcing
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.outbox import beginning, delivering, recording
from bot.services.outbox.beginning import Job
from bot.services.requests import claiming
from bot.store.outbox import o
from bot.store.tables import outbox
from tests.support.office import JONAS, MIRA, Office, acting

HOUR = timedelta(hours=1)


async def waiting(office: Office, count: int) -> list[int]:
    """Let so many requests come in that nobody owns; return their numbers once their cards stand."""
    found = [(await office.webhook(thread=f"t{n}", client_name=f"Client {n}")).request for n in range(count)]
    await delivered(office)
    return found


async def begun(office: Office) -> list[Job]:
    """Plan, and begin every message to somebody that is due; nothing is recorded yet."""
    while (await office.desk.do(nudging.plan)).more:
        pass
    return await begun_now(office)


async def begun_now(office: Office) -> list[Job]:
    """Begin every message to somebody that is due, as far as it is planned; nothing is recorded yet."""
    jobs = []
    for row in await office.desk.do(delivering._lease, token="tests", most=20):
        job = await office.desk.do(beginning.begin, row=row)
        jobs += [job] if job is not None and job.way == "nudge" else []
    return jobs


async def delivered(office: Office) -> list[Job]:
    """Deliver all that is due; return the messages to somebody as they were shown last."""
    jobs = []
    while rows := await office.desk.do(delivering._lease, token="tests", most=20):
        for row in rows:
            job = await office.desk.do(beginning.begin, row=row)
            if job is not None:
                place = job.reference.remote or Remote("C0TEAM", f"{row.id}.1")
                await office.desk.do(recording.sent, row=row, version=job.version, receipt=Receipt(place))
                jobs += [job] if job.way == "nudge" else []
    return jobs


async def states(office: Office) -> dict[str, str]:
    """Return the outbox's word for each nudge."""

    def read(ctx: Context) -> dict[str, str]:
        with ctx.store.reading() as tx:
            rows = tx.execute(outbox.select().where(o.kind == "nudge"))
            return {str(row.key): str(row.state) for row in rows}

    return await office.desk.read(read)


@pytest.mark.parametrize("count", [BUNDLE_MOST + 1, 26])
async def test_what_the_channel_hears_of_at_once_is_one_message_with_every_key(office: Office, count: int) -> None:
    requests = await waiting(office, count)
    office.later(hours=2)
    [job] = await begun(office)
    assert job.row.recipient == announcing.CHANNEL
    assert {item.request.id for item in job.snapshot.items} == set(requests)
    assert sorted(job.reference.keys) == sorted(await states(office))
    place = Remote("C0TEAM", "1.1")
    await office.desk.do(recording.sent, row=job.row, version=job.version, receipt=Receipt(place))
    assert set((await states(office)).values()) == {"sent"}
    assert await begun(office) == []


async def test_more_than_a_pile_is_two_messages_and_no_key_stands_in_both(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "PILE_MOST", 12)
    await waiting(office, 15)
    office.later(hours=2)
    [first] = await begun(office)
    await office.desk.do(recording.sent, row=first.row, version=1, receipt=Receipt(Remote("C0TEAM", "1.1")))
    [second] = await begun(office)
    assert len(first.reference.keys) == 12
    assert len(second.reference.keys) == 3
    assert not {*first.reference.keys} & {*second.reference.keys}


async def test_what_is_planned_in_parts_is_one_message(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Delivery wakes after the first part; a process that dies between the parts goes on after that."""
    monkeypatch.setattr(beginning, "LOOK_AGAIN_SECONDS", 0.0)
    await waiting(office, nudging.AT_ONCE + 2)
    office.later(hours=2)
    assert (await office.desk.do(nudging.plan)).more
    assert await begun_now(office) == []
    assert await begun_now(office) == []
    await office.desk.do(delivering.begin_boot)
    assert await begun_now(office) == []
    [job] = await begun(office)
    assert len(job.reference.keys) == nudging.AT_ONCE + 2
    await office.desk.do(recording.sent, row=job.row, version=1, receipt=Receipt(Remote("C0TEAM", "1.1")))
    assert await begun(office) == []


@pytest.mark.parametrize(("later", "count"), [(59.9, 0), (60, 1), (61, 1)])
async def test_nobody_is_kept_waiting_for_longer_than_a_minute(
    office: Office, monkeypatch: pytest.MonkeyPatch, later: float, count: int
) -> None:
    """Whatever keeps planning from going on."""
    monkeypatch.setattr(beginning, "LOOK_AGAIN_SECONDS", 0.0)
    await waiting(office, nudging.AT_ONCE + 2)
    office.later(hours=2)
    await office.desk.do(nudging.plan)
    office.later(seconds=later)
    assert len(await begun_now(office)) == count


async def test_what_somebody_pressed_for_waits_for_no_plan(office: Office) -> None:
    await waiting(office, nudging.AT_ONCE + 2)
    request = (await waiting(office, 1))[0]
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    office.later(hours=2)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    [job] = await begun_now(office)
    assert job.row.recipient == JONAS.id


async def test_a_pile_whose_answer_was_lost_is_looked_for_by_one_key_and_all_of_it_stands(office: Office) -> None:
    await waiting(office, 12)
    office.later(hours=2)
    [job] = await begun(office)
    await office.desk.do(recording.unsure, row=job.row, look_again_in=0.0)
    leased = await office.desk.do(delivering._lease, token="others", most=20)
    [again] = [row for row in leased if row.kind == "nudge"]
    assert again.ambiguous
    assert again.key in job.reference.keys
    await office.desk.do(recording.sent, row=again, version=1, receipt=Receipt(Remote("C0TEAM", "1.1")))
    assert set((await states(office)).values()) == {"sent"}


async def test_who_is_answered_is_struck_through_in_the_pile(office: Office) -> None:
    requests = await waiting(office, 12)
    office.later(minutes=50)
    [job] = await begun(office)
    await office.desk.do(recording.sent, row=job.row, version=1, receipt=Receipt(Remote("C0TEAM", "1.1")))
    await office.approve(requests[3])
    office.later(seconds=11)
    shown = {item.request.id: item.moot for job in await delivered(office) for item in job.snapshot.items}
    assert shown == {request: "answered" if request == requests[3] else "" for request in requests}


async def test_a_person_is_told_of_ten_at_most_in_one_message(office: Office) -> None:
    requests = await waiting(office, 14)
    for request in requests:
        await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
        await office.approve(request, due=5 * HOUR)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=4, seconds=5)
    [job] = await begun(office)
    assert job.row.recipient == MIRA.id
    assert len(job.snapshot.items) == BUNDLE_MOST
