"""Who people are and where things stand, in the words of the workspace's page: names, rooms, times."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from bot.domain.overview import Journey, Place, Upcoming
from bot.domain.people import Member
from bot.workspace.channel_log import ts_key
from bot.workspace.companion import Spot
from bot.workspace.core import Core
from bot.workspace.models import User
from bot.workspace.page.place import DM, OUTSIDE
from bot.workspace.page.sight import reader_for
from bot.workspace.reading import read_up_to
from bot.workspace.render.dates import show_date

GUIDE: Final = "mira"
"""As whom a page begins, and as whom somebody begins who has taken nothing yet."""

USUAL_ROOM: Final = "requests"
"""Where cards stand as long as that was not found out."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Looks up names in the workspace. `team_channel` is its id, empty while it is not known."""

    core: Core
    team_channel: str

    @property
    def guide(self) -> User:
        """Who begins."""
        ours = [user for user in self.core.state.users.values() if user.team == self.core.state.home_team.id]
        people = [user for user in ours if not user.is_bot]
        return next((user for user in people if user.name == GUIDE), people[0])

    @property
    def agency(self) -> str:
        """Return what our own organisation is called."""
        return self.core.state.home_team.name

    @property
    def team_room(self) -> str:
        """Return the name of the channel where cards stand."""
        return self.room(self.team_channel) or USUAL_ROOM

    def user(self, ident: str | None) -> User | None:
        """Return the person with this Slack id."""
        return self.core.state.users.get(ident or "")

    def owner(self, journey: Journey | None) -> User:
        """Return whose request it is, else who begins."""
        return (self.user(journey.owner.id) if journey and journey.owner else None) or self.guide

    def contact(self, journey: Journey) -> User | None:
        """Return the client's person in the workspace, None for one who is not in it."""
        return self.user(journey.contact.slack_user if journey.contact else None)

    def room(self, channel: str) -> str:
        """Return a channel's name."""
        found = self.core.state.channels.get(channel)
        return found.name if found else channel

    # -- spots ---------------------------------------------------------------------------------------------------------

    def at_card(self, journey: Journey | None, user: User, label: str = "") -> Spot:
        """Return the spot of a request's card, for this person; without a request the room where cards stand."""
        ts = journey.card[1] if journey and journey.card else ""
        return Spot(user.name, self.team_room, ts, label)

    def at_client(self, journey: Journey, place: Place | None, label: str = "") -> Spot | None:
        """Return where the client sees our words: their channel, their own system's inbox, or None for nowhere."""
        contact = self.contact(journey)
        if place is not None:
            return Spot(contact.name if contact else "", self.room(place[0]), place[1], label)
        if journey.request.callback_url:
            key = urlsplit(journey.request.callback_url).path.strip("/").rpartition("/")[2]
            return Spot(room=f"{OUTSIDE}{key}")
        return None

    def at_nudge(self, journey: Journey, label: str = "") -> Spot:
        """Return where the owner was nudged."""
        place, owner = journey.nudge, self.owner(journey)
        room = self.core.state.channels.get(place[0]) if place else None
        if room is not None and room.kind == "im" and (reader := self.user(room.user)) is not None:
            owner = reader
        if room is not None and room.kind != "im":
            return Spot(owner.name, room.name, place[1] if place else "", label)
        return Spot(owner.name, DM, place[1] if place else "", label)

    def at_composer(self, user: User, typed: str) -> Spot:
        """Return where a person writes to the channel where cards stand, with these words ready to be sent."""
        return Spot(user.name, self.team_room, typed=typed)

    # -- what was looked at --------------------------------------------------------------------------------------------

    def client_looked(self, place: Place) -> bool:
        """Tell whether anybody of another organisation has read a message of their channel."""
        state = self.core.state
        channel = state.channels.get(place[0])
        message = state.logs[place[0]].messages.get(place[1]) if channel is not None else None
        if channel is None or message is None:
            return False
        others = [user for user in state.users.values() if user.team != state.home_team.id]
        wanted = ts_key(place[1])
        return any(read_up_to(state, user, channel, message.thread_ts) >= wanted for user in others)

    # -- times ---------------------------------------------------------------------------------------------------------

    def moment(self, at: datetime, user: User) -> str:
        """Return an instant as a person reads it: Today at 15:30."""
        return show_date(at.timestamp(), "{date_short_pretty} at {time}", reader_for(self.core, user))

    def whom(self, to: tuple[Member, ...]) -> str:
        """Return who hears: first names, or the team channel."""
        return " and ".join(first_name(one.name) for one in to) or f"everyone in #{self.team_room}"

    def reader(self, next_: Upcoming) -> User:
        """Return in whose time a nudge is told: of the first who hears it."""
        return (self.user(next_.to[0].id) if next_.to else None) or self.guide

    def upcoming(self, next_: Upcoming) -> str:
        """Return what comes next in one line: Mira, about #3 Acme, today at 15:30 in Helsinki."""
        user = self.reader(next_)
        when = self.moment(next_.at, user)
        city = user.tz.rpartition("/")[2].replace("_", " ")
        return f"{self.whom(next_.to)}, about #{next_.request} {next_.client}: {when} in {city}"


def first_name(name: str) -> str:
    """Return how colleagues say a name."""
    return name.split(maxsplit=1)[0] if name.split() else name
