"""Open modals and Home tabs: stacks of at most three, hashes, and what people have filled in."""

from bot.workspace.core import Core
from bot.workspace.elements import initial_values
from bot.workspace.errors import SlackError
from bot.workspace.ids import make_id
from bot.workspace.models import JSON, View
from bot.workspace.text import normalise_blocks

DEEPEST = 3


def stack(core: Core, user: str) -> list[View]:
    """Someone's open modals, the lowest first."""
    return [view for view in core.state.views.values() if view.user == user]


def open_view(core: Core, user: str, payload: JSON, channel: str = "") -> View:
    """Open a modal; one that was open gives way."""
    _check_external_id(core, payload)
    clear(core, user)
    return _put(core, _new(core, user, payload, channel=channel))


def push_view(core: Core, below: View, payload: JSON) -> View:
    """Lay a modal over another; SlackError push_limit_reached."""
    if len(stack(core, below.user)) >= DEEPEST:
        raise SlackError("push_limit_reached")
    _check_external_id(core, payload)
    return _put(core, _new(core, below.user, payload, below, below.channel))


def update_view(core: Core, view: View, payload: JSON) -> View:
    """Change a view in place; what was filled in stays in elements that stay."""
    _check_external_id(core, payload, view)
    view.body = _body(payload, view.id)
    view.values = initial_values(view.body["blocks"], view.values)
    view.errors = {}
    view.hash = _hash(core)
    core.state.changed("view" if view.id in core.state.views else "home", key(core, view))
    return view


def publish_view(core: Core, user: str, payload: JSON) -> View:
    """Set someone's Home tab."""
    current = core.state.homes.get(user)
    if current:
        return update_view(core, current, payload)
    core.state.homes[user] = view = _new(core, user, payload)
    core.state.changed("home", user)
    return view


def close_view(core: Core, view: View) -> None:
    """Take the topmost modal away; the one below shows again."""
    core.state.views.pop(view.id, None)
    core.state.changed("view", view.id)


def clear(core: Core, user: str) -> None:
    """Close all modals of a person."""
    for view in stack(core, user):
        close_view(core, view)


def show_errors(core: Core, view: View, errors: dict[str, str]) -> None:
    """Put sentences at the fields of an open modal, by block_id, in the place of those that stood there."""
    if core.state.views.get(view.id) is view and view.errors != errors:
        view.errors = dict(errors)
        core.state.changed("view", view.id)


def key(core: Core, view: View) -> str:
    """Under which key the file keeps a view: a modal by its id, a Home tab by its person."""
    return view.id if view.id in core.state.views else view.user


def _new(core: Core, user: str, payload: JSON, below: View | None = None, channel: str = "") -> View:
    view_id = make_id("V", f"{core.clock.next_ts()}/{user}/{core.state.count('view')}")
    body = _body(payload, view_id)
    return View(
        id=view_id,
        user=user,
        body=body,
        values=initial_values(body["blocks"]),
        hash=_hash(core),
        root=below.root if below else view_id,
        previous=below.id if below else None,
        channel=channel,
    )


def _put(core: Core, view: View) -> View:
    core.state.views[view.id] = view
    core.state.changed("view", view.id)
    return view


def _body(payload: JSON, seed: str) -> JSON:
    return {**payload, "blocks": normalise_blocks(payload["blocks"], seed)}


def _hash(core: Core) -> str:
    number = core.state.count("hash")
    return f"{int(core.clock.now())}.{make_id('', str(number))[1:].lower()}"


def _check_external_id(core: Core, payload: JSON, itself: View | None = None) -> None:
    external = payload.get("external_id")
    if external and any(view.external_id == external and view is not itself for view in core.state.views.values()):
        raise SlackError("duplicate_external_id")
