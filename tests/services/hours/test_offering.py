"""Every time that is offered to a client lies in working time, and one that lies outside of it gets a kind word."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.blocks.windows.review import build_review
from bot.domain.hours.calendar_rules import SpecialDay
from bot.domain.hours.calendars import parse_rules
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import Approval, PromiseKind, ReplyKind
from bot.domain.snapshots.review import DelayForm, Review, mark_of
from bot.services.context import Context
from bot.services.nudges import nudging
from bot.services.people import sync_members
from bot.services.replies import deciding, promising, replying, reviewing
from bot.services.requests import claiming, profiles
from bot.services.settings import calendar_saving
from bot.store import absences
from bot.suggest.times import client_time
from tests.support.office import JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)
HELSINKI = ZoneInfo("Europe/Helsinki")
TEAM = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")


def at(said: str) -> datetime:
    """Return "11-27 16:31" of 2026 in Helsinki."""
    return datetime.strptime(f"2026-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=HELSINKI)


def goto(office: Office, said: str) -> None:
    office.later(seconds=(at(said) - office.now).total_seconds())


def local(due: datetime | None) -> str:
    return f"{due.astimezone(HELSINKI):%a %d %H:%M}" if due else "none"


@pytest.fixture
async def at_work(office: Office) -> Office:
    """The team of three with hours: nine to five in Helsinki, for each by their own clock."""
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=TEAM, based_on=0)
    return office


async def away(office: Office, member: Member, start: str, end: str) -> None:
    def enter(ctx: Context) -> None:
        with ctx.store.writing() as tx:
            facts = {"member": member.id, "source": "cli", "made_at": ctx.now, "reason": ""}
            absences.add(tx, starts_at=at(start), ends_at=at(end), **facts)

    await office.desk.do(enter)


async def request_of(office: Office, owner: Member | None = MIRA) -> int:
    request = (await office.webhook()).request
    if owner is not None:
        await office.desk.do(claiming.claim_request, actor=acting(owner), request=request)
    return request


async def acknowledged(office: Office, request: int, *, by: Member = MIRA) -> Review:
    """Press the card's first suggestion: an acknowledgement within two hours."""
    key = (await office.card(request)).suggestions[0].key
    return await office.desk.do(reviewing.open_review, actor=acting(by), request=request, suggestion=key)


async def promised(office: Office, due: datetime, owner: Member | None = MIRA) -> Promise:
    request = await request_of(office, owner)
    await office.send(request, due=due - office.now)
    return (await office.promises(request))[-1]


async def delayed(office: Office, promise: Promise, *, by: Member = MIRA) -> DelayForm:
    return await office.desk.do(promising.open_delay_form, actor=acting(by), promise=promise.id)


def words(view: dict[str, Any]) -> str:
    """Return what the context blocks of a window say."""
    shown = (block["elements"] for block in view["blocks"] if block["type"] == "context")
    return "\n".join(" ".join(element["text"] for element in elements) for elements in shown)


async def previewed(office: Office, form: DelayForm, due: datetime, *, by: Member = MIRA) -> Review:
    return await office.desk.do(
        promising.draft_delay_update,
        actor=acting(by),
        promise=form.promise.id,
        happened="A part is late.",
        doing="I am testing another.",
        new_due_at=due,
    )


async def in_zone(office: Office, request: int, tz: str) -> None:
    client = (await office.card(request)).client
    how = {"name": client.name, "language": client.language, "tz": tz}
    await office.desk.do(profiles.update_profile, actor=acting(MIRA), client=client.id, **how)


@pytest.mark.parametrize(
    ("now", "offered", "told"),
    [
        ("11-26 16:59", "Fri 27 10:45", "10:45 am tomorrow, Friday (Helsinki time)"),
        ("11-27 12:00", "Fri 27 14:00", "2:00 pm today (Helsinki time)"),
        ("11-27 16:31", "Mon 30 10:30", "Monday, 30 November, 10:30 am (Helsinki time)"),
        ("11-27 17:00", "Mon 30 11:00", "Monday, 30 November, 11:00 am (Helsinki time)"),
        ("11-28 11:00", "Mon 30 11:00", "Monday, 30 November, 11:00 am (Helsinki time)"),
        ("11-29 23:00", "Mon 30 11:00", "11:00 am tomorrow, Monday (Helsinki time)"),
    ],
)
async def test_a_first_answer_is_offered_for_when_its_owner_works(
    at_work: Office, now: str, offered: str, told: str
) -> None:
    goto(at_work, now)
    request = await request_of(at_work)
    await in_zone(at_work, request, "Europe/Helsinki")
    review = await acknowledged(at_work, request)
    assert local(review.due_at) == offered
    assert told in review.text
    assert review.checks == ()


async def test_a_client_far_away_is_told_the_same_time_by_their_own_clock(at_work: Office) -> None:
    goto(at_work, "11-27 16:40")
    request = await request_of(at_work)
    await in_zone(at_work, request, "America/New_York")
    assert "Monday, 30 November, 3:30 am (New York time)" in (await acknowledged(at_work, request)).text


async def test_before_a_day_off_the_day_after_it_is_offered(office: Office) -> None:
    off = replace(TEAM, days=(SpecialDay(date(2026, 11, 30), (), "Stocktaking"),))
    await office.desk.do(calendar_saving.save_team_calendar, actor=acting(MIRA), rules=off, based_on=0)
    goto(office, "11-27 16:40")
    request = await request_of(office)
    assert local((await acknowledged(office, request)).due_at) == "Tue 01 10:30"


