"""A window about a request names in whose hands it was: once those are others, it changes nothing any more."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.people import Member
from bot.domain.requests import Hands, Request, State
from bot.errors import MovedOnError
from bot.services.requests import claiming, moved_on, moving
from tests.support.office import JONAS, MIRA, SAM, Office, acting

LATER = {"minutes": 5}


async def of_mira(office: Office) -> int:
    """Return a request that Mira has."""
    request = (await office.webhook()).request
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    return request


async def seen(office: Office, request: int) -> Hands:
    """Return what a window that is opened now carries with it."""
    hands = (await office.card(request)).hands
    assert hands is not None
    return hands


async def hand_over(office: Office, request: int, to: Member, by: Member, hands: Hands | None = None) -> Request:
    return await office.desk.do(claiming.hand_over, actor=acting(by), request=request, to=to.id, seen=hands)


async def release(office: Office, request: int, by: Member, hands: Hands | None = None) -> Request:
    return await office.desk.do(claiming.release_request, actor=acting(by), request=request, seen=hands)


async def history(office: Office, request: int) -> list[str]:
    return [entry.kind for entry in (await office.status(request)).history]


async def test_a_hand_over_from_an_old_window_leaves_a_later_owner_alone(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await hand_over(office, request, JONAS, MIRA, old)
    office.later(**LATER)
    before = await history(office, request)
    with pytest.raises(MovedOnError) as refused:
        await hand_over(office, request, SAM, MIRA, old)
    assert refused.value.sentence == f"Jonas has had #{request} since 10:00. Nothing was changed."
    assert (await office.card(request)).owner == JONAS
    assert await history(office, request) == before


async def test_a_hand_over_that_comes_again_does_not_undo_that_it_was_given_back(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await hand_over(office, request, JONAS, MIRA, old)
    office.later(**LATER)
    await hand_over(office, request, MIRA, JONAS, await seen(office, request))
    office.later(**LATER)
    with pytest.raises(MovedOnError, match=f"You have had #{request} since 10:05. Nothing was changed."):
        await hand_over(office, request, JONAS, MIRA, old)
    assert (await office.card(request)).owner == MIRA


async def test_a_release_that_comes_again_leaves_it_to_whoever_took_it(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await release(office, request, MIRA, old)
    office.later(**LATER)
    await office.desk.do(claiming.claim_request, actor=acting(JONAS), request=request)
    office.later(days=1)
    with pytest.raises(MovedOnError, match=f"Jonas has had #{request} since Mon 23 Nov, 10:05. Nothing"):
        await release(office, request, MIRA, old)
    assert (await office.card(request)).owner == JONAS


async def test_a_release_that_comes_again_leaves_it_to_oneself_too(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await release(office, request, MIRA, old)
    await office.desk.do(claiming.claim_request, actor=acting(MIRA), request=request)
    office.later(**LATER)
    with pytest.raises(MovedOnError, match="You have had"):
        await release(office, request, MIRA, old)
    assert (await office.card(request)).owner == MIRA


async def test_what_nobody_has_any_more_is_not_handed_over_from_an_old_window(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await release(office, request, JONAS, old)
    office.later(**LATER)
    with pytest.raises(MovedOnError, match=f"#{request} went back to the team at 10:00. Nothing was changed."):
        await hand_over(office, request, SAM, MIRA, old)
    card = await office.card(request)
    assert (card.owner, card.request.state) == (None, State.NEW)


async def test_who_became_the_owner_by_letting_it_wait_keeps_it(office: Office) -> None:
    request = (await office.webhook()).request
    old = await seen(office, request)
    await office.desk.do(moving.wait_for_client, actor=acting(JONAS), request=request)
    with pytest.raises(MovedOnError, match=f"Jonas has #{request} now. Nothing was changed."):
        await hand_over(office, request, SAM, MIRA, old)
    assert (await office.card(request)).owner == JONAS


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (timedelta(), False),
        (moved_on.AGAIN - timedelta(seconds=1), False),
        (moved_on.AGAIN, False),
        (moved_on.AGAIN + timedelta(seconds=1), True),
        (timedelta(days=3), True),
    ],
)
@pytest.mark.parametrize("verb", ["hand_over", "release"])
async def test_the_same_press_within_seconds_says_nothing(
    office: Office, verb: str, after: timedelta, *, says: bool
) -> None:
    request = await of_mira(office)
    old = await seen(office, request)

    async def press() -> Request:
        args = (SAM, MIRA, old) if verb == "hand_over" else (MIRA, old)
        return await {"hand_over": hand_over, "release": release}[verb](office, request, *args)  # type: ignore[operator]

    await press()
    office.desk.clock.move(after)
    await hand_over(office, request, JONAS, SAM)
    if says:
        with pytest.raises(MovedOnError):
            await press()
    else:
        assert (await press()).owner == JONAS.id
    assert (await office.card(request)).owner == JONAS


async def test_another_colleague_chosen_within_seconds_is_another_press(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await hand_over(office, request, JONAS, MIRA, old)
    with pytest.raises(MovedOnError):
        await hand_over(office, request, SAM, MIRA, old)
    assert (await office.card(request)).owner == JONAS


async def test_what_already_is_as_chosen_is_no_news(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await hand_over(office, request, SAM, JONAS)
    office.later(**LATER)
    assert (await hand_over(office, request, SAM, MIRA, old)).owner == SAM.id
    await release(office, request, SAM)
    office.later(**LATER)
    assert (await release(office, request, MIRA, old)).owner is None


async def test_a_window_opened_now_moves_it(office: Office) -> None:
    request = await of_mira(office)
    for owner, heir in [(MIRA, JONAS), (JONAS, MIRA), (MIRA, JONAS)]:
        await hand_over(office, request, heir, owner, await seen(office, request))
        assert (await office.card(request)).owner == heir
    await release(office, request, JONAS, await seen(office, request))
    await hand_over(office, request, SAM, JONAS, await seen(office, request))
    assert (await office.card(request)).request.owner == SAM.id


async def test_a_window_of_an_older_version_works_as_it_did(office: Office) -> None:
    request = await of_mira(office)
    await hand_over(office, request, JONAS, MIRA)
    await hand_over(office, request, SAM, MIRA)
    await release(office, request, MIRA)
    assert (await office.card(request)).owner is None


async def test_of_two_windows_at_once_one_wins_and_the_other_is_told(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    answers = await asyncio.gather(
        hand_over(office, request, SAM, MIRA, old), hand_over(office, request, JONAS, SAM, old), return_exceptions=True
    )
    assert (await office.card(request)).request.owner in {SAM.id, JONAS.id}
    assert sorted(isinstance(answer, MovedOnError) for answer in answers) == [False, True]


async def test_choosing_hand_over_in_an_old_window_says_so_before_anybody_is_chosen(office: Office) -> None:
    request = await of_mira(office)
    old = await seen(office, request)
    await office.desk.read(moved_on.check_hands, actor=acting(MIRA), request=request, seen=old)
    await hand_over(office, request, JONAS, SAM)
    with pytest.raises(MovedOnError, match="Jonas has had"):
        await office.desk.read(moved_on.check_hands, actor=acting(MIRA), request=request, seen=old)
