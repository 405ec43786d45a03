"""Claim is one conditional update: of two at once one wins, and the other is told who did."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.people import Actor
from bot.domain.requests import State
from bot.errors import (
    AlreadyClaimedError,
    ClosedRequestError,
    FieldError,
    NotAMemberError,
    RefusedError,
    UnknownRequestError,
)
from bot.services import people
from bot.services.requests import claiming, moving
from tests.support.office import JONAS, MIRA, SAM, Office, acting


async def test_two_presses_at_once_have_one_winner_and_the_other_is_told(office: Office) -> None:
    request = (await office.webhook()).request
    answers = await asyncio.gather(
        *(office.desk.do(claiming.claim_request, actor=acting(who), request=request) for who in (MIRA, JONAS) * 5),
        return_exceptions=True,
    )
    owner = (await office.card(request)).owner
    assert owner in {MIRA, JONAS}
    winner = acting(owner).user
    for who, answer in zip((MIRA, JONAS) * 5, answers, strict=True):
        if who.id == winner:
            assert not isinstance(answer, BaseException)
        else:
            assert isinstance(answer, AlreadyClaimedError)
            assert owner.name in answer.sentence


@pytest.mark.parametrize("actor", [Actor("U0GUEST", "T0OURS"), Actor("U0STRANGER", "T0OTHER"), Actor("", None)])
async def test_only_members_act(office: Office, actor: Actor) -> None:
    request = (await office.webhook()).request
    with pytest.raises(NotAMemberError):
        await office.desk.do(claiming.claim_request, actor=actor, request=request)
    assert (await office.card(request)).owner is None


async def test_who_left_the_team_channel_can_no_longer_act(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(people.member_left, user=JONAS.id)
    with pytest.raises(NotAMemberError):
        await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=request)


@pytest.mark.parametrize("number", [0, -1, 999, 2**40])
async def test_an_unknown_number_is_a_clear_sentence(office: Office, number: int) -> None:
    with pytest.raises(UnknownRequestError, match=str(number)):
        await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=number)


async def test_a_closed_request_is_not_claimed(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(moving.mark_not_a_request, actor=acting(MIRA), request=request)
    with pytest.raises(ClosedRequestError):
        await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=request)


async def test_release_and_hand_over_change_the_owner_and_may_be_repeated(office: Office) -> None:
    request = (await office.webhook()).request
    for _ in range(2):
        await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to=JONAS.id)
    assert (await office.card(request)).owner == JONAS
    assert len(await office.nudges()) == 1
    for _ in range(2):
        await office.desk.do(claiming.release_request, actor=acting(JONAS), request=request)
    card = await office.card(request)
    assert card.owner is None
    assert card.request.state is State.NEW


async def test_nothing_is_handed_to_somebody_outside_the_team(office: Office) -> None:
    request = (await office.webhook()).request
    with pytest.raises(RefusedError, match="not in the team channel"):
        await office.desk.do(claiming.hand_over, actor=acting(MIRA), request=request, to="U0GUEST")


async def test_a_person_overrules_the_guess_for_good(office: Office) -> None:
    request = (await office.webhook("Your invoice is wrong")).request
    await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category="support")
    card = await office.card(request)
    assert (card.request.category, card.request.category_by, card.request.reasons) == ("support", MIRA.id, ())
    with pytest.raises(RefusedError):
        await office.desk.do(claiming.set_category, actor=acting(MIRA), request=request, category="nonsense")


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        (moving.wait_for_client, State.WAITING_CLIENT),
        (moving.wait_for_supplier, State.WAITING_SUPPLIER),
        (moving.close_request, State.DONE),
        (moving.mark_not_a_request, State.NOT_A_REQUEST),
    ],
)
async def test_moves_may_be_pressed_twice(office: Office, verb: object, state: State) -> None:
    request = (await office.webhook()).request
    for _ in range(2):
        await office.desk.do(verb, actor=acting(MIRA), request=request)  # type: ignore[arg-type]
    card = await office.card(request)
    assert card.request.state is state
    assert [entry.kind for entry in (await office.status(request)).history].count(str(state)) == 1
    assert (card.target is not None) is (state in {State.WAITING_SUPPLIER, State.WAITING_CLIENT})
    assert (card.target is not None and card.target.paused_at is not None) is (state is State.WAITING_CLIENT)


async def test_parking_needs_a_time_ahead_within_a_year(office: Office) -> None:
    request = (await office.webhook()).request
    for until in (office.now, office.now - timedelta(days=1), office.now + timedelta(days=367)):
        with pytest.raises(FieldError):
            await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=until)
    until = office.now + timedelta(hours=1)
    await office.desk.do(moving.park_request, actor=acting(MIRA), request=request, until=until)
    assert (await office.card(request)).request.parked_until == until


async def test_reopening_starts_a_fresh_clock(office: Office) -> None:
    request = (await office.webhook()).request
    await office.desk.do(moving.close_request, actor=acting(SAM), request=request)
    assert (await office.card(request)).target is None
    office.later(days=3)
    await office.desk.do(moving.reopen_request, actor=acting(SAM), request=request)
    card = await office.card(request)
    assert card.target is not None
    assert card.target.due_at > office.now
