"""The page's addresses: the page itself, what it is made of, and its WebSocket."""

from dataclasses import replace
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Final

from aiohttp import web

from bot.workspace.core import Core
from bot.workspace.page import live, pictures
from bot.workspace.page.place import Place
from bot.workspace.page.regions import all_regions
from bot.workspace.page.sight import look
from bot.workspace.page.templating import render
from bot.workspace.page.warming import compile_templates, count_unread
from bot.workspace.seen import SENTENCES

STATIC: Final = files("bot.workspace.page") / "static"
TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing but what this server serves, and pictures in the page itself: a client's words start nothing, call nobody."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def add_page(app: web.Application, core: Core) -> None:
    """Serve the page of a workspace."""

    async def page(request: web.Request) -> web.Response:
        place = Place.of(request.query)
        await count_unread(core, place)
        sight = look(core, place)
        first = live.first_unread(sight)
        sight = replace(sight, news=first["room"], thread_news=first["thread"])
        html = render(
            "page.html",
            sight=sight,
            regions=await all_regions(sight),
            title=live.title(sight),
            sentences={code: sentence.format(app=sight.app_name, reason="") for code, sentence in SENTENCES.items()},
        )
        body = html.encode("utf-8", "replace")  # a name may hold half a surrogate, which UTF-8 cannot carry
        return web.Response(body=body, content_type="text/html", charset="utf-8", headers=HEADERS)

    async def connect(request: web.Request) -> web.WebSocketResponse:
        return await live.handle(core, request)

    async def file(request: web.Request) -> web.Response:
        return await pictures.serve(core, request)

    app.on_startup.append(compile_templates)
    app.router.add_get("/", page)
    app.router.add_get("/page/live", connect)
    app.router.add_get("/page/files/{file}/{name:.*}", file)
    app.router.add_get("/static/{path:.+}", static)


async def static(request: web.Request) -> web.Response:
    """A file that the page is made of; nothing outside its folder."""
    path = PurePosixPath(request.match_info["path"])
    kind = TYPES.get(path.suffix)
    if kind is None or ".." in path.parts or path.is_absolute():
        raise web.HTTPNotFound
    try:
        body = STATIC.joinpath(*path.parts).read_bytes()
    except (OSError, ValueError):  # no path has a NUL in it
        raise web.HTTPNotFound from None
    return web.Response(body=body, content_type=kind, charset="utf-8", headers=HEADERS)
