"""What a person in the workspace writes."""

import re
from collections.abc import Iterable
from typing import Final

from bot.workspace.control.places import Places
from bot.workspace.errors import ControlError, SlackError
from bot.workspace.models import JSON, Channel, Message, User
from bot.workspace.posting import LONGEST_TEXT, change, check_thread, delete, post_from_other_bot, post_from_person
from bot.workspace.text import link_typed, rich_text, typed_text
from bot.workspace.uploads import keep_file, read_file

_LONGEST_ID: Final = 255
_HALVES: Final = re.compile("[\ud800-\udfff]")


class Talking(Places):
    """The verbs of people who write."""

    def say(
        self,
        user: str,
        channel: str,
        text: str = "",
        *,
        thread_ts: str | None = None,
        files: Iterable[JSON] = (),
        raw: bool = False,
        client_msg_id: str = "",
    ) -> JSON:
        """Write a message of 40,000 characters at most; returns {channel, ts}.

        With a `client_msg_id` of the writer's own making it is safe to say the same thing again, when its answer was
        lost: an id that stands in the room under the same name is not posted again, and what stands is returned.

        The text is what a person types: it is escaped, and @names, #channels and addresses become links; with `raw`
        it is Slack's own notation. Files are {name, mimetype, content} with text or bytes (over HTTP: text, or
        base64 in `base64`).
        """
        sender, room = self._in_room(user, channel)
        standing = self._said(sender, room, client_msg_id)
        if standing:
            return {"channel": room.id, "ts": standing.ts}
        if room.is_archived:
            raise ControlError(f"#{room.name} is archived")
        body = self._typed(text, raw=raw) | ({"client_msg_id": client_msg_id} if client_msg_id else {})
        if thread_ts:
            try:
                check_thread(self.core, room, thread_ts)
            except SlackError as problem:
                raise ControlError(problem.code) from problem
            body["thread_ts"] = thread_ts
        brought = [read_file(file) for file in files]  # all are looked at before the first is kept
        kept = [keep_file(self.core, sender, file, [room.id]) for file in brought]
        message = post_from_person(self.core, room, sender, body, kept)
        return {"channel": room.id, "ts": message.ts}

    def edit(self, user: str, channel: str, ts: str, text: str, *, raw: bool = False) -> None:
        """Change one's own message."""
        sender, message = self._own(user, channel, ts)
        change(self.core, message, sender, **self._typed(text, raw=raw))

    def typed(self, user: str, channel: str, ts: str) -> str:
        """One's own message as it would be typed, to be changed: @names, #channels and addresses instead of ids."""
        _, message = self._own(user, channel, ts)
        state = self.core.state
        people = {one.id: one.name for one in state.users.values()}
        rooms = {one.id: one.name for one in state.channels.values()}
        return typed_text(str(message.body.get("text") or ""), people, rooms)

    def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message; a parent with replies leaves a tombstone."""
        sender, message = self._own(user, channel, ts)
        delete(self.core, message, sender)

    def other_bot_says(self, name: str, channel: str, text: str, *, thread_ts: str = "") -> JSON:
        """A message of another integration; returns {channel, ts}."""
        room = self.core.state.channel(channel)
        _check_length(text)
        message = post_from_other_bot(self.core, room, name, text, thread_ts)
        return {"channel": room.id, "ts": message.ts}

    def _said(self, sender: User, room: Channel, client_msg_id: str) -> Message | None:
        if not isinstance(client_msg_id, str) or len(client_msg_id) > _LONGEST_ID:
            raise ControlError(f"client_msg_id is a text of {_LONGEST_ID} characters at most")
        messages = reversed(self.core.state.logs[room.id].messages.values()) if client_msg_id else ()
        wanted = (client_msg_id, sender.id)
        return next((one for one in messages if (one.body.get("client_msg_id"), one.body.get("user")) == wanted), None)

    def _own(self, user: str, channel: str, ts: str) -> tuple[User, Message]:
        who = self.core.state.user(user)
        message = self._seen(who, channel, ts)
        if message.body.get("user") != who.id:
            raise ControlError(f"that message is not {who.name}'s")
        return who, message

    def _typed(self, text: str, *, raw: bool) -> JSON:
        _check_text(text)
        state = self.core.state
        if not raw:
            users = {one.name: one for one in state.users.values()}
            rooms = {one.name: one for one in state.channels.values() if one.name}
            text = link_typed(text, users.get, rooms.get)
        return {"text": text, "blocks": [rich_text(text)] if text else None}


def _check_text(text: str) -> None:
    if not isinstance(text, str) or _HALVES.search(text):
        raise ControlError("a message is text; this one has characters that are none")
    _check_length(text)


def _check_length(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise ControlError(f"a message has {LONGEST_TEXT:,} characters at most; this one has {len(text):,}")
