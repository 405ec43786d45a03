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


@dataclass(frozen=True)
class Place:
    """`user` a name, `room` a channel's name or a word from above, `thread` the ts of a parent; each may be empty."""

    user: str = ""
    room: str = ""
    thread: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Place":
        """The place that an address names."""
        return cls(query.get("as", ""), query.get("in", ""), query.get("thread", ""))

    @property
    def search(self) -> str:
        """The address's query, with its question mark."""
        named = {"as": self.user, "in": self.room, "thread": self.thread}
        return "?" + urlencode({key: value for key, value in named.items() if value})
