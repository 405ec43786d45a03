"""Menus: shortcuts of the app, and what one can do with one's own words; all of it by keyboard too."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_axe import findings
from tests.support.browser_chromium import Desks
from tests.support.browser_windows import WindowApp, window_app
from tests.support.walk import until


@pytest_asyncio.fixture(loop_scope="session")
async def app(workspace: WorkspaceServer) -> AsyncIterator[WindowApp]:
    """A small app with shortcuts."""
    async with window_app(workspace) as app:
        yield app


def item(screen: Screen, name: str) -> Locator:
    return screen.page.get_by_role("menuitem", name=name)


async def more(screen: Screen, words: str) -> Locator:
    """Open a message's menu; returns the button that opened it."""
    await screen.message(words).hover()
    button = screen.button("More actions", on=words)
    await button.click()
    await expect(item(screen, "Copy link")).to_be_visible()
    return button


async def test_a_message_shortcut_takes_the_message_along_once(app: WindowApp, sit: Desks) -> None:
    app.server.control.say("@carla", "#acme-shared", "A question")
    mira = await sit(app.server, "mira", "acme-shared")
    app.wait.clear()
    button = await more(mira, "A question")
    await item(mira, "Take it down").click()
    await expect(button).to_have_attribute("aria-busy", "true")
    await button.click()
    await expect(mira.page.get_by_role("menu")).to_have_count(0)
    app.wait.set()
    await mira.window("A form")
    (body,) = app.heard
    assert (body["type"], body["message"]["text"]) == ("message_action", "A question")
    await mira.page.keyboard.press("Escape")
    await mira.window_is_gone()
    await expect(button).to_be_focused()


async def test_a_global_shortcut_stands_beside_what_one_writes(app: WindowApp, sit: Desks) -> None:
    mira = await sit(app.server, "mira")
    await mira.press("Shortcuts", within=mira.main)
    await item(mira, "Start afresh").click()
    await mira.window("A form")
    assert [body["type"] for body in app.heard] == ["shortcut"]


async def test_the_shortcuts_of_an_app_are_not_for_other_organisations(app: WindowApp, sit: Desks) -> None:
    app.server.control.say("@mira", "#acme-shared", "An answer")
    carla = await sit(app.server, "carla", "acme-shared")
    await expect(carla.button("Shortcuts", within=carla.main)).to_have_count(0)
    await more(carla, "An answer")
    await expect(carla.page.get_by_role("menuitem")).to_have_text(["Copy link"])
    await carla.page.keyboard.press("Escape")
    await carla.composer().press_sequentially("/")
    await expect(carla.page.get_by_role("option")).to_have_count(0)


async def test_a_menu_is_walked_by_keyboard_and_gives_it_back(app: WindowApp, sit: Desks) -> None:
    app.server.control.say("@mira", "#requests", "My own words")
    mira = await sit(app.server, "mira")
    button = await more(mira, "My own words")
    assert await findings(mira) == []
    await expect(item(mira, "Take it down")).to_be_focused()
    for key, name in [("ArrowDown", "Copy link"), ("End", "Delete message"), ("ArrowDown", "Take it down")]:
        await mira.page.keyboard.press(key)
        await expect(item(mira, name)).to_be_focused()
    await mira.page.keyboard.press("e")
    await expect(item(mira, "Edit message")).to_be_focused()
    await mira.page.keyboard.press("Escape")
    await expect(mira.page.get_by_role("menu")).to_have_count(0)
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")


async def test_ones_own_words_are_changed_where_they_stand(workspace: WorkspaceServer, sit: Desks) -> None:
    workspace.control.say("@mira", "#acme-shared", "Thank you @carla <3, see #general")
    mira = await sit(workspace, "mira", "acme-shared")
    await more(mira, "Thank you")
    await item(mira, "Edit message").click()
    box = mira.main.get_by_role("textbox", name="Edit message")
    await expect(box).to_have_value("Thank you @carla <3, see #general")
    await box.press("End")
    await box.press_sequentially(" and now")
    workspace.control.say("@carla", "#acme-shared", "Something else meanwhile")
    await mira.sees("Something else meanwhile")
    await box.press_sequentially(" this")
    await box.press("Enter")
    await expect(box).to_have_count(0)
    await mira.sees("and now this", within=mira.main.get_by_role("article"))
    (said, _) = workspace.control.messages("#acme-shared")
    carla = workspace.core.state.user("carla").id
    assert said["text"].startswith(f"Thank you <@{carla}> &lt;3, see <#")


async def test_escape_leaves_ones_words_as_they_were(workspace: WorkspaceServer, sit: Desks) -> None:
    workspace.control.say("@mira", "#requests", "As it is")
    mira = await sit(workspace, "mira")
    await more(mira, "As it is")
    await item(mira, "Edit message").click()
    box = mira.main.get_by_role("textbox", name="Edit message")
    await box.fill("As it never was")
    await box.press("Escape")
    await expect(box).to_have_count(0)
    await expect(mira.button("More actions", on="As it is")).to_be_focused()
    assert [said["text"] for said in workspace.control.messages("#requests")] == ["As it is"]


async def test_ones_own_words_are_deleted_after_a_question(workspace: WorkspaceServer, sit: Desks) -> None:
    workspace.control.say("@mira", "#requests", "Gone in a moment")
    mira = await sit(workspace, "mira")
    for answer in ("Keep it", "Delete"):
        await more(mira, "Gone in a moment")
        await item(mira, "Delete message").click()
        question = mira.page.get_by_role("alertdialog", name="Delete this message?")
        await mira.press(answer, within=question)
        await expect(question).to_have_count(0)
        left = [] if answer == "Delete" else ["Gone in a moment"]
        await until(lambda left=left: [one["text"] for one in workspace.control.messages("#requests")] == left, answer)
    await mira.misses("Gone in a moment")


async def test_others_words_can_be_linked_and_nothing_else(workspace: WorkspaceServer, sit: Desks) -> None:
    said = workspace.control.say("@carla", "#acme-shared", "A question")
    mira = await sit(workspace, "mira", "acme-shared", permissions=["clipboard-read", "clipboard-write"])
    await more(mira, "A question")
    await expect(mira.page.get_by_role("menuitem")).to_have_text(["Copy link"])
    await mira.page.keyboard.press("Enter")
    await mira.sees("Link copied.")
    link = await mira.page.evaluate("navigator.clipboard.readText()")
    await mira.page.goto(link)
    await mira.sees("A question", within=mira.thread)
    assert said["ts"] in link
