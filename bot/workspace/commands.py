"""Slash commands (docs: /interactivity/implementing-slash-commands)."""

import re
from dataclasses import asdict
from typing import Final

from bot.workspace import payloads
from bot.workspace.blockkit import check_message
from bot.workspace.core import Core
from bot.workspace.interactions import Result, finish, interact
from bot.workspace.models import Channel, User
from bot.workspace.posting import post_from_app, whisper

_MENTION: Final = re.compile(r"(?<!\S)([@#])([\w.-]*\w)")


async def slash(core: Core, user: User, channel: Channel, command: str, text: str) -> Result:
    """Run a slash command; a reply in the acknowledgement is shown as Slack would."""
    known = core.state.app.known_commands
    if known is not None and command not in known:
        return Result(error="not_a_command", reason=f"{command} is not a valid command.")
    if user.team != core.state.home_team.id:
        return Result(error="not_a_command", reason="Commands of an app are for the people of its own workspace.")
    payload = payloads.slash_command(core, user, channel, command, _escape_names(core, text))
    result, outcome = await interact(core, payload, "slash_commands")
    if outcome.acked and outcome.payload:
        answer = {"text": outcome.payload} if isinstance(outcome.payload, str) else outcome.payload
        problems = check_message(answer)
        if problems:
            refused = [asdict(problem) for problem in problems]
            core.journal.refuse("slash_commands", problems[0].code, refused, answer)
            result.error = "invalid_response"
        elif answer.get("response_type") == "in_channel":
            post_from_app(core, channel, answer)
        else:
            whisper(core, channel.id, user.id, answer)
    return finish(core, user, result, channel.id)


def _escape_names(core: Core, text: str) -> str:
    """@name and #channel with ids, as with "escape channels, users and links"; a private channel has no name."""

    def token(match: re.Match[str]) -> str:
        mark, name = match.groups()
        if mark == "@":
            user = next((one for one in core.state.users.values() if one.name == name), None)
            return f"<@{user.id}|{user.name}>" if user else match.group()
        channel = next((one for one in core.state.channels.values() if one.name == name), None)
        if not channel:
            return match.group()
        return f"<#{channel.id}|{channel.name if channel.kind == 'channel' else ''}>"

    return _MENTION.sub(token, text)
