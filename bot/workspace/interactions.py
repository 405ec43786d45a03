"""What people do to the app: press, choose, submit, close, run commands and shortcuts; and what they see of it."""

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.workspace import payloads, windows
from bot.workspace.checking import response_action_problems
from bot.workspace.core import Core
from bot.workspace.delivery import Outcome
from bot.workspace.elements import (
    VALUE,
    action,
    blocks_in,
    chosen_state,
    elements,
    find_element,
    initial_values,
    is_empty,
)
from bot.workspace.errors import ControlError, SlackError
from bot.workspace.models import JSON, Message, User, View
from bot.workspace.shapes import message_object, view_object


@dataclass
class Result:
    """What a person saw of an interaction.

    `acked` within three seconds, after `ms`; `payload` of the acknowledgement; `error` what Slack showed instead
    (operation_timeout, dispatch_failed, invalid_response, or that a form or Slack itself refused);
    `errors` sentences at the fields of a form by block_id; `ephemerals` and `views` (the open stack, lowest first)
    as they stand when the acknowledgement is in: what the app does later is not in them.
    """

    acked: bool = False
    ms: float = 0.0
    payload: Any = None
    error: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    ephemerals: list[JSON] = field(default_factory=list)
    views: list[JSON] = field(default_factory=list)
    trigger_id: str = ""
    response_url: str = ""

    def to_json(self) -> JSON:
        """The result as JSON."""
        return asdict(self)


async def interact(core: Core, payload: JSON, kind: str = "interactive") -> tuple[Result, Outcome]:
    """Deliver a payload once and say what the person saw of it."""
    if not core.state.app.installed:
        raise ControlError("the app is not installed any more")
    outcome = await core.delivery.send(core.state.app, kind, payload)
    result = Result(outcome.acked, outcome.ms, outcome.payload, outcome.user_error, outcome.reason)
    result.trigger_id = payload.get("trigger_id", "")
    result.response_url = payload.get("response_url", "")
    return result, outcome


def finish(core: Core, user: User, result: Result, channel: str = "") -> Result:
    """Add what the person sees now: their open windows and, in a channel, what only they see there."""
    result.views = [view_object(core.state, view) for view in windows.stack(core, user.id)]
    if channel in core.state.logs:
        whispers = core.state.logs[channel].ephemerals(user.id)
        result.ephemerals = [message_object(core.state, message) for message in whispers]
    return result


@dataclass(frozen=True)
class Press:
    """Which element, and what it is set to; `block_id` only where the action_id is not enough."""

    action_id: str
    block_id: str | None = None
    value: Any = None


async def press_in_message(core: Core, user: User, message: Message, press: Press) -> Result:
    """Press a button or choose something in a message that the person sees."""
    blocks = blocks_in(message.body)
    block, element = find_element(blocks, press.action_id, press.block_id)
    chosen = message.chosen.setdefault(user.id, initial_values(blocks))
    entry = action(block, element, press.value, core.clock.next_ts(), user.tz)
    if element["type"] in VALUE:
        chosen.setdefault(block["block_id"], {})[press.action_id] = chosen_state(element, press.value, user.tz)
        core.state.changed("message", f"{message.channel}/{message.ts}")
    if block["type"] == "input" and not block.get("dispatch_action"):
        return Result(acked=True)
    payload = payloads.message_actions(core, user, message, [entry], chosen)
    result, _ = await interact(core, payload)
    return finish(core, user, result, message.channel)


async def press_in_view(core: Core, user: User, view: View, press: Press) -> Result:
    """Press a button or choose something in an open modal or the Home tab."""
    block, element = find_element(view.body["blocks"], press.action_id, press.block_id)
    entry = action(block, element, press.value, core.clock.next_ts(), user.tz)
    if element["type"] in VALUE:
        view.values.setdefault(block["block_id"], {})[press.action_id] = chosen_state(element, press.value, user.tz)
        core.state.changed("view" if view.id in core.state.views else "home", windows.key(core, view))
    if block["type"] == "input" and not block.get("dispatch_action"):
        return finish(core, user, Result(acked=True))
    result, _ = await interact(core, payloads.view_actions(core, user, view, [entry]))
    return finish(core, user, result)


def fill(view: View, values: JSON, tz: str) -> None:
    """Fill in fields: by block_id and action_id, or by action_id alone where that is enough; `tz` is the person's."""
    for name, given in values.items():
        blocks = {block["block_id"] for block, _ in elements(view.body["blocks"])}
        nested = given if name in blocks and isinstance(given, dict) else {name: given}
        for action_id, one in nested.items():
            block, element = find_element(view.body["blocks"], action_id, name if nested is given else None)
            view.values[block["block_id"]][action_id] = chosen_state(element, one, tz)


async def submit(core: Core, user: User, view: View) -> Result:
    """Press a modal's submit button. What Slack's own form refuses (an empty field) never reaches the app."""
    errors = _form_errors(view)
    if errors:
        windows.show_errors(core, view, errors)
        return finish(core, user, Result(error="form_incomplete", errors=errors))
    result, outcome = await interact(core, payloads.view_submission(core, user, view))
    if outcome.acked:
        _follow(core, view, result)
    windows.show_errors(core, view, result.errors)
    return finish(core, user, result)


def _form_errors(view: View) -> dict[str, str]:
    errors = {}
    for block, element in elements(view.body["blocks"]):
        if block["type"] != "input" or element["type"] not in VALUE:
            continue
        state = view.values[block["block_id"]][element["action_id"]]
        shortest = element.get("min_length", 0)
        if is_empty(state):
            if not block.get("optional"):
                errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(state.get("value"), str) and len(state["value"]) < shortest:
            errors[block["block_id"]] = f"Please enter at least {shortest} characters."
    return errors


def _follow(core: Core, view: View, result: Result) -> None:
    """Do what the acknowledgement of a submission says."""
    ack = result.payload
    problems = response_action_problems(view.body, ack)
    if problems:
        core.journal.refuse("view_submission", "invalid_response", [asdict(one) for one in problems], {"payload": ack})
        result.error = "invalid_response"
        return
    try:
        if not ack:
            windows.close_view(core, view)
        elif ack["response_action"] == "errors":
            result.errors = dict(ack["errors"])
        elif ack["response_action"] == "update":
            windows.update_view(core, view, ack["view"])
        elif ack["response_action"] == "push":
            windows.push_view(core, view, ack["view"])
        else:
            windows.clear(core, view.user)
    except SlackError as problem:
        core.journal.refuse("view_submission", problem.code, [], {"payload": ack})
        result.error = problem.code


async def close(core: Core, user: User, view: View, *, everything: bool) -> Result:
    """Dismiss a modal, or the whole stack; the app hears of those with notify_on_close."""
    cleared = everything or bool(view.body.get("clear_on_close"))
    closing = windows.stack(core, user.id)[::-1] if cleared else [view]
    result = Result(acked=True)
    for one in closing:
        windows.close_view(core, one)
    for one in closing:
        if one.body.get("notify_on_close"):
            payload = payloads.view_closed(core, user, one, is_cleared=cleared)
            result, _ = await interact(core, payload)
    return finish(core, user, result)


async def shortcut(core: Core, user: User, callback_id: str, message: Message | None) -> Result:
    """Run a global shortcut, or one from a message's menu."""
    if message:
        payload = payloads.message_shortcut(core, user, message, callback_id)
    else:
        payload = payloads.shortcut(core, user, callback_id)
    result, _ = await interact(core, payload)
    return finish(core, user, result, message.channel if message else "")
