"""What writing on the page knows: commands, shortcuts, people and rooms, and whether one can write here at all."""

from dataclasses import dataclass

from bot.workspace.models import JSON, Channel
from bot.workspace.page.sight import Sight, people, rooms_of
from bot.workspace.page.templating import ENVIRONMENT


@dataclass(frozen=True)
class Composing:
    """One place to write: what it is called, under which id the browser keeps it, and why one cannot write there."""

    id: str
    channel: str
    label: str
    closed: str


def composing(sight: Sight, thread: str = "") -> Composing:
    """The composer of the room, or of a thread in it (its ts)."""
    room = sight.room
    if room is None:
        raise ValueError("nobody writes where there is no room")
    name = f"#{room.name}" if room.name else sight.app_name
    where = "Reply in the thread" if thread else f"Message {name}"
    return Composing(
        id=f"composer-{sight.user.id}-{room.id}-{room.name}-{thread}",
        channel=room.id,
        label=f"{where} as {_first_name(sight.user.real_name or sight.user.name)}",
        closed=_closed(sight, room, name),
    )


def _closed(sight: Sight, room: Channel, name: str) -> str:
    if room.is_archived:
        return f"{name} is archived: it can be read, and nobody writes here any more."
    tab = sight.core.state.app.features.get("app_home", {})
    if room.kind == "im" and tab.get("messages_tab_read_only_enabled"):
        return f"{sight.app_name} writes to you here. It takes your words through its buttons, not as messages."
    return ""


def _first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.split() else name


def facts(sight: Sight) -> JSON:
    """What menus and completion offer this person; an app's own are for the people of its own organisation."""
    app = sight.core.state.app
    ours = sight.user.team == sight.core.state.home_team.id and app.installed
    return {
        "app": app.name,
        "user": sight.user.id,
        "commands": commands(sight) if ours else [],
        "shortcuts": list(app.features.get("shortcuts", [])) if ours else [],
        "people": [{"name": one.name, "about": one.real_name} for one in people(sight.core)],
        "rooms": [{"name": room.name, "about": room.topic} for room in rooms_of(sight.core, sight.user)],
    }


def commands(sight: Sight) -> list[JSON]:
    """The app's slash commands, each with what it does and takes where the app says so."""
    app = sight.core.state.app
    described = {one["command"]: one for one in app.features.get("slash_commands", [])}
    return [
        {"command": name, "description": "", "usage_hint": "", **described.get(name, {})}
        for name in app.known_commands or []
    ]


ENVIRONMENT.filters["composing"] = composing
