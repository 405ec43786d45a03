"""Where a person can go, and what waits there."""

from dataclasses import dataclass
from typing import Final, Literal

from bot.workspace.models import Channel
from bot.workspace.page.faces import Face, face_of, organisation
from bot.workspace.page.place import DM, HOME, OUTSIDE, REFUSED, Place
from bot.workspace.page.sight import Sight, rooms_of
from bot.workspace.reading import Unread, unread

NOTHING: Final = Unread()
Sign = Literal["#", "lock", "app", "home", "outside", "refused"]


@dataclass(frozen=True)
class Entry:
    """One room in the list; `shared` names the other organisations, `count` is a number that is not about reading.

    `thread` leads to the first of the room's threads with replies that the person has not read; empty for none.
    """

    name: str
    search: str
    sign: Sign
    is_current: bool
    shared: str = ""
    face: Face | None = None
    unread: Unread = NOTHING
    count: int = 0
    thread: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and its rooms."""

    title: str
    entries: tuple[Entry, ...]


def sections(sight: Sight) -> list[Section]:
    """All of it; a section without rooms is left out."""
    rooms = rooms_of(sight.core, sight.user)
    found = [
        Section("Channels", tuple(_channel(sight, room) for room in rooms if not room.shared_with)),
        Section("Shared channels", tuple(_channel(sight, room) for room in rooms if room.shared_with)),
        Section("Apps", tuple(_app(sight))),
        Section("Outside", tuple(_outside(sight))),
        Section("Slack", tuple(_refused(sight))),
    ]
    return [section for section in found if section.entries]


def unread_everywhere(sight: Sight) -> int:
    """How much a person has not read in all their rooms."""
    rooms = rooms_of(sight.core, sight.user)
    direct = _direct(sight)
    return sum(unread(sight.core.state, sight.user, room).total for room in (*rooms, *([direct] if direct else ())))


def shared_with(sight: Sight, room: Channel) -> str:
    """The organisations of a shared channel but the person's own."""
    if not room.shared_with:
        return ""
    teams = [sight.core.state.home_team.id, *room.shared_with]
    return ", ".join(organisation(sight, team) for team in teams if team != sight.user.team)


def _channel(sight: Sight, room: Channel) -> Entry:
    found = unread(sight.core.state, sight.user, room)
    return Entry(
        name=room.name,
        search=Place(sight.user.name, room.name).search,
        sign="lock" if room.kind == "group" else "#",
        is_current=sight.room is room,
        shared=shared_with(sight, room),
        unread=found,
        thread=_thread(sight, room.name, found),
    )


def _app(sight: Sight) -> list[Entry]:
    """The app's direct messages and its Home: for its own organisation, and for whom it has written to."""
    direct = _direct(sight)
    if direct is None and not _is_ours(sight):
        return []
    found = unread(sight.core.state, sight.user, direct) if direct else NOTHING
    face = face_of(sight, sight.core.state.bot_user)
    here = sight.place.room
    search, thread = Place(sight.user.name, DM).search, _thread(sight, DM, found)
    rows = [Entry(sight.app_name, search, "app", here == DM, face=face, unread=found, thread=thread)]
    home = Entry("Home", Place(sight.user.name, HOME).search, "home", here == HOME)
    return [*rows, home] if sight.core.state.app.home_enabled else rows


def _thread(sight: Sight, room: str, found: Unread) -> str:
    return Place(sight.user.name, room, found.thread).search if found.thread else ""


def _direct(sight: Sight) -> Channel | None:
    """The app's direct messages with the person, if there are any yet."""
    channels = sight.core.state.channels.values()
    return next((one for one in channels if one.kind == "im" and one.user == sight.user.id), None)


def _outside(sight: Sight) -> list[Entry]:
    """The systems outside: no client sees another client's."""
    systems = sight.core.companion.briefing.outside if _is_ours(sight) else ()
    return [_plain(sight, one.name, f"{OUTSIDE}{one.key}", "outside", len(one.received)) for one in systems]


def _refused(sight: Sight) -> list[Entry]:
    count = sight.core.journal.refusal_count
    return [_plain(sight, "Refused by Slack", REFUSED, "refused", count)] if count else []


def _is_ours(sight: Sight) -> bool:
    return sight.user.team == sight.core.state.home_team.id


def _plain(sight: Sight, name: str, room: str, sign: Sign, count: int) -> Entry:
    return Entry(name, Place(sight.user.name, room).search, sign, sight.place.room == room, count=count)
