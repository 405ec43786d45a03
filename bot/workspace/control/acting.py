"""What a person in the workspace does to the app."""

from typing import Any

from bot.workspace import commands, interactions, windows
from bot.workspace.control.places import Places
from bot.workspace.errors import ControlError
from bot.workspace.events import emit
from bot.workspace.interactions import Press, Result
from bot.workspace.models import JSON, User, View
from bot.workspace.shapes import view_object


class Acting(Places):
    """The verbs of people who press, fill in and run."""

    async def press(
        self,
        user: str,
        action_id: str,
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        home: bool = False,
        block_id: str | None = None,
        value: Any = None,
    ) -> Result:
        """Press a button, or set a select or input to `value`: in a message (channel and ts), the Home tab, or a modal.

        Without any of these the topmost open modal of the person is meant. For `value` see `fill`.
        """
        who = self.core.state.user(user)
        press = Press(action_id, block_id, value)
        if channel and ts:
            return await interactions.press_in_message(self.core, who, self._seen(who, channel, ts), press)
        view = self._home(who) if home else self._view(who, view_id)
        return await interactions.press_in_view(self.core, who, view, press)

    async def select(self, user: str, action_id: str, value: Any, **where: Any) -> Result:
        """The same as `press` with a value: choose an option by its value or label, a person or channel by id."""
        return await self.press(user, action_id, value=value, **where)

    def fill(self, user: str, values: JSON, *, view_id: str | None = None) -> JSON:
        """Fill in fields of the topmost open modal without submitting it; returns the view.

        `values` is {action_id: value} or {block_id: {action_id: value}}; a value is a text, an option's value or
        label (a list of them where several can be chosen), an id, a date, a time, or for a date and time Unix seconds
        or "YYYY-MM-DDTHH:MM" in the person's zone; None and "" clear.
        """
        who = self.core.state.user(user)
        view = self._view(who, view_id)
        interactions.fill(view, values, who.tz)
        self.core.state.changed("view", view.id)
        return view_object(self.core.state, view)

    async def submit(self, user: str, values: JSON | None = None, *, view_id: str | None = None) -> Result:
        """Fill in and submit a modal. Empty required fields are refused by the form: error form_incomplete."""
        who = self.core.state.user(user)
        view = self._view(who, view_id)
        interactions.fill(view, values or {}, who.tz)
        return await interactions.submit(self.core, who, view)

    async def close(self, user: str, *, view_id: str | None = None, everything: bool = False) -> Result:
        """Dismiss the topmost open modal, or with `everything` the whole stack."""
        who = self.core.state.user(user)
        return await interactions.close(self.core, who, self._view(who, view_id), everything=everything)

    async def slash(self, user: str, command: str, text: str = "", *, channel: str = "#requests") -> Result:
        """Run a slash command in a channel (never in a thread: Slack has none there)."""
        who, room = self._in_room(user, channel)
        return await commands.slash(self.core, who, room, command, text)

    async def shortcut(self, user: str, callback_id: str) -> Result:
        """Run a global shortcut."""
        return await interactions.shortcut(self.core, self.core.state.user(user), callback_id, None)

    async def message_shortcut(self, user: str, callback_id: str, *, channel: str, ts: str) -> Result:
        """Run a shortcut from a message's menu."""
        who = self.core.state.user(user)
        message = self._seen(who, channel, ts)
        if message.audience:
            raise ControlError("an ephemeral message has no shortcuts")
        return await interactions.shortcut(self.core, who, callback_id, message)

    def open_home(self, user: str, *, tab: str = "home") -> None:
        """Open the app's Home (or messages) tab: the app hears app_home_opened."""
        who = self.core.state.user(user)
        event: JSON = {"type": "app_home_opened", "user": who.id, "channel": self.core.state.dm(who).id, "tab": tab}
        home = self.core.state.homes.get(who.id)
        if home and tab == "home":
            event["view"] = view_object(self.core.state, home)
        emit(self.core, event)

    def dm(self, user: str) -> str:
        """The id of a person's DM with the app, which is opened when there is none yet."""
        return self.core.state.dm(self.core.state.user(user)).id

    def _view(self, who: User, view_id: str | None) -> View:
        stack = windows.stack(self.core, who.id)
        found = [view for view in stack if view_id in {None, view.id}]
        if not found:
            raise ControlError(f"{who.name} has no such modal open")
        return found[-1]

    def _home(self, who: User) -> View:
        home = self.core.state.homes.get(who.id)
        if not home:
            raise ControlError(f"{who.name} has no Home tab yet")
        return home
