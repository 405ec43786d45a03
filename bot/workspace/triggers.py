"""What an interaction lends to the app for a short while: trigger ids and response URLs. All real time."""

import secrets
import time
from dataclasses import dataclass
from typing import Final

from bot.workspace.errors import SlackError

TRIGGER_SECONDS: Final = 3.0
RESPONSE_USES: Final = 5
RESPONSE_SECONDS: Final = 1800.0
_KEPT: Final = 2000


@dataclass
class Trigger:
    """Leave to open one window for one person; `view` is the modal it came out of, if any."""

    user: str
    channel: str
    view: str
    since: float
    used: bool = False


class Triggers:
    """Trigger ids live three seconds and work once (docs: /interactivity/handling-user-interaction)."""

    def __init__(self) -> None:
        self._triggers: dict[str, Trigger] = {}

    def new(self, user: str, channel: str = "", view: str = "") -> str:
        """A fresh trigger id."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._triggers[trigger_id] = Trigger(user, channel, view, time.monotonic())
        while len(self._triggers) > _KEPT:
            del self._triggers[next(iter(self._triggers))]
        return trigger_id

    def take(self, trigger_id: str) -> Trigger:
        """Burn a trigger; SlackError invalid_, expired_ or exchanged_trigger_id."""
        trigger = self._triggers.get(trigger_id)
        if not trigger:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.since > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseUrl:
    """Where a payload came from: `ts` is the message of the button, empty for a command."""

    user: str
    channel: str
    ts: str
    since: float
    uses: int = 0


class ResponseUrls:
    """Response URLs work five times within thirty minutes."""

    def __init__(self) -> None:
        self._urls: dict[str, ResponseUrl] = {}

    def new(self, user: str, channel: str, ts: str = "") -> str:
        """The secret part of a fresh response URL."""
        key = secrets.token_urlsafe(24)
        self._urls[key] = ResponseUrl(user, channel, ts, time.monotonic())
        while len(self._urls) > _KEPT:
            del self._urls[next(iter(self._urls))]
        return key

    def take(self, key: str) -> ResponseUrl:
        """Count one use; SlackError used_url or expired_url."""
        url = self._urls.get(key)
        if not url or url.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        if time.monotonic() - url.since > RESPONSE_SECONDS:
            raise SlackError("expired_url")
        url.uses += 1
        return url
