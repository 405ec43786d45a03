"""Every element of Block Kit under a person's hands: what the app hears of it, and what the person sees."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_app import OPTIONS, Heard, hears, listening
from tests.support.browser_axe import findings
from tests.support.browser_chromium import Desks
from tests.support.browser_posts import plain, post, section
from tests.workspace.slack_helpers import slack_client

CONFIRM = {
    "title": plain("Sure?"),
    "text": plain("It is gone then."),
    "confirm": plain("Delete"),
    "deny": plain("Keep"),
}


@pytest_asyncio.fixture(loop_scope="session")
async def heard(workspace: WorkspaceServer) -> AsyncIterator[Heard]:
    """What the app hears."""
    async with listening(workspace) as found:
        yield found


async def _shown(workspace: WorkspaceServer, sit: Desks, element: dict[str, Any]) -> tuple[Screen, Locator]:
    mira = await sit(workspace, "mira", "requests")
    block = {"type": "actions", "elements": [{"action_id": "it", **element}]}
    await post(workspace, "#requests", section("Here it is"), block, text="Here it is")
    message = mira.message("Here it is")
    await expect(message).to_be_visible()
    return mira, message


async def test_a_button_asks_before_it_presses(workspace: WorkspaceServer, sit: Desks, heard: Heard) -> None:
    mira, message = await _shown(workspace, sit, {"type": "button", "text": plain("Delete it"), "confirm": CONFIRM})
    await message.get_by_role("button", name="Delete it").click()
    question = await mira.window("Sure?")
    await question.get_by_role("button", name="Keep").click()
    await mira.window_is_gone()
    assert heard == []
    await message.get_by_role("button", name="Delete it").click()
    assert await findings(mira) == []
    await (await mira.window("Sure?")).get_by_role("button", name="Delete").click()
    assert (await hears(mira, heard))["type"] == "button"
    await mira.window_is_gone()


async def test_a_choice_that_is_taken_back_shows_what_it_was(
    workspace: WorkspaceServer, sit: Desks, heard: Heard
) -> None:
    menu = {"type": "static_select", "options": OPTIONS, "initial_option": OPTIONS[0], "confirm": CONFIRM}
    mira, message = await _shown(workspace, sit, menu)
    select = message.get_by_role("combobox")
    await select.select_option("two")
    await (await mira.window("Sure?")).get_by_role("button", name="Keep").click()
    await expect(select).to_have_value("one")
    assert heard == []
    await select.select_option("two")
    await (await mira.window("Sure?")).get_by_role("button", name="Delete").click()
    assert (await hears(mira, heard))["selected_option"]["value"] == "two"
    await expect(select).to_have_value("two")


async def test_an_overflow_menu_goes_by_arrow_keys(workspace: WorkspaceServer, sit: Desks, heard: Heard) -> None:
    mira, message = await _shown(workspace, sit, {"type": "overflow", "options": OPTIONS})
    opener = message.get_by_role("button", name="More options")
    await opener.press("Enter")
    await expect(message.get_by_role("menuitem", name="One")).to_be_focused()
    await mira.page.keyboard.press("ArrowDown")
    await expect(message.get_by_role("menuitem", name="Two")).to_be_focused()
    assert await findings(mira) == []
    await mira.page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    assert heard == []
    await opener.press("Enter")
    await mira.page.keyboard.press("End")
    await mira.page.keyboard.press("Enter")
    assert (await hears(mira, heard))["selected_option"]["value"] == "two"


async def test_several_are_ticked_and_told_once(workspace: WorkspaceServer, sit: Desks, heard: Heard) -> None:
    mira, message = await _shown(workspace, sit, {"type": "multi_static_select", "options": OPTIONS})
    opener = message.get_by_role("button", name="Select options")
    await opener.click()
    await message.get_by_role("checkbox", name="One").check()
    await message.get_by_role("checkbox", name="Two").check()
    assert await findings(mira) == []
    workspace.control.say("@sam", "#requests", "Meanwhile")
    await mira.sees("Meanwhile")
    await expect(message.get_by_role("checkbox", name="Two")).to_be_checked()
    assert heard == []
    await mira.page.keyboard.press("Escape")
    chosen = (await hears(mira, heard))["selected_options"]
    assert [option["value"] for option in chosen] == ["one", "two"]
    await expect(message.get_by_role("button", name="One Two")).to_be_focused()


async def test_ticks_are_told_at_once(workspace: WorkspaceServer, sit: Desks, heard: Heard) -> None:
    mira, message = await _shown(workspace, sit, {"type": "checkboxes", "options": OPTIONS})
    await message.get_by_role("checkbox", name="Two").check()
    assert [one["value"] for one in (await hears(mira, heard))["selected_options"]] == ["two"]
    await message.get_by_role("checkbox", name="Two").uncheck()
    assert (await hears(mira, heard, 2))["selected_options"] == []


async def test_a_picker_tells_the_time_in_the_persons_zone_once(
    workspace: WorkspaceServer, sit: Desks, heard: Heard
) -> None:
    workspace.control.set_user("@mira", tz="Europe/Helsinki")
    mira, message = await _shown(workspace, sit, {"type": "datetimepicker", "initial_date_time": 1_795_784_400})
    picker = message.get_by_label("Date and time")
    await expect(picker).to_have_value("2026-11-27T15:00")
    await picker.fill("2026-11-27T16:00")
    await picker.press("Tab")
    assert (await hears(mira, heard))["selected_date_time"] == 1_795_788_000
    await expect(message.get_by_text("Helsinki time")).to_be_visible()


async def test_a_menu_that_the_app_fills_is_a_combobox(workspace: WorkspaceServer, sit: Desks, heard: Heard) -> None:
    mira, message = await _shown(workspace, sit, {"type": "external_select", "min_query_length": 1})
    menu = message.get_by_role("combobox")
    await menu.press_sequentially("tw")
    await expect(message.get_by_role("option", name="Two")).to_be_visible()
    assert await findings(mira) == []
    await menu.press("ArrowDown")
    await menu.press("Enter")
    assert (await hears(mira, heard))["selected_option"] == OPTIONS[1]
    await expect(menu).to_have_value("Two")


async def test_a_form_carries_every_kind_of_field(workspace: WorkspaceServer, sit: Desks, heard: Heard) -> None:
    elements = {
        "words": {"type": "plain_text_input"},
        "rich": {"type": "rich_text_input"},
        "day": {"type": "datepicker"},
        "kind": {"type": "radio_buttons", "options": OPTIONS},
        "tags": {"type": "multi_static_select", "options": OPTIONS},
        "client": {"type": "external_select", "min_query_length": 0},
        "file": {"type": "file_input"},
    }
    blocks = [
        {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": "it", **element}}
        for name, element in elements.items()
    ]
    mira = await sit(workspace, "mira", "requests")
    shortcut = await workspace.control.shortcut("@mira", "form")
    view = {"type": "modal", "callback_id": "form", "title": plain("A form"), "submit": plain("Send"), "blocks": blocks}
    await slack_client(workspace).views_open(trigger_id=shortcut.trigger_id, view=view)
    window = await mira.window("A form")
    await window.get_by_label("words").fill("Hello")
    await window.get_by_label("rich").fill("*not bold*")
    await window.get_by_label("day").fill("2026-11-28")
    await window.get_by_role("radio", name="Two").check()
    await window.get_by_role("button", name="tags").click()
    await window.get_by_role("checkbox", name="One").check()
    await mira.page.keyboard.press("Escape")
    await window.get_by_role("combobox", name="client").click()
    await window.get_by_role("option", name="Two").click()
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}
    await window.get_by_label("file").set_input_files([file])
    await expect(window.get_by_text("notes.txt")).to_be_visible()
    assert await findings(mira) == []
    await mira.submit(window)
    await mira.window_is_gone()
    state = await hears(mira, heard)
    assert state["words"]["value"] == "Hello"
    assert state["rich"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "*not bold*"
    assert state["day"]["selected_date"] == "2026-11-28"
    assert state["kind"]["selected_option"]["value"] == "two"
    assert [one["value"] for one in state["tags"]["selected_options"]] == ["one"]
    assert state["client"]["selected_option"] == OPTIONS[1]
    assert [one["name"] for one in state["file"]["files"]] == ["notes.txt"]
