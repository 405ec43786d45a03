"""What a person in the workspace does."""

import base64
from collections.abc import Iterable
from typing import Any

from bot.workspace import interactions, windows
from bot.workspace.core import Core
from bot.workspace.errors import ControlError, SlackError
from bot.workspace.events import emit
from bot.workspace.interactions import Press, Result
from bot.workspace.models import JSON, Channel, File, Message, User, View
from bot.workspace.posting import change, check_thread, delete, post_from_other_bot, post_from_person
from bot.workspace.shapes import view_object
from bot.workspace.text import link_typed, rich_text


class Acting:
    """The verbs of people."""

    def __init__(self, core: Core) -> None:
        self.core = core

    # -- messages ---------------------------------------------------------------------------------------------------

    def say(
        self,
        user: str,
        channel: str,
        text: str = "",
        *,
        thread_ts: str | None = None,
        files: Iterable[JSON] = (),
        raw: bool = False,
    ) -> JSON:
        """Write a message; returns {channel, ts}.

        The text is what a person types: it is escaped, and @names, #channels and addresses become links; with `raw`
        it is Slack's own notation. Files are {name, mimetype, content} with text or bytes (over HTTP: text, or
        base64 in `base64`).
        """
        sender, room = self._in_room(user, channel)
        if room.is_archived:
            raise ControlError(f"#{room.name} is archived")
        body = self._typed(text, raw=raw)
        if thread_ts:
            self._check(lambda: check_thread(self.core, room, thread_ts))
            body["thread_ts"] = thread_ts
        kept = [self._keep(sender, room, file) for file in files]
        message = post_from_person(self.core, room, sender, body, kept)
        return {"channel": room.id, "ts": message.ts}

    def edit(self, user: str, channel: str, ts: str, text: str, *, raw: bool = False) -> None:
        """Change one's own message."""
        sender, message = self._own(user, channel, ts)
        change(self.core, message, sender, **self._typed(text, raw=raw))

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message; a parent with replies leaves a tombstone."""
        sender, message = self._own(user, channel, ts)
        delete(self.core, message, sender)

    def other_bot_says(self, name: str, channel: str, text: str, *, thread_ts: str = "") -> JSON:
        """A message of another integration; returns {channel, ts}."""
        room = self.core.state.channel(channel)
        message = post_from_other_bot(self.core, room, name, text, thread_ts)
        return {"channel": room.id, "ts": message.ts}

    # -- interactions -----------------------------------------------------------------------------------------------

    async def press(
        self,
        user: str,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        home: bool = False,
        block_id: str | None = None,
        value: Any = None,
    ) -> Result:
        """Press a button, or set a select or input to `value`: in a message (channel and ts), the Home tab, or a modal.

        Without any of these the topmost open modal of the person is meant. For `value` see `fill`.
        """
        who = self.core.state.user(user)
        press = Press(action_id, block_id, value)
        if channel and ts:
            return await interactions.press_in_message(self.core, who, self._seen(who, channel, ts), press)
        view = self._home(who) if home else self._view(who, view_id)
        return await interactions.press_in_view(self.core, who, view, press)

    async def select(self, user: str, action_id: str, value: Any, **where: Any) -> Result:
        """The same as `press` with a value: choose an option by its value or label, a person or channel by id."""
        return await self.press(user, action_id, value=value, **where)

    def fill(self, user: str, values: JSON, *, view_id: str | None = None) -> JSON:
        """Fill in fields of the topmost open modal without submitting it; returns the view.

        `values` is {action_id: value} or {block_id: {action_id: value}}; a value is a text, an option's value or
        label (a list of them where several can be chosen), an id, a date, a time, or Unix seconds for a date and time.
        """
        view = self._view(self.core.state.user(user), view_id)
        interactions.fill(view, values)
        self.core.state.changed("view", view.id)
        return view_object(self.core.state, view)

    async def submit(self, user: str, values: JSON | None = None, *, view_id: str | None = None) -> Result:
        """Fill in and submit a modal. Empty required fields are refused by the form: error form_incomplete."""
        who = self.core.state.user(user)
        view = self._view(who, view_id)
        interactions.fill(view, values or {})
        return await interactions.submit(self.core, who, view)

    async def close(self, user: str, *, view_id: str | None = None, everything: bool = False) -> Result:
        """Dismiss the topmost open modal, or with `everything` the whole stack."""
        who = self.core.state.user(user)
        return await interactions.close(self.core, who, self._view(who, view_id), everything=everything)

    async def slash(self, user: str, command: str, text: str = "", *, channel: str = "#requests") -> Result:
        """Run a slash command in a channel (never in a thread: Slack has none there)."""
        who, room = self._in_room(user, channel)
        return await interactions.slash(self.core, who, room, command, text)

    async def shortcut(self, user: str, callback_id: str) -> Result:
        """Run a global shortcut."""
        return await interactions.shortcut(self.core, self.core.state.user(user), callback_id, None)

    async def message_shortcut(self, user: str, callback_id: str, *, channel: str, ts: str) -> Result:
        """Run a shortcut from a message's menu."""
        who = self.core.state.user(user)
        message = self._seen(who, channel, ts)
        if message.audience:
            raise ControlError("an ephemeral message has no shortcuts")
        return await interactions.shortcut(self.core, who, callback_id, message)

    def open_home(self, user: str, *, tab: str = "home") -> None:
        """Open the app's Home (or messages) tab: the app hears app_home_opened."""
        who = self.core.state.user(user)
        event: JSON = {"type": "app_home_opened", "user": who.id, "channel": self.core.state.dm(who).id, "tab": tab}
        home = self.core.state.homes.get(who.id)
        if home and tab == "home":
            event["view"] = view_object(self.core.state, home)
        emit(self.core, event)

    # -- what the verbs share ---------------------------------------------------------------------------------------

    def _check(self, check: Any) -> None:
        try:
            check()
        except SlackError as problem:
            raise ControlError(problem.code) from problem

    def _in_room(self, user: str, channel: str) -> tuple[User, Channel]:
        who = self.core.state.user(user)
        room = self.core.state.channel(channel, who)
        if who.id not in room.members:
            raise ControlError(f"{who.name} is not in {'#' + room.name if room.name else room.id}")
        return who, room

    def _seen(self, who: User, channel: str, ts: str) -> Message:
        _, room = self._in_room(who.id, channel)
        message = self.core.state.logs[room.id].messages.get(ts)
        if not message or message.audience not in {"", who.id}:
            raise ControlError(f"{who.name} sees no message {ts} there")
        return message

    def _own(self, user: str, channel: str, ts: str) -> tuple[User, Message]:
        who = self.core.state.user(user)
        message = self._seen(who, channel, ts)
        if message.body.get("user") != who.id:
            raise ControlError(f"that message is not {who.name}'s")
        return who, message

    def _view(self, who: User, view_id: str | None) -> View:
        stack = windows.stack(self.core, who.id)
        found = [view for view in stack if view_id in {None, view.id}]
        if not found:
            raise ControlError(f"{who.name} has no such modal open")
        return found[-1]

    def _home(self, who: User) -> View:
        home = self.core.state.homes.get(who.id)
        if not home:
            raise ControlError(f"{who.name} has no Home tab yet")
        return home

    def _typed(self, text: str, *, raw: bool) -> JSON:
        state = self.core.state
        if not raw:
            users = {one.name: one for one in state.users.values()}
            rooms = {one.name: one for one in state.channels.values() if one.name}
            text = link_typed(text, users.get, rooms.get)
        return {"text": text, "blocks": [rich_text(text)] if text else None}

    def _keep(self, sender: User, room: Channel, given: JSON) -> File:
        content = given.get("content", "")
        data = base64.b64decode(given["base64"]) if "base64" in given else content
        data = data.encode() if isinstance(data, str) else data
        file = File(
            id=self.core.state.new_id("F"),
            user=sender.id,
            name=given["name"],
            mimetype=given.get("mimetype", "application/octet-stream"),
            content=base64.b64encode(data).decode(),
            size=len(data),
            created=int(self.core.clock.now()),
            channels=[room.id],
        )
        self.core.state.files[file.id] = file
        self.core.state.changed("file", file.id)
        return file
