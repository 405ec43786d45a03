"""The guard before every address: this machine alone, and no page but our own.

The tokens are no secrets, and a browser on this machine opens pages of strangers: whatever such a page can make the
browser send is refused, on every address, whether something is there or not.
"""

import aiohttp
import pytest
from aiohttp import hdrs

ADDRESSES = [
    ("GET", "/"),
    ("GET", "/?as=carla&in=acme-shared"),
    ("GET", "/page/live"),
    ("GET", "/page/files/F1/a.png"),
    ("GET", "/static/js/page.js"),
    ("GET", "/static/css/base.css"),
    ("GET", "/control/clock"),
    ("POST", "/control/say"),
    ("GET", "/api/auth.test"),
    ("POST", "/api/chat.postMessage"),
    ("POST", "/response/some-key"),
    ("GET", "/link/"),
    ("GET", "/files-pri/F1/a.png"),
    ("GET", "/nothing/is/here"),
]
SENTENCES = ("answers on loopback names only", "does not answer pages of another")
SOCKETS = ("/page/live", "/link/")
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"} | {
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="
}
FOREIGN = {
    "another host": {"Host": "evil.example"},
    "a host that begins like ours": {"Host": "127.0.0.1.evil.example"},
    "a host that ends like ours": {"Host": "evil-localhost"},
    "a host with a name before it": {"Host": "127.0.0.1@evil.example"},
    "the address for every network": {"Host": "0.0.0.0"},  # noqa: S104 (a browser may call this machine so)
    "another origin": {"Origin": "https://evil.example"},
    "another port of this machine": {"Origin": "http://127.0.0.1:1"},
    "another scheme's origin without a host": {"Origin": "file://"},
    "a sandbox's origin": {"Origin": "null"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another port of the same site": {"Sec-Fetch-Site": "same-site"},
    "what no browser sends": {"Sec-Fetch-Site": "anything"},
    "a link on another site": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
        "Sec-Fetch-User": "?1",
    },
    "a frame on another site": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
    },
    "a picture on another site": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "no-cors",
        "Sec-Fetch-Dest": "image",
    },
}
TYPED = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-User": "?1"}
"""What a browser sends for an address that was typed, a bookmark, or a link in a terminal or a mail program."""


@pytest.fixture
async def http(server):
    async with aiohttp.ClientSession(base_url=server.url) as session:
        yield session


async def _asked(http, method, path, headers):
    """The status, and whether it was the guard who refused."""
    upgrade = UPGRADE if path in SOCKETS else {}
    async with http.request(method, path, headers={**upgrade, **headers}) as answer:
        words = await answer.text() if answer.status == 403 else ""
        return answer.status, any(sentence in words for sentence in SENTENCES)


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
async def test_whatever_a_stranger_s_page_can_send_is_refused_on_every_address(http, method, path):
    found = {name: await _asked(http, method, path, headers) for name, headers in FOREIGN.items()}
    assert found == dict.fromkeys(FOREIGN, (403, True))


@pytest.mark.parametrize(("method", "path"), ADDRESSES)
async def test_what_comes_from_this_machine_is_let_through_on_every_address(server, http, method, path):
    """So that the refusals above are for who asks."""
    own = {"Origin": server.url, "Sec-Fetch-Site": "same-origin"}
    for headers in ({}, own, TYPED):
        _, refused = await _asked(http, method, path, headers)
        assert not refused


async def test_this_machine_may_be_called_by_each_of_its_names(http):
    for host in ("127.0.0.1", "127.0.0.1:8", "localhost", "localhost:8", "LOCALHOST", "[::1]:8"):
        assert await _asked(http, "GET", "/", {"Host": host}) == (200, False), host


async def test_the_page_opens_by_a_typed_address_and_from_a_terminal(http):
    assert await _asked(http, "GET", "/?as=mira&in=requests", TYPED) == (200, False)


async def test_a_refusal_changes_nothing_and_shows_nothing(server, http):
    stranger = {"Origin": "https://evil.example"}
    said = {"user": "@carla", "channel": "#acme-shared", "text": "Not mine"}
    async with http.post("/control/say", json=said, headers=stranger) as answer:
        assert (answer.status, (await answer.json())["ok"]) == (403, False)
    assert server.control.messages("#acme-shared") == []
    async with http.get("/", headers=stranger) as answer:
        assert server.bot_token not in await answer.text()
        assert hdrs.ACCESS_CONTROL_ALLOW_ORIGIN not in answer.headers
    assert server.journal.entries() == []


async def test_a_stranger_s_page_opens_no_line(server):
    """A WebSocket is not bound by the same-origin policy: only its Origin tells whose page opens it."""
    async with aiohttp.ClientSession() as session:
        for path in SOCKETS:
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await session.ws_connect(f"{server.url}{path}", origin="https://evil.example")
            assert refused.value.status == 403
        async with session.ws_connect(f"{server.url}/page/live?as=mira", origin=server.url) as line:
            assert "regions" in await line.receive_json(timeout=30)


async def test_no_answer_lets_another_origin_read_it(http):
    """No preflight is granted, so that a browser keeps JSON and unusual headers of another page to itself."""
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    for path in ("/control/say", "/api/chat.postMessage", "/"):
        async with http.options(path, headers={"Origin": "https://evil.example", **asks}) as answer:
            assert answer.status == 403
            assert not [name for name in answer.headers if name.lower().startswith("access-control")]
