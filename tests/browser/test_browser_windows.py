"""Windows: opened, filled in, sent once, closed with a question when words would be lost."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_axe import findings
from tests.support.browser_chromium import PHONE, Desks
from tests.support.browser_windows import WindowApp, button, field, form, section, window_app
from tests.support.walk import until

DISCARD = "Discard what you wrote?"


@pytest_asyncio.fixture(loop_scope="session")
async def app(workspace: WorkspaceServer) -> AsyncIterator[WindowApp]:
    """A small app, whose button stands in #requests."""
    async with window_app(workspace) as app:
        await app.post()
        yield app


async def opened(sit: Desks, app: WindowApp, **how: object) -> tuple[Screen, Locator]:
    mira = await sit(app.server, "mira", **how)
    await mira.press("Open it")
    return mira, await mira.window(app.view["title"]["text"])


async def question(screen: Screen, words: str) -> Locator:
    found = screen.page.get_by_role("alertdialog", name=words)
    await expect(found).to_be_visible()
    return found


async def test_a_window_begins_at_its_first_field_and_gives_the_keyboard_back(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    await expect(window.get_by_label("Name")).to_be_focused()
    assert await findings(mira) == []
    await mira.page.keyboard.press("Escape")
    await mira.window_is_gone()
    await expect(mira.button("Open it")).to_be_focused()
    assert [body["type"] for body in app.heard] == ["block_actions", "view_closed"]


async def test_what_is_filled_in_arrives_as_it_was_written(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    await window.get_by_label("Name").fill("Ada <b>")
    await window.get_by_label("Story").fill("One line\nand another")
    await mira.press("Send", within=window)
    await mira.window_is_gone()
    (sent,) = app.of_type("view_submission")
    values = sent["view"]["state"]["values"]
    assert (values["name"]["name"]["value"], values["story"]["story"]["value"]) == ("Ada <b>", "One line\nand another")


async def test_a_window_is_sent_once_however_often_it_is_pressed(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    app.wait.clear()
    await window.get_by_label("Story").fill("A story")
    await window.get_by_label("Name").fill("Ada")
    send = mira.button("Send", within=window)
    await send.dblclick()
    await window.get_by_label("Name").press("Enter")
    await expect(send).to_have_attribute("aria-busy", "true")
    await mira.sees("Waiting for Headsup…", within=window)
    app.wait.set()
    await mira.window_is_gone()
    assert len(app.of_type("view_submission")) == 1


async def test_an_app_that_does_not_answer_is_said_in_the_window(app: WindowApp, sit: Desks) -> None:
    app.view = form("A form", field("name", "Name"))
    mira, window = await opened(sit, app)
    app.wait.clear()
    await window.get_by_label("Name").fill("Ada")
    await mira.press("Send", within=window)
    await mira.sees("Headsup did not answer within three seconds (operation_timeout).", within=window)
    await expect(window.get_by_label("Name")).to_have_value("Ada")
    await expect(mira.button("Send", within=window)).not_to_have_attribute("aria-busy", "true")


async def test_what_is_wrong_is_said_at_the_field_by_the_form_and_by_the_app(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    await mira.press("Send", within=window)
    await mira.sees("2 fields need another look.", within=window)
    await expect(window.get_by_label("Name")).to_be_focused()
    await expect(window.get_by_label("Name")).to_have_accessible_description("Please complete this required field.")
    assert await findings(mira) == []
    await window.get_by_label("Name").fill("Ada")
    await window.get_by_label("Story").fill("Short")
    app.answer = {"response_action": "errors", "errors": {"story": "Tell a little more."}}
    await mira.press("Send", within=window)
    await mira.sees("One field needs another look.", within=window)
    await expect(window.get_by_label("Story")).to_be_focused()
    await expect(window.get_by_label("Story")).to_have_accessible_description("Tell a little more.")
    await expect(window.get_by_label("Name")).not_to_have_attribute("aria-invalid", "true")
    app.answer = None
    await mira.press("Send", within=window)
    await mira.window_is_gone()


async def test_an_update_of_the_window_takes_no_word_away(app: WindowApp, sit: Desks) -> None:
    """The app changes the window right after a word was typed, before the page told the workspace of it."""
    mira, window = await opened(sit, app)
    await window.get_by_label("Name").press_sequentially("Ada")
    await window.get_by_label("Story").press_sequentially("Once upon")
    (view,) = app.server.control.views("@mira")
    blocks = [section("*Something new*"), *app.view["blocks"]]
    await app.client.views_update(view_id=view["id"], view={**app.view, "blocks": blocks})
    await mira.sees("Something new", within=window)
    await mira.page.keyboard.type(" a time")
    await expect(window.get_by_label("Name")).to_have_value("Ada")
    await expect(window.get_by_label("Story")).to_have_value("Once upon a time")
    await until(lambda: words(app, "story") == "Once upon a time", "the words to reach the workspace")
    assert words(app, "name") == "Ada"


def words(app: WindowApp, name: str) -> str | None:
    (view,) = app.server.control.views("@mira")
    found: str | None = view["state"]["values"][name][name]["value"]
    return found


async def test_written_words_are_only_discarded_by_who_wrote_them(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    await window.get_by_label("Name").fill("Ada")
    await mira.press("Cancel", within=window)
    asked = await question(mira, DISCARD)
    await expect(mira.button("Keep writing", within=asked)).to_be_focused()
    await mira.page.keyboard.press("Escape")
    await expect(asked).to_have_count(0)
    await expect(window.get_by_label("Name")).to_have_value("Ada")
    await mira.press("Close the window", within=window)
    await mira.press("Discard", within=await question(mira, DISCARD))
    await mira.window_is_gone()
    await until(lambda: app.of_type("view_closed"), "the app to hear that its window closed")


async def test_words_on_their_way_to_the_workspace_are_not_lost_either(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    await mira.page.route("**/control/fill", lambda _: None)  # the workspace never hears of them
    async with mira.page.expect_request("**/control/fill"):
        await window.get_by_label("Name").fill("Ada")
    await mira.press("Cancel", within=window)
    await mira.press("Discard", within=await question(mira, DISCARD))
    await mira.window_is_gone()


async def test_a_window_on_top_leads_back_to_the_one_below_and_its_words(app: WindowApp, sit: Desks) -> None:
    app.view = form("Below", field("name", "Name"), button("push", "Go deeper"))
    mira, window = await opened(sit, app)
    await window.get_by_label("Name").press_sequentially("Ada")
    await mira.press("Go deeper", within=window)
    above = await mira.window("On top")
    await expect(above.get_by_label("More")).to_be_focused()
    await mira.press("Back to Below", within=above)
    await expect((await mira.window("Below")).get_by_label("Name")).to_have_value("Ada")
    await mira.press("Go deeper", within=window)
    await mira.press("Close all windows", within=await mira.window("On top"))
    await mira.press("Discard", within=await question(mira, DISCARD))
    await mira.window_is_gone()
    await until(lambda: len(app.of_type("view_closed")) == 3, "the app to hear of every window")


async def test_an_answer_can_change_or_clear_the_windows(app: WindowApp, sit: Desks) -> None:
    mira, window = await opened(sit, app)
    await window.get_by_label("Name").fill("Ada")
    await window.get_by_label("Story").fill("A story")
    app.answer = {"response_action": "update", "view": form("Changed", field("other", "Something else"))}
    await mira.press("Send", within=window)
    changed = await mira.window("Changed")
    await expect(changed.get_by_label("Something else")).to_be_focused()
    app.answer = {"response_action": "clear"}
    await changed.get_by_label("Something else").fill("x")
    await changed.get_by_label("Something else").press("Enter")
    await mira.window_is_gone()


async def test_a_phone_shows_nothing_but_the_window(app: WindowApp, sit: Desks) -> None:
    _, window = await opened(sit, app, **PHONE)
    box = await window.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
