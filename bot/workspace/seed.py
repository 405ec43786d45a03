"""The people and channels that a new workspace starts with."""

from dataclasses import dataclass

from bot.workspace.ids import make_id
from bot.workspace.models import App, Channel, Team, User

ALL_SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "files:read",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "team:read",
    "users.profile:read",
    "users:read",
    "users:read.email",
)
"""Every bot scope that some method or event of this workspace asks for."""

ALL_EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "dnd_updated_user",
    "group_left",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "team_join",
    "tokens_revoked",
    "user_change",
)
"""Every event that this workspace can send."""

_CREATED = 1_767_225_600  # 2026-01-01, a time that every later message is after


@dataclass
class World:
    """What a workspace starts with; the first team is the one that has the app."""

    teams: list[Team]
    users: list[User]
    channels: list[Channel]
    app: App


def _person(team: Team, name: str, real_name: str, tz: str, **more: str | bool) -> User:
    return User(
        id=make_id("U", f"{team.domain}/{name}"),
        team=team.id,
        name=name,
        real_name=real_name,
        tz=tz,
        email=f"{name}@{team.domain}.example",
        updated=_CREATED,
        **more,  # type: ignore[arg-type]  # the dataclass checks the names
    )


def new_channel(
    name: str, members: list[User], *, private: bool = False, shared_with: list[Team] | None = None
) -> Channel:
    """A channel with an id that follows from its name, created by its first member."""
    return Channel(
        id=make_id("C", name),
        name=name,
        kind="group" if private else "channel",
        creator=members[0].id if members else "",
        created=_CREATED,
        members=[member.id for member in members],
        shared_with=[team.id for team in shared_with or []],
    )


def default_world() -> World:
    """An agency of four in four time zones, a guest, two client organisations and the channels shared with them."""
    ours = Team(make_id("T", "northlight"), "Northlight", "northlight")
    acme = Team(make_id("T", "acme"), "Acme", "acme")
    beta = Team(make_id("T", "beta"), "Beta GmbH", "beta")
    mira = _person(ours, "mira", "Mira Lahtinen", "Europe/Helsinki", title="Designer")
    jonas = _person(ours, "jonas", "Jonas Weber", "Europe/Berlin", title="Developer", locale="de-DE")
    priya = _person(ours, "priya", "Priya Nair", "Asia/Kolkata", title="Developer", locale="en-GB")
    sam = _person(ours, "sam", "Sam Carter", "America/New_York", title="Lead", is_admin=True)
    gwen = _person(ours, "gwen", "Gwen Moss", "Europe/London", is_restricted=True, is_ultra_restricted=True)
    bot = _person(ours, "headsup", "Headsup", "America/Los_Angeles", is_bot=True)
    carla = _person(acme, "carla", "Carla Reyes", "Europe/London", title="Office manager")
    dieter = _person(beta, "dieter", "Dieter Brandt", "Europe/Berlin", title="Geschäftsführer", locale="de-DE")
    bot.email = ""
    team = [mira, jonas, priya, sam]
    general = new_channel("general", [sam, mira, jonas, priya])
    general.is_general = True
    return World(
        teams=[ours, acme, beta],
        users=[*team, gwen, bot, carla, dieter],
        channels=[
            general,
            new_channel("requests", [*team, gwen, bot]),
            new_channel("acme-shared", [mira, jonas, carla, bot], shared_with=[acme]),
            new_channel("beta-shared", [sam, mira, dieter, bot], shared_with=[beta]),
        ],
        app=App(
            id=make_id("A", "headsup"),
            name="Headsup",
            bot_id=make_id("B", "headsup"),
            bot_user=bot.id,
            scopes=list(ALL_SCOPES),
            subscriptions=list(ALL_EVENTS),
        ),
    )
