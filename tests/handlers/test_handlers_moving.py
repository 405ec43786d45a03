"""More: everything else that can be done with a request."""

import time

import pytest
from slack_floor import Floor, shown

from bot.domain.people import Actor
from bot.services.away import entering
from bot.services.requests import claiming
from bot.workspace import interactions, windows


async def _more(floor: Floor, number: int, who: str = "@mira") -> None:
    await floor.press(who, "open_more", number)
    await floor.window(who, "More")


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        ("close", "Done <"),
        ("not_a_request", "Not a request"),
    ],
)
async def test_one_choice_does_it_and_the_card_is_the_answer(floor: Floor, verb, words):
    number = await floor.request()
    await _more(floor, number)

    done = await floor.control.submit("@mira", {"verb": verb})

    assert done.payload["response_action"] == "clear"
    await floor.on_card(number, words)


async def test_a_closed_request_is_reopened_from_its_card(floor: Floor):
    number = await floor.request()
    await _more(floor, number)
    await floor.control.submit("@mira", {"verb": "close"})
    card = await floor.on_card(number, "Done <")
    assert "claim_request" not in str(card)

    await floor.press("@jonas", "reopen_request", number)

    await floor.on_card(number, "Claim")


async def test_a_request_is_released_to_the_team(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "claim_request", number)
    await floor.on_card(number, f"<@{floor.user('@mira')}>")
    await _more(floor, number)

    await floor.control.submit("@mira", {"verb": "release"})

    await floor.on_card(number, "Nobody yet")


@pytest.mark.parametrize(
    ("verb", "reason", "words"),
    [
        ("wait_client", "approval", "Waiting for the client: their approval · "),
        ("wait_supplier", "delivery", "Waiting for a supplier: a delivery · "),
    ],
)
async def test_waiting_asks_for_what_and_when_somebody_looks_again(floor: Floor, verb, reason, words):
    number = await floor.request()
    await _more(floor, number)
    form = await floor.control.submit("@mira", {"verb": verb})
    assert form.payload["view"]["title"]["text"] == f"Wait #{number}"

    past = await floor.control.submit("@mira", {"until": 1_700_000_000})
    assert "past" in past.errors["until"]
    until = int(time.time()) + 86_400
    await floor.control.submit("@mira", {"reason": reason, "note": "the logo", "until": until})

    await floor.on_card(number, words)
    await floor.on_card(number, f"<!date^{until}^we look again ")
    await floor.on_card(number, "the logo")


async def test_a_wait_is_never_without_a_day(floor: Floor):
    number = await floor.request()
    await _more(floor, number)
    await floor.control.submit("@mira", {"verb": "wait_client"})
    await floor.control.submit("@mira", {})

    await floor.on_card(number, "we look again ")
    await _more(floor, number)
    await floor.control.submit("@mira", {"verb": "resume"})
    await floor.until(lambda: "Waiting for" not in shown(floor.card(number)))


async def test_parking_asks_until_when_and_refuses_the_past(floor: Floor):
    number = await floor.request()
    await _more(floor, number)
    form = await floor.control.submit("@mira", {"verb": "park"})
    assert form.payload["view"]["title"]["text"] == f"Park #{number}"

    past = await floor.control.submit("@mira", {"until": 1_700_000_000})
    assert "past" in past.errors["until"]
    await floor.control.submit("@mira", {"until": int(time.time()) + 86_400})

    await floor.on_card(number, "Parked <")


async def test_handing_over_is_a_choice_of_colleagues(floor: Floor):
    number = await floor.request()
    await _more(floor, number)
    form = await floor.control.submit("@mira", {"verb": "hand_over"})
    offered = shown(form.payload["view"])
    assert "Sam" in offered
    assert "Gwen" not in offered

    await floor.control.submit("@mira", {"to": floor.user("@sam")})

    await floor.on_card(number, f"<@{floor.user('@sam')}>")


async def _handed(floor: Floor, number: int, to: str, by: str) -> None:
    """Let somebody hand it over, on another screen."""
    await floor.desk.do(claiming.hand_over, actor=Actor(floor.user(by)), request=number, to=floor.user(to))


