"""C7 and its relatives: a process that stalls past its lease, a database that drops the line in the worst moment."""

import pytest

from tests.support.processes import until
from tests.support.processes_day import Day
from tests.support.processes_points import Point, Points

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]


async def reply_state(day: Day, words: str) -> str:
    return str((await day.fleet.ledger.reply(words))["state"])


async def the_one_who_stands(points: Points) -> str:
    """Wait for a process to stand at a held point; return its name."""
    return (await until(points.standing, "a process to come to the point"))[0]


async def test_a_process_that_stalled_after_the_post_marks_nothing_when_another_took_over(day: Day):
    number = await day.asked_in_channel("Stalled after the post: the newsletter looks odd.")
    day.control.fault("chat.postMessage", "slow_after", seconds=4, channel=acme(day))
    await day.approve(number, "Stalled after the post.")
    await until(lambda: day.client_reads("Stalled after the post."), "the reply to be posted")
    for child in day.fleet.children.values():
        child.pause()  # whoever it was is among them

    await day.fleet.ledger.let_leases_run_out()
    await day.fleet.start("worker3")
    await until(lambda: sent(day, "Stalled after the post."), "another worker to find the post")
    for child in day.fleet.children.values():
        child.resume()
    await day.quiet()

    assert day.client_reads("Stalled after the post.") == 1
    assert await reply_state(day, "Stalled after the post.") == "sent"


async def test_a_process_that_stalled_before_its_call_does_not_make_it_any_more(day: Day, points: Points):
    async with points.held(Point.BEGUN):
        number = await day.orbit.ask(day.fleet.url, "Stalled before the call: the footer is gone.")
        sleeper = await the_one_who_stands(points)
        day.fleet.child(sleeper).pause()
    await until(lambda: sending(day, f"card:{number}"), "the database to commit for the sleeper")
    await day.fleet.ledger.let_leases_run_out()
    await day.fleet.start("worker3")
    await day.card(number)
    await day.fleet.kill(*(name for name, child in day.fleet.children.items() if child.alive and name != sleeper))
    day.fleet.child(sleeper).resume()
    await day.mend()
    await day.quiet()

    assert len(day.cards(number)) == 1


async def test_a_process_that_sleeps_inside_a_transaction_loses_it_before_others_wait_for_its_rows(
    day: Day, points: Points
):
    words = "Asleep in a transaction."
    number = await day.asked_in_channel(f"{words} The shop is slow.")
    await day.quiet()
    async with points.held(Point.MARKING):
        await day.approve(number, words)
        sleeper = await the_one_who_stands(points)
        day.fleet.child(sleeper).pause()

    asleep = """SELECT 1 FROM pg_stat_activity WHERE application_name = %s AND state LIKE 'idle in transaction%%'
                AND datname = current_database()"""
    assert await day.fleet.ledger.rows(asleep, sleeper)
    await until(lambda: nobody(day, asleep, sleeper), "the database to end the sleeper's transaction", seconds=20)
    await day.fleet.ledger.let_leases_run_out()
    await day.fleet.start("worker3")
    await until(lambda: sent(day, words), "another process to find the post")
    day.fleet.child(sleeper).resume()
    await day.mend()
    await day.quiet()

    assert day.client_reads(words) == 1
    assert await reply_state(day, words) == "sent"


async def test_every_lost_answer_is_looked_for_twice_however_many_there_were(day: Day):
    requests = day.fleet.server.core.state.channel("#requests").id
    day.control.fault("chat.postMessage", "http_500")
    day.control.fault("chat.postMessage", "lost_answer")
    day.control.fault("conversations.history", "stale", seconds=600, times=3, channel=requests)

    number = await day.asked_by_webhook("Two lost answers: the banner is too large.")
    await until(lambda: not day.control.faults(), "all faults to be met")
    await day.quiet()

    assert len(day.cards(number)) == 1


@pytest.mark.parametrize("way", ["channel", "webhook"])
async def test_the_database_drops_the_line_while_a_delivered_reply_is_marked(day: Day, points: Points, way: str):
    words = f"Dropped line, {way}."
    asked = f"{words} The opening hours are wrong."
    number = await (day.asked_in_channel(asked) if way == "channel" else day.asked_by_webhook(asked))
    await day.press(number, "claim_request")
    await day.quiet()

    async with points.held(Point.MARKING):
        await day.approve(number, words)
        await the_one_who_stands(points)
        await points.cut()
    await day.quiet()

    assert day.client_reads(words) + day.orbit.times(words) == 1
    assert await reply_state(day, words) == "sent"


async def test_the_database_drops_the_line_while_a_posted_card_is_marked(day: Day, points: Points):
    async with points.held(Point.MARKING):
        number = await day.orbit.ask(day.fleet.url, "Dropped line, card.")
        await the_one_who_stands(points)
        await points.cut()
    await day.quiet()

    assert len(day.cards(number)) == 1


async def test_a_reply_that_may_have_left_cannot_be_undone_while_slack_is_away(day: Day):
    words = "May have left."
    number = await day.asked_in_channel(f"{words} Please look at the form.")
    day.control.fault("chat.postMessage", "lost_answer", channel=acme(day))
    day.control.fault("conversations.replies", "rate_limited", seconds=5, times=1)
    await day.approve(number, words)
    await until(lambda: day.client_reads(words), "the reply to be posted, and its answer to be lost")
    await until(lambda: not any(f["method"] == "conversations.replies" for f in day.control.faults()), "a look")

    await until(lambda: waits(day, words), "the look to be put off")
    assert await reply_state(day, words) == "sending"
    await until(lambda: sent(day, words), "the post to be found")
    await day.quiet()
    assert day.client_reads(words) == 1


def acme(day: Day) -> str:
    return day.fleet.server.core.state.channel("#acme-shared").id


async def sent(day: Day, words: str) -> bool:
    return await reply_state(day, words) == "sent"


async def nobody(day: Day, query: str, *values: object) -> bool:
    return not await day.fleet.ledger.rows(query, *values)


async def waits(day: Day, words: str) -> bool:
    reply = await day.fleet.ledger.reply(words)
    row = await day.fleet.ledger.outbox(f"reply:{reply['id']}:1")
    return row is not None and row["state"] == "pending" and row["error"] is not None


async def sending(day: Day, key: str) -> bool:
    row = await day.fleet.ledger.outbox(key)
    return row is not None and row["sending"]
