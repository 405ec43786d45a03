"""Reading what stands in the workspace: as a person reads it, and as JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any


def words_of(payload: dict[str, Any]) -> str:
    """Return every word of a message or window, one text a line; the fallback text when there are no blocks."""
    return "\n".join(texts_of(payload["blocks"])) if payload.get("blocks") else str(payload.get("text", ""))


def texts_of(node: Any) -> list[str]:
    """Return the texts in blocks, in order, whatever they are nested in."""
    if isinstance(node, list):
        return [text for item in node for text in texts_of(item)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if isinstance(node.get("text"), str) else []
    return own + [text for key, item in node.items() if key != "text" or not own for text in texts_of(item)]


def form_of(view: dict[str, Any]) -> str:
    """Return every word of a window with what its fields hold, each space a plain one."""
    held = [str(node["initial_value"]) for node in nodes_of(view["blocks"]) if "initial_value" in node]
    return flat(" ".join([words_of(view), *held]))


def flat(text: str) -> str:
    """Return a text without its line breaks and frames, each space a plain one."""
    return " ".join(re.sub("[│┃╭╮╰╯─]", " ", text).split())


def nodes_of(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside blocks, outermost first."""
    if isinstance(node, list):
        for item in node:
            yield from nodes_of(item)
    elif isinstance(node, dict):
        yield node
        for item in node.values():
            yield from nodes_of(item)


def sent_to_slack(journal: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return all that was sent to Slack to be shown: (where, payload with text, blocks or a view's), oldest first."""
    found: list[tuple[str, dict[str, Any]]] = []
    for entry in [*journal.calls(), *journal.deliveries()]:
        payload = entry.args if entry.kind == "call" else (entry.answer.get("payload") or {})
        shown = payload.get("view") or payload
        shown = json.loads(shown) if isinstance(shown, str) else shown
        if isinstance(shown, dict) and (shown.get("blocks") or shown.get("text")):
            blocks = shown.get("blocks") or []
            blocks = json.loads(blocks) if isinstance(blocks, str) else blocks
            found.append((entry.name, {**shown, "blocks": blocks}))
    return found
