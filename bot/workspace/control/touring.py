"""Following the tour that whoever runs the workspace shows beside it."""

from bot.workspace.core import Core


class Touring:
    """The verb of people who are shown around."""

    core: Core

    def take_step(self, key: str) -> None:
        """Note that somebody asked the way to this step. It may be said any number of times."""
        self.core.companion.take(key)
