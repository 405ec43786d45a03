"""The doctor's look at the database: reachable, writable, at the newest revision."""

import asyncio
from pathlib import Path

from bot.clock import Clock
from bot.config import Settings
from bot.doctor.finding import Finding, Level
from bot.domain.people import LinkedChannel
from bot.store import Store, channels
from bot.store.migrate import current_revision, newer, newest_revision
from bot.store.trouble import file_trouble, trouble_in
from bot.trial.local import FOLDER

SUBJECT = "database"


async def examine_database(settings: Settings) -> list[Finding]:
    """Look at the database; a SQLite file that does not exist yet is not made."""
    return [await asyncio.to_thread(_look, settings)]


async def linked_channels(settings: Settings) -> tuple[LinkedChannel, ...]:
    """Return the channels that are linked to clients; none when the database cannot say."""
    return await asyncio.to_thread(_linked, settings)


def _look(settings: Settings) -> Finding:
    shown = settings.database_shown
    file = _file_of(settings)
    found = file_trouble(file, shown) if file else None
    if found:
        return Finding(SUBJECT, Level.BAD, found.sentence, found.cure)
    if file is not None and not file.exists():
        return Finding(SUBJECT, Level.NOTE, _not_yet(settings, shown))
    store = Store(settings.database_url.get_secret_value(), elapsed=Clock().monotonic)
    try:
        revision = current_revision(store)
    except Exception as error:
        found = trouble_in(error, file, shown)
        if found is None:
            raise
        return Finding(SUBJECT, Level.BAD, found.sentence, found.cure)
    finally:
        store.close()
    if revision == newest_revision():
        return Finding(SUBJECT, Level.GOOD, f"{shown} is at revision {revision}.")
    found = newer(revision)
    if found:
        return Finding(SUBJECT, Level.BAD, found.sentence, found.cure)
    return Finding(
        SUBJECT,
        Level.BAD,
        f"{shown} is at revision {revision or 'none'}, this version of Headsup needs {newest_revision()}.",
        "Run `headsup migrate`; a copy of a SQLite file is kept.",
    )


def _not_yet(settings: Settings, shown: str) -> str:
    if settings.has_slack or "database_url" in settings.model_fields_set:
        return f"{shown} is not there yet; `headsup run` or `headsup migrate` makes it."
    trial, real = FOLDER / "headsup.db", shown.removeprefix("sqlite:///")
    return f"there is none yet. `headsup run` makes the trial's, {trial}; with tokens of Slack {real}."


def _linked(settings: Settings) -> tuple[LinkedChannel, ...]:
    if _look(settings).level is not Level.GOOD:
        return ()
    store = Store(settings.database_url.get_secret_value(), elapsed=Clock().monotonic)
    try:
        with store.reading() as tx:
            return channels.channels(tx)
    finally:
        store.close()


def _file_of(settings: Settings) -> Path | None:
    url = settings.database_url.get_secret_value()
    return Path(url.removeprefix("sqlite:///").partition("?")[0]) if settings.on_sqlite else None
