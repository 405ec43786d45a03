"""What clients wrote while nobody listened: events are gone for good, and each message still arrives once."""

from collections.abc import Sequence

import pytest

from tests.support.processes import until
from tests.support.processes_day import CLIENT, Day

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_three_messages_and_a_thread_reply_written_while_the_bot_is_down_arrive_once_each(day: Day):
    running = await day.asked_in_channel("Before the bot went down: our logo is blurred.")
    await day.press(running, "claim_request")
    thread = await day.thread_of(running)

    await day.fleet.kill("bot")
    top = [day.says(f"While the bot was down: thing {number} is broken.") for number in (1, 2, 3)]
    below = day.says("While the bot was down: it is the small logo.", thread)
    await until(lambda: day.control.core.delivery.under_way == 0, "the workspace to give those events up")
    await day.fleet.restart("bot")

    await check_arrived_once(day, [*top, below])
    assert await day.request_of(below) == running
    assert len({await day.request_of(ts) for ts in top}) == 1
    assert await day.request_of(top[0]) != running
    assert day.team_reads("it is the small logo") == 1


async def test_events_that_are_lost_while_everything_runs_are_found_after_a_reconnect(day: Day):
    running = await day.asked_in_channel("Before the loss: the blog has no pictures.")
    await day.press(running, "claim_request")
    thread = await day.thread_of(running)

    day.control.lose_events(4)
    lost = [day.says(f"Lost: thing {number} is broken.") for number in (1, 2, 3)]
    lost.append(day.says("Lost: the pictures are back.", thread))
    await day.control.disconnect()

    await check_arrived_once(day, lost)
    assert await day.request_of(lost[-1]) == running


async def test_a_bot_that_dies_while_it_takes_a_message_takes_it_at_the_next_try(day: Day):
    said = [day.says(f"Dying in between: thing {number} is broken.") for number in (1, 2, 3)]
    await day.fleet.kill("bot")  # some are stored, some only raw, some not at all
    await day.fleet.restart("bot")

    await check_arrived_once(day, said)


async def test_a_webhook_that_was_sent_while_everything_was_down_is_sent_again_and_arrives_once(day: Day):
    words = "While all was down: the newsletter has no way out."
    await day.fleet.kill("web")
    with pytest.raises(OSError, match="onnect"):
        await day.orbit.ask(day.fleet.url, words, ident="msg_while_down")
    await day.fleet.restart("web")

    numbers = {await day.orbit.ask(day.fleet.url, words, ident="msg_while_down") for _ in range(3)}

    assert len(numbers) == 1
    await day.card(numbers.pop())


async def check_arrived_once(day: Day, stamps: Sequence[str]) -> None:
    """Wait for all messages; each is stored once, and each top-level one stands on a card."""
    for ts in stamps:
        await until(lambda ts=ts: day.request_of(ts), f"the message {ts} to arrive")
    await day.quiet()
    channel = day.fleet.server.core.state.channel(CLIENT).id
    query = "SELECT count(*) FROM message WHERE channel = %s AND ts = %s"
    assert [await day.fleet.ledger.value(query, channel, ts) for ts in stamps] == [1] * len(stamps)
    for number in {await day.request_of(ts) for ts in stamps}:
        assert number is not None
        assert len(day.cards(number)) == 1
