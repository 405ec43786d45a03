"""Who the app is, where it is, and what does not belong to any other family of methods."""

from dataclasses import asdict

from bot.workspace.blockkit import check_message, check_view
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.methods.registry import method
from bot.workspace.models import JSON
from bot.workspace.shapes import bot_profile, file_object


@method("auth.test", "")
def auth_test(core: Core, _args: JSON) -> JSON:
    """Who the token belongs to."""
    state = core.state
    return {
        "url": f"https://{state.home_team.domain}.slack.com/",
        "team": state.home_team.name,
        "user": state.bot_user.name,
        "team_id": state.home_team.id,
        "user_id": state.bot_user.id,
        "bot_id": state.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", "", tier=3, caller="app")
def connections_open(core: Core, _args: JSON) -> JSON:
    """A WebSocket address that works once."""
    base = core.url.replace("http://", "ws://", 1)
    return {"url": f"{base}/link/?ticket={core.hub.new_ticket()}&app_id={core.state.app.id}"}


@method("team.info", "team domain include_slackbot_availability:bool", scopes="team:read", tier=3)
def team_info(core: Core, args: JSON) -> JSON:
    """Our own organisation, or another one that shares a channel with us."""
    team = core.state.teams.get(args.get("team") or core.state.home_team.id)
    if not team:
        raise SlackError("team_not_found")
    url = f"https://{team.domain}.slack.com/"
    return {
        "team": {"id": team.id, "name": team.name, "domain": team.domain, "url": url, "email_domain": "", "icon": {}}
    }


@method("bots.info", "bot team_id", scopes="users:read", tier=3)
def bots_info(core: Core, args: JSON) -> JSON:
    """The app's own bot."""
    app = core.state.app
    if args.get("bot") not in {None, app.bot_id}:
        raise SlackError("bot_not_found")
    return {"bot": bot_profile(app, core.state.home_team)}


@method("files.info", "file! count:int cursor limit:int page:int", scopes="files:read", tier=4)
def files_info(core: Core, args: JSON) -> JSON:
    """One file of a conversation that the app is in."""
    file = core.state.files.get(args["file"])
    bot = core.state.app.bot_user
    if not file or not any(bot in core.state.channels[one].members for one in file.channels):
        raise SlackError("file_not_found")
    return {"file": file_object(file, core.url), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("blocks.validate", "blocks:json message:json view:json")
def blocks_validate(_core: Core, args: JSON) -> JSON:
    """Judge blocks, a message or a view without sending it (docs: /reference/methods/blocks.validate)."""
    given = [name for name in ("blocks", "message", "view") if args.get(name) is not None]
    if len(given) != 1:
        problem = {
            "pointer": "",
            "code": "invalid_arguments",
            "message": "give exactly one of blocks, message and view",
        }
        raise SlackError("invalid_arguments", errors=[problem])
    payload = args[given[0]]
    if given[0] == "view":
        problems = check_view(payload)
    else:
        problems = check_message({"blocks": payload} if given[0] == "blocks" else payload)
    if problems:
        raise SlackError(problems[0].code, errors=[asdict(problem) for problem in problems])
    return {}
