"""A Slack status as an absence, with the real services on both databases."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.away.absences import Absence, Source
from bot.domain.away.away_signs import Status
from bot.errors import FieldError
from bot.services.away import absences, entering, statuses
from bot.store import events, tables
from tests.support.office import JONAS, MIRA, Office, acting

HOUR = timedelta(hours=1)


async def status(
    office: Office, text: str, emoji: str = "", until: datetime | None = None, user: str = MIRA.id
) -> Absence | None:
    return await office.desk.do(statuses.status_changed, user=user, said=Status(text, emoji, until))


async def read_after_a_start(office: Office, said: Status, heard: dict[str, str] | None = None) -> int:
    """Read Mira's status as it is done when members are synced."""
    heard = await office.desk.read(statuses.last_heard) if heard is None else heard
    return await office.desk.do(statuses.statuses_read, found={MIRA.id: said, JONAS.id: Status()}, heard=heard)


async def entered(office: Office) -> tuple[Absence, ...]:
    form = await office.desk.read(absences.away_form, actor=acting(MIRA))
    return form.entered


async def test_it_begins_with_the_status_and_ends_with_its_expiration(office: Office):
    made = await status(office, "On holiday", ":palm_tree:", office.now + 3 * HOUR)
    assert made is not None
    assert (made.source, made.spell) == (Source.STATUS, (office.now, office.now + 3 * HOUR))
    office.later(hours=3)
    assert await entered(office) == ()


async def test_it_ends_when_the_status_is_cleared_or_says_something_else(office: Office):
    for following in ("", "Deep work"):
        await status(office, "OOO")
        [running] = await entered(office)
        assert running.ends_at is None
        office.later(minutes=5)
        await status(office, following)
        assert await entered(office) == ()


async def test_the_same_status_said_again_changes_nothing(office: Office):
    await status(office, "sick", until=office.now + 3 * HOUR)
    office.later(minutes=10)
    assert await status(office, "sick", until=office.now + 3 * HOUR - timedelta(minutes=10)) is None
    [running] = await entered(office)
    assert running.starts_at == office.now - timedelta(minutes=10)
    await office.desk.do(absences.come_back, actor=acting(MIRA))
    await status(office, "sick", until=office.now + 3 * HOUR - timedelta(minutes=10))
    assert await entered(office) == (), "they came back, and only their picture changed since"


async def test_a_status_that_was_made_longer_makes_the_absence_longer(office: Office):
    await status(office, "sick", until=office.now + 3 * HOUR)
    await status(office, "sick", until=office.now + 9 * HOUR)
    [running] = await entered(office)
    assert running.ends_at == office.now + 9 * HOUR


async def test_what_was_entered_is_never_overridden(office: Office):
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri", cover=JONAS.id)
    await status(office, "away", until=office.now + HOUR)
    await status(office, "")
    await status(office, "vacation")
    assert [each.id for each in await entered(office)] == [shown.absence.id]


async def test_a_status_that_lasts_longer_counts_after_what_was_entered(office: Office):
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until 15:30")
    made = await status(office, "out sick", until=office.now + 48 * HOUR)
    assert made is not None
    assert made.starts_at == shown.absence.ends_at
    back = await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert len(back.ended) == 2
    assert await entered(office) == ()


@pytest.mark.parametrize("later", [-HOUR, timedelta(), timedelta(microseconds=1)])
async def test_a_status_that_is_over_first_adds_nothing_to_what_was_entered(office: Office, later: timedelta):
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until 15:30")
    until = shown.absence.over_at + later
    made = await status(office, "out sick", until=until)
    assert (made and made.spell) == ((shown.absence.over_at, until) if later > timedelta() else None)
    assert [each.id for each in await entered(office)] == [shown.absence.id, *([made.id] if made else [])]


@pytest.mark.parametrize("until", [24 * HOUR, 96 * HOUR, None])
async def test_once_what_was_entered_is_taken_back_the_status_counts_from_then_on(
    office: Office, until: timedelta | None
):
    shown = await office.desk.do(
        entering.enter_absence, actor=acting(MIRA), starts_at=office.now, ends_at=office.now + 48 * HOUR
    )
    await status(office, "Vacation", until=office.now + 96 * HOUR)
    office.later(minutes=5)
    await office.desk.do(absences.take_back, actor=acting(MIRA), absence=shown.absence.id)
    began = office.now
    office.later(minutes=5)
    for said in ("Vacation!", "Vacation!!"):
        ends_at = began + until if until else None
        await status(office, said, until=ends_at)
        [running] = await entered(office)
        assert (running.starts_at, running.ends_at) == (began, ends_at), "away from then on, and no longer than said"
        office.later(minutes=5)


