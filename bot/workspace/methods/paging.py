"""Pages with Slack's opaque cursors (docs: /apis/web-api/pagination)."""

import base64
import binascii
from collections.abc import Sequence
from typing import Final, TypeVar

from bot.workspace.errors import SlackError
from bot.workspace.models import JSON

T = TypeVar("T")
LARGEST: Final = 1000


def page_size(args: JSON, default: int) -> int:
    """The limit that was asked for; SlackError invalid_limit outside 1 to 1000 (0 stands for the default)."""
    limit: int = args.get("limit") or default
    if not 1 <= limit <= LARGEST:
        raise SlackError("invalid_limit")
    return limit


def encode(mark: str) -> str:
    """A cursor for a mark."""
    return base64.b64encode(mark.encode()).decode()


def decode(cursor: str, name: str) -> str:
    """The mark inside a cursor that `encode` made for this list; SlackError invalid_cursor."""
    try:
        mark = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError("invalid_cursor") from None
    if not mark.startswith(f"{name}:"):
        raise SlackError("invalid_cursor")
    return mark.removeprefix(f"{name}:")


def page(items: Sequence[T], args: JSON, name: str, *, default: int = 100) -> tuple[list[T], str]:
    """One page of a list and the cursor of the next one, empty at the end."""
    size = page_size(args, default)
    mark = decode(args["cursor"], name) if args.get("cursor") else "0"
    if not mark.isdigit():
        raise SlackError("invalid_cursor")
    start = int(mark)
    rest = start + size < len(items)
    return list(items[start : start + size]), encode(f"{name}:{start + size}") if rest else ""
