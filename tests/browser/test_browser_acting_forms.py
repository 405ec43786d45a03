"""Forms: whatever their parts are called, and whatever becomes of the line, what was typed arrives as it was typed."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser_app import listening
from tests.support.browser_chromium import Desks
from tests.support.browser_posts import actions, post, section
from tests.support.browser_tap import Tap
from tests.support.browser_windows import WindowApp, field, form, window_app
from tests.support.walk_ground import until

ROOM = "requests"
DOWN = "The workspace cannot be reached right now, so nothing was sent."
NAMES = ("__proto__", "constructor", "toString", "hasOwnProperty")
"""What every object of JavaScript has already."""


@pytest_asyncio.fixture(loop_scope="session")
async def app(workspace: WorkspaceServer) -> AsyncIterator[WindowApp]:
    """A small app, whose button opens its form."""
    async with window_app(workspace) as app:
        await app.post()
        yield app


async def test_a_form_may_call_its_parts_what_it_likes(app: WindowApp, sit: Desks) -> None:
    app.view = form("A form", *(field(name, f"Field {name}") for name in NAMES))
    mira = await sit(app.server, "mira", ROOM)
    await mira.press("Open it")
    window = await mira.window("A form")
    for name in NAMES:
        await window.get_by_label(f"Field {name}").fill(f"typed into {name}")
    await mira.submit(window)
    await mira.window_is_gone()
    (sent,) = app.of_type("view_submission")
    values = sent["view"]["state"]["values"]
    assert {name: values[name][name]["value"] for name in values} == {name: f"typed into {name}" for name in NAMES}
    polluted = "[{}, Object, Object.prototype, Function].map((one) => Object.keys(one))"
    assert await mira.page.evaluate(polluted) == [[], [], [], []]


async def test_what_is_typed_into_such_a_form_is_told_before_it_is_sent(app: WindowApp, sit: Desks) -> None:
    """The workspace knows the words, so that they outlive the page."""
    app.view = form("A form", *(field(name, f"Field {name}") for name in NAMES))
    mira = await sit(app.server, "mira", ROOM)
    await mira.press("Open it")
    window = await mira.window("A form")
    async with mira.page.expect_response("**/control/fill"):
        await window.get_by_label("Field __proto__").fill("kept")
    await mira.reload()
    await expect((await mira.window("A form")).get_by_label("Field __proto__")).to_have_value("kept")


async def test_words_in_a_window_outlive_a_line_that_is_lost_at_sending(app: WindowApp, sit: Desks) -> None:
    mira = await sit(app.server, "mira", ROOM)
    tap = await Tap(mira).put()
    await mira.press("Open it")
    window = await mira.window("A form")
    await expect(window.get_by_label("Name")).to_be_focused()
    await tap.cut()
    await expect(mira.page.get_by_text("The connection to the workspace is lost")).to_have_count(1)
    await window.get_by_label("Name").fill("Ada")
    await window.get_by_label("Story").fill("Long")
    await mira.submit(window)
    await mira.sees(DOWN, within=window)
    tap.mend()
    await expect(mira.page.get_by_text("Connected again")).to_have_count(1)
    await expect(window.get_by_label("Name")).to_have_value("Ada")
    await expect(window.get_by_label("Story")).to_have_value("Long")
    assert app.of_type("view_submission") == []
    await mira.submit(window)
    await mira.window_is_gone()
    (sent,) = app.of_type("view_submission")
    assert sent["view"]["state"]["values"]["story"]["story"]["value"] == "Long"


async def test_words_of_a_window_are_told_once_the_line_is_back(app: WindowApp, sit: Desks) -> None:
    mira = await sit(app.server, "mira", ROOM)
    tap = await Tap(mira).put()
    await mira.press("Open it")
    window = await mira.window("A form")
    await expect(window.get_by_label("Name")).to_be_focused()
    await tap.cut()
    await expect(mira.page.get_by_text("The connection to the workspace is lost")).to_have_count(1)
    await window.get_by_label("Name").fill("Ada")
    await window.get_by_label("Story").fill("Long")
    called = tap.opened
    await until(lambda: tap.opened > called + 1, "the page to have tried for longer than a pause in typing")
    async with mira.page.expect_response("**/control/fill"):
        tap.mend()
    await mira.reload()
    window = await mira.window("A form")
    await expect(window.get_by_label("Name")).to_have_value("Ada")
    await expect(window.get_by_label("Story")).to_have_value("Long")


async def test_keys_on_an_empty_list_do_nothing(workspace: WorkspaceServer, sit: Desks) -> None:
    """Whatever a module throws would fail at the end, see `Watch`."""
    mira = await sit(workspace, "mira", ROOM)
    async with listening(workspace) as heard:
        element = {"type": "external_select", "action_id": "it", "min_query_length": 1}
        await post(workspace, f"#{ROOM}", section("Here it is"), actions(element), text="Here it is")
        menu = mira.message("Here it is").get_by_role("combobox")
        await menu.press_sequentially("zzz")
        await mira.sees("Nothing found")
        for key in ("ArrowDown", "ArrowUp", "Enter"):
            await menu.press(key)
        assert heard == []
    await mira.composer().press_sequentially("hello @sa")
    await expect(mira.main.get_by_role("option")).to_have_count(1)
    await mira.composer().press("Home")
    await mira.composer().press("Tab")
    await mira.holds("hello @sa")
