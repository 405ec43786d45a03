"""A time that is told outside of working hours gets a kind word in the preview, once, and may be sent all the same."""

from typing import Any

import pytest

from bot.blocks.windows.review import build_review
from bot.domain.people import Member
from bot.domain.replies import Approval, PromiseKind, ReplyKind
from bot.domain.snapshots.review import mark_of
from bot.services.people import sync_members
from bot.services.replies import deciding, replying, reviewing
from bot.services.requests import claiming
from bot.services.settings import calendar_saving
from tests.services.offers import TEAM, acknowledged, at, away, delayed, goto, local, previewed, promised, request_of
from tests.support.office import JONAS, MIRA, SAM, Office, acting


@pytest.fixture
async def at_work(office: Office) -> Office:
    """The team of three with hours: nine to five in Helsinki, for each by their own clock."""
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=TEAM, based_on=0)
    return office


def words(view: dict[str, Any]) -> str:
    """Return what the context blocks of a window say."""
    shown = (block["elements"] for block in view["blocks"] if block["type"] == "context")
    return "\n".join(" ".join(element["text"] for element in elements) for elements in shown)


@pytest.mark.parametrize(
    ("due", "remark"),
    [
        ("11-27 16:59", ""),
        ("11-27 17:00", ""),
        ("11-27 17:01", "Fri 27 Nov, 17:01 is outside your hours (next open: Mon 30 Nov, 09:00)."),
        ("11-28 10:00", "Sat 28 Nov, 10:00 is outside your hours (next open: Mon 30 Nov, 09:00)."),
        ("11-30 08:59", "Mon 30 Nov, 08:59 is outside your hours (next open: Mon 30 Nov, 09:00)."),
        ("11-30 09:00", ""),
        ("12-03 12:00", "Thu 3 Dec, 12:00 is while you are away (back Mon 7 Dec, 09:00)."),
    ],
)
async def test_a_time_of_ones_own_outside_of_the_hours_is_remarked_on_in_the_preview(
    at_work: Office, due: str, remark: str
) -> None:
    goto(at_work, "11-26 14:00")
    await away(at_work, MIRA, "12-03 00:00", "12-05 00:00")
    form = await delayed(at_work, await promised(at_work, at("11-26 16:00")))
    review = await previewed(at_work, form, at(due))
    assert review.checks == ((remark,) if remark else ())
    assert review.due_at == at(due)
    assert ("⚠️" in words(build_review(review))) is bool(remark)
    assert remark in words(build_review(review))


@pytest.mark.parametrize(
    ("owner", "by", "remark"),
    [
        (MIRA, JONAS, "Sat 28 Nov, 09:00 is outside Mira's hours (next open: Mon 30 Nov, 08:00)."),
        (SAM, MIRA, "Sat 28 Nov, 10:00 is outside Sam's hours (next open: Mon 30 Nov, 16:00)."),
        (None, SAM, "Sat 28 Nov, 03:00 is outside the team's hours (next open: Mon 30 Nov, 02:00)."),
    ],
)
async def test_the_remark_says_whose_hours_it_means_by_the_readers_own_clock(
    at_work: Office, owner: Member | None, by: Member, remark: str
) -> None:
    goto(at_work, "11-27 15:00")
    promise = await promised(at_work, at("11-27 16:00"), owner or MIRA)
    if owner is None:
        await at_work.desk.do(claiming.release_request, actor=acting(MIRA), request=promise.request)
    review = await previewed(at_work, await delayed(at_work, promise, by=by), at("11-28 10:00"), by=by)
    assert review.checks == (remark,)


async def test_who_writes_for_somebody_away_hears_that_a_stand_in_has_to_keep_it(at_work: Office) -> None:
    goto(at_work, "11-27 10:00")
    request = await request_of(at_work)
    await away(at_work, MIRA, "11-27 00:00", "12-05 00:00")
    review = await acknowledged(at_work, request, by=JONAS)
    assert review.checks == (
        "Fri 27 Nov, 11:00 is while Mira is away (back Mon 7 Dec, 08:00): whoever stands in has to keep it.",
    )


async def test_send_shows_the_remark_once_and_then_lets_the_time_go(at_work: Office) -> None:
    goto(at_work, "11-27 15:00")
    request = await request_of(at_work)
    review = await acknowledged(at_work, request)
    approval = Approval(
        window="V1",
        request=request,
        kind=ReplyKind.ACKNOWLEDGEMENT,
        text="Thank you. You will hear from me by Saturday, 8:00 am.",
        promise_kind=PromiseKind.HEAR,
        due_at=at("11-28 10:00"),
        replaces=None,
        latest_reply=0,
    )
    look = {"actor": acting(MIRA), "approval": approval}
    again = await at_work.desk.do(reviewing.look_through, seen=mark_of(review.checks), **look)
    assert again is not None
    assert again.checks == ("Sat 28 Nov, 10:00 is outside your hours (next open: Mon 30 Nov, 09:00).",)
    assert (again.text, again.due_at) == (approval.text, approval.due_at)
    at_work.later(minutes=5)
    assert await at_work.desk.do(reviewing.look_through, seen=mark_of(again.checks), **look) is None
    sent = await at_work.desk.do(replying.approve_reply, **look)
    assert sent.promise is not None
    assert sent.promise.due_at == approval.due_at
    undone = await at_work.desk.do(deciding.undo_reply, actor=acting(MIRA), reply=sent.reply.id)
    assert undone.checks == again.checks


async def test_of_an_owner_who_has_left_the_team_its_hours_count(at_work: Office) -> None:
    goto(at_work, "11-27 16:00")
    promise = await promised(at_work, at("11-27 16:45"), SAM)
    await at_work.desk.do(sync_members, members=[MIRA, JONAS])
    await at_work.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=TEAM, based_on=1)
    form = await delayed(at_work, promise)
    assert local(form.new_due_at) == "Mon 30 10:45"
    remark = "Sat 28 Nov, 10:00 is outside the team's hours (next open: Mon 30 Nov, 09:00)."
    assert (await previewed(at_work, form, at("11-28 10:00"))).checks == (remark,)


async def test_without_a_promise_there_is_nothing_to_remark_on(at_work: Office) -> None:
    goto(at_work, "11-27 15:00")
    request = await request_of(at_work)
    approval = Approval("V1", request, ReplyKind.ANSWER, "It works again.", None, at("11-28 10:00"), None, 0)
    look = {"actor": acting(MIRA), "approval": approval, "seen": ""}
    assert await at_work.desk.do(reviewing.look_through, **look) is None
