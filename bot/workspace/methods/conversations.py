"""conversations.* without the messages: finding, opening and joining."""

from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.membership import join
from bot.workspace.methods.access import FAMILY, visible
from bot.workspace.methods.paging import page
from bot.workspace.methods.registry import method, need
from bot.workspace.models import JSON, Channel
from bot.workspace.shapes import channel_object

_TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


@method("conversations.info", "channel! include_locale:bool include_num_members:bool", tier=3)
def info(core: Core, args: JSON) -> JSON:
    """One conversation."""
    channel = visible(core, args["channel"])
    need(core, f"{FAMILY[channel.kind]}:read")
    out = channel_object(core.state, channel, core.state.app.bot_user)
    if not args.get("include_num_members"):
        out.pop("num_members", None)
    return {"channel": out}


def _kinds(core: Core, args: JSON) -> set[str]:
    names = args.get("types") or ["public_channel"]
    if any(name not in _TYPES for name in names):
        raise SlackError("invalid_types")
    kinds = {_TYPES[name] for name in names} - {"mpim"}
    for kind in sorted(kinds):
        need(core, f"{FAMILY[kind]}:read")
    return kinds


def _listed(core: Core, args: JSON, channels: list[Channel]) -> JSON:
    bot = core.state.app.bot_user
    kinds = _kinds(core, args)
    wanted = [
        channel
        for channel in channels
        if channel.kind in kinds
        and (channel.kind == "channel" or bot in channel.members)
        and not (args.get("exclude_archived") and channel.is_archived)
    ]
    some, cursor = page(wanted, args, "channels")
    objects = [channel_object(core.state, channel, bot) for channel in some]
    return {"channels": objects, "response_metadata": {"next_cursor": cursor}}


@method("conversations.list", "cursor exclude_archived:bool limit:int team_id types:list", tier=2)
def list_channels(core: Core, args: JSON) -> JSON:
    """The conversations that the app may know of; public channels unless `types` says otherwise."""
    return _listed(core, args, list(core.state.channels.values()))


@method("users.conversations", "cursor exclude_archived:bool limit:int team_id types:list user", tier=3)
def users_conversations(core: Core, args: JSON) -> JSON:
    """The conversations that someone (the app itself by default) is in."""
    user = args.get("user") or core.state.app.bot_user
    if user not in core.state.users:
        raise SlackError("user_not_found")
    return _listed(core, args, [one for one in core.state.channels.values() if user in one.members])


@method("conversations.members", "channel! cursor limit:int", tier=4)
def members(core: Core, args: JSON) -> JSON:
    """The ids of the people and bots of a conversation."""
    channel = visible(core, args["channel"])
    need(core, f"{FAMILY[channel.kind]}:read")
    some, cursor = page(channel.members, args, "members")
    return {"members": some, "response_metadata": {"next_cursor": cursor}}


@method("conversations.open", "channel users:list return_im:bool prevent_creation:bool", tier=3)
def open_dm(core: Core, args: JSON) -> JSON:
    """The DM with one person of our own organisation."""
    need(core, "im:write")
    state = core.state
    if args.get("channel"):
        channel = visible(core, args["channel"])
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    names = args.get("users") or []
    if len(names) != 1:
        raise SlackError("users_list_not_supplied" if not names else "method_not_supported_for_channel_type")
    user = state.users.get(names[0])
    if not user:
        raise SlackError("user_not_found")
    if user.is_bot:
        raise SlackError("cannot_dm_bot")
    if user.deleted:
        raise SlackError("user_disabled")
    if user.team != state.home_team.id:
        raise SlackError("user_not_visible")
    before = len(state.channels)
    channel = state.dm(user)
    known = {"no_op": True, "already_open": True} if len(state.channels) == before else {}
    shown = channel_object(state, channel, state.app.bot_user) if args.get("return_im") else {"id": channel.id}
    return {"channel": shown, **known}


@method("conversations.join", "channel!", scopes="channels:join", tier=3)
def join_channel(core: Core, args: JSON) -> JSON:
    """Join a public channel."""
    channel = core.state.channels.get(args["channel"])
    if not channel or channel.kind == "group":
        raise SlackError("channel_not_found")
    if channel.kind == "im":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    bot = core.state.app.bot_user
    if bot in channel.members:
        shown = channel_object(core.state, channel, bot)
        return {
            "channel": shown,
            "warning": "already_in_channel",
            "response_metadata": {"warnings": ["already_in_channel"]},
        }
    join(core, channel, core.state.bot_user)
    return {"channel": channel_object(core.state, channel, bot)}
