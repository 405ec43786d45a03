"""The trial that lives in a folder, for commands that look at it from outside."""

from pathlib import Path

from bot.config import Settings
from bot.trial.local import FOLDER
from bot.trial.memory import Memory
from bot.trial.scenario import USUAL, load
from bot.trial.settings import database_url, hours_of


def lived_in(settings: Settings, folder: Path = FOLDER) -> Settings | None:
    """Return the settings under which a trial was begun in this folder; None when `headsup run` would begin none there.

    A database that was named, or tokens of a real Slack, mean another installation than the trial.
    """
    if settings.has_slack or not (folder / "headsup.db").exists():
        return None
    given = settings.model_fields_set
    memory = Memory.of(folder / "trial.json")
    told = {
        "database_url": database_url(folder),
        "lead": settings.lead or "sam",
        "team_calendar": hours_of(load(memory.scenario or USUAL)),
    }
    return settings.model_copy(update={name: value for name, value in told.items() if name not in given})
