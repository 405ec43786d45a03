"""What helps a person to fill in a form: options that the app offers while they type, files of their own."""

from bot.workspace import suggesting
from bot.workspace.control.acting import Acting
from bot.workspace.interactions import Press
from bot.workspace.models import JSON
from bot.workspace.shapes import file_object
from bot.workspace.uploads import keep_file, read_file


class Filling(Acting):
    """The verbs of people in the middle of a form."""

    async def suggest(
        self,
        user: str,
        action_id: str,
        value: str = "",
        *,
        channel: str | None = None,
        ts: str | None = None,
        view_id: str | None = None,
        home: bool = False,
        block_id: str | None = None,
    ) -> JSON:
        """What the app offers in an external menu for the words in `value`: {options} or {option_groups}.

        Where the menu is, is said as for `press`; an option that is offered is what `press`, `fill` and `submit` take.
        """
        who = self.core.state.user(user)
        menu = Press(action_id, block_id)
        if channel and ts:
            return await suggesting.suggest(self.core, who, self._seen(who, channel, ts), menu, value)
        view = self._home(who) if home else self._view(who, view_id)
        return await suggesting.suggest(self.core, who, view, menu, value)

    def upload(
        self, user: str, name: str, *, mimetype: str = "", content: str | None = None, base64: str | None = None
    ) -> JSON:
        """Bring a file for a form's file field, as text or in base64; a list of what this returns fills the field."""
        given = {"name": name, "mimetype": mimetype, "content": content, "base64": base64}
        return file_object(keep_file(self.core, self.core.state.user(user), read_file(given)), self.core.state.base_url)
