"""Where a page is: as whom, in which room, with which thread open. It is the page's address and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

DM: Final = "dm"
HOME: Final = "home"
REFUSED: Final = "refused"
OUTSIDE: Final = "outside-"
"""A room of a system outside the workspace: this and its key."""

SHOWN: Final = 60
"""How many messages a room shows at first, and how many more at a time."""

MOST_SHOWN: Final = 600
"""A page shows no more: far fewer than are remembered, so that a change draws one message anew and not all."""

_LONGEST: Final = 200


@dataclass(frozen=True)
class Place:
    """`user` a name, `room` a channel's name or a word from above, `thread` the ts of a parent; each may be empty.

    `shown` is how many of the room's newest messages are asked for.
    """

    user: str = ""
    room: str = ""
    thread: str = ""
    shown: int = SHOWN

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Place":
        """The place that an address names."""
        user, room, thread = (query.get(name, "")[:_LONGEST] for name in ("as", "in", "thread"))
        return cls(user, room, thread, _number(query.get("shown", "")))

    @property
    def search(self) -> str:
        """The address's query, with its question mark."""
        shown = str(self.shown) if self.shown != SHOWN else ""
        named = {"as": self.user, "in": self.room, "thread": self.thread, "shown": shown}
        return "?" + urlencode({key: value for key, value in named.items() if value}, errors="replace")


def _number(word: str) -> int:
    """What is no number of messages is the usual one."""
    return min(max(int(word), SHOWN), MOST_SHOWN) if word.isascii() and word.isdigit() and len(word) < 6 else SHOWN  # noqa: PLR2004 (longer than any that is taken)
