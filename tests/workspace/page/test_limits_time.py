"""What would put time, or what a person has read, beyond reach for good is refused before anything has happened."""

import math

import pytest
from aiohttp import ClientSession

from bot.workspace.errors import ControlError

YEAR = 366 * 86_400


async def post(server, verb, text):
    """The status and the sentence of the answer to a body as it is."""
    headers = {"Content-Type": "application/json"}
    address = f"{server.url}/control/{verb}"
    async with ClientSession() as session, session.post(address, data=text, headers=headers) as answer:
        return answer.status, (await answer.json()).get("error")


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        ("3e11", "that is more than a year ahead; move in smaller steps"),
        (str(YEAR + 1), "that is more than a year ahead; move in smaller steps"),
        ("1" + "0" * 400, "time is told in seconds, as a number"),
        ("Infinity", "time is told in seconds, as a number"),
        ("NaN", "time is told in seconds, as a number"),
        ("-1", "time only moves forward"),
        ("-Infinity", "time is told in seconds, as a number"),
    ],
)
async def test_a_move_that_nobody_means_moves_nothing(monday, seconds, sentence):
    before = monday.control.clock()
    assert await post(monday, "forward", f'{{"seconds": {seconds}}}') == (400, sentence)
    assert monday.control.clock() == before
    async with ClientSession() as session, session.get(f"{monday.url}/?as=mira") as answer:
        assert answer.status == 200


async def test_a_year_is_the_longest_move_and_many_of_them_end_in_2100(monday):
    before = monday.control.clock()["now"]
    assert monday.control.forward(YEAR)["now"] == before + YEAR
    while not monday.control.clock()["iso"].startswith("2099"):
        monday.control.forward(YEAR / 2)
    with pytest.raises(ControlError, match="time ends here on 1 January 2100"):
        monday.control.forward(YEAR)
    assert monday.control.clock()["iso"].startswith("2099")


@pytest.mark.parametrize("at", [math.nan, math.inf, "soon", None])
async def test_a_moment_is_a_number(monday, at):
    with pytest.raises(ControlError, match="time is told in seconds, as a number"):
        monday.control.forward_to(at)


NO_TS = ["5", "-5.0", "1_0.0", " 1.0", "\u0661.\u0660", "1.0.0", "", 5, None, ["1.0"]]


@pytest.mark.parametrize("ts", ["99999999999999999", "99999999999.000000", *NO_TS])
async def test_what_is_no_ts_or_still_to_come_marks_nothing(monday, ts):
    monday.control.say("jonas", "#requests", "One.")
    version = monday.core.state.version
    with pytest.raises(ControlError, match=r"is no ts of a message|is still to come"):
        monday.control.mark("mira", "#requests", ts)
    assert monday.core.state.version == version
    assert monday.control.unread("mira", "#requests")["messages"] == 1


async def test_a_number_for_a_ts_is_answered_with_a_sentence(monday):
    status, sentence = await post(monday, "mark", '{"user": "mira", "channel": "#requests", "ts": 5}')
    assert status == 400
    assert "ts" in sentence
    status, sentence = await post(
        monday, "mark", '{"user": "mira", "channel": "#requests", "ts": "1.0", "thread_ts": [1]}'
    )
    assert status == 400
    assert "thread" in sentence


async def test_the_newest_message_can_be_marked_though_the_clock_stands_before_it(monday):
    """A ts is never given out twice, so where time stands still the newest ones lie a little after now."""
    newest = [monday.control.say("jonas", "#requests", "One.")["ts"] for _ in range(3)][-1]
    assert float(newest) > monday.control.clock()["now"]
    assert monday.control.mark("mira", "#requests", newest)["messages"] == 0
