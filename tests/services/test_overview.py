"""A glance at everything says what comes next, how far requests have come, and what must agree with the world."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.calendars import parse_rules
from bot.domain.overview import Milestone
from bot.domain.people import Member
from bot.domain.promises import ClientAnswer
from bot.domain.replies import ReplyKind
from bot.domain.requests import Request
from bot.services import (
    answering,
    calendar_saving,
    claiming,
    installation,
    linking,
    moving,
    overview,
    profiles,
    promising,
)
from bot.services.context import Context
from bot.services.nudging import plan
from bot.store import outbox
from tests.support.office import ACME_CHANNEL, CARLA, JONAS, MIRA, SAM, TEAM, Actor, Office, acting


async def glance(office: Office, since: int = 0, words: str = ""):
    return await office.desk.read(overview.overview_of, since=since, words=words)


async def planned(office: Office) -> None:
    while (await office.desk.do(plan)).more:
        pass
    await office.deliver()


async def answered(office: Office) -> int:
    """Return a request of Jonas's that nobody has to answer, so that no aim of ours runs."""
    number = (await office.webhook("Thank you so much, it works perfectly!")).request
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=number)
    assert (await glance(office)).next is None
    return number


async def by_office_hours(office: Office, hours: str = "Mon-Fri 09:00-17:00") -> None:
    """Let everybody work from nine to five by their own clock; the team's is the lead's, in New York."""
    rules = parse_rules(hours)
    await office.desk.do(calendar_saving.save_team_calendar, actor=None, rules=rules, based_on=0)
    while (await office.desk.do(plan)).more:
        pass


async def left(office: Office) -> list[tuple[str, datetime]]:
    """Plan; return to whom nudges go that did not leave before, and from when on."""
    while (await office.desk.do(plan)).more:
        pass

    def read(ctx: Context) -> list[tuple[str, datetime]]:
        query = select(outbox.o.recipient, outbox.o.not_before).where(outbox.o.kind == "nudge", outbox.o.shown == 0)
        with ctx.store.reading() as tx:
            return [(str(row.recipient), max(ctx.now, row.not_before)) for row in tx.execute(query)]

    return await office.desk.read(read)


def names(members: tuple[Member, ...]) -> list[str]:
    return [member.name for member in members]


async def test_an_empty_installation_has_nothing_to_show(office: Office):
    seen = await glance(office)
    assert (seen.next, seen.happened, seen.journey, seen.untouched) == (None, {}, None, None)
    assert (seen.counts.requests, seen.counts.cards_wanted, seen.counts.replies) == (0, 0, {})


async def test_an_unanswered_request_is_next_said_to_the_team_channel(office: Office):
    number = (await office.webhook()).request
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, found.client, found.to) == (number, "Acme", ())
    assert found.at == office.now + timedelta(minutes=45)


async def test_a_promise_is_next_said_to_its_owner_an_hour_before(office: Office):
    number = (await office.webhook()).request
    await office.send(number, due=timedelta(hours=4))
    due = (await office.promises(number))[0].due_at
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, names(found.to), found.at) == (number, ["Mira"], due - timedelta(hours=1))


async def test_the_due_time_itself_is_said_to_owner_and_lead(office: Office):
    number = (await office.webhook()).request
    await office.send(number, due=timedelta(hours=4))
    office.later(hours=3, minutes=50)
    await planned(office)
    promise = (await office.promises(number))[0].id
    await office.desk.do(promising.take_on, actor=acting(MIRA), promise=promise)
    found = (await glance(office)).next
    assert found is not None
    assert names(found.to) == ["Mira", "Sam"]
    assert found.at == (await office.promises(number))[0].due_at


async def test_what_is_due_this_instant_is_not_next(office: Office):
    first = (await office.webhook()).request
    await office.send(first, due=timedelta(hours=4))
    promise = (await office.promises(first))[0]
    office.desk.clock.move(promise.due_at - timedelta(hours=1) - office.now)
    assert (await glance(office)).next is None
    await planned(office)
    found = (await glance(office)).next
    assert found is not None
    assert (names(found.to), found.at) == (["Sam"], promise.due_at - timedelta(minutes=30))


async def test_a_nudge_that_waits_for_another_one_is_next_when_both_leave(office: Office):
    numbers = [(await office.webhook()).request for _ in range(2)]
    approved = [await office.approve(number, due=timedelta(hours=4)) for number in numbers[:1]]
    office.later(seconds=30)
    approved.append(await office.approve(numbers[1], due=timedelta(hours=4)))
    office.later(seconds=11)
    await office.deliver()
    last = approved[1].promise
    assert last is not None
    together = last.due_at - timedelta(hours=1)
    before = (await glance(office)).next
    assert before is not None
    assert before.at == together
    office.desk.clock.move(together - timedelta(seconds=30) - office.now)
    await planned(office)
    waiting = (await glance(office)).next
    assert waiting is not None
    assert (names(waiting.to), waiting.at) == (["Mira"], together)
    assert waiting.request in numbers


