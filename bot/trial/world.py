"""The workspace's people and channels as a scenario needs them."""

from bot.trial.scenario import Client, Scenario
from bot.workspace.ids import make_id
from bot.workspace.models import Team, User
from bot.workspace.seed import World, default_world, new_channel


def world_of(scenario: Scenario) -> World:
    """Return the usual agency, with every client that shares a channel and all of its people in it."""
    world = default_world()
    for client in scenario.clients:
        if client.channel:
            _add(world, scenario, client)
    return world


def _add(world: World, scenario: Scenario, client: Client) -> None:
    team = next((one for one in world.teams if one.domain == client.domain), None)
    if team is None:
        team = Team(make_id("T", client.domain), client.name, client.domain)
        world.teams.append(team)
    named = {user.name: user for user in world.users}
    channel = next((one for one in world.channels if one.name == client.channel), None)
    if channel is None:
        ours = [named[name] for name in ("sam", "mira", "jonas", "priya")]
        bot = next(user for user in world.users if user.is_bot)
        channel = new_channel(client.channel, [*ours, bot], shared_with=[team])
        world.channels.append(channel)
    for person in client.people:
        if person.name not in named:
            user = User(
                id=make_id("U", f"{client.domain}/{person.name}"),
                team=team.id,
                name=person.name,
                real_name=person.full,
                tz=client.tz or "Etc/UTC",
                email=f"{person.name}@{client.domain}.example",
                title=person.role,
                updated=channel.created,
            )
            world.users.append(user)
            named[person.name] = user
    wanted = [named[scenario.host].id, *(named[person.name].id for person in client.people)]
    channel.members += [ident for ident in wanted if ident not in channel.members]
