"""When each thing was written last, counted in changes: what was worked out of something holds while its stamp does."""

from typing import Final

NAMES: Final = ("names", "")
"""The stamp of what everybody and every channel is called, and of who is where."""


class Stamps(dict[tuple[str, str], int]):
    """The version at which each record, by kind and key, was written last. What is gone has no stamp.

    What was said in a room and in a thread, and what one person has read in a room, have stamps of their own, because
    much is worked out from them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.version = 0

    def written(self, kind: str, key: str, *, gone: bool, thread: str = "") -> None:
        """Count a change of a record; `thread` is the parent of the thread that a message stands in."""
        self.version += 1
        self[kind, key] = self.version
        if gone:
            del self[kind, key]
        if kind in {"user", "channel"}:
            self[NAMES] = self.version
        elif kind == "mark":
            self["read", key.rpartition("/")[0]] = self.version
        elif kind == "message":
            self._talked(*key.split("/"), gone=gone, thread=thread)

    def thread_changed(self, channel: str, parent: str) -> None:
        """Let the last change be one of this thread too: a reply in it is gone."""
        self["thread", f"{channel}/{parent}"] = self.version

    def forget_talk(self, channel: str) -> None:
        """Forget when something was said in a room that goes by another id now."""
        self.pop(("talk", channel), None)

    def forget_reading(self, user: str, channel: str) -> None:
        """Forget when a person read on in a room that goes by another id now."""
        self.pop(("read", f"{user}/{channel}"), None)

    def of_talk(self, channel: str) -> int:
        """The version at which something was said, changed or taken away in a room last."""
        return self.get(("talk", channel), 0)

    def of_thread(self, channel: str, parent: str) -> int:
        """The same of one thread."""
        return self.get(("thread", f"{channel}/{parent}"), 0)

    def of_reading(self, user: str, channel: str) -> int:
        """The version at which a person read on in a room last, or in a thread there."""
        return self.get(("read", f"{user}/{channel}"), 0)

    def _talked(self, channel: str, ts: str, *, gone: bool, thread: str) -> None:
        self["talk", channel] = self.version
        if gone:
            self.pop(("thread", f"{channel}/{ts}"), None)
        else:
            self["thread", f"{channel}/{thread or ts}"] = self.version
