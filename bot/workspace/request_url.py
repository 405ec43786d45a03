"""Delivery over HTTP with Slack's signature (docs: /authentication/verifying-requests-from-slack)."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp

from bot.workspace.errors import ControlError
from bot.workspace.models import JSON

_OK: Final = range(200, 300)


class DeliveryFailedError(Exception):
    """An HTTP delivery that failed; `reason` is Slack's x-slack-retry-reason, `retry` whether it may come again."""

    def __init__(self, reason: str, *, retry: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry


def retry_headers(attempt: int, reason: str) -> dict[str, str]:
    """The headers of a redelivery; none for a first attempt."""
    return {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """The v0 signature over a raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class RequestUrl:
    """Posts to the app's request URL. `clock_skew` seconds are added to the timestamp that is signed."""

    def __init__(self, signing_secret: str) -> None:
        self._secret = signing_secret
        self._session: aiohttp.ClientSession | None = None
        self.clock_skew = 0.0

    async def close(self) -> None:
        """Close the connections to the app."""
        if self._session:
            await self._session.close()
            self._session = None

    async def verify(self, url: str) -> None:
        """Do the url_verification challenge; ControlError when the app does not echo it."""
        challenge = secrets.token_urlsafe(24)
        body = json.dumps({"token": "verification", "challenge": challenge, "type": "url_verification"}).encode()
        try:
            answer = await self._post(url, body, "application/json", 3.0, {})
        except DeliveryFailedError as problem:
            raise ControlError(f"{url} did not answer the url_verification: {problem.reason}") from problem
        echoed = answer.get("challenge") if isinstance(answer, dict) else answer
        if echoed != challenge:
            raise ControlError(f"{url} did not echo the challenge of the url_verification")

    async def deliver(self, url: str, envelope: JSON, timeout: float, retry: dict[str, str]) -> Any:  # noqa: ASYNC109 (Slack's own limit)
        """Post one event, interaction or command and return what the app answered; DeliveryFailedError."""
        kind, payload = envelope["type"], envelope["payload"]
        if kind == "events_api":
            return await self._post(url, json.dumps(payload).encode(), "application/json", timeout, retry)
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return await self._post(url, urlencode(fields).encode(), "application/x-www-form-urlencoded", timeout, retry)

    async def _post(self, url: str, body: bytes, content_type: str, timeout: float, extra: dict[str, str]) -> Any:  # noqa: ASYNC109 (likewise)
        if not self._session:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        timestamp = str(int(time.time() + self.clock_skew))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self._secret, timestamp, body),
            **extra,
        }
        limit = aiohttp.ClientTimeout(total=timeout)
        try:
            async with self._session.post(url, data=body, headers=headers, timeout=limit, max_redirects=2) as response:
                raw = await response.text()
                if response.status not in _OK:
                    raise DeliveryFailedError("http_error", retry=response.headers.get("x-slack-no-retry") != "1")
                return json.loads(raw) if response.content_type == "application/json" and raw else raw
        except TimeoutError:
            raise DeliveryFailedError("http_timeout") from None
        except aiohttp.TooManyRedirects:
            raise DeliveryFailedError("too_many_redirects") from None
        except aiohttp.ClientError:
            raise DeliveryFailedError("connection_failed") from None
        except ValueError:
            raise DeliveryFailedError("unknown_error") from None