async def test_a_status_that_waits_for_what_was_entered_goes_on_waiting_for_it(office: Office):
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until 15:30")
    for until in (office.now + 48 * HOUR, office.now + 24 * HOUR):
        office.later(minutes=5)
        made = await status(office, "out sick", until=until)
        assert made is not None
        assert made.spell == (shown.absence.over_at, until)


async def test_a_status_that_is_made_longer_began_when_it_did(office: Office):
    began = office.now
    await status(office, "sick", until=began + 3 * HOUR)
    office.later(hours=1)
    made = await status(office, "sick", until=began + 9 * HOUR)
    assert made is not None
    assert made.spell == (began, began + 9 * HOUR)


async def test_what_is_entered_takes_the_place_of_a_status(office: Office):
    await status(office, "away")
    office.later(minutes=5)
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri")
    assert [each.id for each in await entered(office)] == [shown.absence.id]


async def test_a_status_that_was_set_while_nobody_listened_begins_when_it_is_read(office: Office):
    vacation = Status("On holiday", ":palm_tree:", office.now + 3 * HOUR)
    assert await read_after_a_start(office, vacation) == 1
    [running] = await entered(office)
    assert (running.source, running.spell) == (Source.STATUS, (office.now, office.now + 3 * HOUR))
    office.later(hours=1)
    assert await read_after_a_start(office, vacation) == 0
    assert await entered(office) == (running,)


@pytest.mark.parametrize("now_says", [Status(), Status("Deep work", ":headphones:")])
async def test_one_that_was_cleared_while_nobody_listened_ends_when_it_is_read(office: Office, now_says: Status):
    await status(office, "OOO")
    office.later(hours=1)
    assert await read_after_a_start(office, now_says) == 0
    assert await entered(office) == ()


async def test_who_came_back_is_not_away_again_because_their_status_is_read(office: Office):
    until = office.now + 3 * HOUR
    await status(office, "sick", until=until)
    office.later(minutes=5)
    await office.desk.do(absences.come_back, actor=acting(MIRA))
    assert await read_after_a_start(office, Status("sick", "", until)) == 0
    assert await entered(office) == ()


@pytest.mark.parametrize("now_says", [Status(), Status("vacation"), Status("away", "", None)])
async def test_what_a_person_entered_is_neither_ended_nor_moved_by_reading(office: Office, now_says: Status):
    shown = await office.desk.do(entering.say_away, actor=acting(MIRA), when="until Fri", cover=JONAS.id)
    await read_after_a_start(office, now_says)
    await read_after_a_start(office, Status())
    assert await entered(office) == (shown.absence,)


async def test_two_answers_one_after_the_other_both_count(office: Office):
    heard = await office.desk.read(statuses.last_heard)
    assert await read_after_a_start(office, Status("Deep work"), heard) == 0
    assert await read_after_a_start(office, Status("On holiday"), heard) == 1


async def test_an_answer_that_is_older_than_what_was_heard_meanwhile_counts_for_nothing(office: Office):
    heard = await office.desk.read(statuses.last_heard)
    await status(office, "", ":coffee:")
    assert await read_after_a_start(office, Status("On holiday", ":palm_tree:"), heard) == 0
    assert await entered(office) == ()


@pytest.mark.parametrize("user", ["U0NOBODY", "", "U0CARLA"])
async def test_whoever_is_no_member_has_no_absence(office: Office, user: str):
    assert await status(office, "vacation", ":palm_tree:", user=user) is None


async def test_a_status_that_expired_already_is_none(office: Office):
    assert await status(office, "vacation", until=office.now) is None


async def test_the_signs_can_be_changed_and_hold_from_the_next_status_on(office: Office):
    signs = await office.desk.do(
        statuses.save_signs, actor=acting(MIRA), words=["  Beim   Arzt ", "", "beim arzt"], emoji=[":Dog:", "dog"]
    )
    assert (signs.words, signs.emoji) == (("beim arzt",), ("dog",))
    assert await status(office, "vacation") is None
    assert await status(office, "bin BEIM ARZT") is not None


@pytest.mark.parametrize(
    ("words", "emoji", "field"),
    [(["x" * 61], [], "away_words"), ([], ["y" * 61], "away_emoji"), ([f"w{n}" for n in range(101)], [], "away_words")],
)
async def test_too_long_lists_of_signs_are_refused_at_their_field(office: Office, words, emoji, field):
    with pytest.raises(FieldError) as refused:
        await office.desk.do(statuses.save_signs, actor=acting(MIRA), words=words, emoji=emoji)
    assert refused.value.field == field


async def test_a_status_leaves_no_words_in_the_history(office: Office):
    await status(office, "at the clinic, sick", ":pill:")

    def read(ctx):
        with ctx.store.reading() as tx:
            assert events.setting(tx, f"status:{MIRA.id}") is not None
            return json.dumps([dict(row.data) for row in tx.execute(select(tables.event))])

    assert "clinic" not in await office.desk.read(read)