async def test_a_missed_target_nudges_nobody_at_its_own_end(office: Office):
    await office.webhook()
    office.later(minutes=45)
    await planned(office)
    assert (await glance(office)).next is None


async def test_a_parked_request_is_next_when_it_comes_back(office: Office):
    number = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=number)
    until = office.now + timedelta(hours=20)
    await office.desk.do(moving.park_request, actor=acting(JONAS), request=number, until=until)
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, names(found.to), found.at) == (number, ["Jonas"], until)


@pytest.mark.parametrize("wait", [moving.wait_for_client, moving.wait_for_supplier])
@pytest.mark.parametrize(
    ("before", "comes"),
    [
        (timedelta(days=2), "the date"),
        (timedelta(microseconds=1), "the date"),
        (timedelta(), "nothing"),
        (timedelta(microseconds=-1), "nothing"),
        (timedelta(days=-2), "nothing"),
    ],
    ids=["long before", "just before", "at it", "just after", "long after"],
)
async def test_asking_about_a_wait_is_next_until_it_is_due(
    office: Office, wait: Callable[..., Request], before: timedelta, comes: str
):
    number = await answered(office)
    until = office.now + timedelta(days=3)
    await office.desk.do(wait, actor=acting(JONAS), request=number, until=until)
    office.desk.clock.move(until - before - office.now)
    found = (await glance(office)).next
    assert ((found.request, names(found.to), found.at) if found else None) == (
        (number, ["Jonas"], until) if comes == "the date" else None
    )


async def test_a_wait_that_was_asked_about_is_next_at_its_next_date(office: Office):
    number = await answered(office)
    await office.desk.do(moving.wait_for_client, actor=acting(JONAS), request=number)
    office.later(days=3)
    await planned(office)
    found = (await glance(office)).next
    assert found is not None
    assert (found.request, found.at) == (number, office.now + timedelta(days=3))


async def test_a_wait_that_ended_is_not_next(office: Office):
    number = await answered(office)
    await office.desk.do(moving.wait_for_client, actor=acting(JONAS), request=number)
    await office.desk.do(moving.close_request, actor=acting(JONAS), request=number)
    assert (await glance(office)).next is None


@pytest.mark.parametrize(
    ("until", "asked"),
    [
        (datetime(2026, 12, 4, 14, 59, 59, tzinfo=UTC), datetime(2026, 12, 4, 14, 59, 59, tzinfo=UTC)),
        (datetime(2026, 12, 4, 15, 0, tzinfo=UTC), datetime(2026, 12, 7, 7, 0, tzinfo=UTC)),
        (datetime(2026, 12, 5, 12, 0, tzinfo=UTC), datetime(2026, 12, 7, 7, 0, tzinfo=UTC)),
        (datetime(2026, 12, 7, 7, 0, tzinfo=UTC), datetime(2026, 12, 7, 7, 0, tzinfo=UTC)),
    ],
    ids=["closing soon", "closed", "Saturday", "opening"],
)
async def test_whoever_is_asked_is_asked_in_their_hours(office: Office, until: datetime, asked: datetime):
    """Mira works from nine to five in Helsinki, which is seven to three in UTC."""
    number = await answered(office)
    await office.desk.do(claiming.hand_over, actor=acting(JONAS), request=number, to=MIRA.id)
    await office.deliver()
    await by_office_hours(office)
    await office.desk.do(moving.wait_for_client, actor=acting(MIRA), request=number, until=until)
    found = (await glance(office)).next
    assert found is not None
    assert (names(found.to), found.at) == (["Mira"], asked)
    office.desk.clock.move(until - office.now)
    assert await left(office) == [(MIRA.id, asked)]


async def test_an_aim_is_next_when_its_owner_hears_of_it(office: Office):
    """The team's aim, counted in New York, nears when Mira in Helsinki has gone home."""
    await by_office_hours(office)
    office.desk.clock.move(datetime(2026, 12, 3, 20, 30, tzinfo=UTC) - office.now)
    number = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=number)
    found = (await glance(office)).next
    assert found is not None
    office.desk.clock.move(found.at - office.now - timedelta(microseconds=1))
    before = await left(office)
    office.later(microseconds=1)
    assert [(name, at) for name, at in await left(office) if at == office.now] == [(found.to[0].id, found.at)]
    assert not [at for _, at in before if at < found.at]


