"""The driver lives in a workspace with a real app on it, in process and over HTTP."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest
from driver_small_app import SmallApp, connected

from bot.workspace.driver import Driver
from bot.workspace.errors import ControlError
from bot.workspace.seen import RefusedError
from bot.workspace.server import WorkspaceServer

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()  # a Monday, 14:00 in Helsinki


@pytest.fixture
async def server(make_server: Callable[..., Awaitable[WorkspaceServer]]) -> AsyncIterator[WorkspaceServer]:
    started = time.monotonic()
    server = await make_server(now=lambda: NOW + time.monotonic() - started)
    yield server
    assert server.journal.refusals == []


@pytest.fixture
async def app(server: WorkspaceServer) -> AsyncIterator[SmallApp]:
    async with connected(server) as small:
        yield small


@pytest.fixture(params=["in process", "over HTTP"])
async def driver(request: pytest.FixtureRequest, server: WorkspaceServer) -> AsyncIterator[Driver]:
    if request.param == "in process":
        yield Driver.of(server.control, patience=10)
    else:
        async with Driver.at(server.url, patience=10) as driver:
            yield driver


@pytest.fixture
async def waiting(app: SmallApp, driver: Driver) -> Driver:  # noqa: ARG001 (it answers what the driver says)
    """A driver in a workspace where Carla has asked for something and its card stands in #requests."""
    await driver.say("carla", "#acme-shared", "Our login is broken")
    await driver.until("mira", "#requests", "#142 owned by nobody")
    return driver


async def test_what_a_person_says_is_shown_with_its_answer_in_the_channel(driver: Driver):
    seen = await driver.say("carla", "#acme-shared", "Hello @mira")
    assert "Hello @Mira Lahtinen" in seen.text
    shown = await driver.show("jonas", "#acme-shared")
    assert "#acme-shared · shared with Acme" in shown
    assert "1  Carla Reyes  13:00" in shown  # Berlin


async def test_a_thread_is_found_by_words_or_number(driver: Driver):
    await driver.say("carla", "#acme-shared", "First")
    await driver.say("carla", "#acme-shared", "Second")
    await driver.say("mira", "#acme-shared", "To the first", thread="first")
    await driver.say("mira", "#acme-shared", "Again to the first", thread="1.1")
    shown = await driver.show("mira", "#acme-shared")
    assert "╰ 1.2  Mira" in shown
    with pytest.raises(ControlError, match="no message says 'third'"):
        await driver.say("mira", "#acme-shared", "x", thread="third")
    with pytest.raises(ControlError, match="there is no message 9; there are 2"):
        await driver.say("mira", "#acme-shared", "x", thread="9")


async def test_a_press_shows_the_changed_card(waiting: Driver):
    seen = await waiting.press("mira", "#requests", "claim")
    assert "#142 owned by mira" in seen.text
    assert [message["text"] for message in seen.messages] == ["#142 owned by mira"]


async def test_a_button_nobody_has_names_those_there_are(waiting: Driver):
    with pytest.raises(ControlError, match="there is “Claim”, “Reply” and “Close”; menus: “Category” and"):
        await waiting.press("mira", "#requests", "Delete")


async def test_words_mean_the_message_that_all_can_see_before_an_answer_for_one_alone(waiting: Driver):
    await waiting.slash("mira", "#requests", "/headsup status #142")
    assert "Only visible to you" in await waiting.show("mira", "#requests", "last")
    assert "#142 owned by mira" in (await waiting.press("mira", "#requests", "claim", message="#142")).text


async def test_menus_are_chosen_by_their_option(waiting: Driver, app: SmallApp):
    seen = await waiting.press("mira", "#requests", "park")
    assert "Only visible to you" in seen.text
    assert [whisper["text"] for whisper in seen.whispers] == ["You chose Park"]
    await waiting.press("mira", "#requests", "Category=bill")
    assert [action["action_id"] for action in app.actions] == ["more", "category"]
    assert "[ Billing ▾ ]" in await waiting.show("mira", "#requests", "#142")
    unset = "[ ‹Category› ▾ ]"  # noqa: RUF001 the marks of what is no value
    assert unset in await waiting.show("jonas", "#requests", "#142")


