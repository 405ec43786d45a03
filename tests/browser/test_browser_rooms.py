"""Finding one's way: rooms, unread marks, threads, being somebody else."""

import re

from playwright.async_api import expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser_chromium import Desks


async def test_a_room_with_news_is_marked_until_it_is_read(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "general")
    marked = mira.rooms.get_by_role("link", name=re.compile(r"acme-shared.*(unread|new)"))
    await expect(marked).to_have_count(0)
    workspace.control.say("@carla", "#acme-shared", "One")
    workspace.control.say("@carla", "#acme-shared", "Two")
    await expect(marked).to_be_visible()
    await mira.go("acme-shared")
    await mira.sees("Two")
    await expect(marked).to_have_count(0)
    await mira.reload()
    await expect(marked).to_have_count(0)


async def test_a_thread_is_written_beside_the_room(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, carla = await sit(workspace, "mira", "acme-shared"), await sit(workspace, "carla", "acme-shared")
    await carla.say("When is it ready?")
    await mira.answer("When is it ready?", "On Friday.")
    await expect(mira.message("On Friday.")).to_have_count(0)
    await carla.sees("1 reply")
    await carla.button("1 reply").or_(carla.main.get_by_role("link", name="1 reply")).click()
    await carla.sees("On Friday.", within=carla.thread)
    await carla.say("Thanks!", within=carla.thread)
    await mira.sees("Thanks!", within=mira.thread)


async def test_who_becomes_somebody_else_sees_as_they_see(workspace: WorkspaceServer, sit: Desks) -> None:
    page = await sit(workspace, "mira", "acme-shared")
    workspace.control.say("@carla", "#acme-shared", "Hello from London")
    await page.sees("requests", within=page.rooms)
    await page.become("Carla Reyes")
    await page.sees("Hello from London")
    await page.misses("requests", within=page.rooms)
    await page.say("It is me")
    said = workspace.control.messages("#acme-shared")[-1]
    assert said["user"] == workspace.core.state.user("@carla").id


async def test_times_follow_the_zone_of_whom_one_is(workspace: WorkspaceServer, sit: Desks) -> None:
    """08:00 UTC is ten o'clock in Helsinki and half past one in the afternoon in Kolkata (L11)."""
    mira, priya = await sit(workspace, "mira", "general"), await sit(workspace, "priya", "general")
    workspace.control.say("@sam", "#general", "Good morning")
    await mira.sees("10:00", within=mira.message("Good morning"))
    await priya.sees("13:30", within=priya.message("Good morning"))


async def test_an_address_that_does_not_exist_is_said_and_leads_somewhere(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    page = await sit(workspace, "nobody", "nowhere")
    await page.sees("There is nobody called nobody here")
    await expect(page.main.get_by_role("heading", level=1)).to_be_visible()


async def test_going_back_leads_back(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", "general")
    await mira.go("acme-shared")
    await expect(mira.main.get_by_role("heading", level=1)).to_contain_text("acme-shared")
    await mira.page.go_back()
    await expect(mira.main.get_by_role("heading", level=1)).to_contain_text("general")


async def test_replies_are_led_to_from_below_their_room_and_read_in_their_thread(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    """The room's own number counts what stands in the room: reading it to the end takes the number away."""
    parent = workspace.control.say("@mira", "#acme-shared", "When is it ready?")["ts"]
    workspace.control.say("@carla", "#acme-shared", "Take your time.")
    workspace.control.say("@carla", "#acme-shared", "Ready for what?", thread_ts=parent)
    mira = await sit(workspace, "mira", "acme-shared")
    await mira.sees("Take your time.")
    replies = mira.rooms.get_by_role("link", name="New reply in acme-shared")
    await expect(replies).to_be_visible()
    await expect(mira.rooms.get_by_role("link", name=re.compile(r"^acme-shared.*unread"))).to_have_count(0)
    await replies.click()
    await mira.sees("Ready for what?", within=mira.thread)
    await expect(replies).to_have_count(0)
    await mira.misses("1 new")
