"""Whose requests somebody asks for: a colleague's are listed; of anybody else it is said who they are."""

from datetime import UTC, datetime

import pytest

from bot.errors import RefusedError
from bot.services import people
from bot.services.reading import asking
from bot.services.requests import claiming
from bot.store import people as rows
from tests.services.carla import opened
from tests.support.office import CARLA, JONAS, MIRA, Office, acting

EVERYBODY = "“/headsup open” lists what is open, with everybody's names."


async def refused(office: Office, who: str) -> str:
    with pytest.raises(RefusedError) as found:
        await office.desk.read(asking.queue_of_member, actor=acting(MIRA), member=who)
    return found.value.sentence


async def contact_of(office: Office, name: str, *, user: str) -> None:
    """Make somebody a contact of another client too."""
    with office.desk.store.writing() as tx:
        client = rows.get_or_create_client(tx, name, confirmed=True, now=datetime(2026, 11, 30, tzinfo=UTC))
        rows.get_or_create_contact(tx, client.id, name="Carla", slack_user=user)


async def test_a_clients_contact_is_asked_about_by_their_client(office: Office):
    await opened(office)
    assert await refused(office, CARLA) == "Carla is a client's contact: try “/headsup status Acme”."


async def test_a_contact_of_several_clients_is_asked_about_by_one_of_them(office: Office):
    await opened(office)
    await contact_of(office, "Beta, Inc.", user=CARLA)
    tries = "“/headsup status Acme” or “/headsup status Beta, Inc.”"
    assert await refused(office, CARLA) == f"Carla is a contact of several clients: try {tries}."


async def test_of_somebody_whom_nobody_knows_the_list_of_everything_is_named(office: Office):
    await opened(office)
    sentence = f"<@U0NOBODY1> is not in your team, so no requests are theirs. {EVERYBODY}"
    assert await refused(office, "U0NOBODY1") == sentence


async def test_of_somebody_who_left_it_is_said(office: Office):
    request = await opened(office)
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=request)
    await office.desk.do(people.member_left, user=JONAS.id)
    assert await refused(office, JONAS.id) == f"Jonas is not in your team any more. {EVERYBODY}"


async def test_a_colleagues_requests_are_listed(office: Office):
    request = await opened(office)
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=request)
    queue = await office.desk.read(asking.queue_of_member, actor=acting(MIRA), member=JONAS.id)
    assert (queue.of, [line.request.id for line in queue.lines]) == ("Jonas", [request])
