"""People as the page draws them: initials in a colour, who they are, what time it is where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.workspace.models import User
from bot.workspace.page.place import DM, HOME, Place
from bot.workspace.page.side.wording import city
from bot.workspace.page.sight import Sight, people, reader_for, rooms_of

HUES: Final = 12
"""How many colours an avatar can have; static/css/avatars.css names them."""


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
    position = list(sight.core.state.users).index(user.id)
    return Face(initials(user.real_name or user.name), position % HUES, is_app=user.is_bot)


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
    reader = reader_for(sight.core, user)
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
    found = [person_of(sight, user) for user in people(sight.core)]
    ordered = sorted(found, key=lambda one: [other.organisation for other in found].index(one.organisation))
    return [(name, list(group)) for name, group in groupby(ordered, key=lambda one: one.organisation)]


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
    shared = any(room.id == sight.room.id for room in rooms_of(sight.core, user))
    return Place(user.name, here.room if shared else "", here.thread if shared else "")
