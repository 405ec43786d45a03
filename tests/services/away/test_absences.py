"""Absences with the real services on both databases. It is Monday 23 November 2026, 10:00 in Helsinki (08:00 UTC)."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.away.absences import Source
from bot.domain.people import Member
from bot.errors import HeadsupError, RefusedError
from bot.services.away import absences, entering
from bot.services.context import Context
from bot.services.requests import claiming
from tests.support.absences import at, away, is_working
from tests.support.office import JONAS, MIRA, SAM, Office, acting

HOUR = timedelta(hours=1)


async def stand_ins(office: Office) -> dict[str, str | None]:
    def read(ctx: Context) -> dict[str, str | None]:
        with ctx.store.reading() as tx:
            return dict(absences.stand_ins(tx, ctx.now))

    return await office.desk.read(read)


async def promised(office: Office, due: timedelta, *, owner: Member = MIRA) -> int:
    """Let a member of the team own a request whose client was promised to hear by then; return the promise."""
    received = await office.webhook()
    sent = await office.send(received.request, by=owner, due=due)
    assert sent.promise is not None
    return sent.promise.id


async def letters(office: Office, what: str = "") -> list[tuple[str, str]]:
    """Return (recipient, key) of the messages about absences that were delivered now."""
    return [(row.recipient, row.key) for row in await office.deliver() if row.kind == "away" and what in row.key]


async def test_a_whole_day_is_from_midnight_to_midnight_of_the_members_own_zone(office: Office):
    shown = await away(office, "24 Dec - 2 Jan", cover="@jonas")
    assert shown.absence.spell == (at("2026-12-23T22:00"), at("2027-01-02T22:00"))
    assert (shown.stand_in, shown.chosen) == (shown.stand_in, True)
    assert shown.stand_in is not None
    assert shown.stand_in.id == JONAS.id
    assert (await away(office, "tomorrow", by=SAM)).absence.starts_at == at("2026-11-24T05:00")


async def test_an_absence_for_today_holds_at_once(office: Office):
    assert await is_working(office, MIRA, office.now)
    shown = await away(office, "today", cover=JONAS.id)
    assert shown.absence.starts_at == office.now
    assert not await is_working(office, MIRA, office.now)
    assert await stand_ins(office) == {MIRA.id: JONAS.id}
    assert await is_working(office, MIRA, at("2026-11-23T22:00"))


# -- promises that fall into it ----------------------------------------------------------------------------------------


async def test_the_promises_that_fall_due_in_it_are_listed_and_one_whose_nudges_would(office: Office):
    before = await promised(office, timedelta(hours=3))
    within = await promised(office, timedelta(hours=6))
    just_after = await promised(office, timedelta(hours=8, minutes=30))
    await promised(office, timedelta(days=3))
    others = await promised(office, timedelta(hours=6), owner=JONAS)
    shown = await away(office, "from 14:00 until 18:00", cover=JONAS.id)
    assert [(item.promise.id, item.due) for item in shown.falling] == [(within, True), (just_after, False)]
    assert before not in shown.absence.promises
    assert others not in shown.absence.promises


@pytest.mark.parametrize(
    ("due", "listed"),
    [
        (timedelta(microseconds=-1), False),
        (timedelta(), True),
        (timedelta(hours=4, microseconds=-1), True),
        (timedelta(hours=4), True),
        (timedelta(hours=5, microseconds=-1), True),
        (timedelta(hours=5, microseconds=1), False),
    ],
)
async def test_the_edges_of_an_absence_are_in_at_its_beginning_and_out_at_its_end(
    office: Office, due: timedelta, listed: bool
):
    """From 14:00 until 18:00 in Helsinki; nudges are an hour and a quarter of an hour before."""
    begins = at("2026-11-23T12:00")
    promise = await promised(office, begins + due - office.now)
    shown = await away(office, "from 14:00 until 18:00")
    assert (promise in shown.absence.promises) is listed


async def test_a_promise_that_is_kept_handed_over_or_moved_shows_so(office: Office):
    kept, handed = await promised(office, timedelta(hours=6)), await promised(office, timedelta(hours=6))
    shown = await away(office, "from 14:00 until 18:00", cover=JONAS.id)
    keep = {"actor": acting(MIRA), "absence": shown.absence.id, "promise": kept}
    for _ in range(2):
        shown = await office.desk.do(absences.keep_promise, **keep)
    request = next(item.request.id for item in shown.falling if item.promise.id == handed)
    await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    now = await office.desk.read(absences.absence_shown, actor=acting(MIRA), absence=shown.absence.id)
    assert [(item.promise.id, item.kept, item.owner and item.owner.id) for item in now.falling] == [
        (kept, True, MIRA.id),
        (handed, False, JONAS.id),
    ]
    history = (await office.status(now.falling[0].request.id)).history
    assert [entry.kind for entry in history].count("kept_through_absence") == 1


async def test_who_hears_of_a_kept_promise_is_who_is_there_before_it_is_due(office: Office):
    early, late = await promised(office, timedelta(hours=4.5)), await promised(office, timedelta(hours=7))
    await away(office, "from 13:00 until 14:00", by=JONAS)  # in Berlin: 14:00 to 15:00 in Helsinki
    shown = await away(office, "from 14:00 until 18:00", cover=JONAS.id)
    assert shown.stand_in is not None
    assert shown.stand_in.id == JONAS.id
    assert [(item.promise.id, item.hears and item.hears.id) for item in shown.falling] == [
        (early, SAM.id),
        (late, JONAS.id),
    ]


async def test_who_presses_keep_while_somebody_hands_it_over_sees_whose_it_is(office: Office):
    promise = await promised(office, timedelta(hours=6))
    shown = await away(office, "from 14:00 until 18:00", cover=JONAS.id)
    keep = {"actor": acting(MIRA), "absence": shown.absence.id, "promise": promise}
    over = {"actor": acting(SAM), "request": shown.falling[0].request.id, "to": JONAS.id}
    await asyncio.gather(
        *(office.desk.do(absences.keep_promise, **keep) for _ in range(3)),
        *(office.desk.do(claiming.hand_over, **over) for _ in range(3)),
    )
    now = await office.desk.do(absences.keep_promise, **keep)
    [item] = now.falling
    assert item.owner is not None
    assert item.owner.id == JONAS.id
    assert not item.is_undecided(now.member)


async def test_nothing_is_kept_of_an_absence_that_is_over(office: Office):
    promise = await promised(office, timedelta(hours=6))
    shown = await away(office, "from 14:00 until 18:00", cover=JONAS.id)
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=shown.absence.id)
    kept = await office.desk.do(absences.keep_promise, actor=acting(MIRA), absence=shown.absence.id, promise=promise)
    assert kept.absence.kept == ()


@pytest.mark.parametrize("absence", [0, -1, 99, 2**31, 2**70])
async def test_a_forged_button_names_no_absence(office: Office, absence: int):
    for verb, facts in ((absences.take_back, {}), (absences.keep_promise, {"promise": 1})):
        with pytest.raises(HeadsupError, match="not there any more"):
            await office.desk.do(verb, actor=acting(MIRA), absence=absence, **facts)


# -- for somebody else -------------------------------------------------------------------------------------------------


async def test_any_member_may_enter_one_for_another_who_is_told(office: Office):
    shown = await away(office, "today", by=JONAS, member=MIRA.id, cover=SAM.id)
    assert shown.by is not None
    assert shown.by.id == JONAS.id
    assert [recipient for recipient, _ in await letters(office)] == [MIRA.id, SAM.id]
    assert not await is_working(office, MIRA, office.now)
    other = await away(office, "Thu", by=SAM, member=JONAS.id)
    with pytest.raises(RefusedError, match="Only they themselves, the lead, or whoever entered it"):
        await office.desk.do(absences.take_back, actor=acting(MIRA), absence=other.absence.id)


async def test_times_are_in_the_zone_of_the_one_who_is_away(office: Office):
    shown = await away(office, "tomorrow", by=SAM, member=MIRA.id)
    assert shown.absence.starts_at == at("2026-11-23T22:00")


# -- back --------------------------------------------------------------------------------------------------------------


async def test_back_ends_what_runs_and_tells_when_there_was_nothing(office: Office):
    await away(office, "until Fri", cover=JONAS.id)
    await letters(office)
    office.later(hours=2)
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert [each.over_at for each in back.ended] == [office.now]
    assert await is_working(office, MIRA, office.now)
    assert await stand_ins(office) == {}
    assert [key.split(":")[1] for _, key in await letters(office)] == ["no_longer"]
    again = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert again.ended == ()
    assert not again.summary


async def test_back_leaves_what_is_still_to_come(office: Office):
    coming = await away(office, "Thu")
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert back.ended == ()
    assert [each.id for each in back.coming] == [coming.absence.id]
    form = await office.desk.do(absences.take_back, actor=acting(MIRA), absence=coming.absence.id)
    assert form.entered == ()
    assert await is_working(office, MIRA, at("2026-11-26T10:00"))
    office.later(days=5)
    assert await letters(office) == []


async def test_it_ends_by_itself(office: Office):
    await away(office, "until 15:30", cover=JONAS.id)
    office.later(hours=5, minutes=29)
    assert not await is_working(office, MIRA, office.now)
    assert await stand_ins(office) == {MIRA.id: JONAS.id}
    office.later(minutes=1)
    assert await is_working(office, MIRA, office.now)
    assert await stand_ins(office) == {}


async def test_the_source_and_the_note_are_kept(office: Office):
    shown = await office.desk.do(
        entering.enter_absence,
        actor=acting(MIRA),
        starts_at=office.now - HOUR,
        ends_at=office.now + HOUR,
        reason="  at the\n dentist " + "x" * 500,
    )
    assert shown.absence.source is Source.HOME
    assert shown.absence.starts_at == office.now
    assert shown.absence.reason.startswith("at the dentist xxx")
    assert len(shown.absence.reason) == entering.LONGEST_REASON
