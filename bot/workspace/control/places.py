"""Where a person is and what they see, for every verb that acts."""

from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.models import Channel, Message, User


class Places:
    """Finds rooms and messages as one person may."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def _in_room(self, user: str, channel: str, *, look: bool = False) -> tuple[User, Channel]:
        who = self.core.state.user(user)
        room = self.core.state.channel(channel, who, look=look)
        if who.id not in room.members:
            raise ControlError(f"{who.name} is not in {'#' + room.name if room.name else room.id}")
        return who, room

    def _seen(self, who: User, channel: str, ts: str) -> Message:
        _, room = self._in_room(who.id, channel)
        message = self.core.state.logs[room.id].messages.get(ts)
        if not message or message.audience not in {"", who.id}:
            raise ControlError(f"{who.name} sees no message {ts} there")
        return message