async def test_the_team_channel_hears_of_an_aim_when_the_team_opens(office: Office):
    await by_office_hours(office, "UTC Mon-Fri 09:00-17:00")
    office.desk.clock.move(datetime(2026, 12, 4, 16, 50, tzinfo=UTC) - office.now)
    await office.webhook()
    found = (await glance(office)).next
    assert found is not None
    assert (found.to, found.at) == ((), datetime(2026, 12, 7, 9, 35, tzinfo=UTC))


async def test_an_aim_that_was_said_is_not_next_again(office: Office):
    number = (await office.webhook()).request
    first = (await glance(office)).next
    assert first is not None
    office.desk.clock.move(first.at - office.now)
    await planned(office)
    assert (await glance(office)).next is None, "when it is missed nobody hears"
    office.later(minutes=15)
    await planned(office)
    again = (await glance(office)).next
    assert again is not None
    assert (again.request, again.at > office.now) == (number, True)


async def test_counts_follow_what_was_wanted_and_what_stands(office: Office):
    first = (await office.webhook()).request
    await office.deliver()
    await office.webhook()
    await office.approve(first, due=timedelta(hours=4))
    counts = (await glance(office)).counts
    assert (counts.requests, counts.cards_wanted, counts.cards_standing) == (2, 2, 1)
    assert (counts.replies, counts.nudges_sent) == ({"held": 1}, 0)
    office.later(seconds=11)
    await office.deliver()
    office.later(hours=3, minutes=1)
    await planned(office)
    counts = (await glance(office)).counts
    assert counts.replies == {"sent": 1}
    assert (counts.cards_standing, counts.nudges_sent) == (2, 2), "the other one's aim was nudged about, too"


async def test_a_day_is_told_by_its_milestones(office: Office):
    await office.link_acme()
    received = await office.said("The contact form is broken, can you mend it?")
    assert received is not None
    number = received.request
    assert (await glance(office)).happened == {}, "that a client wrote is nobody's doing"

    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=number)
    await office.send(number, due=timedelta(hours=4))
    office.later(hours=3, minutes=1)
    await planned(office)
    seen = await glance(office)
    assert list(seen.happened) == [Milestone.CLAIMED, Milestone.PROMISED, Milestone.NUDGED]
    assert seen.journey is not None
    assert seen.journey.nudge is not None
    assert seen.journey.owner == (await office.card(number)).owner
    assert seen.journey.contact is not None
    assert (seen.journey.contact.slack_user, seen.journey.way.target) == (CARLA, ACME_CHANNEL)

    old = (await office.promises(number))[0]
    await office.send(number, kind=ReplyKind.DELAY_UPDATE, due=timedelta(hours=4), replaces=old.id)
    new = next(p for p in await office.promises(number) if p.outcome == "open")
    await office.desk.do(
        answering.answer_as_client,
        actor=Actor(CARLA, "T0ACME"),
        promise=new.id,
        answer=ClientAnswer.WORKS,
        channel=ACME_CHANNEL,
    )
    seen = await glance(office)
    assert set(seen.happened) == set(Milestone)
    assert seen.journey is not None
    assert seen.journey.told is not None
    assert seen.journey.update is not None
    assert seen.journey.told_at is not None
    assert seen.journey.update_at is not None
    assert seen.journey.told_at != seen.journey.update_at
    assert seen.journey.promise is not None
    assert seen.journey.promise.id == new.id
    assert seen.journey.next is not None
    assert seen.journey.next.at == new.due_at - timedelta(hours=1)


async def test_only_what_happened_after_an_event_counts(office: Office):
    first, second = [(await office.webhook()).request for _ in range(2)]
    await office.send(first, due=timedelta(hours=4))
    since = await office.desk.read(overview.newest_event)
    assert (await glance(office, since)).journey is None
    office.later(hours=3, minutes=1)
    await planned(office)
    assert (await glance(office, since)).happened == {}, "a nudge by itself is nobody's doing"
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=second)
    seen = await glance(office, since)
    assert seen.happened == {Milestone.CLAIMED: (second,)}


async def test_the_request_that_came_furthest_is_followed(office: Office):
    numbers = [(await office.webhook()).request for _ in range(3)]
    for number in numbers:
        await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=number)
    latest = (await glance(office)).journey
    assert latest is not None
    assert latest.request.id == numbers[2]
    assert latest.leaving is None
    await office.approve(numbers[1], due=timedelta(hours=4))
    office.later(seconds=11)
    await office.deliver()
    furthest = (await glance(office)).journey
    assert furthest is not None
    assert furthest.request.id == numbers[1]
    assert (furthest.told is not None, furthest.told_at) == (True, None), "a webhook's words stand nowhere in Slack"


