"""The panel beside the chat: time, the tour's pointing finger, faults, and what is counted; on the workspace alone."""

from dataclasses import replace

import pytest
from playwright.async_api import Route, expect

from bot.workspace.companion import Account, Briefing, Jump, Spot, Step, Tour
from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.browser_keys import Keys
from tests.support.browser_posts import actions, button, post, section

BAD_WORDS = "status of 400"
"""What the browser itself says in its console when words are refused."""


def guide(server: WorkspaceServer, *steps: Step, jumps: tuple[Jump, ...] = ()) -> None:
    server.companion.tell(Briefing(Tour("The morning", steps, "That was the whole day."), jumps))


async def test_time_moves_by_a_span_and_to_tomorrow_morning(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, sam = await sit(workspace, "mira"), await sit(workspace, "sam")
    await mira.press("+15 min", within=mira.side)
    await mira.sees("10:15", within=mira.side)
    await expect(mira.side.get_by_role("status")).to_have_text("It is 10:15, Monday, 23 November 2026.")
    await sam.sees("3:15 AM", within=sam.side)
    await mira.press("Tomorrow 08:30", within=mira.side)
    await mira.sees("Tuesday, 24 November 2026", within=mira.side)
    await mira.sees("08:30", within=mira.side)
    await sam.sees("1:30 AM", within=sam.side)


async def test_the_new_time_is_said_also_when_it_shows_before_the_answer_comes(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    mira = await sit(workspace, "mira")

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await mira.sees("10:15", within=mira.side)
        await route.fulfill(response=answer)

    await mira.page.route("**/control/live_for", late)
    await mira.press("+15 min", within=mira.side)
    await expect(mira.side.get_by_role("status")).to_have_text("It is 10:15, Monday, 23 November 2026.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("25:00", "'25:00' is no time that I understand"),
        ("today 09:00", "'today 09:00' is over; time only moves forward."),
        (" ", "Write a time, such as 2h, 12:00, wednesday 9."),
    ],
)
async def test_a_time_that_is_none_is_said_at_the_field(
    workspace: WorkspaceServer, sit: Desks, words: str, sentence: str
) -> None:
    mira = await sit(workspace, "mira")
    mira.watch.expect(BAD_WORDS)
    field = mira.side.get_by_label("Or move to any time")
    await field.fill(words)
    await field.press("Enter")
    await expect(mira.side.get_by_role("alert")).to_contain_text(sentence)
    await expect(field).to_be_focused()
    await expect(field).to_have_value(words)
    await field.fill("+90m")
    await expect(mira.side.get_by_role("alert")).to_have_count(0)
    await mira.press("Move", within=mira.side.locator("form"))
    await mira.sees("11:30", within=mira.side)
    await expect(field).to_have_value("")


async def test_a_time_that_is_far_ahead_is_said_before_time_goes_there(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira")
    field = mira.side.get_by_label("Or move to any time")
    goal = mira.side.get_by_text("and time cannot go back")
    await field.fill("8:00")
    await field.press("Enter")
    await expect(goal).to_have_text(
        "That is tomorrow, Tuesday 24 November 08:00, in 22 hours, and time cannot go back. "
        "Press Move again to go there."
    )
    await mira.sees("10:00", within=mira.side)
    await field.fill("9:00")
    await expect(goal).to_have_count(0)
    for _ in range(2):
        await mira.press("Move", within=mira.side.locator("form"))
    await mira.sees("Tuesday, 24 November 2026", within=mira.side)
    await mira.sees("09:00", within=mira.side)
    await expect(goal).to_have_count(0)
    await field.fill("in 12 hours")
    await field.press("Enter")
    await mira.sees("21:00", within=mira.side)


async def test_a_jump_goes_to_its_moment_and_keeps_the_focus(workspace: WorkspaceServer, sit: Desks) -> None:
    to = workspace.core.clock.now() + 7200
    guide(workspace, Step("time", "Let time go by", "Jump.", jump="nudge"), jumps=(Jump("nudge", "To the next", to),))
    mira = await sit(workspace, "mira")
    step = mira.side.get_by_role("listitem").filter(has_text="Let time go by")
    jump = mira.button("To the next", within=step)
    await Keys(mira).press(jump)
    await mira.sees("12:00", within=mira.side)
    guide(
        workspace,
        Step("time", "Let time go by", "Jump.", jump="nudge"),
        jumps=(Jump("nudge", "To the next", None, "None now."),),
    )
    await expect(jump).to_be_disabled()
    await expect(jump).to_have_accessible_description("None now.")
    await expect(jump).to_be_focused()


async def test_the_tour_points_at_a_button_in_another_persons_room(workspace: WorkspaceServer, sit: Desks) -> None:
    first = await post(
        workspace,
        "#acme-shared",
        section("The oldest"),
        actions(button("Edit it", "edit"), button("That works", "works")),
    )
    for number in range(80):
        workspace.control.say("@mira", "#acme-shared", f"And {number}")
    guide(workspace, Step("answer", "Answer", "As Carla.", spot=Spot("carla", "acme-shared", first, "That works")))
    mira = await sit(workspace, "mira", "requests")
    await mira.side.get_by_role("link", name="Show me, as Carla Reyes").click()
    works = mira.button("That works", on="The oldest")
    await expect(works).to_be_focused()
    await expect(works).to_be_in_viewport()
    assert "as=carla" in mira.page.url


async def test_a_spot_that_is_gone_is_told(workspace: WorkspaceServer, sit: Desks) -> None:
    guide(workspace, Step("answer", "Answer", "Now.", spot=Spot("mira", "requests", "1.000001", "That works")))
    mira = await sit(workspace, "mira", "requests")
    await mira.side.get_by_role("link", name="Show me").click()
    await mira.sees("It is not on this page any more.")


async def test_the_tour_writes_what_is_to_be_sent_but_never_over_a_draft(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    spot = Spot("mira", "requests", typed="Good morning, all")
    guide(workspace, Step("say", "Say it", "Type.", spot=spot))
    mira = await sit(workspace, "mira", "general")
    way = mira.side.get_by_role("link", name="Show me")
    await way.click()
    await mira.holds("Good morning, all")
    await expect(mira.composer()).to_be_focused()
    assert "in=requests" in mira.page.url
    await mira.page.keyboard.press("Enter")
    await mira.sees("Good morning, all", within=mira.main.get_by_role("article"))
    await mira.holds("")
    await mira.composer().fill("My own words")
    await way.click()
    await mira.sees("Something of yours is being written here.")
    await mira.holds("My own words")


async def test_the_tour_opens_the_panel_and_its_folded_part(workspace: WorkspaceServer, sit: Desks) -> None:
    guide(workspace, Step("break", "Break it", "Now.", spot=Spot(label="Slack is down", beside=True)))
    mira = await sit(workspace, "mira")
    switch = mira.side.get_by_role("switch", name="Slack is down")
    await expect(switch).to_be_hidden()
    await mira.side.get_by_role("button", name="Show me").click()
    await expect(switch).to_be_focused()
    await expect(switch).to_be_in_viewport()
    assert workspace.companion.taken == {"break"}


async def test_the_closing_words_come_into_view_or_are_said_where_the_panel_is_put_away(
    workspace: WorkspaceServer, sit: Desks
) -> None:
    steps = [Step(f"{number}", f"Step {number}", "Do it.") for number in range(40)]
    guide(workspace, *steps)
    mira, sam = await sit(workspace, "mira"), await sit(workspace, "sam")
    await sam.fold_side()
    guide(workspace, *(replace(step, done=True) for step in steps))
    await expect(mira.side.get_by_text("That was the whole day.").last).to_be_in_viewport()
    await sam.sees("That was the whole day.")


async def test_what_is_ticked_off_is_said_and_the_next_step_opens(workspace: WorkspaceServer, sit: Desks) -> None:
    guide(workspace, Step("one", "Claim a request", "Press Claim."), Step("two", "Acknowledge it", "Press Send."))
    mira = await sit(workspace, "mira")
    await mira.sees("Press Claim.", within=mira.side)
    guide(workspace, Step("one", "Claim a request", "", done=True), Step("two", "Acknowledge it", "Press Send."))
    await expect(mira.side.get_by_role("status")).to_have_text("Done: Claim a request.")
    await mira.sees("Press Send.", within=mira.side)
    await mira.misses("Press Claim.", within=mira.side)
    guide(workspace, Step("one", "Claim a request", "", done=True), Step("two", "Acknowledge it", "", done=True))
    await expect(mira.side.get_by_role("status")).to_have_text("Done: Acknowledge it. That was the whole day.")


async def open_faults(screen: Screen) -> None:
    await screen.side.get_by_role("heading", name="When things go wrong").click()


async def test_a_fault_is_switched_on_in_one_page_and_off_in_another(workspace: WorkspaceServer, sit: Desks) -> None:
    mira, sam = await sit(workspace, "mira"), await sit(workspace, "sam")
    for one in (mira, sam):
        await open_faults(one)
    await Keys(mira).press(mira.side.get_by_role("switch", name="Slack answers slowly"))
    theirs = sam.side.get_by_role("switch", name="Slack answers slowly")
    await expect(theirs).to_be_checked()
    await sam.sees("1 on", within=sam.side)
    assert [fault["seconds"] for fault in workspace.control.faults()] == [2.0]
    await theirs.click()
    await expect(mira.side.get_by_role("switch", name="Slack answers slowly")).not_to_be_checked()
    assert workspace.control.faults() == []


async def test_clear_all_switches_everything_off(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira")
    await open_faults(mira)
    await mira.side.get_by_role("switch", name="An answer is lost").click()
    workspace.control.fault("chat.update", "hang", times=0)
    await mira.sees("On for every change of a message · not met yet", within=mira.side)
    await mira.press("Clear all", within=mira.side)
    await mira.sees("Nothing is switched on to clear.", within=mira.side)
    assert workspace.control.faults() == []


async def test_what_must_add_up_is_shown_as_it_changes(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira")
    workspace.companion.tell(Briefing(accounts=(Account("requests · cards", 31, 30),)))
    row = mira.side.get_by_role("row", name="31 requests · 30 cards")
    await mira.sees("1 missing", within=row)
    workspace.companion.tell(Briefing(accounts=(Account("requests · cards", 31, 31),)))
    await expect(
        mira.side.get_by_role("row", name="31 requests · 31 cards").get_by_role("img")
    ).to_have_accessible_name("right")