async def test_a_window_that_stood_open_undoes_no_later_hand_over(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "claim_request", number)
    await _more(floor, number)
    await floor.control.submit("@mira", {"verb": "hand_over"})
    await _handed(floor, number, "@jonas", "@mira")

    told = await floor.control.submit("@mira", {"to": floor.user("@sam")})

    assert told.payload["response_action"] == "update"
    assert f"Jonas Weber has had #{number} since " in shown(told.payload["view"])
    assert "Nothing was changed." in shown(told.payload["view"])
    assert await floor.owner(number) == floor.user("@jonas")
    await floor.on_card(number, f"<@{floor.user('@jonas')}>")


@pytest.mark.parametrize("verb", ["hand_over", "release"])
async def test_more_that_stood_open_says_who_has_it_now(floor: Floor, verb):
    number = await floor.request()
    await floor.press("@mira", "claim_request", number)
    await _more(floor, number)
    await _handed(floor, number, "@jonas", "@mira")

    told = await floor.control.submit("@mira", {"verb": verb})

    assert f"Jonas Weber has had #{number} since " in shown(told.payload["view"])
    assert await floor.owner(number) == floor.user("@jonas")


async def test_a_release_that_slack_delivers_again_says_nothing_and_takes_it_from_nobody(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "claim_request", number)
    await _more(floor, number)
    mira = floor.server.core.state.user("@mira")
    window = windows.stack(floor.server.core, mira.id)[-1]
    interactions.fill(window, {"verb": "release"}, mira.tz)
    await interactions.submit(floor.server.core, mira, window)
    await floor.desk.do(claiming.claim_request, actor=Actor(floor.user("@jonas")), request=number)

    again = await interactions.submit(floor.server.core, mira, window)

    assert again.payload["response_action"] == "clear"
    assert await floor.owner(number) == floor.user("@jonas")


async def test_whoever_hands_over_to_somebody_who_is_away_is_told_who_hears_instead(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "review_first_suggestion", number)
    await floor.window("@mira", "Reply")
    await floor.control.submit("@mira", {"due_at": int(time.time()) + 4 * 3_600})
    await floor.control.submit("@mira")
    await floor.control.close("@mira")
    floor.undo_passes()
    await floor.until(floor.client_posts)
    await floor.on_card(number, "They hear from us")
    jonas = floor.user("@jonas")
    await floor.desk.do(entering.say_away, actor=Actor(jonas), when="for 3 days", cover="")
    await _more(floor, number)
    await floor.control.submit("@mira", {"verb": "hand_over"})

    done = await floor.control.submit("@mira", {"to": jonas})

    assert f"<@{jonas}> has it now, and is not at work" in shown(done.payload["view"])
    assert "hears of it before it is due" in shown(done.payload["view"])
    await floor.on_card(number, f"<@{jonas}>")


async def test_the_profile_is_changed_and_what_does_not_fit_is_said_at_the_field(floor: Floor):
    number = await floor.request()
    await _more(floor, number)
    form = await floor.control.submit("@mira", {"verb": "profile"})
    assert form.payload["view"]["title"]["text"] == "Client profile"

    saved = await floor.control.submit("@mira", {"name": "Acme Ltd", "tz": "Europe/London", "language": "de"})

    assert "Acme Ltd is saved." in shown(saved.payload["view"])
    await floor.until(lambda: "Acme Ltd" in shown(floor.card(number)))


async def test_a_client_may_have_aims_of_their_own(floor: Floor):
    number = await floor.request()
    await _more(floor, number)
    await floor.control.submit("@mira", {"verb": "profile"})
    refused = await floor.control.submit("@mira", {"first_answer": "soon"})
    assert "not a duration" in refused.errors["first_answer"]
    saved = await floor.control.submit("@mira", {"first_answer": "30m", "next_answer": "2h"})
    assert "is saved." in shown(saved.payload["view"])

    await floor.press("@mira", "open_more", number)
    await floor.window("@mira", "More")
    form = await floor.control.submit("@mira", {"verb": "profile"})
    assert [_value(form, field) for field in ("first_answer", "next_answer")] == ["30m", "2h"]


def _value(form, field):
    return next(b["element"]["initial_value"] for b in form.payload["view"]["blocks"] if b.get("block_id") == field)