async def test_a_reply_that_did_not_leave_yet_is_told_apart(office: Office):
    number = (await office.webhook()).request
    await office.approve(number, due=timedelta(hours=4))
    seen = (await glance(office)).journey
    assert seen is not None
    assert seen.leaving is not None
    assert (seen.leaving.state, seen.told, seen.promise) == ("held", None, None)


async def test_the_untouched_request_is_the_one_with_the_words_else_the_oldest(office: Office):
    first = (await office.webhook("The form is broken. Can you look?")).request
    second = (await office.webhook("Could you add a Careers page?")).request
    preferred = (await glance(office, words="careers page")).untouched
    assert preferred is not None
    assert preferred.request.id == second
    await office.desk.do(claiming.claim_request, actor=acting(SAM), request=second)
    rest = (await glance(office, words="careers page")).untouched
    assert rest is not None
    assert rest.request.id == first
    assert rest.label.startswith("Acknowledge")
    await office.desk.do(claiming.claim_request, actor=acting(SAM), request=first)
    assert (await glance(office)).untouched is None


async def test_a_client_who_reads_the_language_is_preferred_but_a_channel_even_more(office: Office):
    async def untouched(reads: str) -> int:
        found = (await office.desk.read(overview.overview_of, reads=reads)).untouched
        assert found is not None
        return found.request.id

    german = (await office.webhook("Das Formular geht nicht.", client_name="Beta")).request
    english = (await office.webhook()).request
    client = await office.desk.read(profiles.client_named, name="Beta")
    assert client is not None
    await office.desk.do(
        profiles.update_profile,
        actor=acting(MIRA),
        client=client.client.id,
        name="Beta",
        language="de",
        tz="Europe/Berlin",
    )
    assert [await untouched(language) for language in ("en", "de", "")] == [english, german, german]
    await office.link_acme()
    in_channel = await office.said("Can you mend the menu?", ts="1795420801.000100")
    assert in_channel is not None
    assert [await untouched(language) for language in ("en", "de")] == [in_channel.request] * 2


async def test_the_books_name_what_left_and_what_clients_wrote(office: Office):
    await office.link_acme()
    received = await office.said("Can you mend the form?", ts="1795420801.000100")
    assert received is not None
    await office.said("I was told to look.", user=MIRA.id, ts="1795420802.000100")
    await office.deliver()
    await office.approve(received.request, due=timedelta(hours=4))
    books = await office.desk.read(overview.books_of)
    assert books.requests == {received.request}
    assert books.stored == {(ACME_CHANNEL, "1795420801.000100")}
    assert [link.channel for link in books.links] == [ACME_CHANNEL]
    assert {MIRA.id, JONAS.id, SAM.id} == books.members
    by_kind = {row.kind: row for row in books.leaving}
    assert (by_kind["card"].stands, by_kind["card"].place is not None) == (True, True)
    assert (by_kind["reply"].stands, by_kind["reply"].by_webhook) == (False, False)


async def test_the_pulse_beats_with_every_change_and_rests_otherwise(office: Office):
    async def pulse() -> tuple[int, ...]:
        return await office.desk.read(overview.pulse_of)

    seen = [await pulse()]
    number = (await office.webhook()).request
    seen.append(await pulse())
    await office.deliver()
    seen.append(await pulse())
    await office.approve(number, due=timedelta(hours=4))
    seen.append(await pulse())
    office.later(seconds=11)
    await office.deliver()
    seen.append(await pulse())
    assert len(set(seen)) == len(seen)
    await office.desk.do(installation.clock_moved, offset=timedelta(hours=1))
    assert await pulse() == seen[-1]


async def test_an_unlinked_channel_leaves_the_books(office: Office):
    await office.link_acme()
    await office.said("Can you mend the form?")
    await office.desk.do(linking.unlink_channel, actor=Actor(MIRA.id, TEAM), channel=ACME_CHANNEL)
    books = await office.desk.read(overview.books_of)
    assert (books.links, books.stored) == ((), frozenset())


async def test_of_the_untouched_those_in_a_channel_come_first(office: Office):
    await office.webhook(callback_url=None)
    addressed = (await office.webhook()).request
    seen = (await glance(office)).untouched
    assert seen is not None
    assert seen.request.id == addressed
    await office.link_acme()
    said = await office.said("Can you mend the form?")
    seen = (await glance(office)).untouched
    assert said is not None
    assert seen is not None
    assert seen.request.id == said.request
