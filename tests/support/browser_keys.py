"""A person who has only keys: they get somewhere by Tab, choose by arrows and letters, and press by Enter or space."""

from playwright.async_api import Locator

from tests.support.browser import Screen

_IS_FOCUSED = "element => element === document.activeElement"
_IN_MESSAGES = "() => document.activeElement.matches('main article')"
_WHO_IS = """() => {
  const one = document.activeElement;
  return `${one.tagName} ${one.getAttribute("aria-label") || one.textContent.trim().slice(0, 60)}`;
}"""
_SHOWS_FOCUS = """element => {
  const ringed = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  return [element, element.parentElement, element.parentElement.parentElement].some(ringed);
}"""
"""A ring around it, or around the box that it fills."""


class Keys:
    """The keyboard in front of a screen."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.page = screen, screen.page

    async def reach(self, wanted: Locator, *, most: int = 250) -> None:
        """Tab until something is focused; what cannot be reached so, or shows no focus, fails."""
        await wanted.wait_for(state="visible")
        passed = []
        for _ in range(most):
            if await wanted.evaluate(_IS_FOCUSED):
                assert await wanted.evaluate(_SHOWS_FOCUS), f"nothing shows that {wanted} is focused"
                return
            await self.page.keyboard.press("Tab")
            passed.append(await self.page.evaluate(_WHO_IS))
        raise AssertionError(f"{wanted} is not reached by Tab, only: {' | '.join(passed)}")

    async def reach_message(self, message: Locator, *, most: int = 60) -> None:
        """Tab into the messages, then go up by arrow to one of them; its buttons are the next stops of Tab."""
        await message.wait_for(state="visible")
        for _ in range(most):
            if await self.page.evaluate(_IN_MESSAGES):
                break
            await self.page.keyboard.press("Tab")
        for _ in range(most):
            if await message.evaluate(_IS_FOCUSED):
                return
            await self.page.keyboard.press("ArrowUp")
        raise AssertionError(f"{message} is not reached by arrows")

    async def press_on(self, message: Locator, label: str, key: str = "Enter") -> None:
        """Press a button of a message."""
        await self.reach_message(message)
        await self.press(message.get_by_role("button", name=label), key)

    async def press(self, wanted: Locator, key: str = "Enter") -> None:
        """Go to something and press it."""
        await self.reach(wanted)
        await self.page.keyboard.press(key)

    async def write(self, wanted: Locator, words: str) -> None:
        """Go to a field and write, in place of what stands there."""
        await self.reach(wanted)
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(words)

    async def send(self, window: Locator) -> None:
        """Send the words of a review window, leave it, and let the time for undoing pass."""
        await self.press(window.get_by_role("button", name="Send"))
        await self.screen.sees("Sending to")
        await self.page.keyboard.press("Escape")
        await self.screen.window_is_gone()
        await self.press(self.screen.side.get_by_role("button", name="+15 min"))

    async def done(self, count: int) -> None:
        """Wait until so many steps of the tour are ticked off."""
        await self.screen.sees(f"{count} of 9 done", within=self.screen.side)

    async def say(self, words: str, *, within: Locator | None = None) -> None:
        """Write a message and send it."""
        await self.write(self.screen.composer(within), words)
        await self.page.keyboard.press("Enter")
