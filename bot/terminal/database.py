"""The database and the clock of a command that is over at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import Clock
from bot.config import Settings, load_settings
from bot.errors import RefusedError
from bot.logs import set_up_logs
from bot.services import installation
from bot.services.context import Context
from bot.store import Store
from bot.store.migrate import check_revision, migrate
from bot.store.trouble import told
from bot.trial.lived import lived_in
from bot.wiring import policy_of


def settings_here() -> Settings:
    """Return the settings that `headsup run` would have here: of the trial that lives in this folder, if one does."""
    settings = load_settings()
    set_up_logs(log_format=settings.log_format, level="error")
    return lived_in(settings) or settings


@contextmanager
def database(settings: Settings, *, make: bool = False) -> Iterator[Context | None]:
    """Open the database for one command; None when there is none yet, unless it is to be made.

    Raises:
        ConfigurationError: its tables are older than this version's. DatabaseError: it cannot be used. RefusedError: it
            would have to be made, and `headsup run` would not use it.
    """
    clock = Clock()
    store = Store(settings.database_url.get_secret_value(), elapsed=clock.monotonic)
    try:
        with told(store.path, settings.database_shown):
            if store.path is not None and not store.path.exists():
                if not make:
                    yield None
                    return
                _check_is_the_one(settings)
                migrate(store)
            check_revision(store)
            context = Context(store=store, now=clock.now(), policy=policy_of(settings))
            clock.set_offset(installation.clock_offset(context))
            yield Context(store=store, now=clock.now(), policy=context.policy)
    finally:
        store.close()


def _check_is_the_one(settings: Settings) -> None:
    """Refuse to make a database beside the one that a trial will have: what was saved in it would count nowhere."""
    if not settings.has_slack and "database_url" not in settings.model_fields_set:
        raise RefusedError(
            "There is no database here yet, and nothing was saved: without Slack tokens `headsup run` begins a trial "
            "with a database of its own. Start that first, or name yours: DATABASE_URL=sqlite:///headsup.db"
        )
