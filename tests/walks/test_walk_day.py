"""The day of a request, from a client's words to a promise that was moved before it slipped, by what people read."""

from datetime import timedelta

import pytest

from tests.support.walk import ACME, TEAM, Walk, until
from tests.support.walk_seeing import flat, form_of, words_of

ASKED = "The invoice has the wrong VAT number. Can you send a new one?"


async def test_a_day_in_a_shared_channel(walk: Walk):
    await _ask_and_claim(walk)
    await _acknowledge_after_an_undo(walk)
    await _tell_before_it_slips(walk)
    await _let_the_client_answer(walk)
    await _answer_and_close(walk)


async def _ask_and_claim(walk: Walk) -> None:
    people = walk.driver
    await people.slash("mira", ACME, "/headsup client")
    await people.press("mira", ACME, "Link to a client")
    await people.submit("mira", {"Whose channel is it?": "Acme"})
    await people.say("carla", ACME, ASKED)
    card = await people.until("mira", TEAM, "#1 · Acme")
    assert "Billing: a guess, because of “invoice”" in card
    assert "Nobody yet" in card
    await people.press("mira", TEAM, "Claim")
    await people.until("mira", TEAM, "@Mira Lahtinen")


async def _acknowledge_after_an_undo(walk: Walk) -> None:
    people = walk.driver
    review = await people.press("mira", TEAM, "Acknowledge, checked within 4 h")
    assert "To Acme · #acme-shared" in review.text
    assert "12:00 noon today (London time)" in form_of(review.modal or {})
    sending = await people.submit("mira")
    assert "Sending to Acme · leaves at" in sending.text
    assert "Once sent, it is a promise: they hear from us by today at 14:00" in sending.text
    assert walk.client_posts() == []

    undone = await people.press("mira", "", "Undo")
    assert undone.modal is not None
    assert undone.modal["title"]["text"] == "Reply to #1"
    assert await walk.outcomes(1) == ["void"]
    await people.submit("mira")
    await people.close("mira")
    await walk.later(seconds=11)
    heard = await people.until("carla", ACME, "Hi Carla,")
    assert heard.count("Hi Carla,") == 1
    await people.until("mira", TEAM, "✓ Acknowledgement sent to #acme-shared")
    await walk.outcomes_are(1, ["void", "open"])


async def _tell_before_it_slips(walk: Walk) -> None:
    people = walk.driver
    await walk.later(hours=3, minutes=1)
    nudge = await people.until("mira", "@headsup", "hear from us by today at 14:00.")
    assert "there is still time to say so" in nudge
    form = await people.press("mira", "@headsup", "Send delay update")
    assert "They were told that they hear from us by today at 14:00" in form.text
    written = {
        "What happened": "The new number was rejected by the tax office.",
        "What we are doing": "We call them this afternoon.",
        "The new time": "17:30",
    }
    preview = await people.submit("mira", written)
    for part in ("rejected by the tax office", "We call them", "3:30 pm today (London time)", "Does that still work"):
        assert part in form_of(preview.modal or {})
    await people.submit("mira")
    await people.close("mira")
    await walk.later(seconds=11)
    update = await people.until("carla", ACME, "rejected by the tax office")
    for label in ("[ That works ]", "[ I need it sooner ]", "[ Please call me ]"):
        assert label in update
    await walk.outcomes_are(1, ["void", "moved_before", "open"])
    assert "moved before it was due" in flat(await people.until("mira", "@headsup", "nothing left to do here"))


async def _let_the_client_answer(walk: Walk) -> None:
    people = walk.driver
    await people.press("carla", ACME, "That works")
    await people.until("mira", "@headsup", "“That works.”")
    await walk.on_card(1, "the client said “That works”")
    assert "You said: That works" in await people.until("carla", ACME, "It stays as promised")
    status = await people.slash("mira", TEAM, "/headsup status #1")
    assert "↷ Moved before it was due: hear from us by today at 14:00" in status.text
    assert "Promises to them so far: 1 moved before" in status.text
    walk.control.open_home("@mira")
    home = await people.until("mira", "home", "My promises, by time (1)")
    assert "They hear from us by today at 17:30" in home


async def _answer_and_close(walk: Walk) -> None:
    people = walk.driver
    await people.press("mira", TEAM, "Say it is corrected")
    await people.submit("mira", {"Your words": "Here it is, with the right number.", "What we promise": "No time"})
    await people.close("mira")
    await walk.later(seconds=11)
    await people.until("carla", ACME, "with the right number")
    await walk.outcomes_are(1, ["void", "moved_before", "kept"])
    await people.press("mira", TEAM, "More")
    await people.submit("mira", {"What should happen?": "Done"})
    closed = await people.until("mira", TEAM, "[ Reopen ]")
    assert "1 kept, 1 moved before" in closed


