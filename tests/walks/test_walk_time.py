"""L10 and L11: clocks step while something is under way; every time names its zone or follows its reader's."""

import re
import time
from datetime import timedelta

import pytest

from bot import clock_guard
from tests.support.walk import ACME, BETA, Walk, Walking, monday_morning, until
from tests.support.walk_day import live_a_day
from tests.support.walk_seeing import flat, sent_to_slack, texts_of, words_of

TOKEN = re.compile(r"<!date\^\d+\^[^|]*\|[^>]*>")
TIME = re.compile(r"\b\d{1,2}:\d\d\b")


@pytest.mark.parametrize("step", [{"hours": 2}, {"days": 2}])
async def test_a_clock_step_while_a_reply_is_being_sent_sends_it_once(walk: Walk, step: dict[str, float]):
    number = await walk.asked()
    await walk.approve(number, "Here are the words.", due=timedelta(hours=4))
    walk.control.fault("chat.postMessage", "slow", seconds=1.5, channel=ACME)
    await walk.later(seconds=11)
    await until(lambda: _sends(walk, ACME) == 1, "the send to begin")
    await walk.later(**step)
    await walk.client_reads("Here are the words.")
    await walk.quiet()
    assert [words_of(post) for post in walk.client_posts()] == ["Here are the words."]
    assert _sends(walk, ACME) == 1


async def test_a_clock_step_while_a_nudge_is_being_sent_sends_it_once(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    walk.control.fault("chat.postMessage", "slow", seconds=1.0)
    await walk.later(hours=3, minutes=1)
    await until(lambda: walk.control.dm("@mira") and _sends(walk, walk.control.dm("@mira")), "the nudge to begin")
    await walk.later(minutes=10)
    await walk.nudged("@mira", "still time")
    await walk.quiet()
    assert len(walk.direct("@mira")) == 1


class Slept:
    """A wall clock that goes on while the machine sleeps, and that can be set back."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


async def test_a_machine_that_slept_nudges_at_once_when_it_wakes(walks: Walking, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(clock_guard, "LOOK_SECONDS", 0.1)
    wall = Slept()
    async with walks(clock=monday_morning(wall)) as walk:
        number = await walk.asked()
        await walk.send(number, due=timedelta(hours=4))
        wall.ahead += timedelta(hours=4, minutes=5).total_seconds()
        await walk.nudged("@mira", "has come without word")
        assert await walk.outcomes(number) == ["slipped"]


async def test_a_clock_that_is_set_back_ticks_at_once_and_says_nothing_twice(
    walks: Walking, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(clock_guard, "LOOK_SECONDS", 0.1)
    wall = Slept()
    async with walks(clock=monday_morning(wall)) as walk:
        number = await walk.asked()
        await walk.send(number, due=timedelta(hours=4))
        await walk.later(hours=3, minutes=1)
        await walk.nudged("@mira", "still time")
        before = walk.headsup.scheduler._ticked_at
        wall.ahead -= 3600.0
        await until(lambda: walk.headsup.scheduler._ticked_at != before, "a tick at once")
        await walk.quiet()
        assert len(walk.direct("@mira")) == 1


async def test_a_clock_that_moves_into_a_quiet_hour_disturbs_nobody_in_it(walk: Walk):
    """The spell begins and is asked for after the move, and before anything is planned."""
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    now = int(walk.clock.now().timestamp())
    walk.control.set_user("@mira", dnd=[now + 2 * 3600, now + 6 * 3600])
    await walk.later(hours=4, minutes=1)
    await walk.nudged("@sam", "has come without word")
    await walk.quiet()
    assert not walk.direct("@mira")
    walk.control.set_user("@mira", dnd=None)
    await walk.nudged("@mira", "has come without word")


def _sends(walk: Walk, channel: str) -> int:
    ident = walk.id(channel) if channel.startswith("#") else channel
    return sum(entry.args.get("channel") == ident for entry in walk.server.journal.calls("chat.postMessage"))


async def test_a_clock_that_jumps_over_the_whole_ladder_nudges_once_and_says_that_it_slipped(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(days=1)
    await walk.nudged("@mira", "has come without word")
    await walk.quiet()
    assert len(walk.direct("@mira")) == 1
    assert await walk.outcomes(number) == ["slipped"]


async def test_every_time_in_slack_follows_its_reader(walk: Walk):
    """No clock time stands in our own words but in date tokens; what clients get names their zone."""
    await live_a_day(walk, "Could you look at the form?")
    clients = {walk.id(ACME), walk.id(BETA)}
    bare = [
        (name, text[:200])
        for name, payload in sent_to_slack(walk.server.journal)
        if payload.get("channel") not in clients
        for text in [str(payload.get("text") or ""), *texts_of(payload["blocks"])]
        if TIME.search(TOKEN.sub("", text)) and "(London time)" not in text
    ]
    assert bare == []
    for post in walk.client_posts():
        for line in flat(words_of(post)).split(". "):
            if TIME.search(line):
                assert "(London time)" in line


async def test_two_clients_read_the_same_instant_in_their_own_zones(walk: Walk):
    acme, beta = await walk.asked(), await walk.asked("The page is broken.", channel=BETA, who="@dieter")
    profile = {"name": "Acme", "language": "en", "tz": "America/New_York"}
    await walk.driver.slash("mira", ACME, "/headsup client")
    await walk.driver.press("mira", ACME, "Edit profile")
    saved = await walk.control.submit("@mira", profile)
    assert not saved.errors
    await walk.control.close("@mira", everything=True)
    for number in (acme, beta):
        await walk.review(number)
        await walk.control.submit("@mira")
        await walk.control.close("@mira", everything=True)
    await walk.later(seconds=11)
    theirs = flat(words_of(await walk.client_reads("New York time", ACME)))
    others = flat(words_of(await walk.client_reads("Berlin time", BETA)))
    assert re.search(r"by \d{1,2}:\d\d (am|pm|noon) today \(New York time\)", theirs), theirs
    assert re.search(r"by \d{1,2}:\d\d (am|pm|noon) today \(Berlin time\)", others), others


async def test_the_clock_is_remembered_over_a_restart(walks: Walking):
    async with walks() as walk:
        await walk.later(days=3)
        now = walk.clock.now()
        await walk.stop()
        walk.clock = type(walk.clock)()
        await walk.start(meet=False)
        assert abs(walk.clock.now() - now) < timedelta(seconds=30)
