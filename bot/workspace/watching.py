"""Seeing the workspace as one of its people: channels, windows, the Home tab; waiting for something to appear."""

import time
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from bot.workspace.errors import ControlError
from bot.workspace.finding import find_message
from bot.workspace.link import Link
from bot.workspace.render import Reader, render_channel, render_home, render_message, render_modal
from bot.workspace.render.words import show_text
from bot.workspace.scene import Scene
from bot.workspace.seen import Look, content, with_choices

JSON = dict[str, Any]
MODAL: Final = "modal"
HOME: Final = "home"
_SHORT: Final = 40


class Watcher:
    """One pair of eyes for everybody in a workspace; see `Driver` for how people and places are named."""

    def __init__(self, link: Link, *, width: int = 88, ansi: bool = False, patience: float = 2.0) -> None:
        self._link = link
        self._width = width
        self._ansi = ansi
        self._patience = patience

    async def show(self, user: str, where: str, message: str = "") -> str:
        """A channel, one message of it, the topmost window or the Home tab, as the person sees it."""
        scene = await self._scene(user)
        reader = self._reader(scene)
        if where == MODAL:
            return render_modal((await self._window(scene)), reader)
        if where == HOME:
            await self._link.ask("open_home", user=scene.id)
            await self._link.ask("settle", timeout=self._patience)
            return render_home(await self._link.ask("home", user=scene.id), reader, scene.app_name)
        room = await self._room(scene, where)
        messages = await self._messages(scene, room["id"])
        if message:
            return render_message(find_message(messages, message, reader), reader)
        return render_channel(scene.title(room), messages, reader, numbered=True)

    async def overview(self, user: str = "") -> str:
        """Who the person is, what time it is for them, and what they can look at."""
        scene = await self._scene(user)
        reader, lines = self._reader(scene), []
        moment = reader.local(reader.now)
        who = scene.user.get("real_name") or scene.user["name"]
        lines.append(f"{reader.style(who, 'bold')} (@{scene.user['name']}) · {moment:%a} {reader.clock(reader.now)}")
        lines[0] += f" {scene.user['tz']}"
        for room in scene.rooms():
            count = len(await self._messages(scene, room["id"]))
            name = "@" + self._app_user(scene) if room.get("is_im") else "#" + room["name"]
            lines.append(f"  {name}  {count} message{'' if count == 1 else 's'}")
        views = await self._link.ask("views", user=scene.id)
        lines += [f"  modal  {view['title']['text']}" for view in views[-1:]]
        return "\n".join(lines)

    async def until(self, user: str, where: str, words: str, *, seconds: float = 10.0) -> str:
        """Wait until the person sees these words there and return all they see; ControlError with it when not."""
        return await self._until(user, where, lambda shown: words in shown, f"{words!r} did not appear", seconds)

    async def until_gone(self, user: str, where: str, words: str, *, seconds: float = 10.0) -> str:
        """Wait until the person no longer sees these words there."""
        return await self._until(user, where, lambda shown: words not in shown, f"{words!r} did not go", seconds)

    async def follow(self, user: str = "", *, changes: bool = False) -> AsyncIterator[str]:
        """Every new message of the whole workspace as it comes, with `changes` changed ones too; never ends by itself.

        Times are those of the person; each text starts with a line that says where the message stands.
        """
        scene = await self._scene(user)
        known = await self._everything(scene.state)
        version = scene.state["version"]
        while True:
            version = (await self._link.ask("wait", after=version, timeout=30))["version"]
            scene = await self._scene(user)
            now = await self._everything(scene.state)
            for key, message in now.items():
                fresh = key not in known
                if fresh or (changes and content(message) != content(known[key])):
                    where = self._place(scene, key[0], now.get((key[0], message.get("thread_ts", ""))), message)
                    shown = render_message(with_choices(message, ""), self._reader(scene))
                    yield f"{where}{'' if fresh else ' · changed'}\n{shown}"
            known = now

    async def _look(self, scene: Scene) -> Look:
        messages = {}
        for room in scene.rooms():
            for one in await self._messages(scene, room["id"]):
                messages[room["id"], one["ts"]] = one
        views = await self._link.ask("views", user=scene.id)
        return Look(scene, messages, views, await self._link.ask("home", user=scene.id))

    async def _until(self, user: str, where: str, right: Callable[[str], bool], complaint: str, seconds: float) -> str:
        deadline = time.monotonic() + seconds
        while True:
            version = (await self._link.ask("state"))["version"]
            try:
                shown = await self._shown(user, where)
            except ControlError as problem:
                shown = f"({problem})"
            if right(shown):
                return shown
            left = deadline - time.monotonic()
            if left <= 0:
                raise ControlError(f"{complaint} within {seconds:g} s. What is there:\n{shown}")
            await self._link.ask("wait", after=version, timeout=left)

    async def _shown(self, user: str, where: str) -> str:
        """As `show`, without opening the Home tab, which the app would hear."""
        if where != HOME:
            return await self.show(user, where)
        scene = await self._scene(user)
        return render_home(await self._link.ask("home", user=scene.id), self._reader(scene), scene.app_name)

    async def _scene(self, user: str) -> Scene:
        return Scene.of(await self._link.ask("state"), user)

    def _reader(self, scene: Scene) -> Reader:
        return scene.reader(self._width, ansi=self._ansi)

    async def _room(self, scene: Scene, where: str) -> JSON:
        if where == "dm" or where.startswith("@"):
            await self._link.ask("dm", user=scene.id)  # makes it on first use
            scene = await self._scene(scene.id)
        return scene.channel(where)

    async def _window(self, scene: Scene) -> JSON:
        views: list[JSON] = await self._link.ask("views", user=scene.id)
        if not views:
            raise ControlError(f"{scene.user['name']} has no window open")
        return views[-1]

    async def _messages(self, scene: Scene, channel: str) -> list[JSON]:
        seen: dict[str, JSON] = {}
        for one in await self._link.ask("messages", channel=channel, user=scene.id):
            seen.setdefault(one["ts"], with_choices(one, scene.id))
        return list(seen.values())

    async def _everything(self, state: JSON) -> dict[tuple[str, str], JSON]:
        return {
            (channel["id"], one["ts"]): one
            for channel in state["channels"]
            for one in await self._link.ask("messages", channel=channel["id"])
        }

    def _app_user(self, scene: Scene) -> str:
        return next(str(user["name"]) for user in scene.state["users"] if user["id"] == scene.state["app"]["bot_user"])

    def _place(self, scene: Scene, channel: str, root: JSON | None, message: JSON) -> str:
        room = next(one for one in scene.state["channels"] if one["id"] == channel)
        people = [user["name"] for user in scene.state["users"] if user["id"] in room["members"] and not user["is_bot"]]
        name = f"@{', @'.join(people)}" if room.get("is_im") else f"#{room['name']}"
        if root is None or root["ts"] == message["ts"]:
            return name
        words = show_text(str(root.get("text", "")), self._reader(scene)).replace("\n", " ")
        return f"{name} · in the thread “{words if len(words) <= _SHORT else words[: _SHORT - 1] + '…'}”"