async def test_a_form_is_opened_filled_in_and_sent(waiting: Driver, app: SmallApp):
    seen = await waiting.press("mira", "#requests", "Reply")
    assert "╭─ Reply to Acme ─" in seen.text
    filled = await waiting.fill("mira", {"When": "tomorrow 9:00", "kind": "you will hear"})
    assert "Tue Nov 24 09:00" in filled.text
    done = await waiting.submit("mira", {"Reply": "We are on it."}, button="Send")
    assert done.text == "The window closed."
    assert done.modal is None
    (values,) = app.submitted
    assert values["text"]["text"]["value"] == "We are on it."
    tomorrow = datetime.fromtimestamp(values["when"]["at"]["selected_date_time"], UTC)
    assert f"{tomorrow:%Y-%m-%d %H:%M}" == "2026-11-24 07:00"


async def test_errors_stand_at_their_fields_whoever_finds_them(waiting: Driver, app: SmallApp):
    await waiting.press("mira", "#requests", "Reply")
    empty = await waiting.submit("mira")
    assert empty.errors == {"Reply": "Please complete this required field."}
    vague = await waiting.submit("mira", {"Reply": "soon"})
    assert vague.errors == {"Reply": "“Soon” is no time."}
    assert "✗ “Soon” is no time." in vague.text
    assert app.submitted == []


async def test_a_windows_own_buttons_and_those_in_it_can_be_pressed(waiting: Driver):
    await waiting.press("mira", "", "reply")
    seen = await waiting.submit("mira", {"Reply": "Dear Carla"}, button="Make it shorter")
    assert "A shorter reply" in seen.text
    assert "┃ Dear Carla" in seen.text
    with pytest.raises(ControlError, match="“Make it shorter”; the window's own buttons: Send, Not now"):
        await waiting.press("mira", "modal", "Delete")
    assert (await waiting.press("mira", "", "not now")).text == "The window closed."
    with pytest.raises(ControlError, match="mira has no window open"):
        await waiting.close("mira")


async def test_a_press_that_meets_an_open_window_says_that_it_is_open(waiting: Driver):
    """Without a place the window comes first, also before a card that has such a button."""
    await waiting.press("mira", "", "reply")
    with pytest.raises(ControlError) as caught:
        await waiting.press("mira", "", "Claim")
    assert str(caught.value) == (
        "in the open window “Reply to Acme” nothing to press is called 'Claim'; "
        "there is “Make it shorter”; the window's own buttons: Send, Not now; "
        'close it first, or say where with --in "#channel", --in dm or --in home'
    )
    assert "#142 owned by mira" in (await waiting.press("mira", "#requests", "Claim")).text


async def test_a_window_without_a_send_button_is_not_sent(waiting: Driver, app: SmallApp):
    """Slack sends nothing when there is no button for it; here the words say what there is instead."""
    assert "What happened" in (await waiting.shortcut("mira", "history")).text
    with pytest.raises(ControlError) as caught:
        await waiting.submit("mira", {"Reply": "We are on it."})
    assert str(caught.value) == (
        "the window “What happened” has no button that sends it; there is “Show more”; `close` dismisses it"
    )
    with pytest.raises(ControlError, match="nothing to press is called 'Send'; there is “Show more”"):
        await waiting.submit("mira", button="Send")
    assert (await waiting.close("mira")).text == "The window closed."
    assert app.submitted == []


@pytest.mark.usefixtures("app")
async def test_a_command_is_answered_to_its_writer_alone(driver: Driver):
    seen = await driver.slash("mira", "#requests", "/headsup status #1")
    assert [whisper["text"] for whisper in seen.whispers] == ["You asked for status #1"]
    assert "You asked for" not in await driver.show("jonas", "#requests")


async def test_shortcuts_open_windows(waiting: Driver):
    assert "Reply to Acme" in (await waiting.shortcut("mira", "new_request")).text
    assert "Reply to Acme" in (await waiting.shortcut("mira", "new_request", "#acme-shared", "login")).text


