"""The day of a request over four separate processes: nobody notices that there is more than one."""

import pytest

from tests.support.processes import until
from tests.support.processes_day import CLIENT, TEAM, Day, shown

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]

HOUR = 3600


async def test_a_request_from_the_channel_goes_all_the_way_to_a_moved_promise_that_works(day: Day):
    number = await day.asked_in_channel("The invoice has the wrong VAT number. Can you send a new one?")
    due = int(day.now()) + 2 * HOUR

    await day.press(number, "claim_request")
    await day.card(number, "<@" + day.fleet.server.core.state.user("@mira").id + ">")
    await day.approve(number, "We are on it, dear Carla.", due=due)
    await until(lambda: day.client_reads("We are on it, dear Carla."), "the acknowledgement to arrive")
    await day.card(number, "Acknowledgement sent to #acme-shared")

    await day.fleet.forward(HOUR + 60)
    await day.press_nudge("@mira", number, "open_delay_form")
    await day.window("@mira", "Delay update")
    form = {"happened": "The bank is slow.", "doing": "We phone them.", "new_due_at": due + 3 * HOUR}
    preview = await day.control.submit("@mira", form)
    assert not preview.errors
    await day.window("@mira", "Reply")
    await day.submit("@mira", {})
    await until(lambda: day.client_reads("The bank is slow."), "the delay update to arrive")

    post = next(m for m in day.control.messages(CLIENT) if "The bank is slow." in shown(m))
    await day.control.press("@carla", "answer_works", channel=CLIENT, ts=post["ts"])
    await until(lambda: day.nudges("@mira", "The client has answered"), "the owner to hear the client's answer")
    await day.quiet()

    told = await day.control.slash("@mira", "/headsup", f"status #{number}", channel=TEAM)
    assert told.acked
    said = await until(
        lambda: next((shown(m) for m in day.control.ephemerals("@mira", TEAM) if f"#{number}" in shown(m)), None),
        "the status",
    )
    assert "moved before" in said
    assert day.client_reads("We are on it, dear Carla.") == 1
    assert day.client_reads("The bank is slow.") == 1
    assert len(day.cards(number)) == 1
    assert len(day.nudges("@mira", f"#{number} ")) == 2


async def test_a_request_by_webhook_is_answered_by_webhook_and_kept(day: Day):
    number = await day.asked_by_webhook("Since this morning the booking page shows a blank screen on phones.")

    await day.approve(number, "Thanks, Noor. We are looking into it.", due=int(day.now()) + 5 * HOUR)

    await until(lambda: day.orbit.times("We are looking into it."), "the reply.sent webhook")
    await day.card(number, "Acknowledgement sent")
    sent = day.orbit.taken[-1]
    assert sent["data"]["request"] == number
    assert sent["data"]["promise"]["kind"] == "hear"
    assert day.orbit.doubled() == []
