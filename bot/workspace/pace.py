"""Slack's rate limits (docs: /apis/web-api/rate-limits). Always real time: a moved clock frees nobody."""

import math
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Final

WINDOW: Final = 60.0
TIERS: Final = {0: 0, 1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute by tier; tier 0 has no limit here."""


@dataclass(frozen=True)
class Pace:
    """How strict the limits are.

    `per_minute` overrides a method's tier (conversations.history: 1 is the life of an app outside the Marketplace).
    `post_burst` messages may enter a channel at once before one a second holds; `strict` allows no burst at all.
    `posts_per_minute` is the workspace-wide cap on chat.postMessage.
    """

    enabled: bool = True
    strict: bool = False
    post_burst: int = 3
    posts_per_minute: int = 300
    history_limit: int = 0
    per_minute: dict[str, int] = field(default_factory=dict)


class Limits:
    """Counts calls and says how long a caller must wait. A refused call is not counted."""

    _TOLERANCE: Final = 0.05

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._windows: dict[str, deque[float]] = {}
        self._buckets: dict[str, tuple[float, float]] = {}

    def refuse_call(self, method: str, tier: int) -> int:
        """0 when the call may go on, else the seconds of its Retry-After."""
        allowed = self.pace.per_minute.get(method, TIERS[tier])
        return self._window(method, allowed) if self.pace.enabled and allowed else 0

    def refuse_post(self, channel: str) -> int:
        """The same for a message into a channel: one a second after a short burst, and the workspace's cap."""
        if not self.pace.enabled:
            return 0
        burst = 1 if self.pace.strict else self.pace.post_burst
        now = time.monotonic()
        left, since = self._buckets.get(channel, (float(burst), now))
        left = min(float(burst), left + now - since)
        if left < 1 - self._TOLERANCE:
            return math.ceil(1 - left)
        wait = self._window("chat.postMessage", self.pace.posts_per_minute)
        if not wait:
            self._buckets[channel] = (left - 1, now)
        return wait

    def _window(self, name: str, allowed: int) -> int:
        now = time.monotonic()
        window = self._windows.setdefault(name, deque())
        while window and window[0] <= now - WINDOW:
            window.popleft()
        if len(window) >= allowed:
            return max(1, math.ceil(window[0] + WINDOW - now))
        window.append(now)
        return 0
