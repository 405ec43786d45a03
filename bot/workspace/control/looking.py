"""What there is to see."""

import asyncio
import time

from bot.workspace import windows
from bot.workspace.control.operating import LONGEST_WAIT
from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.journal import Entry, Kind
from bot.workspace.models import JSON, Message
from bot.workspace.shapes import channel_object, message_object, user_object, view_object


class Looking:
    """The verbs that change nothing."""

    core: Core

    def state(self) -> JSON:
        """Teams, users, channels and the app, as JSON; `version` grows with every change."""
        state, now = self.core.state, self.core.clock.now()
        return {
            "version": state.version,
            "now": now,
            "app": state.app.to_json(),
            "teams": [team.to_json() for team in state.teams.values()],
            "users": [user_object(state, user, now, locale=True) for user in state.users.values()],
            "channels": [
                {**channel_object(state, channel, state.app.bot_user), "members": list(channel.members)}
                for channel in state.channels.values()
            ],
        }

    def read(self, channel: str, user: str | None = None) -> JSON:
        """A channel as one person sees it: {channel, messages}, oldest first.

        Every message has `replies` (a list) and `ephemeral` (bool). Without `user` everything is shown, ephemerals
        with their `audience`.
        """
        state = self.core.state
        viewer = state.user(user) if user else None
        room = state.channel(channel, viewer, look=True)
        if viewer and viewer.id not in room.members:
            raise ControlError(f"{viewer.name} is not in #{room.name}")
        log = state.log_of(room)
        seen = [one for one in log.messages.values() if not one.audience or viewer is None or one.audience == viewer.id]
        shown = []
        for message in seen:
            if message.thread_ts and message.thread_ts in log.messages and message.ts not in log.roots:
                continue
            replies = [self._shown(one) for one in seen if one.thread_ts == message.ts]
            shown.append({**self._shown(message), "replies": replies})
        who = viewer.id if viewer else state.app.bot_user
        return {"channel": channel_object(state, room, who), "messages": shown}

    def _shown(self, message: Message) -> JSON:
        out = message_object(self.core.state, message, metadata=True)
        audience = {"audience": message.audience} if message.audience else {}
        return {**out, "ephemeral": bool(message.audience), "chosen": message.chosen, **audience}

    def messages(self, channel: str, user: str | None = None) -> list[JSON]:
        """The messages of `read`, replies behind their parents, as one flat list."""
        return [one for message in self.read(channel, user)["messages"] for one in (message, *message["replies"])]

    def ephemerals(self, user: str, channel: str) -> list[JSON]:
        """What only this person sees in a channel, oldest first."""
        who = self.core.state.user(user)
        room = self.core.state.channel(channel, who, look=True)
        return [self._shown(message) for message in self.core.state.log_of(room).ephemerals(who.id)]

    def views(self, user: str) -> list[JSON]:
        """The open modals of a person, the topmost last; `state.values` is what is filled in."""
        who = self.core.state.user(user)
        return [view_object(self.core.state, view) for view in windows.stack(self.core, who.id)]

    def home(self, user: str) -> JSON | None:
        """The published Home tab of a person, None before the app published one."""
        view = self.core.state.homes.get(self.core.state.user(user).id)
        return view_object(self.core.state, view) if view else None

    def journal(
        self, kind: Kind | None = None, name: str | None = None, *, after: int = 0, last: int = 0
    ) -> list[Entry]:
        """Entries of the journal (kind: call, delivery, refusal), in order; see `Entry`."""
        return self.core.journal.entries(kind, name, after=int(after), last=int(last))

    def refusals(self) -> list[Entry]:
        """What the app sent and Slack would refuse, the newest 500."""
        return self.core.journal.refusals

    async def wait(self, after: int, *, timeout: float = 10.0) -> JSON:  # noqa: ASYNC109 (a long poll has a length)
        """Wait until the state's version is past `after`, or the time (60 s at most) is over; returns {version}."""
        deadline = time.monotonic() + min(LONGEST_WAIT, timeout)
        while self.core.state.version <= after and time.monotonic() < deadline:  # noqa: ASYNC110 (changes come by the
            await asyncio.sleep(0.02)  # thousand; an event for each would cost those who do not wait)
        return {"version": self.core.state.version}

    async def settle(self, *, quiet: float = 0.15, timeout: float = 10.0) -> JSON:  # noqa: ASYNC109 (likewise)
        """Wait until nothing has passed between app and workspace for `quiet` seconds; returns {version, quiet}."""
        deadline = time.monotonic() + min(LONGEST_WAIT, timeout)
        since, seen = time.monotonic(), -1
        while time.monotonic() < deadline:
            latest = self.core.journal.last_number
            if latest != seen or self.core.delivery.under_way:
                since, seen = time.monotonic(), latest
            elif time.monotonic() - since >= quiet:
                return {"version": self.core.state.version, "quiet": True}
            await asyncio.sleep(0.01)
        return {"version": self.core.state.version, "quiet": False}
