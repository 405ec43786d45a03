"""dnd.*: when people do not want to be disturbed, as the app may see it."""

from typing import Final

from bot.workspace.blockkit import Problem
from bot.workspace.checking import refuse
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.methods.registry import method
from bot.workspace.models import JSON
from bot.workspace.shapes import dnd_status

MOST_USERS: Final = 50
"""People in one answer (docs: /reference/methods/dnd.teamInfo)."""


@method("dnd.info", "user! team_id", scopes="dnd:read", tier=3)
def info(core: Core, args: JSON) -> JSON:
    """Someone's do-not-disturb hours; that it is a snooze is never told of another."""
    user = core.state.users.get(args["user"])
    if not user:
        raise SlackError("user_not_found")
    return dnd_status(user)


@method("dnd.teamInfo", "users:list team_id", scopes="dnd:read", tier=2)
def team_info(core: Core, args: JSON) -> JSON:
    """The do-not-disturb hours of several people; whoever is not there is left out."""
    wanted = list(dict.fromkeys(args.get("users") or ()))
    if not wanted:
        raise SlackError("no_users_provided")
    if len(wanted) > MOST_USERS:
        problem = Problem("invalid_arguments", "/users", f"no more than {MOST_USERS} users")
        refuse(core, "dnd.teamInfo", args, [problem])
    known = [core.state.users[one] for one in wanted if one in core.state.users]
    if any(core.state.is_stranger(user) for user in known):
        raise SlackError("user_not_visible")
    return {"users": {user.id: dnd_status(user) for user in known}}