async def test_a_day_by_webhook(walk: Walk):
    """The client has a system of their own: signed in, signed out, verified there."""
    number = await walk.asked_by_webhook("Since this morning the booking page is blank on phones.", thread="orbit-1")
    due = timedelta(hours=2)
    await walk.send(number, "We see it too and are on it.", due=due)
    (reply,) = walk.orbit.taken
    assert reply["type"] == "reply.sent"
    assert reply["data"]["request"] == number
    assert reply["data"]["thread"] == "orbit-1"
    assert reply["data"]["text"] == "We see it too and are on it."
    assert reply["data"]["promise"]["kind"] == "hear"

    again = await walk.orbit.ask(walk.url, "Any news?", thread="orbit-1")
    assert again == number
    await walk.in_thread(number, "Any news?")

    await walk.later(hours=1, minutes=10)
    await walk.press_nudge("@mira", "open_delay_form")
    await walk.window("@mira", "Delay update")
    new = int((walk.clock.now() + timedelta(hours=5)).timestamp())
    await walk.control.submit("@mira", {"happened": "A test fails.", "doing": "We mend it.", "new_due_at": new})
    await walk.control.submit("@mira")
    await walk.later(seconds=11)
    await until(lambda: walk.orbit.times("A test fails.") == 1, "the delay update at the client's system")
    assert walk.orbit.taken[-1]["data"]["promise"]["due_at"].endswith(("Z", "+00:00"))
    await walk.outcomes_are(number, ["moved_before", "open"])
    assert walk.orbit.doubled() == []


async def test_a_request_is_handed_over_and_the_new_owner_gets_the_brief_and_the_nudges(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.driver.press("mira", TEAM, "More")
    await walk.driver.submit("mira", {"What should happen?": "Hand over"})
    await walk.driver.submit("mira", {"Who takes it?": "Priya Nair"})
    brief = await walk.nudged("@priya", "This is yours now")
    assert "#1 · Acme" in words_of(brief)
    await walk.later(hours=3, minutes=1)
    await walk.nudged("@priya", "still time")
    await walk.quiet()
    assert walk.direct("@mira") == []


async def test_a_parked_request_comes_back_by_itself(walk: Walk):
    number = await walk.asked()
    await walk.press("@mira", "claim_request", number)
    await walk.driver.press("mira", TEAM, "More")
    await walk.driver.submit("mira", {"What should happen?": "Park"})
    await walk.driver.submit("mira", {"Until": "tomorrow 9:00"})
    await walk.on_card(number, "Parked <")
    await walk.later(hours=20)
    await walk.quiet()
    assert walk.direct("@mira") == []
    await walk.later(hours=4)
    nudge = await walk.nudged("@mira", f"#{number} · Acme")
    assert "wrote again" not in words_of(nudge), "nobody wrote: the time to rest is over"
    await walk.on_card(number, "Parked <", gone=True)


async def test_a_slipped_promise_is_said_openly_and_there_is_a_way_back(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(hours=4, minutes=1)
    await walk.nudged("@mira", "A promised time has come without word")
    await walk.nudged("@sam", "A promised time has come without word")
    await walk.on_card(number, "they have heard nothing since")
    await walk.press_nudge("@mira", "open_delay_form", "without word")
    await walk.window("@mira", "Delay update")
    new = int((walk.clock.now() + timedelta(hours=2)).timestamp())
    preview = await walk.control.submit(
        "@mira", {"happened": "I was ill.", "doing": "It is first now.", "new_due_at": new}
    )
    assert not preview.errors
    await walk.control.submit("@mira")
    await walk.later(seconds=11)
    await walk.client_reads("I was ill.")
    await walk.outcomes_are(number, ["slipped", "open"])
    await walk.on_card(number, "they have heard nothing since", gone=True)


async def test_a_member_who_answers_in_the_clients_thread_is_asked_whether_that_keeps_the_promise(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    root = walk.control.read(ACME)["messages"][-1]["ts"]
    walk.control.say("@mira", ACME, "It is done, have a look.", thread_ts=root)
    await walk.in_thread(number, "wrote to Acme directly")
    await walk.press_nudge("@mira", "mark_answered")
    await walk.outcomes_are(number, ["kept"])


@pytest.mark.parametrize("thanks", ["Thanks!", "Thank you so much :tada:"])
async def test_thanks_move_no_clock_and_no_state(walk: Walk, thanks: str):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    before = await walk.card(number)
    root = walk.control.read(ACME)["messages"][-1]["ts"]
    walk.control.say("@carla", ACME, thanks, thread_ts=root)
    await walk.in_thread(number, "Thank")
    after = await walk.card(number)
    assert (after.request.state, after.request.waiting_since, after.promises) == (
        before.request.state,
        before.request.waiting_since,
        before.promises,
    )


async def test_home_counts_my_own_promises_and_not_the_teams(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.press("@mira", "open_more", number)
    await walk.later(hours=3, minutes=1)
    await walk.press_nudge("@mira", "mark_answered")
    await walk.outcomes_are(number, ["kept"])
    walk.control.open_home("@mira")
    await walk.driver.until("mira", "home", "Your promises so far: 1 kept")
    walk.control.open_home("@jonas")
    await walk.driver.until("jonas", "home", "Your promises so far: none due yet")


async def test_status_says_who_was_nudged(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.nudged("@mira", "still time")
    await walk.quiet()
    status = await walk.driver.slash("jonas", TEAM, f"/headsup {number}")
    assert "Nudged: @Mira Lahtinen" in status.text
