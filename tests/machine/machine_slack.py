"""Slack as a list: what was posted, when, to whom, under which keys; and what goes wrong on the way there."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from machine_desk import CrashError, Times

from bot.domain.snapshots.nudge import Nudge
from bot.errors import AmbiguousSendError, PermanentSendError, TemporarySendError
from bot.outbound.base import Receipt, Reference, Remote

FAULTS = ("429", "refused", "lost_before", "lost_after", "dead", "crash_before", "crash_after")
RETRY_AFTER = 90.0


@dataclass
class Post:
    """One message that stands somewhere."""

    ts: str
    at: float
    to: str
    kind: str
    keys: tuple[str, ...]
    nudge: Nudge | None
    struck: bool = False


@dataclass
class Slack:
    """All ways at once. `judge` is called with each nudge at the very instant at which it is posted."""

    times: Times
    judge: Callable[[Post], None] = lambda _post: None
    posts: list[Post] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    blocked_until: float = 0.0
    too_soon: int = 0
    _snapshots: dict[str, Any] = field(default_factory=dict)

    def ways(self) -> dict[str, "Way"]:
        kinds = ("card", "thread", "notice", "nudge", "channel", "answered", "webhook", "welcome", "away")
        return {kind: Way(self, kind) for kind in kinds}

    def nudges(self) -> list[Post]:
        return [post for post in self.posts if post.kind == "nudge"]

    def twice(self) -> list[str]:
        """Return the keys that stand in more than one message."""
        counts = Counter(key for post in self.posts for key in post.keys)
        return [key for key, count in counts.items() if count > 1]


@dataclass
class Way:
    """A way out into the list."""

    slack: Slack
    kind: str

    def freeze(self, snapshot: Any, /) -> bytes:
        name = str(len(self.slack._snapshots))
        self.slack._snapshots[name] = snapshot
        return name.encode()

    async def send(self, frozen: bytes, reference: Reference, /) -> Receipt:
        slack = self.slack
        slack.too_soon += self.kind == "nudge" and slack.times.elapsed < slack.blocked_until
        fault = slack.faults.pop(0) if slack.faults and self.kind == "nudge" else ""
        if fault == "429":
            slack.blocked_until = slack.times.elapsed + RETRY_AFTER
            raise TemporarySendError(retry_after=RETRY_AFTER, method="chat.postMessage")
        if fault == "refused":
            raise TemporarySendError
        if fault == "dead" and reference.to != "channel" and reference.remote is None:
            raise PermanentSendError(code="user_disabled")
        if fault == "crash_before":
            raise CrashError
        if fault == "lost_before":
            raise AmbiguousSendError
        place = self._post(slack._snapshots.get(frozen.decode(errors="replace")), reference)
        if fault == "crash_after":
            raise CrashError
        if fault == "lost_after":
            raise AmbiguousSendError
        return Receipt(place)

    async def look(self, reference: Reference, since: datetime, /) -> Receipt | None:
        for post in self.slack.posts:
            if reference.key in post.keys and post.at >= since.timestamp():
                return Receipt(Remote(post.to, post.ts))
        return None

    def _post(self, snapshot: Any, reference: Reference) -> Remote:
        if reference.remote is not None:
            for post in self.slack.posts:
                if post.ts == reference.remote.ts:
                    post.struck = isinstance(snapshot, Nudge) and all(item.moot for item in snapshot.items)
            return reference.remote
        nudge = snapshot if isinstance(snapshot, Nudge) else None
        ts = f"{self.slack.times.wall:.0f}.{len(self.slack.posts):06d}"
        post = Post(ts, self.slack.times.wall, reference.to or "team", self.kind, reference.keys, nudge)
        if nudge is not None:
            self.slack.judge(post)
        self.slack.posts.append(post)
        return Remote(post.to, ts)
