"""What people do about a request answers the nudges about it: nothing more comes before the time itself."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.hours.calendar_text import parse_week
from bot.domain.hours.calendars import CalendarRules
from bot.domain.incoming import ChannelMessage
from bot.domain.people import Member
from bot.domain.promises import Promise
from bot.services.arriving import listening
from bot.services.context import Context
from bot.services.requests import moving
from bot.store import Store, places
from bot.store import tables as t
from tests.support.office import TEAM, acting
from tests.support.weeks import Weeks, close, weeks_of

OFFICE = CalendarRules(tz="UTC", week=parse_week("Mon-Fri 09:00-17:00"))
MIRA = Member(id="U0MIRA", name="Mira")
JONAS = Member(id="U0JONAS", name="Jonas")
SAM = Member(id="U0SAM", name="Sam")
SECOND = timedelta(seconds=1)
SECRET = "They always want everything by yesterday."

NUDGED = [("Fri 15:00", MIRA.id, "before")]
PASSED_ON = [("Fri 15:30", SAM.id, "before"), ("Fri 15:45", MIRA.id, "before")]
SLIPPED = [("Fri 16:00", MIRA.id, "slipped"), ("Fri 16:00", SAM.id, "slipped")]


def friday(hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, 27, hour, minute, second, tzinfo=UTC)


@pytest.fixture
async def weeks(store: Store) -> AsyncIterator[Weeks]:
    """Friday at nine; everybody works from nine to five, Sam leads."""
    found = await weeks_of(store, friday(9), OFFICE, (MIRA, JONAS, SAM), lead="Sam")
    yield found
    await close(found)


async def said_in_thread(
    weeks: Weeks, promise: Promise, *, by: Member = MIRA, at: datetime | None = None, elsewhere: bool = False
) -> None:
    """Let a member write below the card of a promise's request, or below some other message of that channel."""

    def place(ctx: Context) -> tuple[str, str] | None:
        with ctx.store.reading() as tx:
            return places.of_key(tx, f"card:{promise.request}")

    card = await weeks.office.desk.read(place)
    assert card is not None
    at = at or weeks.now
    said = ChannelMessage(
        channel=card[0],
        ts=f"{at.timestamp():.6f}",
        text=SECRET,
        user=by.id,
        at=at,
        team=TEAM,
        thread="1795000000.000009" if elsewhere else card[1],
    )
    assert await weeks.office.desk.do(listening.channel_message, said=said, raw=SECRET.encode()) is None


async def stands(weeks: Weeks, promise: Promise) -> Promise:
    return next(each for each in await weeks.promises(promise.request) if each.id == promise.id)


async def test_the_owners_words_below_the_card_answer_a_nudge_but_not_the_slip(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    for _ in range(2):
        await said_in_thread(weeks, promise)
    await weeks.live_until(friday(15, 59))
    assert weeks.story() == NUDGED
    await weeks.live_until(friday(16))
    assert weeks.story() == [*NUDGED, *SLIPPED]
    history = (await weeks.office.status(promise.request)).history
    assert [entry.actor for entry in history if entry.kind == "on_it"] == [MIRA.id]


@pytest.mark.parametrize(
    ("how", "answers"),
    [
        ({"at": friday(14, 59, 59)}, False),
        ({"at": friday(15)}, True),
        ({"at": friday(15, 0, 1)}, True),
        ({"by": JONAS}, False),
        ({"by": SAM}, False),
        ({"elsewhere": True}, False),
    ],
    ids=["just before the nudge", "with it", "just after", "a colleague", "the lead", "another thread"],
)
async def test_only_the_owners_words_after_the_nudge_and_below_that_card_answer_it(
    weeks: Weeks, how: dict[str, Any], answers: bool
) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await said_in_thread(weeks, promise, **how)
    await weeks.live_until(friday(15, 59))
    assert weeks.story() == (NUDGED if answers else NUDGED + PASSED_ON)


async def test_words_before_any_nudge_answer_nothing(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await said_in_thread(weeks, promise)
    await weeks.live_until(friday(15, 59))
    assert weeks.story() == NUDGED + PASSED_ON


async def test_a_new_time_is_nudged_about_whatever_was_said_of_the_old_one(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(13))
    await weeks.live_until(friday(12, 5))
    await said_in_thread(weeks, promise)
    await weeks.moved(MIRA, promise, friday(16))
    await weeks.live_until(friday(15, 59))
    assert weeks.story() == [("Fri 12:00", MIRA.id, "before"), *NUDGED, *PASSED_ON]


async def test_what_the_team_says_among_itself_is_kept_nowhere(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await said_in_thread(weeks, promise)
    await weeks.live_until(friday(16, 30))

    def everything(ctx: Context) -> str:
        with ctx.store.reading() as tx:
            return "".join(str(row) for table in t.METADATA.sorted_tables for row in tx.execute(table.select()))

    kept = await weeks.office.desk.read(everything)
    assert str(promise.due_at.year) in kept
    assert "by yesterday" not in kept


Move = Callable[..., Any]
MOVES: list[tuple[Move, dict[str, Any]]] = [
    (moving.wait_for_client, {}),
    (moving.wait_for_supplier, {}),
    (moving.park_request, {"until": friday(9) + timedelta(days=3)}),
]


@pytest.mark.parametrize(("move", "how"), MOVES, ids=["client", "supplier", "parked"])
async def test_another_state_answers_a_nudge_but_not_the_slip(weeks: Weeks, move: Move, how: dict[str, Any]) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await weeks.office.desk.do(move, actor=acting(JONAS), request=promise.request, **how)
    await weeks.live_until(friday(15, 59))
    assert weeks.story() == NUDGED
    await weeks.live_until(friday(16))
    assert weeks.story()[1:] == SLIPPED


async def test_going_on_with_what_waited_answers_too_and_the_same_state_again_does_not(weeks: Weeks) -> None:
    first, second = await weeks.promised(MIRA, friday(16)), await weeks.promised(MIRA, friday(16))
    for promise in (first, second):
        await weeks.office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=promise.request)
    await weeks.live_until(friday(15, 5))
    await weeks.office.desk.do(moving.resume_request, actor=acting(MIRA), request=first.request)
    await weeks.office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=second.request)
    await weeks.live_until(friday(15, 59))
    assert weeks.story(of=first) == NUDGED
    assert weeks.story(of=second) == [("Fri 15:00", MIRA.id, "before"), *PASSED_ON]


async def test_a_nudge_that_was_answered_says_so_where_it_stands(weeks: Weeks) -> None:
    promise = await weeks.promised(MIRA, friday(16))
    await weeks.live_until(friday(15, 5))
    await said_in_thread(weeks, promise)
    refreshed = [row for row in await weeks.office.deliver() if row.kind == "nudge" and row.shown]
    assert [row.recipient for row in refreshed] == [MIRA.id]
    assert (await stands(weeks, promise)).acked_at == weeks.now
