"""What chat.postMessage, chat.postEphemeral, chat.update and response_url accept."""

import json
from collections.abc import Iterator
from typing import Any, Final

from bot.workspace.blockkit.layout import check_layout, markdown_chars, total_chars
from bot.workspace.blockkit.limits import LIMITS
from bot.workspace.blockkit.schema import Problem, Spot

_CONTENT: Final = ("text", "blocks", "attachments", "markdown_text")


def check_message(payload: dict[str, Any], *, update: bool = False) -> list[Problem]:
    """Return everything that Slack would refuse about a message, an empty list when it is right.

    `payload` holds the arguments of the method; `blocks`, `attachments` and `metadata` may also be JSON in a string,
    as in a form. Arguments that are not about the content (channel, thread_ts, unfurl_links …) are not looked at.
    A text over 40,000 characters is no problem: Slack cuts it. An update refuses more than 4,000
    (docs: /reference/methods/chat.update).
    """
    problems = [
        *_check_text(payload, update=update),
        *_check_markdown_text(payload),
        *_check_blocks(payload),
        *_check_attachments(payload),
        *_check_metadata(payload),
    ]
    if not problems and not any(payload.get(name) for name in _CONTENT) and not (update and "blocks" in payload):
        problems.append(Problem("no_text", "", "a message needs text, blocks or attachments"))
    return problems


def _check_text(payload: dict[str, Any], *, update: bool) -> Iterator[Problem]:
    text = payload.get("text")
    if text is None:
        return
    if not isinstance(text, str):
        yield Problem("invalid_arguments", "/text", "must provide a string")
    elif update and len(text) > LIMITS["message.update_text"]:
        yield Problem("msg_too_long", "/text", f"must be less than {LIMITS['message.update_text'] + 1} characters")


def _check_markdown_text(payload: dict[str, Any]) -> Iterator[Problem]:
    text = payload.get("markdown_text")
    if text is None:
        return
    if not isinstance(text, str):
        yield Problem("invalid_arguments", "/markdown_text", "must provide a string")
    elif payload.get("text") or payload.get("blocks"):
        yield Problem("markdown_text_conflict", "/markdown_text", "not together with text or blocks")
    elif len(text) > LIMITS["markdown.text"]:
        yield Problem("msg_too_long", "/markdown_text", f"must be less than {LIMITS['markdown.text'] + 1} characters")


def _check_blocks(payload: dict[str, Any]) -> Iterator[Problem]:
    blocks, readable = _decode(payload.get("blocks"))
    if blocks is None and readable:
        return
    if not isinstance(blocks, list):
        yield Problem("invalid_blocks_format", "/blocks", "must provide an array")
        return
    faults = list(check_layout(blocks, Spot("/blocks", "message")))
    for pointer, message in faults:
        yield Problem("invalid_blocks", pointer, message)
    if not faults:
        yield from _check_sums(blocks)


def _check_sums(blocks: list[Any]) -> Iterator[Problem]:
    if (chars := total_chars(blocks)) > LIMITS["message.blocks_total_chars"]:
        yield Problem("msg_blocks_too_long", "/blocks", f"{chars} characters in all blocks are too many")
    if (chars := markdown_chars(blocks)) > LIMITS["message.markdown_chars"]:
        yield Problem("msg_blocks_too_long", "/blocks", f"{chars} characters in all markdown blocks are too many")


def _check_attachments(payload: dict[str, Any]) -> Iterator[Problem]:
    attachments, readable = _decode(payload.get("attachments"))
    if attachments is None and readable:
        return
    if not isinstance(attachments, list) or not all(isinstance(item, dict) for item in attachments):
        yield Problem("invalid_attachments", "/attachments", "must provide an array of objects")
        return
    if len(attachments) > LIMITS["message.attachments"]:
        yield Problem("too_many_attachments", "/attachments", "no more than 100 items allowed")
    for index, attachment in enumerate(attachments):
        if "blocks" in attachment:
            spot = Spot(f"/attachments/{index}/blocks", "message")
            for pointer, message in check_layout(attachment["blocks"], spot):
                yield Problem("invalid_blocks", pointer, message)


def _check_metadata(payload: dict[str, Any]) -> Iterator[Problem]:
    metadata, readable = _decode(payload.get("metadata"))
    if metadata is None and readable:
        return
    if not isinstance(metadata, dict):
        yield Problem("invalid_metadata_format", "/metadata", "must provide an object")
        return
    if not metadata:
        return  # an empty object removes what was there
    yield from _check_metadata_schema(metadata)
    size = len(json.dumps(metadata, ensure_ascii=False).encode())
    if size > LIMITS["metadata.bytes"]:
        yield Problem("metadata_too_large", "/metadata", f"{size} bytes are too many")


def _check_metadata_schema(metadata: dict[str, Any]) -> Iterator[Problem]:
    code = "invalid_metadata_schema"
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        yield Problem(code, "/metadata/event_type", "must provide a string")
    event = metadata.get("event_payload")
    if not isinstance(event, dict):
        yield Problem(code, "/metadata/event_payload", "must provide an object")
        return
    for name, value in event.items():
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if any(isinstance(item, dict | list) for item in inner):
            yield Problem(code, f"/metadata/event_payload/{name}", "must be flat or one level of objects")
    for name in metadata.keys() - {"event_type", "event_payload"}:
        yield Problem(code, f"/metadata/{name}", f"invalid additional property: {name}")


def _decode(value: Any) -> tuple[Any, bool]:
    """Return the value, read from JSON where it is a string, and whether it could be read; "" stands for nothing."""
    if not isinstance(value, str):
        return value, True
    if not value:
        return None, True
    try:
        return json.loads(value), True
    except json.JSONDecodeError:
        return None, False
