"""views.*: modals and Home tabs."""

from bot.workspace.checking import require_view
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.methods.registry import method
from bot.workspace.models import JSON, View
from bot.workspace.shapes import view_object
from bot.workspace.windows import open_view, publish_view, push_view, update_view


@method("views.open", "trigger_id! view!:json interactivity_pointer", tier=4)
def open_modal(core: Core, args: JSON) -> JSON:
    """Open a modal for the person whose interaction the trigger came from."""
    trigger = core.triggers.take(args["trigger_id"])
    require_view(core, "views.open", args["view"], "modal")
    return _shown(core, open_view(core, trigger.user, args["view"], channel=trigger.channel))


@method("views.push", "trigger_id! view!:json interactivity_pointer", tier=4)
def push(core: Core, args: JSON) -> JSON:
    """Lay a modal over the one that the trigger came out of; three at most."""
    trigger = core.triggers.take(args["trigger_id"])
    require_view(core, "views.push", args["view"], "modal")
    below = core.state.views.get(trigger.view)
    if not below:
        raise SlackError("not_found")
    return _shown(core, push_view(core, below, args["view"]))


@method("views.update", "view_id external_id view!:json hash", tier=4)
def update(core: Core, args: JSON) -> JSON:
    """Change an open modal; with `hash` only while nobody else has."""
    view = _find(core, args)
    require_view(core, "views.update", args["view"], view.body["type"])
    _check_hash(view, args)
    return _shown(core, update_view(core, view, args["view"]))


@method("views.publish", "user_id! view!:json hash", tier=4)
def publish(core: Core, args: JSON) -> JSON:
    """Set someone's Home tab; with `hash` only while nobody else has."""
    state = core.state
    if not state.app.home_enabled:
        raise SlackError("not_enabled")
    user = state.users.get(args["user_id"])
    if not user or user.is_bot:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] invalid user_id"]})
    require_view(core, "views.publish", args["view"], "home")
    current = state.homes.get(user.id)
    if current:
        _check_hash(current, args)
    return _shown(core, publish_view(core, user.id, args["view"]))


def _find(core: Core, args: JSON) -> View:
    views = core.state.views
    if args.get("view_id"):
        found = views.get(args["view_id"]) or next(
            (home for home in core.state.homes.values() if home.id == args["view_id"]), None
        )
    else:
        external = args.get("external_id")
        found = next((view for view in views.values() if external and view.external_id == external), None)
    if not found:
        raise SlackError("not_found")
    return found


def _check_hash(view: View, args: JSON) -> None:
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")


def _shown(core: Core, view: View) -> JSON:
    return {"view": view_object(core.state, view)}
