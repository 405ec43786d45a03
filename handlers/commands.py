"""`/headsup …`: understood by the table in domain, answered in words that only the asker sees."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from bot.blocks.ids import Action
from bot.blocks.lists.health import build_health
from bot.blocks.lists.help import build_help, build_not_understood
from bot.blocks.lists.lists import build_queue
from bot.blocks.lists.status import build_status
from bot.blocks.notice import build_notice
from bot.blocks.pieces import Post, View
from bot.blocks.refused import build_refused
from bot.blocks.settings.settings import build_settings
from bot.blocks.windows.new_request import build_new_request_form
from bot.blocks.windows.profile import build_profile, build_unlinked
from bot.domain.client_names import client_at_the_start
from bot.domain.commands.slash import parse
from bot.domain.commands.slash_commands import SLASH, Command, Verb
from bot.domain.commands.slash_words import plain
from bot.errors import NotAMemberError, RefusedError
from bot.services.arriving import linking
from bot.services.context import Do
from bot.services.reading import asking
from bot.services.requests import profiles
from bot.services.settings import settings_shown
from handlers.away import away_asked, back_asked
from handlers.ports import Now, Screens, TeamChannel
from handlers.pressing import Presses
from handlers.reading import Press
from handlers.showing import MINE, OPEN
from handlers.telling import check_member

Answer = Post | View
"""A message for the asker's eyes, or a window (which has a type)."""


@dataclass(frozen=True, slots=True)
class Means:
    """What an answer may need."""

    do: Do
    read: Do
    now: Now
    team_channel: TeamChannel


async def command_ran(press: Press, *, means: Means) -> Answer:
    """Answer a command; every answer but help is for members."""
    command = parse(press.text)
    if command.verb is not Verb.HELP:
        await check_member(press, read=means.read)
    try:
        return await _ANSWERS[command.verb](press, command, means)
    except NotAMemberError:
        raise
    except RefusedError as refusal:
        return build_refused(refusal.sentence, f"{SLASH} {plain(press.text)}")


async def command_then(press: Press, answer: Answer, *, screens: Screens) -> None:
    """Open the window, when the answer is one."""
    if "type" in answer:
        await screens.open(press.trigger_id, answer)


async def _overview(press: Press, command: Command, means: Means) -> Answer:
    return await _mine(press, command, means)


async def _mine(press: Press, _command: Command, means: Means) -> Answer:
    queue = await means.read(asking.queue_of_member, actor=press.actor, member=press.actor.user)
    return build_queue(queue, now=means.now(), title=MINE)


async def _open(press: Press, _command: Command, means: Means) -> Answer:
    return build_queue(await means.read(asking.open_queue, actor=press.actor), now=means.now(), title=OPEN)


async def _status(press: Press, command: Command, means: Means) -> Answer:
    if command.request is not None:
        status = await means.read(asking.status_of, actor=press.actor, request=command.request)
        return build_status(status, now=means.now())
    if command.member is not None:
        queue = await means.read(asking.queue_of_member, actor=press.actor, member=command.member)
        return build_queue(queue, now=means.now(), title=f"Requests of {queue.of}")
    profile = None
    if command.channel is not None:
        profile = await means.read(linking.channel_of, channel=command.channel)
    elif command.text:
        profile = await means.read(profiles.client_named, name=command.text)
    else:
        return build_health(await means.read(asking.health_of))
    if profile is None:
        return build_notice(_unknown_client(command))
    queue = await means.read(asking.queue_of_client, actor=press.actor, client=profile.client.id)
    return build_queue(queue, now=means.now(), title=f"Requests of {queue.of}")


async def _client(press: Press, command: Command, means: Means) -> Answer:
    if command.text:
        named = await means.read(profiles.client_named, name=command.text)
        return build_profile(named) if named else build_notice(_unknown_client(command))
    channel = command.channel or press.channel or ""
    profile = await means.read(linking.channel_of, channel=channel)
    if profile is not None:
        return build_profile(profile, channel=channel)
    if channel == means.team_channel():
        return build_notice("This is the team's own channel: the cards stand here. Type this in a client's channel.")
    return build_unlinked(channel, press.channel_name if channel == press.channel else "")


def _unknown_client(command: Command) -> str:
    wanted = f"“{command.text}”" if command.text else "that channel"
    return f"I know no client by {wanted}. “{SLASH} open” lists what is open, with everybody's names."


async def _link(press: Press, command: Command, means: Means) -> Answer:
    profile = await means.do(
        linking.link_channel,
        actor=press.actor,
        channel=press.channel or "",
        name=press.channel_name,
        client_name=command.text,
    )
    return build_profile(profile, channel=press.channel)


async def _unlink(press: Press, _command: Command, means: Means) -> Answer:
    link = await means.do(linking.unlink_channel, actor=press.actor, channel=press.channel or "")
    return build_notice(f"#{link.name} is unlinked. Its requests stay; new messages there are left alone.")


async def _new(_press: Press, command: Command, means: Means) -> Answer:
    clients = await means.read(profiles.clients_like, text="")
    begun = client_at_the_start(command.text, clients)
    return build_new_request_form(clients=clients, text=command.text, client=begun.id if begun else None)


async def _away(press: Press, command: Command, means: Means) -> Answer:
    return await away_asked(press, command, do=means.do, read=means.read, now=means.now)


async def _back(press: Press, _command: Command, means: Means) -> Answer:
    return await back_asked(press, do=means.do, now=means.now)


async def _settings(press: Press, _command: Command, means: Means) -> Answer:
    return build_settings(await means.read(settings_shown.settings_of, actor=press.actor))


async def _help(_press: Press, command: Command, _means: Means) -> Answer:
    return build_help(command.text)


async def _unknown(press: Press, command: Command, _means: Means) -> Answer:
    return build_not_understood(command.sentence, press.text)


async def help_pressed(_press: Press) -> Post:
    """Build the whole help; it is for everybody."""
    return build_help()


async def help_then(press: Press, post: Post, *, screens: Screens) -> None:
    """Show it in place of the answer whose button was pressed."""
    if press.response_url:
        await screens.respond(press.response_url, post["text"], post["blocks"], replace=True)


_ANSWERS: dict[Verb, Callable[[Press, Command, Means], Awaitable[Answer]]] = {
    Verb.OVERVIEW: _overview,
    Verb.STATUS: _status,
    Verb.OPEN: _open,
    Verb.MINE: _mine,
    Verb.NEW: _new,
    Verb.CLIENT: _client,
    Verb.LINK: _link,
    Verb.UNLINK: _unlink,
    Verb.AWAY: _away,
    Verb.BACK: _back,
    Verb.SETTINGS: _settings,
    Verb.HELP: _help,
    Verb.UNKNOWN: _unknown,
}


def register(presses: Presses, *, do: Do, read: Do, screens: Screens, now: Now, team_channel: TeamChannel) -> None:
    """Listen for the one command."""
    means = Means(do=do, read=read, now=now, team_channel=team_channel)
    presses.on_command(SLASH, partial(command_ran, means=means), partial(command_then, screens=screens))
    presses.on_action(Action.HELP, help_pressed, partial(help_then, screens=screens))
