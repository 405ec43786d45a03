"""The messages of one channel in order: parents in the channel, replies in their threads, ephemerals apart."""

from bot.workspace.models import JSON, Message


def ts_key(ts: str) -> int:
    """A message's ts as microseconds; ValueError for what is no ts."""
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1_000_000 + int((micros or "0").ljust(6, "0")[:6])


class ChannelLog:
    """Messages by ts. Slack's ts only grows, so insertion order is time order."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.threads: dict[str, list[str]] = {}
        self.roots: list[str] = []

    def add(self, message: Message) -> None:
        """Take a message in; its ts must be newer than any other here."""
        self.messages[message.ts] = message
        if message.audience:
            return
        if message.thread_ts:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)
            if message.body.get("subtype") == "thread_broadcast":
                self.roots.append(message.ts)
        else:
            self.roots.append(message.ts)

    def remove(self, ts: str) -> None:
        """Forget a message; a parent that still has replies must be made a tombstone instead."""
        message = self.messages.pop(ts)
        if ts in self.roots:
            self.roots.remove(ts)
        if message.thread_ts and not message.audience:
            thread = self.threads[message.thread_ts]
            thread.remove(ts)
            if not thread:
                del self.threads[message.thread_ts]

    def thread_fields(self, message: Message) -> JSON:
        """What Slack adds to a parent (counts) and to a reply (whose thread it is)."""
        parent = self.messages.get(message.thread_ts)
        if message.thread_ts:
            return {"parent_user_id": parent.body.get("user", "")} if parent else {}
        replies = self.threads.get(message.ts)
        if not replies:
            return {}
        people = list(dict.fromkeys(self.messages[ts].body.get("user", "") for ts in replies))
        return {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(people),
            "latest_reply": replies[-1],
            "reply_users": people[:5],
            "is_locked": False,
            "subscribed": False,
        }

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person sees here, oldest first."""
        return [message for message in self.messages.values() if message.audience == user]
