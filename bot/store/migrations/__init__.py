"""Alembic revisions, run by `bot.store.migrate`."""
