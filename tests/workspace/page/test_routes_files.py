import pytest
from aiohttp import ClientSession

PNG = b"\x89PNG\r\n\x1a\n"


async def put(server, name, mimetype, content, channel="#requests"):
    """Say something with a file; return its id."""
    server.control.say("jonas", channel, "See:", files=[{"name": name, "mimetype": mimetype, "content": content}])
    return next(reversed(server.core.state.files))


async def get(server, path):
    async with ClientSession() as session, session.get(f"{server.url}{path}") as answer:
        return answer.status, answer.headers, await answer.read()


async def test_a_picture_opens_in_place_and_runs_nothing(monday):
    file = await put(monday, "hero.png", "image/png", PNG)
    status, headers, body = await get(monday, f"/page/files/{file}/hero.png?as=mira")
    assert (status, body, headers["Content-Type"]) == (200, PNG, "image/png")
    assert headers["Content-Disposition"] == 'inline; filename="hero.png"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "mimetype"), [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.xml", "application/xhtml+xml")]
)
async def test_what_could_run_in_the_page_is_only_kept(monday, name, mimetype):
    file = await put(monday, name, mimetype, "<script>alert(1)</script>")
    status, headers, _ = await get(monday, f"/page/files/{file}/{name}?as=mira")
    assert (status, headers["Content-Type"]) == (200, "application/octet-stream")
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_is_for_those_who_are_in_a_room_that_has_it(monday):
    file = await put(monday, "hero.png", "image/png", PNG)
    for who in ("carla", "nobody", ""):
        status, _, _ = await get(monday, f"/page/files/{file}/hero.png?as={who}")
        assert status == 404, who
    assert (await get(monday, "/page/files/F404/hero.png?as=mira"))[0] == 404


async def test_a_name_with_quotes_and_line_ends_stays_a_name(monday):
    file = await put(monday, 'a"\r\nSet-Cookie: x=1.pdf', "application/pdf", "x")
    status, headers, _ = await get(monday, f"/page/files/{file}/a?as=mira")
    assert status == 200
    assert "Set-Cookie" not in headers


async def test_nothing_outside_the_folder_is_served(monday):
    for path in (
        "/static/../routes.py",
        "/static/%2e%2e/routes.py",
        "/static/js/..%2f..%2froutes.py",
        "/static/none.js",
    ):
        assert (await get(monday, path))[0] == 404, path


async def test_the_page_allows_no_scripts_but_its_own(monday):
    status, headers, body = await get(monday, "/?as=mira")
    assert status == 200
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert b"style=" not in body
    assert b"onclick" not in body