@pytest.mark.parametrize(
    ("owner", "by", "offered"),
    [
        (MIRA, MIRA, "Mon 30 10:30"),
        (MIRA, JONAS, "Mon 30 10:30"),
        (None, JONAS, "Mon 30 10:30"),
        (JONAS, MIRA, "Mon 30 10:30"),
        (SAM, MIRA, "Mon 30 16:15"),
    ],
)
async def test_it_is_the_owners_hours_that_count_and_whoever_presses_first_owns_it(
    at_work: Office, owner: Member | None, by: Member, offered: str
) -> None:
    """In Berlin there is an hour of work left; of New York's day the team's in Helsinki sees the first hour."""
    goto(at_work, "11-27 16:40")
    found = await acknowledged(at_work, await request_of(at_work, owner), by=by)
    assert local(found.due_at) == offered


@pytest.mark.parametrize(
    ("spell", "by", "offered"),
    [
        (("11-27 12:00", "11-30 00:00"), JONAS, "Mon 30 11:00"),
        (("11-27 12:00", "11-30 00:00"), MIRA, "Mon 30 11:00"),
        (("11-27 12:00", "12-07 00:00"), JONAS, "Fri 27 14:00"),
        (("11-27 12:00", "12-07 00:00"), MIRA, "Mon 07 11:00"),
        (("11-27 16:00", "12-07 00:00"), JONAS, "Fri 27 14:00"),
        (("11-27 13:00", "11-27 14:00"), JONAS, "Fri 27 15:00"),
    ],
)
async def test_an_owner_who_is_away_answers_when_they_are_back_or_a_colleague_does_before(
    at_work: Office, spell: tuple[str, str], by: Member, offered: str
) -> None:
    goto(at_work, "11-27 12:00")
    request = await request_of(at_work)
    await away(at_work, MIRA, *spell)
    found = await acknowledged(at_work, request, by=by)
    assert local(found.due_at) == offered


@pytest.mark.parametrize(
    ("now", "due", "offered"),
    [
        ("11-26 12:00", "11-26 16:59", "Fri 27 11:00"),
        ("11-26 16:50", "11-27 12:00", "Fri 27 14:00"),
        ("11-27 12:00", "11-27 16:31", "Mon 30 10:45"),
        ("11-27 16:30", "11-27 17:00", "Mon 30 11:00"),
        ("11-27 16:30", "11-28 11:00", "Mon 30 11:00"),
    ],
)
async def test_a_delay_update_offers_a_later_time_of_work(at_work: Office, now: str, due: str, offered: str) -> None:
    goto(at_work, now)
    form = await delayed(at_work, await promised(at_work, at(due)))
    assert local(form.new_due_at) == offered


@pytest.mark.parametrize(
    ("later", "offered"),
    [
        ("11-27 15:00:05", "Fri 27 16:30"),
        ("11-27 16:40:00", "Mon 30 10:45"),
        ("11-28 11:00:00", "Mon 30 11:00"),
    ],
)
async def test_a_recovery_draft_offers_a_time_of_work_and_tells_it(at_work: Office, later: str, offered: str) -> None:
    goto(at_work, "11-27 13:00")
    promise = await promised(at_work, at("11-27 15:00"))
    await in_zone(at_work, promise.request, "Europe/Helsinki")
    goto(at_work, later[:-3])
    at_work.later(seconds=int(later[-2:]))
    await at_work.desk.do(nudging.plan)
    form = await delayed(at_work, promise)
    assert form.promise.outcome is Outcome.SLIPPED
    assert local(form.new_due_at) == offered
    review = await previewed(at_work, form, form.new_due_at)
    assert f"by {client_time(form.new_due_at, 'Europe/Helsinki', 'en', at_work.now)}" in review.text
    assert review.checks == ()


async def test_a_promise_that_falls_into_an_absence_is_moved_behind_it(at_work: Office) -> None:
    goto(at_work, "11-25 10:00")
    promise = await promised(at_work, at("11-27 12:00"))
    await away(at_work, MIRA, "11-26 00:00", "12-07 00:00")
    assert local((await delayed(at_work, promise)).new_due_at) == "Mon 07 11:00"
    assert local((await delayed(at_work, promise, by=JONAS)).new_due_at) == "Fri 27 14:00"


async def test_of_a_promise_that_nobody_owns_the_teams_hours_count(at_work: Office) -> None:
    goto(at_work, "11-27 16:00")
    promise = await promised(at_work, at("11-27 16:45"))
    await at_work.desk.do(claiming.release_request, actor=acting(MIRA), request=promise.request)
    await away(at_work, MIRA, "11-27 16:00", "12-07 00:00")
    assert local((await delayed(at_work, promise)).new_due_at) == "Mon 30 10:45"


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


@pytest.mark.parametrize("now", ["11-27 16:40", "11-28 03:07"])
async def test_a_team_around_the_clock_is_offered_what_it_always_was(office: Office, now: str) -> None:
    goto(office, now)
    request = await request_of(office)
    review = await acknowledged(office, request)
    assert review.due_at is not None
    assert 105 <= (review.due_at - office.now) / timedelta(minutes=1) <= 120
    form = await delayed(office, await promised(office, office.now + HOUR))
    assert timedelta(0) <= form.new_due_at - form.promise.due_at - 2 * HOUR < timedelta(minutes=15)
    assert (await previewed(office, form, form.new_due_at + 9 * HOUR)).checks == ()
