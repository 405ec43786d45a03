"""Files of messages: what the page shows of them, and the bytes for those who may see them."""

import base64
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.models import JSON, File
from bot.workspace.page.sight import Sight

PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What is shown in place. SVG is not among them: opened by itself it would be a page of ours that runs scripts."""

_SAFE: Final = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600",
}
_KILO: Final = 1024


@dataclass(frozen=True)
class Picture:
    """A file of a message: its name, address, kind and size in words; `is_picture` when it is shown in place."""

    name: str
    address: str
    about: str
    is_picture: bool


def attached(sight: Sight, body: JSON) -> tuple[Picture, ...]:
    """The files of a message."""
    return tuple(_picture(sight, one) for one in body.get("files", ()))


def _picture(sight: Sight, file: JSON) -> Picture:
    name = quote(file["name"], safe="", errors="replace")
    address = f"/page/files/{file['id']}/{name}?{urlencode({'as': sight.user.name})}"
    about = f"{file['pretty_type']} · {_size(file['size'])}"
    return Picture(file["name"], address, about, file["mimetype"] in PICTURES)


def _size(size: int) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < _KILO or unit == "MB":
            break
        size = round(size / _KILO)
    return f"{size} {unit}"


async def serve(core: Core, request: web.Request) -> web.Response:
    """The bytes of a file, to a person who is in a channel that has it; 404 to everybody else.

    Nothing but pictures opens in the browser, and even those in a sandbox: what a client uploaded never runs here.
    """
    file = core.state.files.get(request.match_info["file"])
    if file is None or not _may_see(core, request.query.get("as", ""), file):
        raise web.HTTPNotFound
    shown = file.mimetype in PICTURES
    kind = file.mimetype if shown else "application/octet-stream"
    disposition = content_disposition_header("inline" if shown else "attachment", filename=file.name)
    headers = {**_SAFE, "Content-Type": kind, "Content-Disposition": disposition}
    return web.Response(body=base64.b64decode(file.content), headers=headers)


def _may_see(core: Core, name: str, file: File) -> bool:
    try:
        user = core.state.user(name)
    except ControlError:
        return False
    rooms = (core.state.channels.get(one) for one in file.channels)
    return any(room is not None and user.id in room.members for room in rooms)
