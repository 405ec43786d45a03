"""Living in the workspace as its people, by the words they see: for the command line and for end-to-end tests."""

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import aiohttp

from bot.workspace.finding import check_can_be_sent, find_message, find_to_press, not_in_window, own_button
from bot.workspace.hands.forms import complaints, filled_in
from bot.workspace.hands.naming import NotThereError, fold
from bot.workspace.hands.pressing import Press, find_press
from bot.workspace.link import InProcess, OverHttp
from bot.workspace.scene import Scene
from bot.workspace.seen import Seen, compare, refuse
from bot.workspace.switches import Switches
from bot.workspace.watching import HOME, MODAL

JSON = dict[str, Any]


class Driver(Switches):
    """One pair of hands and eyes for everybody in a workspace.

    People go by @name or name, channels by #name, "@headsup" or "dm" (the person's direct messages with the app),
    "modal" (their topmost window) and "home" (their Home tab). Buttons, fields, options and windows go by what is
    written on them: in full or by a unique beginning, letter case aside. What cannot be done raises ControlError with
    a sentence; an error that Slack shows is its subclass RefusedError.

    After an action the driver waits until app and workspace are quiet, and at most `patience` seconds for something
    to see, then returns what the person sees.
    """

    @classmethod
    def of(cls, control: object, **looks: Any) -> "Driver":
        """A driver for a workspace of this process (`server.control`)."""
        return cls(InProcess(control), **looks)

    @classmethod
    @contextlib.asynccontextmanager
    async def at(cls, url: str, **looks: Any) -> AsyncIterator["Driver"]:
        """A driver for the workspace that runs at an address, for as long as the context lasts."""
        async with aiohttp.ClientSession(trust_env=False) as session:
            yield cls(OverHttp(url, session), **looks)

    async def say(self, user: str, where: str, text: str, *, thread: str = "", files: tuple[JSON, ...] = ()) -> Seen:
        """Write a message; `thread` names the message to answer to ("last", its number, or some of its words)."""
        scene = await self._scene(user)
        room = await self._room(scene, where)
        thread_ts = await self._thread(scene, room["id"], thread) if thread else None
        said = {"channel": room["id"], "text": text, "thread_ts": thread_ts, "files": list(files)}
        return await self._act(scene, lambda: self._link.ask("say", user=scene.id, **said), room["id"])

    async def press(self, user: str, where: str, label: str, *, message: str = "") -> Seen:
        """Press a button, or choose in a menu: by the option's text, or "name=what to choose".

        With an empty `where`: in the topmost window when one is open, else wherever the newest message that has it
        stands. Without `message` the newest message of the channel that has such a button is meant. A window's own
        two buttons (send, cancel) can be pressed too. A confirmation is answered with yes.
        """
        scene = await self._scene(user)
        views = await self._link.ask("views", user=scene.id)
        if where == MODAL or (not where and views):
            return await self._press_own_button(scene, label, named=bool(where))
        if where == HOME:
            home = await self._link.ask("home", user=scene.id)
            return await self._do_press(
                scene, find_press((home or {}).get("blocks", []), label, scene.around), home=True
            )
        rooms = [await self._room(scene, where)] if where else scene.rooms()
        messages = [{**one, "channel": room["id"]} for room in rooms for one in await self._messages(scene, room["id"])]
        found, press = find_to_press(messages, label, scene.around, self._reader(scene), message)
        return await self._do_press(scene, press, channel=found["channel"], ts=found["ts"])

    async def fill(self, user: str, fields: Mapping[str, str]) -> Seen:
        """Fill in fields of the topmost window by their labels, without sending it.

        Date-times are those of the person ("2026-11-23 15:00", "tomorrow 9:00"), options go by their text, several
        by commas, people by @name. A menu of the window that is no field can be set the same way.
        """
        scene = await self._scene(user)
        return await self._act(scene, lambda: self._fill(scene, fields))

    async def submit(self, user: str, fields: Mapping[str, str] | None = None, *, button: str = "") -> Seen:
        """Fill in the topmost window and send it; `button` names its send button, or another one in it."""
        scene = await self._scene(user)
        view = await self._window(scene)
        if button and own_button(view, button) != "submit":
            await self._fill(scene, fields or {})
            return await self.press(user, MODAL, button)
        check_can_be_sent(view)

        async def send() -> JSON:
            await self._fill(scene, fields or {})
            filled = await self._window(scene)
            wrong = complaints(filled, filled["state"]["values"])
            return {"errors": wrong} if wrong else await self._link.ask("submit", user=scene.id)

        return await self._act(scene, send)

    async def close(self, user: str) -> Seen:
        """Dismiss the topmost window."""
        scene = await self._scene(user)
        view = await self._window(scene)
        return await self._act(scene, lambda: self._link.ask("close", user=scene.id, view_id=view["id"]))

    async def slash(self, user: str, where: str, line: str) -> Seen:
        """Run a slash command as typed: "/headsup status #1"."""
        scene = await self._scene(user)
        room = await self._room(scene, where)
        command, _, text = line.strip().partition(" ")
        typed = {"command": command if command.startswith("/") else f"/{command}", "text": text.strip()}
        asked = {"user": scene.id, "channel": room["id"], **typed}
        return await self._act(scene, lambda: self._link.ask("slash", **asked), room["id"])

    async def shortcut(self, user: str, callback_id: str, where: str = "", message: str = "last") -> Seen:
        """Run a shortcut by its callback_id: a global one, or with `where` one from a message's menu."""
        scene = await self._scene(user)
        if not where:
            return await self._act(scene, lambda: self._link.ask("shortcut", user=scene.id, callback_id=callback_id))
        room = await self._room(scene, where)
        found = find_message(await self._messages(scene, room["id"]), message, self._reader(scene))
        asked = {"user": scene.id, "callback_id": callback_id, "channel": room["id"], "ts": found["ts"]}
        return await self._act(scene, lambda: self._link.ask("message_shortcut", **asked), room["id"])

    # -- what the actions share -------------------------------------------------------------------------------------

    async def _press_own_button(self, scene: Scene, label: str, *, named: bool) -> Seen:
        view = await self._window(scene)
        own = own_button(view, label)
        if own == "submit":
            return await self.submit(scene.id)
        if own == "close":
            return await self.close(scene.id)
        try:
            press = find_press(view["blocks"], label, scene.around)
        except NotThereError as problem:
            raise not_in_window(view, problem, named=named) from None
        return await self._do_press(scene, press, view_id=view["id"])

    async def _do_press(self, scene: Scene, press: Press, **place: Any) -> Seen:
        asked = {"user": scene.id, "action_id": press.action_id, "block_id": press.block_id, "value": press.value}
        return await self._act(scene, lambda: self._link.ask("press", **asked, **place), place.get("channel", ""))

    async def _fill(self, scene: Scene, fields: Mapping[str, str]) -> JSON:
        view = await self._window(scene)
        inputs = [block for block in view["blocks"] if block["type"] == "input"]
        labels = [fold(block["label"]["text"]) for block in inputs]
        for name, words in fields.items():
            if any(label.startswith(fold(name)) for label in labels):
                entries = filled_in(view, {name: words}, scene.around)
                await self._enter(scene, view, entries)
            else:
                menu = self._menu(view, name, words, scene)
                await self._link.ask(
                    "press", user=scene.id, action_id=menu.action_id, block_id=menu.block_id, value=menu.value
                )
        return {}

    def _menu(self, view: JSON, name: str, words: str, scene: Scene) -> Press:
        try:
            return find_press(view["blocks"], f"{name}={words}", scene.around)
        except NotThereError:
            filled_in(view, {name: words}, scene.around)  # says which fields there are
            raise

    async def _enter(self, scene: Scene, view: JSON, entries: Mapping[str, Mapping[str, JSON]]) -> None:
        dispatching = {block["block_id"] for block in view["blocks"] if block.get("dispatch_action")}
        for block_id, elements in entries.items():
            if block_id not in dispatching:
                await self._link.ask("fill", user=scene.id, values={block_id: elements})
                continue
            for action_id, entry in elements.items():
                await self._link.ask("press", user=scene.id, action_id=action_id, block_id=block_id, value=entry)

    async def _act(self, scene: Scene, action: Callable[[], Awaitable[JSON | None]], channel: str = "") -> Seen:
        """Do something and look until there is something new to see."""
        before = await self._look(scene)
        result = await action() or {}
        refuse(result, scene)
        errors = result.get("errors") or {}
        left, deadline = self._patience, time.monotonic() + self._patience
        while True:
            version = (await self._link.ask("settle", timeout=max(left, 0)))["version"]
            after = await self._look(await self._scene(scene.id))
            seen = compare(before, after, errors, self._reader(after.scene), channel)
            left = deadline - time.monotonic()
            if seen.text or left <= 0:
                return seen if seen.text else replace(seen, text="Nothing new to see.")
            await self._link.ask("wait", after=version, timeout=left)

    async def _thread(self, scene: Scene, channel: str, name: str) -> str:
        found = find_message(await self._messages(scene, channel), name, self._reader(scene))
        return str(found.get("thread_ts") or found["ts"])
