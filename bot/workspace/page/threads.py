"""What stands under a message that has replies."""

from dataclasses import dataclass

from bot.workspace.models import Message
from bot.workspace.page.faces import Face, face_of
from bot.workspace.page.sight import Sight
from bot.workspace.reading import unread_thread
from bot.workspace.render.dates import show_date

FACES_SHOWN = 4


@dataclass(frozen=True)
class Summary:
    """How many replies, whose, when the last one came, and how many of them the reader has not read."""

    replies: int
    faces: tuple[Face, ...]
    last: str
    unread: int


def summary(sight: Sight, message: Message) -> Summary | None:
    """Of a message in the room; None for one without replies."""
    log = sight.core.state.logs[message.channel]
    replies = log.threads.get(message.ts)
    if not replies or sight.room is None:
        return None
    authors = dict.fromkeys(log.messages[ts].body.get("user", "") for ts in replies)
    users = [sight.core.state.users[one] for one in authors if one in sight.core.state.users]
    return Summary(
        replies=len(replies),
        faces=tuple(face_of(sight, user) for user in users[:FACES_SHOWN]),
        last=show_date(float(replies[-1]), "{date_short_pretty} at {time}", sight.reader),
        unread=unread_thread(sight.core.state, sight.user, sight.room, message.ts).replies,
    )
