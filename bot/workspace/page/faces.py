"""People as the page draws them: initials in a colour, who they are, what time it is where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from bot.workspace.models import User
from bot.workspace.page.place import DM, HOME, Place
from bot.workspace.page.side.wording import city
from bot.workspace.page.sight import Sight, clock_of, people
from bot.workspace.state import State

HUES: Final = 12
"""How many colours an avatar can have; static/css/avatars.css names them."""

_arrivals: Final[WeakKeyDictionary[State, dict[str, int]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Face:
    """An avatar: at most two letters, and the number of a colour; `is_app` ones are drawn as a square."""

    initials: str
    hue: int
    is_app: bool = False


@dataclass(frozen=True)
class Person:
    """Someone in a list of people; `search` is the address of this page as them."""

    id: str
    name: str
    face: Face
    about: str
    organisation: str
    day: str
    time: str
    city: str
    search: str
    is_current: bool


def face_of(sight: Sight, user: User | None, name: str = "") -> Face:
    """The avatar of a user, or of something else that has a name; colours go round in the order of arrival."""
    if user is None:
        return Face(initials(name), sum(map(ord, name)) % HUES, is_app=True)
    return Face(initials(user.real_name or user.name), _arrival(sight.core.state, user) % HUES, is_app=user.is_bot)


def _arrival(state: State, user: User) -> int:
    """The how manieth user somebody is; users only come."""
    known = _arrivals.setdefault(state, {})
    if user.id not in known:
        known.update({one: position for position, one in enumerate(state.users)})
    return known[user.id]


def initials(name: str) -> str:
    """The first letters of the first and the last word; a single word gives one."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper() or "?"  # noqa: PLR2004 (first and last)


def organisation(sight: Sight, team: str) -> str:
    """An organisation's name."""
    found = sight.core.state.teams.get(team)
    return found.name if found else team


def person_of(sight: Sight, user: User) -> Person:
    """Someone with what time it is for them, by their own clock's habit."""
    reader = clock_of(sight.core, user)
    return Person(
        id=user.id,
        name=user.real_name or user.name,
        face=face_of(sight, user),
        about=user.title or ("Guest" if user.is_restricted else "App" if user.is_bot else ""),
        organisation=organisation(sight, user.team),
        day=f"{reader.local(reader.now):%a}",
        time=reader.clock(reader.now),
        city=city(user.tz),
        search=_same_page(sight, user).search,
        is_current=user.id == sight.user.id,
    )


def everybody(sight: Sight) -> list[tuple[str, list[Person]]]:
    """Everyone who can be acted as, by organisation."""
    groups: dict[str, list[Person]] = {}
    for person in (person_of(sight, user) for user in people(sight.core)):
        groups.setdefault(person.organisation, []).append(person)
    return list(groups.items())


def members(sight: Sight) -> Sequence[Person]:
    """Who is in the room, people before apps."""
    users = [sight.core.state.users[one] for one in (sight.room.members if sight.room else ())]
    return [person_of(sight, user) for user in sorted(users, key=lambda one: one.is_bot)]


def _same_page(sight: Sight, user: User) -> Place:
    """The room one is in when the other is in it too; else wherever they would begin."""
    here = sight.place
    if here.room in {DM, HOME}:
        return Place(user.name, here.room)
    if sight.room is None:
        return Place(user.name, here.room)
    shared = sight.room.kind != "im" and user.id in sight.room.members
    return Place(user.name, here.room if shared else "", here.thread if shared else "")
