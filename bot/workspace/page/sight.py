"""What one page looks at: the person, their room, how they read. A wrong address becomes a sentence, not an error."""

from dataclasses import dataclass, replace

from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.models import Channel, User
from bot.workspace.page.place import DM, HOME, OUTSIDE, REFUSED, Place
from bot.workspace.render import Reader


@dataclass(frozen=True)
class Sight:
    """One look. `room` is None at home, outside and among refusals; `notice` says what the address got wrong.

    `news` and `thread_news` are the ts above which "New" stands in the room and in the open thread, empty for nowhere.
    """

    core: Core
    place: Place
    user: User
    room: Channel | None
    reader: Reader
    notice: str = ""
    news: str = ""
    thread_news: str = ""

    @property
    def app_name(self) -> str:
        """What the app is called."""
        return self.core.state.app.name


def look(core: Core, wanted: Place) -> Sight:
    """Look at a place; what does not exist gives way to the nearest that does, with a notice."""
    user, notices = _person(core, wanted.user)
    place, room, notice = _room(core, user, wanted)
    notices += [notice] if notice else []
    return Sight(core, place, user, room, reader_for(core, user), " ".join(notices))


def people(core: Core) -> list[User]:
    """Everybody who can be acted as, our own organisation first."""
    ours = core.state.home_team.id
    humans = [user for user in core.state.users.values() if not user.is_bot and not user.deleted]
    return sorted(humans, key=lambda user: user.team != ours)


def rooms_of(core: Core, user: User) -> list[Channel]:
    """The channels that a person is in, in their order; direct messages are not among them."""
    return [room for room in core.state.channels.values() if room.kind != "im" and user.id in room.members]


def reader_for(core: Core, user: User) -> Reader:
    """How a person reads: their zone, their clock, the names they know."""
    state = core.state
    return Reader(
        tz=user.tz,
        now=core.clock.now(),
        people={one.id: one.real_name or one.name for one in state.users.values()},
        channels={one.id: one.name for one in state.channels.values() if one.name},
        twelve_hours=_twelve_hours(user),
        user=user.id,
    )


def clock_of(core: Core, user: User) -> Reader:
    """A person's zone and clock alone: for their own time, told to others."""
    return Reader(tz=user.tz, now=core.clock.now(), twelve_hours=_twelve_hours(user))


def _twelve_hours(user: User) -> bool:
    return user.locale == "en-US" and user.tz.startswith("America/")


def _person(core: Core, name: str) -> tuple[User, list[str]]:
    everybody = people(core)
    if not name:
        return everybody[0], []
    found = next((user for user in everybody if name in {user.id, user.name}), None)
    if found:
        return found, []
    return everybody[0], [f"There is nobody called {name} here, so you are {everybody[0].real_name}."]


def _room(core: Core, user: User, wanted: Place) -> tuple[Place, Channel | None, str]:
    name, rooms = wanted.room, rooms_of(core, user)
    place = replace(wanted, user=user.name)
    ours = user.team == core.state.home_team.id
    outside = {f"{OUTSIDE}{one.key}" for one in core.companion.briefing.outside if ours}
    if name in {HOME, REFUSED} or name in outside:
        return Place(user.name, name), None, ""
    if name == DM:
        return place, core.state.dm(user, look=True), ""
    found = next((room for room in rooms if name in {room.name, room.id}), None)
    first = found or next((room for room in rooms if core.state.app.bot_user in room.members), None)
    room = first or (rooms[0] if rooms else core.state.dm(user, look=True))
    notice = "" if found or not name else _no_such_room(core, user, name)
    kept = replace(place, room=room.name) if found else Place(user.name, room.name or DM)
    return kept, room, notice


def _no_such_room(core: Core, user: User, name: str) -> str:
    try:
        room = core.state.channel(name)
    except ControlError:
        return f"There is no room called {name}."
    return f"{user.real_name} is not in #{room.name}."
