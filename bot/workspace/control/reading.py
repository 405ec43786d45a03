"""What a person has read."""

import re
from typing import Final

from bot.workspace import reading
from bot.workspace.channel_log import ts_key
from bot.workspace.clock import MICROS
from bot.workspace.control.places import Places
from bot.workspace.errors import ControlError
from bot.workspace.models import JSON

_TS: Final = re.compile(r"[0-9]{1,11}\.[0-9]{1,6}")


class Reading(Places):
    """The verbs of people who read."""

    def mark(self, user: str, channel: str, ts: str, thread_ts: str = "") -> JSON:
        """Note that a person has read a room up to this ts, or the thread under `thread_ts`; returns what is left.

        A mark never goes back, and never goes beyond now. Returns {messages, replies, mentions}, see `unread`.
        """
        who, room = self._in_room(user, channel)
        messages = self.core.state.logs[room.id].messages
        if not isinstance(ts, str) or not _TS.fullmatch(ts):
            raise ControlError(f"{ts} is no ts of a message")
        if ts not in messages and ts_key(ts) > self.core.clock.now() * MICROS:
            raise ControlError(f"{ts} is still to come; nobody has read it")
        if thread_ts and (not isinstance(thread_ts, str) or thread_ts not in messages):
            raise ControlError(f"there is no thread {thread_ts}")
        reading.mark(self.core.state, who, room, ts, thread_ts)
        return self.unread(user, channel)

    def unread(self, user: str, channel: str) -> JSON:
        """What a person has not read in a room: {messages, replies, mentions}, all of them other people's.

        Replies count in threads that the person takes part in; mentions are among both.
        """
        who, room = self._in_room(user, channel, look=True)
        found = reading.unread(self.core.state, who, room)
        return {"messages": found.messages, "replies": found.replies, "mentions": found.mentions}
