"""Everything the workspace knows, in memory, with a note of what the file does not have yet."""

from collections.abc import Iterable
from typing import Any

from bot.workspace.channel_log import ChannelLog
from bot.workspace.errors import ControlError, SlackError
from bot.workspace.ids import make_id
from bot.workspace.models import Channel, File, Mark, Message, Record, Team, User, View
from bot.workspace.seed import World
from bot.workspace.stamps import Stamps

KINDS: dict[str, type[Record]] = {
    "channel": Channel,
    "file": File,
    "home": View,
    "mark": Mark,
    "team": Team,
    "user": User,
    "view": View,
}
"""The kinds of record that stand on a shelf of their own, and are kept in the file."""


class State:
    """The records of one workspace. Whoever changes one calls `changed`, so that it reaches the file."""

    def __init__(self, world: World) -> None:
        self.app = world.app
        self.teams = {team.id: team for team in world.teams}
        self.home_team = world.teams[0]
        self.users = {user.id: user for user in world.users}
        self.channels = {channel.id: channel for channel in world.channels}
        self.logs: dict[str, ChannelLog] = {channel.id: ChannelLog() for channel in world.channels}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.marks: dict[str, Mark] = {}
        self.counters: dict[str, int] = {}
        self.dirty: dict[tuple[str, str], None] = {}
        self.stamps = Stamps()
        self.base_url = ""
        for kind, records in (("team", self.teams), ("user", self.users), ("channel", self.channels)):
            self.dirty.update(((kind, key), None) for key in records)
        self.dirty["app", "app"] = None

    @property
    def version(self) -> int:
        """How many changes there were."""
        return self.stamps.version

    def changed(self, kind: str, key: str) -> None:
        """Note that a record was written or removed."""
        self.dirty[kind, key] = None
        record = self.record(kind, key)
        thread = record.thread_ts if isinstance(record, Message) else ""
        self.stamps.written(kind, key, gone=record is None, thread=thread)

    def count(self, name: str) -> int:
        """The next number of a named series, from 1."""
        self.counters[name] = self.counters.get(name, 0) + 1
        self.dirty["counter", name] = None
        return self.counters[name]

    def new_id(self, prefix: str) -> str:
        """An id that no other thing of this workspace has had."""
        return make_id(prefix, f"#{self.count(prefix)}")

    def record(self, kind: str, key: str) -> Record | int | None:
        """The record under a file key, None when it is gone."""
        if kind == "counter":
            return self.counters.get(key)
        if kind == "app":
            return self.app
        if kind == "message":
            channel, _, ts = key.partition("/")
            log = self.logs.get(channel)
            return log.messages.get(ts) if log else None
        shelf: dict[str, Any] = getattr(self, f"{kind}s")
        return shelf.get(key)

    def restore(self, kind: str, key: str, record: Record) -> None:
        """Put a record from the file on its shelf."""
        getattr(self, f"{kind}s")[key] = record
        if kind == "channel":
            self.logs[key] = ChannelLog()

    # -- looking up -------------------------------------------------------------------------------------------------

    @property
    def bot_user(self) -> User:
        """The app's own user."""
        return self.users[self.app.bot_user]

    def user(self, id_or_name: str) -> User:
        """A user by id, by name or by @name; ControlError for nobody."""
        found = self.users.get(id_or_name)
        if not found:
            name = id_or_name.removeprefix("@")
            found = next((user for user in self.users.values() if user.name == name), None)
        if not found:
            raise ControlError(f"there is nobody called {id_or_name} here")
        return found

    def channel(self, id_or_name: str, viewer: User | None = None, *, look: bool = False) -> Channel:
        """A channel by id, name or #name, or the viewer's DM with the app by @name or its id; ControlError for none.

        A DM is made on first use, unless this is only a `look`: see `dm`.
        """
        found = self.channels.get(id_or_name)
        if not found and viewer and id_or_name == _dm_id(viewer):
            return self.dm(viewer, look=look)
        if not found and id_or_name.startswith("@") and viewer:
            peer = self.user(id_or_name)
            return self.dm(viewer if peer.id == self.app.bot_user else peer, look=look)
        if not found:
            name = id_or_name.removeprefix("#")
            found = next((one for one in self.channels.values() if one.name == name and one.kind != "im"), None)
        if not found:
            raise ControlError(f"there is no channel {id_or_name} here")
        return found

    def dm(self, user: User, *, look: bool = False) -> Channel:
        """The app's direct messages with a person; made on first use.

        A `look` makes nothing: before the first use it gets an empty channel with the id that it will have.
        """
        found = next((one for one in self.channels.values() if one.kind == "im" and one.user == user.id), None)
        if not found:
            found = Channel(id=_dm_id(user), name="", kind="im", members=[user.id, self.app.bot_user], user=user.id)
            if not look:
                self.add_channel(found)
        return found

    def log_of(self, channel: Channel) -> ChannelLog:
        """The messages of a channel; none in one that is only looked at, see `dm`."""
        return self.logs.get(channel.id) or ChannelLog()

    def message(self, channel: str, ts: str) -> Message:
        """A message that everyone in the channel sees; SlackError message_not_found."""
        log = self.logs.get(channel)
        found = log.messages.get(ts) if log else None
        if not found or found.audience:
            raise SlackError("message_not_found")
        return found

    def is_stranger(self, user: User) -> bool:
        """Whether the user is of another organisation and shares no channel with the app."""
        return user.team != self.home_team.id and not any(
            user.id in channel.members for channel in self.seen_channels() if channel.shared_with
        )

    def seen_channels(self) -> Iterable[Channel]:
        """The channels that the app is a member of."""
        return (channel for channel in self.channels.values() if self.app.bot_user in channel.members)

    # -- writing ----------------------------------------------------------------------------------------------------

    def add_user(self, user: User) -> None:
        """Take a user in."""
        self.users[user.id] = user
        self.changed("user", user.id)

    def add_channel(self, channel: Channel) -> None:
        """Take a channel in."""
        self.channels[channel.id] = channel
        self.logs[channel.id] = ChannelLog()
        self.changed("channel", channel.id)

    def add_message(self, message: Message) -> None:
        """Take a message in."""
        self.logs[message.channel].add(message)
        self.changed("message", f"{message.channel}/{message.ts}")

    def remove_message(self, message: Message) -> None:
        """Forget a message."""
        self.logs[message.channel].remove(message.ts)
        self.changed("message", f"{message.channel}/{message.ts}")
        if message.thread_ts:
            self.stamps.thread_changed(message.channel, message.thread_ts)

    def change_channel_id(self, channel: Channel, new_id: str) -> None:
        """Give a channel a new id, as sharing can; its messages come along."""
        old = channel.id
        del self.channels[old]
        log = self.logs.pop(old)
        channel.previous_ids.append(old)
        channel.id = new_id
        self.channels[new_id], self.logs[new_id] = channel, log
        self.changed("channel", old)
        self.changed("channel", new_id)
        for file in self.files.values():
            file.channels = [new_id if one == old else one for one in file.channels]
            self.changed("file", file.id)
        for view in self.views.values():
            view.channel = new_id if view.channel == old else view.channel
        for mark in [one for one in self.marks.values() if one.channel == old]:
            del self.marks[mark.key]
            self.changed("mark", mark.key)
            self.stamps.forget_reading(mark.user, old)
            mark.channel = new_id
            self.marks[mark.key] = mark
            self.changed("mark", mark.key)
        for ts, message in log.messages.items():
            message.channel = new_id
            self.changed("message", f"{old}/{ts}")
            self.changed("message", f"{new_id}/{ts}")
        self.stamps.forget_talk(old)


def _dm_id(user: User) -> str:
    return make_id("D", user.id)
