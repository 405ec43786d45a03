"""A person at the workspace's page in a real Chromium: what they press, type and see, by role and name alone.

Nothing here knows a CSS class or an id of the page: whatever a person or a screen reader cannot find, a test cannot.
"""

import re
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from playwright.async_api import BrowserContext, Locator, Page, expect

from tests.support.browser_watch import Watch

PATIENCE = 10_000
"""Milliseconds until a person gives up on seeing something."""

expect.set_options(timeout=PATIENCE)


class Screen:
    """One page of one person; `watch` notes whatever must not happen on it."""

    def __init__(self, context: BrowserContext, page: Page, url: str, watch: Watch) -> None:
        self.context, self.page, self.url, self.watch = context, page, url, watch

    async def open(self, *, as_: str = "", room: str = "", thread: str = "") -> Self:
        """Go to an address, and wait until the page is live."""
        named = {"as": as_, "in": room, "thread": thread}
        query = "&".join(f"{key}={value}" for key, value in named.items() if value)
        await self._live_after(self.page.goto(f"{self.url}/?{query}"))
        return self

    async def reload(self) -> None:
        """Load the page anew, and wait until it is live."""
        await self._live_after(self.page.reload())

    async def _live_after(self, loading: Awaitable[Any]) -> None:
        """Wait for the page to load and for the first word over its line to the workspace."""
        async with self.page.expect_websocket() as line:
            answer = await loading
            assert answer is None or answer.ok, f"the page answers {answer.status}"
        socket = await line.value
        if not self.watch.heard(socket):
            await socket.wait_for_event("framereceived")

    # -- where things are ----------------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def thread(self) -> Locator:
        return self.page.get_by_role("region", name="Thread")

    @property
    def side(self) -> Locator:
        return self.page.get_by_role("complementary")

    @property
    def rooms(self) -> Locator:
        return self.page.get_by_role("navigation", name="Rooms")

    def message(self, words: str, *, within: Locator | None = None) -> Locator:
        """The one message that says something."""
        return (within or self.main).get_by_role("article").filter(has_text=words)

    def card(self, number: str) -> Locator:
        """The card of a request (#5): the one message that has it in its heading."""
        heading = self.page.get_by_role("heading", name=re.compile(rf"^{re.escape(number)} · "))
        return self.main.get_by_role("article").filter(has=heading)

    def room_link(self, room: str) -> Locator:
        """A room in the list of rooms."""
        return self.rooms.get_by_role("link", name=re.compile(rf"^{re.escape(room)}\b"))

    async def window(self, title: str = "") -> Locator:
        """Wait for the window on top to have this title."""
        found = self.page.get_by_role("dialog", name=re.compile(re.escape(title)))
        await expect(found).to_be_visible()
        return found

    async def window_is_gone(self) -> None:
        """Wait until no window is open."""
        await expect(self.page.get_by_role("dialog")).to_have_count(0)

    def button(self, label: str, *, on: str = "", within: Locator | None = None) -> Locator:
        """A button by its words: on a message, within some part, or wherever there is exactly one."""
        place = self.message(on, within=within) if on else within or self.page
        return place.get_by_role("button", name=label)

    def composer(self, within: Locator | None = None) -> Locator:
        """Where a message to the room is written, or one to the open thread."""
        return (within or self.main).get_by_role("textbox", name=re.compile("^(Message|Reply)"))

    # -- hands ---------------------------------------------------------------------------------------------------------

    async def press(self, label: str, *, on: str = "", within: Locator | None = None) -> None:
        """Press a button by its words: on a message, within some part, in the open window, else where there is one."""
        window = self.page.get_by_role("dialog")
        if not on and within is None and await window.is_visible():
            within = window
        await self.button(label, on=on, within=within).click()

    async def put_finger_on(self, label: str, *, on: str = "") -> None:
        """Press a button down without letting go; `page.mouse.up()` lets go."""
        await self.button(label, on=on).hover()
        await self.page.mouse.down()

    async def fill(self, label: str, text: str) -> None:
        """Write into a field of the window."""
        await (await self.window()).get_by_label(label).fill(text)

    async def say(self, words: str, *, within: Locator | None = None) -> None:
        """Write a message into the room, or into the open thread, and send it."""
        await self.composer(within).fill(words)
        await self.composer(within).press("Enter")

    async def go(self, room: str) -> None:
        """Go to a room by the list of rooms."""
        await self.room_link(room).click()

    def step(self, title: str) -> Locator:
        """A step of the tour."""
        return self.side.get_by_role("listitem").filter(has_text=title)

    async def show_step(self, title: str, way: str = "Show me") -> None:
        """Go where a step of the tour is done, as it offers; what is in the panel itself is no link."""
        step = self.step(title)
        await step.get_by_role("link", name=way).or_(step.get_by_role("button", name=way)).click()

    async def named_in_step(self, title: str) -> str:
        """Return the words of the button that a step says to press."""
        said = await self.step(title).inner_text()
        found = re.search("press “(.+?)”", said)
        assert found, said
        return found[1]

    async def fold_side(self) -> None:
        """Put the panel beside the chat away."""
        await self.button("The day's panel").click()
        await expect(self.side).to_be_hidden()

    async def tap_room(self, room: str) -> None:
        """Go to a room on a phone, where the list of rooms is behind a button."""
        await self.button("Rooms").tap()
        await self.room_link(room).tap()

    async def become(self, name: str) -> None:
        """Act as somebody else from now on."""
        await self.button("Act as somebody else").click()
        await self.page.get_by_role("menuitemradio", name=re.compile(name)).click()

    async def open_thread(self, words: str) -> None:
        """Open the thread of a message in the room."""
        message = self.message(words)
        await message.hover()
        await message.get_by_role("link", name="Reply in thread").click()
        await expect(self.message(words, within=self.thread).first).to_be_visible()

    async def fill_time(self, label: str, when: datetime) -> None:
        """Set a field for a day and a time, in the zone of whom one is."""
        await (await self.window()).get_by_label(label).fill(f"{when:%Y-%m-%dT%H:%M}")

    async def answer(self, words: str, answer: str) -> None:
        """Open the thread of a message and write into it."""
        await self.open_thread(words)
        await self.say(answer, within=self.thread)

    async def submit(self, window: Locator) -> None:
        """Press the button that sends a window."""
        await window.locator("button[type=submit]").click()

    async def close(self) -> None:
        """Close whatever windows are open."""
        await self.button("Close the window").click()
        await self.window_is_gone()

    # -- eyes ----------------------------------------------------------------------------------------------------------

    async def sees(self, words: str, *, within: Locator | None = None, seconds: float = PATIENCE / 1000) -> None:
        """Wait until these words can be read."""
        found = (within or self.page.locator("body")).get_by_text(words).locator("visible=true")
        await expect(found.first).to_be_visible(timeout=seconds * 1000)

    async def misses(self, words: str, *, within: Locator | None = None) -> None:
        """Wait until these words can be read nowhere."""
        found = (within or self.page.locator("body")).get_by_text(words).locator("visible=true")
        await expect(found).to_have_count(0)

    async def holds(self, words: str, *, within: Locator | None = None) -> None:
        """Wait until these words stand in the composer."""
        await expect(self.composer(within)).to_have_value(words)

    async def picture(self, path: Path, **how: Any) -> None:
        """Keep what is seen."""
        await self.page.screenshot(path=path, **how)
