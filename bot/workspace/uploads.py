"""Files that people bring."""

import base64
import binascii
from collections.abc import Sequence

from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.models import JSON, File, User


def keep_file(core: Core, sender: User, given: JSON, channels: Sequence[str] = ()) -> File:
    """Keep a file: {name, mimetype, content} with text or bytes, or base64 in `base64` instead of content."""
    try:
        data = base64.b64decode(given["base64"], validate=True) if "base64" in given else given.get("content", "")
    except (binascii.Error, ValueError):
        raise ControlError(f"the content of {given['name']} is not base64") from None
    data = data.encode() if isinstance(data, str) else data
    file = File(
        id=core.state.new_id("F"),
        user=sender.id,
        name=given["name"],
        mimetype=given.get("mimetype") or "application/octet-stream",
        content=base64.b64encode(data).decode(),
        size=len(data),
        created=int(core.clock.now()),
        channels=list(channels),
    )
    core.state.files[file.id] = file
    core.state.changed("file", file.id)
    return file
