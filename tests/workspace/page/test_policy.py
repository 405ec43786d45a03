"""The policy of the page, word by word: whoever loosens it has to say so here."""

import pytest
from aiohttp import ClientSession

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize("path", ["/", "/?as=carla&in=acme-shared", "/static/js/page.js", "/static/icon.svg"])
async def test_the_page_may_load_what_this_server_serves_and_nothing_else(monday, path):
    async with ClientSession() as session, session.get(f"{monday.url}{path}") as answer:
        assert answer.status == 200
        assert answer.headers.getall("Content-Security-Policy") == [POLICY]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
