"""Reading the frame of somebody's page: its regions as trees, and the lines of its live connection."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace

from aiohttp import ClientSession, ClientWebSocketResponse
from html_helpers import Node, parsed

from bot.workspace.page import live
from bot.workspace.page.place import Place
from bot.workspace.page.regions import REGIONS
from bot.workspace.page.sight import look
from bot.workspace.server import WorkspaceServer

PATIENCE = 45


class Hand:
    """A clock that somebody sets by hand."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


async def region(server: WorkspaceServer, name: str, user="mira", room="requests", **place) -> Node:
    """One region of a page that was just opened."""
    sight = look(server.core, Place(user, room, **place))
    first = live.first_unread(sight)
    sight = replace(sight, news=first["room"], thread_news=first["thread"])
    return parsed(await REGIONS[name](sight))


def words(node: Node) -> str:
    """The text with single spaces."""
    return " ".join(node.text.split())


def messages(node: Node) -> list[str]:
    """What each message says, in order, with its author and time."""
    return [words(one) for one in node.all("article")]


def having(node: Node, name: str) -> list[Node]:
    """The elements that have an attribute, with or without a value."""
    return [one for one in node.all() if name in one.attributes]


def rooms(node: Node) -> dict[str, str]:
    """The words beside each room's name in the list."""
    links = having(node, "data-room")
    return {one["data-room"]: words(one).partition(one["data-room"])[2].strip() for one in links}


class Page:
    """A page's live connection: `regions` is what it shows now."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket, self.regions, self.title, self.place, self.sent = socket, {}, "", "", []

    async def hear(self):
        """The next thing it is told; returns the names of the regions that came."""
        async with asyncio.timeout(PATIENCE):
            said = await self.socket.receive_json()
        self.regions |= said["regions"]
        self.title, self.place = said["title"], said["place"]
        self.sent.append(sorted(said["regions"]))
        return set(said["regions"])

    async def until(self, condition):
        """Listen until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.hear()

    async def shows(self, text, where="main"):
        await self.until(lambda: text in self.regions.get(where, ""))

    async def go(self, search):
        await self.socket.send_json({"place": search})

    async def watch(self, *, room, thread=True):
        await self.socket.send_json({"watching": {"room": room, "thread": thread}})


@asynccontextmanager
async def live_page(server: WorkspaceServer, search="?as=mira&in=requests"):
    """A page that has heard its first word."""
    async with ClientSession() as session, session.ws_connect(f"{server.url}/page/live{search}") as socket:
        page = Page(socket)
        await page.hear()
        yield page
