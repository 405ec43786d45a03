"""Images: the workspace's own files and what comes with the payload, because nothing here calls anybody.

Not even another server of this machine: a browser would send it the cookies that belong there.
"""

import re
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup

from bot.workspace.page.html.inline import safe_address
from bot.workspace.page.templating import render
from bot.workspace.render import Reader

_DATA: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+")
_FILE: Final = re.compile(r"/files-pri/([A-Za-z0-9-]+)/")


def picture_html(image: dict[str, Any], reader: Reader, *, large: bool = False) -> Markup:
    """An image, or a frame with its description and a link where the image is somebody else's."""
    source, alt = _source(image, reader), str(image.get("alt_text") or "")
    address = str(image.get("image_url") or (image.get("slack_file") or {}).get("url") or "")
    return render(
        "elements/picture.html",
        source=source,
        alt=alt,
        address=safe_address(address),
        host=_host(address),
        large=large,
    )


def _source(image: dict[str, Any], reader: Reader) -> str:
    file = image.get("slack_file")
    if isinstance(file, dict):
        found = _FILE.search(str(file.get("url") or ""))
        key = str(file.get("id") or (found[1] if found else ""))
        viewer = urlencode({"as": reader.user}, errors="replace")
        return f"/page/files/{quote(key, safe='', errors='replace')}/?{viewer}" if key else ""
    url = str(image.get("image_url") or "")
    return url if _DATA.fullmatch(url) else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