@pytest.mark.usefixtures("app")
async def test_the_home_tab_is_published_when_it_is_looked_at(driver: Driver):
    assert "My queue" in await driver.show("mira", "home")


async def test_an_overview_says_who_when_and_where(driver: Driver):
    assert (await driver.overview("Mira Lahtinen")).split("\n")[:2] == [
        "Mira Lahtinen (@mira) · Mon 14:00 Europe/Helsinki",
        "  #general  0 messages",
    ]


async def test_time_moves_in_the_persons_zone_and_never_back(driver: Driver):
    said = await driver.clock("tomorrow 08:30", "mira")
    assert said == "It is Tuesday, 24 November 2026, 08:30 (Europe/Helsinki)."
    assert "07:30" in await driver.clock(user="jonas")
    with pytest.raises(ControlError, match="time only moves forward"):
        await driver.clock("2026-11-23 15:00", "mira")


@pytest.mark.usefixtures("app")
async def test_a_fault_is_switched_on_listed_and_cleared(driver: Driver):
    said = await driver.fault("429", "chat.postMessage", seconds=30.0, times=2)
    assert said == "#1 rate_limited (30 s) on chat.postMessage, 2 times."
    assert await driver.faults() == said
    assert await driver.clear_faults() == "1 fault cleared."
    assert await driver.faults() == "No fault is switched on."
    assert await driver.fault("drop") == "1 connection(s) met drop."
    with pytest.raises(ControlError, match="there is no fault 'rain'; there is “slow”"):
        await driver.fault("rain")


async def test_without_an_app_a_press_says_what_slack_shows(server: WorkspaceServer):
    driver = Driver.of(server.control, patience=0.1)
    with pytest.raises(
        RefusedError, match=r"Headsup is not connected just now \(dispatch_failed.*try again in a moment"
    ):
        await driver.slash("mira", "#requests", "/headsup")


async def test_waiting_in_vain_says_what_is_there(driver: Driver):
    await driver.say("mira", "#requests", "Hello")
    with pytest.raises(ControlError, match=r"'Goodbye' did not appear within 0\.1 s(.|\n)*Hello"):
        await driver.until("mira", "#requests", "Goodbye", seconds=0.1)


async def test_strangers_rooms_and_other_peoples_messages_stay_closed(driver: Driver):
    with pytest.raises(ControlError, match="no channel of carla is called 'requests'; there is “acme-shared”"):
        await driver.show("carla", "#requests")
    with pytest.raises(ControlError, match="only @jonas can see their direct messages; act as them with --as jonas"):
        await driver.show("mira", "@jonas")
    with pytest.raises(ControlError, match="no person is called 'zoe'; there is “mira”"):
        await driver.show("zoe", "#requests")
    assert "Direct messages · Mira Lahtinen and Headsup" in await driver.show("mira", "@headsup")


async def next_news(news: AsyncIterator[str], driver: Driver, **said: str) -> str:
    """Listen, and let Carla speak until she is heard."""
    task = asyncio.ensure_future(anext(news))
    while not task.done():
        await driver.say("carla", "#acme-shared", "And now?", **said)
    return await task


async def test_following_tells_every_new_message_and_whose_thread_it_is_in(driver: Driver):
    await driver.say("carla", "#acme-shared", "Long ago")
    news = driver.follow("mira")
    heard = await next_news(news, driver)
    assert heard.startswith("#acme-shared\nCarla Reyes")
    assert "Long ago" not in heard
    while "thread" not in heard:
        heard = await next_news(news, driver, thread="1")
    assert heard.startswith("#acme-shared · in the thread “Long ago”\nCarla Reyes")


async def test_following_tells_changes_too_when_asked(waiting: Driver):
    news = waiting.follow("mira", changes=True)
    task = asyncio.ensure_future(anext(news))
    while not task.done():
        await waiting.press("mira", "#requests", "Claim")
        await waiting.press("jonas", "#requests", "Claim")
    assert (await task).startswith("#requests · changed\nHeadsup APP")
