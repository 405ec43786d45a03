"""Judging what the app sends: refused payloads are answered as Slack answers them and kept in the journal."""

from dataclasses import asdict
from typing import Any

from bot.workspace.blockkit import Problem, check_message, check_view
from bot.workspace.core import Core
from bot.workspace.errors import SlackError
from bot.workspace.models import JSON


def refuse(core: Core, method: str, payload: JSON, problems: list[Problem], error: str = "") -> None:
    """Nothing when there is no problem; else a journal entry and a SlackError with the first problem's code."""
    if not problems:
        return
    code = error or problems[0].code
    core.journal.refuse(method, code, [asdict(problem) for problem in problems], payload)
    messages = [str(problem) for problem in problems]
    raise SlackError(code, errors=messages, response_metadata={"messages": messages})


def require_message(core: Core, method: str, payload: JSON, *, update: bool = False) -> None:
    """SlackError unless Slack would take this message."""
    refuse(core, method, payload, check_message(payload, update=update))


def require_view(core: Core, method: str, view: Any, kind: str) -> None:
    """SlackError unless Slack would take this view as a modal or Home tab, whichever `kind` says."""
    if not isinstance(view, dict):
        refuse(core, method, {"view": view}, [Problem("invalid_arguments", "/view", "must provide an object")])
    problems = check_view(view)
    if view.get("type") != kind:
        problems = [Problem("invalid_arguments", "/view/type", f"must be {kind} for {method}"), *problems]
    refuse(core, method, view, problems)


def response_action_problems(view: JSON, ack: Any) -> list[Problem]:
    """What is wrong with the acknowledgement of a view_submission (docs: /surfaces/modals#response_actions)."""
    if not ack:
        return []
    action = ack.get("response_action") if isinstance(ack, dict) else None
    if action == "errors":
        return _errors_problems(view, ack.get("errors"))
    if action in {"update", "push"}:
        new = ack.get("view")
        if isinstance(new, dict) and new.get("type") == "modal":
            return check_view(new)
        return [Problem("invalid_response", "/view", "must be a modal")]
    if action == "clear":
        return []
    return [Problem("invalid_response", "/response_action", "must be errors, update, push or clear")]


def _errors_problems(view: JSON, errors: Any) -> list[Problem]:
    if not isinstance(errors, dict) or not errors:
        return [Problem("invalid_response", "/errors", "must be an object of sentences by block_id")]
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return [
        Problem("invalid_response", f"/errors/{name}", "must name an input block of the view and be a string")
        for name, sentence in errors.items()
        if name not in inputs or not isinstance(sentence, str) or not sentence
    ]
