"""Slack as a list: what was posted, when, to whom, under which keys; and what goes wrong on the way there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from machine_desk import CrashError, Times
from machine_history import History

from bot.domain.snapshots.nudge import Nudge
from bot.errors import AmbiguousSendError, PermanentSendError, TemporarySendError
from bot.outbound.base import Receipt, Reference, Remote

FAULTS = ("429", "refused", "lost_before", "lost_after", "timeout_after", "dead", "crash_before", "crash_after")
"""Told to wait; not reached; 5xx with nothing posted, and with it posted; posted, but the answer never came; somebody
who is gone; we die before the call, and after it."""

DOUBTFUL = {"lost_before", "lost_after", "timeout_after", "crash_before", "crash_after"}
TIMEOUT = 10.0
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
    """All ways at once. `posted` is called with each message at the very instant at which it comes to stand there."""

    times: Times
    posted: Callable[[Post], None] = lambda _post: None
    history: History = field(default_factory=History)
    posts: list[Post] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    blocked_until: float = 0.0
    _snapshots: dict[str, Any] = field(default_factory=dict)

    def ways(self) -> dict[str, "Way"]:
        kinds = ("card", "thread", "notice", "nudge", "channel", "answered", "webhook", "welcome", "away")
        return {kind: Way(self, kind) for kind in kinds}

    def leave_in_doubt(self, ts: str) -> None:
        """Note that of a message that stands nobody may know it."""
        self.history.in_doubt.update(key for post in self.posts if post.ts == ts for key in post.keys)

    def nudges(self) -> list[Post]:
        return [post for post in self.posts if post.kind == "nudge"]


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
        if self.kind == "nudge" and reference.remote is None:
            slack.history.called.append((slack.times.elapsed, slack.blocked_until))
        fault = slack.faults.pop(0) if slack.faults and self.kind == "nudge" else ""
        if fault in DOUBTFUL:
            slack.history.in_doubt.update(reference.keys)
        self._fail_before(fault, reference)
        place = self._post(slack._snapshots.get(frozen.decode(errors="replace")), reference)
        if fault == "crash_after":
            raise CrashError
        if fault == "timeout_after":
            slack.times.pass_by(TIMEOUT)
        if fault in {"lost_after", "timeout_after"}:
            raise AmbiguousSendError
        return Receipt(place)

    def _fail_before(self, fault: str, reference: Reference) -> None:
        """Go wrong where nothing is posted."""
        if fault == "429":
            self.slack.blocked_until = self.slack.times.elapsed + RETRY_AFTER
            raise TemporarySendError(retry_after=RETRY_AFTER, method="chat.postMessage")
        if fault == "refused":
            raise TemporarySendError
        if fault == "dead" and reference.to != "channel" and reference.remote is None:
            raise PermanentSendError(code="user_disabled")
        if fault == "crash_before":
            raise CrashError
        if fault == "lost_before":
            raise AmbiguousSendError

    async def look(self, reference: Reference, since: datetime, /) -> Receipt | None:
        for post in self.slack.posts if not self.slack.history.blind else ():
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
        self.slack.posts.append(post)
        self.slack.posted(post)
        return Remote(post.to, ts)
