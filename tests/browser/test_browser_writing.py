"""Writing: drafts that stay, files, names and commands that complete themselves, and where one cannot write."""

import re
from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks
from tests.support.browser_windows import WindowApp, window_app
from tests.support.walk import until


@pytest_asyncio.fixture(loop_scope="session")
async def app(workspace: WorkspaceServer) -> AsyncIterator[WindowApp]:
    """A small app with a slash command."""
    async with window_app(workspace) as app:
        yield app


async def test_a_draft_stays_with_its_room_and_its_writer(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    await mira.composer().fill("Half a sentence")
    await mira.go("general")
    await expect(mira.composer()).to_have_value("")
    await mira.go("requests")
    await expect(mira.composer()).to_have_value("Half a sentence")
    await mira.reload()
    await expect(mira.composer()).to_have_value("Half a sentence")
    await mira.open(as_="jonas", room="requests")
    await expect(mira.composer()).to_have_value("")


async def test_enter_sends_and_shift_enter_begins_a_line(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    await mira.composer().press_sequentially("One")
    before = await mira.composer().bounding_box()
    await mira.composer().press("Shift+Enter")
    await mira.composer().press("Shift+Enter")
    await mira.composer().press_sequentially("two")
    after = await mira.composer().bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"] + 20
    await mira.composer().press("Enter")
    await mira.composer().press("Enter")
    await expect(mira.composer()).to_have_value("")
    assert [said["text"] for said in workspace.control.messages("#requests")] == ["One\n\ntwo"]


async def test_people_and_rooms_complete_themselves(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    await mira.composer().press_sequentially("Ask @car")
    option = mira.page.get_by_role("option").first
    await expect(option).to_have_text(re.compile("@carla.*Carla Reyes"))
    await expect(mira.composer()).to_have_attribute("aria-activedescendant", await option.get_attribute("id") or "-")
    await mira.page.keyboard.press("Enter")
    await mira.composer().press_sequentially("in #acm")
    await mira.page.keyboard.press("Tab")
    await expect(mira.composer()).to_have_value("Ask @carla in #acme-shared ")
    await mira.composer().press("Enter")
    await mira.sees("@Carla Reyes", within=mira.main.get_by_role("article"))


async def test_arrows_choose_and_escape_only_closes_the_list(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    await mira.composer().press_sequentially("@")
    options = mira.page.get_by_role("option")
    first, last = await options.first.inner_text(), await options.last.inner_text()
    assert first != last
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await mira.page.keyboard.press("ArrowUp")
    await expect(options.last).to_have_attribute("aria-selected", "true")
    await mira.page.keyboard.press("Escape")
    await expect(options).to_have_count(0)
    await expect(mira.composer()).to_have_value("@")
    await expect(mira.composer()).to_be_focused()


async def test_a_command_says_what_it_takes_and_runs_once(app: WindowApp, sit: Desks) -> None:
    mira = await sit(app.server, "mira")
    await mira.composer().press_sequentially("/fo")
    await mira.page.keyboard.press("Enter")
    await mira.sees("/form [now | later]")
    app.wait.clear()
    await mira.composer().press_sequentially("now")
    await mira.composer().press("Enter")
    await mira.composer().press("Enter")
    await expect(mira.button("Send", within=mira.main)).to_have_attribute("aria-busy", "true")
    app.wait.set()
    await mira.window("A form")
    assert [body["text"] for body in app.of_type("/form")] == ["now"]


async def test_an_unknown_command_says_so_and_stays_to_be_corrected(app: WindowApp, sit: Desks) -> None:
    mira = await sit(app.server, "mira")
    await mira.say("/foo bar")
    await mira.sees("/foo is not a valid command.")
    await mira.holds("/foo bar")
    await mira.composer().fill(" /foo bar")
    await mira.misses("/foo is not a valid command.")
    await mira.composer().press("Enter")
    await mira.sees("/foo bar", within=mira.main.get_by_role("article"))


async def test_commands_do_not_run_in_threads(app: WindowApp, sit: Desks) -> None:
    app.server.control.say("@carla", "#acme-shared", "A question")
    mira = await sit(app.server, "mira", "acme-shared")
    await mira.open_thread("A question")
    await mira.say("/form now", within=mira.thread)
    await mira.sees("/form does not work in a thread. Run it in #acme-shared itself.")
    assert app.heard == []


async def test_files_go_with_a_message_unless_one_thinks_better_of_it(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"words"} for name in ("one.txt", "two.txt")]
    async with mira.page.expect_file_chooser() as choosing:
        await mira.press("Attach a file", within=mira.main)
    await (await choosing.value).set_files([*files, {**files[0], "name": "big.bin", "buffer": b"x" * 5_300_000}])
    await mira.sees("big.bin: too big. A message takes 5 MB of files.")
    await mira.press("Remove one.txt")
    await mira.composer().press("Enter")
    await until(lambda: workspace.control.messages("#requests"), "the message to arrive")
    (said,) = workspace.control.messages("#requests")
    assert [(one["name"], one["mimetype"], one["size"]) for one in said["files"]] == [("two.txt", "text/plain", 5)]
    await expect(mira.button("Remove two.txt")).to_have_count(0)


async def test_nobody_writes_where_nobody_can(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "requests")
    await mira.composer().fill("Too late")
    workspace.control.archive("#requests")
    await mira.sees("#requests is archived: it can be read, and nobody writes here any more.")
    await expect(mira.composer()).to_have_count(0)
    workspace.control.archive("#requests", archived=False)
    await mira.holds("Too late")
