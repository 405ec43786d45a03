"""A tap on a page's line to the workspace: it can be muted, cut, and kept from coming back, while HTTP goes on."""

import asyncio
from typing import Self

from playwright.async_api import WebSocketRoute

from tests.support.browser import Screen


class Tap:
    """`muted`: nothing comes over the line, and the page does not know. `opened` counts how often the page called."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._line: WebSocketRoute | None = None
        self._may_open = asyncio.Event()
        self._may_open.set()
        self._refusing = False
        self.muted = False
        self.opened = 0

    async def put(self) -> Self:
        """Put the tap on the line, for which the page is loaded anew."""
        await self._screen.page.route_web_socket("**/page/live**", self._called)
        await self._screen.reload()
        return self

    async def cut(self) -> None:
        """Lose the line; the page calls in vain until `mend`."""
        assert self._line is not None
        self._refusing = True
        await self._line.close()

    def mend(self) -> None:
        """Let the page's next call through."""
        self._refusing = False

    def hold(self) -> None:
        """Let the page's next call wait until `let_go`."""
        self._refusing = False
        self._may_open.clear()

    def let_go(self) -> None:
        """Let the call through that waits."""
        self._may_open.set()

    async def _called(self, line: WebSocketRoute) -> None:
        self.opened += 1
        if self._refusing:
            await line.close()
            return
        await self._may_open.wait()
        self._line = line
        server = line.connect_to_server()
        line.on_message(server.send)
        server.on_message(lambda message: None if self.muted else line.send(message))
