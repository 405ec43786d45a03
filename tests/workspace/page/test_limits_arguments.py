"""What a verb cannot take is said in a sentence, and a look changes nothing."""

import time

import pytest
from aiohttp import ClientSession
from frame_reading import region, words

from bot.workspace.control import looking


@pytest.fixture
async def http(monday):
    async with ClientSession(base_url=monday.url) as session:
        yield session


async def error(answer):
    return answer.status, (await answer.json())["error"]


SAY = {"user": "mira", "channel": "#requests"}


@pytest.mark.parametrize(
    ("verb", "arguments", "sentence"),
    [
        ("say", {**SAY, "text": 5}, "text must be text"),
        ("say", {**SAY, "text": ["a"]}, "text must be text"),
        ("say", {**SAY, "text": None}, "text must be text"),
        ("say", {**SAY, "user": {"id": 1}}, "user must be text"),
        ("say", {**SAY, "thread_ts": 5}, "thread_ts must be text or nothing"),
        ("say", {**SAY, "files": "a.png"}, "files must be a list"),
        ("say", {**SAY, "raw": "no"}, "raw must be true or false"),
        ("edit", {**SAY, "ts": "1.0", "text": 5}, "text must be text"),
        ("forward", {"seconds": "3600"}, "seconds must be a number"),
        ("forward", {"seconds": True}, "seconds must be a number"),
        ("clear_faults", {"fault_id": "all"}, "fault_id must be a whole number or nothing"),
        ("submit", {"user": "mira", "values": 5}, "values must be an object or nothing"),
        ("clock_skew", {"seconds": float("inf")}, "time is told in seconds, as a number"),
    ],
)
async def test_what_is_of_another_kind_is_refused_in_plain_words(monday, http, verb, arguments, sentence):
    version = monday.core.state.version
    async with http.post(f"/control/{verb}", json=arguments) as answer:
        assert await error(answer) == (400, sentence)
    assert monday.core.state.version == version


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("journal?last=zz", "last must be a whole number"),
        ("journal?after=1.5", "after must be a whole number"),
        ("wait?after=0&timeout=soon", "timeout must be a number"),
    ],
)
async def test_a_number_in_a_query_is_a_number(http, query, sentence):
    async with http.get(f"/control/{query}") as answer:
        assert await error(answer) == (400, sentence)


async def test_a_number_in_a_query_is_taken_as_one(monday, http):
    monday.journal.add("call", "a", {})
    monday.journal.add("call", "b", {})
    async with http.get("/control/journal?last=1") as answer:
        assert [one["name"] for one in (await answer.json())["result"]] == ["b"]


async def test_arguments_nested_beyond_measure_are_refused(http):
    headers = {"Content-Type": "application/json"}
    async with http.post("/control/say", data="[" * 200_000, headers=headers) as answer:
        assert await error(answer) == (400, "send a JSON object")


async def test_nobody_waits_for_ever(http, monkeypatch):
    monkeypatch.setattr(looking, "LONGEST_WAIT", 0.1)
    started = time.monotonic()
    for query in ("wait?after=999999&timeout=inf", "settle?quiet=999&timeout=inf"):
        async with http.get(f"/control/{query}") as answer:
            assert (answer.status, (await answer.json())["ok"]) == (200, True)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("path", ["/static/x%00.css", "/static/%00", f"/static/{'x' * 5000}.css"])
async def test_no_file_has_such_a_name(http, path):
    async with http.get(path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/?as=sam&in=dm",
        "/control/read?user=sam&channel=@headsup",
        "/control/messages?user=sam&channel=@headsup",
        "/control/ephemerals?user=sam&channel=@headsup",
        "/control/unread?user=sam&channel=@headsup",
    ],
)
async def test_a_look_at_direct_messages_that_nobody_began_begins_none(monday, http, path):
    before = list(monday.core.state.channels), monday.core.state.version
    async with http.get(path) as answer:
        assert answer.status == 200
    assert (list(monday.core.state.channels), monday.core.state.version) == before


async def test_to_open_direct_messages_is_no_look(monday, http):
    async with http.get("/control/dm?user=sam") as answer:
        assert answer.status == 404
    async with http.post("/control/dm", json={"user": "sam"}) as answer:
        opened = (await answer.json())["result"]
    assert monday.core.state.channels[opened].user == monday.core.state.user("sam").id


async def test_what_is_written_where_nobody_wrote_before_is_seen_there(monday):
    seen = await region(monday, "main", user="sam", room="dm")
    assert "stand here." in words(seen)
    (room,) = {one["data-channel"] for one in seen.all("div", class_="scroll")}
    monday.control.say("sam", room, "Hello, bot.")
    assert "Hello, bot." in words(await region(monday, "main", user="sam", room="dm"))
    assert monday.control.dm("sam") == room
