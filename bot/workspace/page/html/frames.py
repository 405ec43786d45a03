"""Blocks that show something from elsewhere: images, videos, files, calls."""

from markupsafe import Markup

from bot.workspace.page.html.canvas import JSON, Canvas
from bot.workspace.page.html.inline import safe_address
from bot.workspace.page.html.pictures import picture_html
from bot.workspace.page.html.words import text_html
from bot.workspace.page.templating import render


def image(block: JSON, canvas: Canvas) -> Markup:
    """A picture under its title."""
    title = text_html(block.get("title"), canvas.reader) if block.get("title") else Markup()
    return render("blocks/image.html", title=title, picture=picture_html(block, canvas.reader, large=True))


def video(block: JSON, canvas: Canvas) -> Markup:
    """A video: what it is called and where it is; it is not played here."""
    address = safe_address(str(block.get("title_url") or block.get("video_url") or ""))
    by = " · ".join(str(block[name]) for name in ("provider_name", "author_name") if block.get(name))
    title = text_html(block.get("title"), canvas.reader)
    about = text_html(block.get("description"), canvas.reader) if block.get("description") else Markup()
    alt = str(block.get("alt_text") or "")
    return render("blocks/frame.html", kind="Video", title=title, address=address, by=by, about=about, alt=alt)


def file(block: JSON, _canvas: Canvas) -> Markup:
    """A file of another service, by its name there."""
    return _named("File", str(block.get("external_id", "")), f"{block.get('source', '')} file")


def call(block: JSON, _canvas: Canvas) -> Markup:
    """A call, by its id."""
    return _named("Call", str(block.get("call_id", "")), "")


def _named(kind: str, title: str, by: str) -> Markup:
    return render("blocks/frame.html", kind=kind, title=title, address="", by=by, about="", alt="")
