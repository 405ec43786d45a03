"""A glance at everything says how far requests have come, and what must agree with the world."""

from datetime import timedelta

from bot.domain.overview import Milestone
from bot.domain.promises import ClientAnswer
from bot.domain.replies import ReplyKind
from bot.services import installation
from bot.services.arriving import linking
from bot.services.reading import overview
from bot.services.replies import answering
from bot.services.requests import claiming, profiles
from tests.services.glances import glance, planned
from tests.support.office import ACME_CHANNEL, CARLA, JONAS, MIRA, SAM, TEAM, Actor, Office, acting


async def test_an_empty_installation_has_nothing_to_show(office: Office):
    seen = await glance(office)
    assert (seen.next, seen.happened, seen.journey, seen.untouched) == (None, {}, None, None)
    assert (seen.counts.requests, seen.counts.cards_wanted, seen.counts.replies) == (0, 0, {})


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
