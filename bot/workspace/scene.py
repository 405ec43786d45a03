"""The workspace as one person knows it at one moment: names, ids, their zone, their channels."""

from dataclasses import dataclass
from typing import Any

from bot.workspace.errors import ControlError
from bot.workspace.hands.naming import pick
from bot.workspace.hands.settings import Surroundings
from bot.workspace.render import Reader
from bot.workspace.render.reader import has_twelve_hours

JSON = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """`state` is what the verb `state` says, `user` the acting person's entry in it."""

    state: JSON
    user: JSON

    @classmethod
    def of(cls, state: JSON, person: str) -> "Scene":
        """The scene for a person by id, @name or (part of) their name; without one, the first person there is."""
        everybody = [user for user in state["users"] if not user["is_bot"]]
        return cls(state, find_person(person, everybody) if person else everybody[0])

    @property
    def id(self) -> str:
        """The acting person's id."""
        return str(self.user["id"])

    @property
    def app_name(self) -> str:
        """What the app is called."""
        return str(self.state["app"]["name"])

    def reader(self, width: int, *, ansi: bool) -> Reader:
        """How this person reads."""
        return Reader(
            tz=self.user["tz"],
            now=self.state["now"],
            people={user["id"]: user.get("real_name") or user["name"] for user in self.state["users"]},
            channels={channel["id"]: channel["name"] for channel in self.state["channels"] if channel.get("name")},
            twelve_hours=has_twelve_hours(str(self.user.get("locale")), str(self.user["tz"])),
            user=self.id,
            width=width,
            ansi=ansi,
        )

    @property
    def around(self) -> Surroundings:
        """What turns this person's words into Slack's values."""
        return Surroundings(self.user["tz"], self.state["now"], self.person_id, self.channel_id)

    def person_id(self, name: str) -> str:
        """Someone's id by id, @name or name."""
        return str(find_person(name, self.state["users"])["id"])

    def channel_id(self, name: str) -> str:
        """A channel's id by id, #name or name; "@…" and "dm" are the acting person's direct messages with the app."""
        return str(self.channel(name)["id"])

    def channel(self, name: str) -> JSON:
        """A channel's entry; ControlError names the channels that the person is in."""
        rooms = self.rooms()
        if name == "dm" or name.startswith("@"):
            return self._direct(name)
        for room in rooms:
            if name == room["id"]:
                return room
        named = [room for room in rooms if room.get("name")]
        return pick(name.removeprefix("#"), named, lambda room: str(room["name"]), f"channel of {self.user['name']}")

    def rooms(self) -> list[JSON]:
        """The channels that the person is in, direct messages last."""
        mine = [channel for channel in self.state["channels"] if self.id in channel["members"]]
        return sorted(mine, key=lambda room: bool(room.get("is_im")))

    def title(self, room: JSON) -> str:
        """What stands above a channel."""
        if room.get("is_im"):
            return f"Direct messages · {self.user.get('real_name') or self.user['name']} and {self.app_name}"
        teams = {team["id"]: team["name"] for team in self.state["teams"]}
        guests = ", ".join(teams[team] for team in room.get("connected_team_ids", []) if team in teams)
        return f"#{room['name']}" + (f" · shared with {guests}" if guests else "")

    def _direct(self, name: str) -> JSON:
        if name != "dm":
            person = self.person_id(name)
            if person not in {self.id, self.state["app"]["bot_user"]}:
                raise ControlError(f"only {name} can see their direct messages; act as them with --as {name[1:]}")
        for room in self.rooms():
            if room.get("is_im"):
                return room
        raise ControlError(f"{self.app_name} and {self.user['name']} have not written to each other yet")


def find_person(name: str, people: list[JSON]) -> JSON:
    """Someone among people by id, @name or name; ControlError names who there is."""
    for person in people:
        if name == person["id"]:
            return person
    bare = name.removeprefix("@")
    for person in people:
        if bare.casefold() in {person["name"].casefold(), str(person.get("real_name", "")).casefold()}:
            return person
    return pick(bare, people, lambda person: str(person["name"]), "person")
