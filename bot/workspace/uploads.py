"""Files that people bring."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.models import JSON, File, User

LONGEST_NAME: Final = 255
"""Characters; no file system takes a longer one."""

_UNFIT: Final = re.compile("[\0\ud800-\udfff]")
_KIND: Final = re.compile(r"[\x20-\x7e]{0,255}")


@dataclass(frozen=True)
class Brought:
    """A file as somebody gave it, checked."""

    name: str
    mimetype: str
    data: bytes


def read_file(given: Any) -> Brought:
    """Check a file: {name, mimetype, content} with text or bytes, or base64 in `base64` instead of content.

    ControlError with a sentence for what cannot be kept or shown.
    """
    if not isinstance(given, dict):
        raise ControlError("a file is an object with a name and its content")
    name = given.get("name")
    if not isinstance(name, str) or not name:
        raise ControlError("a file needs a name")
    if len(name) > LONGEST_NAME:
        raise ControlError(f"the name of a file has {LONGEST_NAME} characters at most; this one has {len(name)}")
    if _UNFIT.search(name):
        raise ControlError("the name of a file is text; this one has characters that are none")
    kind = given.get("mimetype") or "application/octet-stream"
    if not isinstance(kind, str) or not _KIND.fullmatch(kind):
        raise ControlError(f"the mimetype of {name} is none")
    return Brought(name, kind, _data(name, given))


def keep_file(core: Core, sender: User, brought: Brought, channels: Sequence[str] = ()) -> File:
    """Keep a file."""
    file = File(
        id=core.state.new_id("F"),
        user=sender.id,
        name=brought.name,
        mimetype=brought.mimetype,
        content=base64.b64encode(brought.data).decode(),
        size=len(brought.data),
        created=int(core.clock.now()),
        channels=list(channels),
    )
    core.state.files[file.id] = file
    core.state.changed("file", file.id)
    return file


def _data(name: str, given: JSON) -> bytes:
    coded, content = given.get("base64"), given.get("content") or ""
    if coded is not None:
        try:
            return base64.b64decode(coded, validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise ControlError(f"the content of {name} is not base64") from None
    if isinstance(content, bytes):
        return content
    try:
        return content.encode()
    except (UnicodeEncodeError, AttributeError):
        raise ControlError(f"the content of {name} is neither text nor bytes") from None
