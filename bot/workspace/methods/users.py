"""users.*: people as the app may see them."""

from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.membership import expire_statuses
from bot.workspace.methods.paging import page
from bot.workspace.methods.registry import method
from bot.workspace.models import JSON, User
from bot.workspace.shapes import profile_object, user_object


def _user(core: Core, user_id: str) -> User:
    expire_statuses(core)
    user = core.state.users.get(user_id)
    if not user:
        raise SlackError("user_not_found")
    return user


def _shown(core: Core, user: User, args: JSON) -> JSON:
    email = "users:read.email" in core.state.app.scopes
    return user_object(core.state, user, core.clock.now(), locale=args.get("include_locale", False), email=email)


@method("users.info", "user! include_locale:bool", scopes="users:read", tier=4)
def info(core: Core, args: JSON) -> JSON:
    """One person."""
    return {"user": _shown(core, _user(core, args["user"]), args)}


@method("users.list", "cursor include_locale:bool limit:int team_id", scopes="users:read", tier=2)
def list_users(core: Core, args: JSON) -> JSON:
    """Our own organisation's people, guests and bots, and outsiders who share a channel with us."""
    known = [one for one in core.state.users.values() if not core.state.is_stranger(one)]
    some, cursor = page(known, args, "users", default=1000)
    members = [_shown(core, user, args) for user in some]
    return {"members": members, "cache_ts": int(core.clock.now()), "response_metadata": {"next_cursor": cursor}}


@method("users.profile.get", "user! include_labels:bool", scopes="users.profile:read", tier=4)
def profile(core: Core, args: JSON) -> JSON:
    """One person's profile; a status that has expired is gone."""
    user = _user(core, args["user"])
    ours = user.team == core.state.home_team.id
    return {"profile": profile_object(user, email=ours and "users:read.email" in core.state.app.scopes)}
