"""What must never happen on a page: an error, a dialog, a broken policy, a request that leaves this machine."""

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebSocket

_HOME = {"127.0.0.1", "localhost"}
_INSIDE = {"data", "blob", "about"}


class Watch:
    """Notes trouble while a page is used, and tells it at the end."""

    def __init__(self, context: BrowserContext) -> None:
        self.trouble: list[str] = []
        self._heard: set[WebSocket] = set()
        self._expected: list[re.Pattern[str]] = []
        context.on("request", self._requested)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.trouble.append(f"error: {error.error}"))
        context.on("page", self._opened)

    def expect(self, pattern: str) -> None:
        """Take this trouble for what the test is about."""
        self._expected.append(re.compile(pattern))

    def heard(self, socket: WebSocket) -> bool:
        """Whether something came over this line."""
        return socket in self._heard

    @property
    def unexpected(self) -> list[str]:
        """What happened although nobody expected it."""
        return [one for one in self.trouble if not any(pattern.search(one) for pattern in self._expected)]

    def _requested(self, request: Request) -> None:
        self._check_address(request.url)

    def _check_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _INSIDE and parts.hostname not in _HOME:
            self.trouble.append(f"a request left this machine: {url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            self.trouble.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)
        page.on("dialog", lambda dialog: self.trouble.append(f"dialog {dialog.type}: {dialog.message}"))
        page.on("crash", lambda _: self.trouble.append("the page crashed"))

    def _connected(self, socket: WebSocket) -> None:
        self._check_address(socket.url)
        socket.on("framereceived", lambda _: self._heard.add(socket))
