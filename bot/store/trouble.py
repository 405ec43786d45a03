"""Why a database cannot be used: what is wrong and what cures it, in sentences for whoever runs Headsup."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy.exc import DBAPIError

from bot.errors import DatabaseError


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and its cure."""

    sentence: str
    cure: str


@contextmanager
def told(path: Path | None, shown: str) -> Iterator[None]:
    """Turn what keeps us from the database into a DatabaseError; any other error passes as it is.

    `path` is the SQLite file, None for PostgreSQL; `shown` is the address without its password.
    """
    found = file_trouble(path, shown) if path else None
    if found:
        raise DatabaseError(f"{found.sentence} {found.cure}")
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        found = trouble_in(error, path, shown)
        if found is None:
            raise
        raise DatabaseError(f"{found.sentence} {found.cure}") from None


def file_trouble(path: Path, shown: str) -> Trouble | None:
    """Return why a SQLite file cannot be written, None when it can; a file that is not there yet is not made."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return Trouble(
            f"{shown} cannot be written: there is no directory {folder}.",
            "Make it, or name another file in DATABASE_URL.",
        )
    if path.is_dir():
        return Trouble(f"{shown} is a directory.", "Name a file in DATABASE_URL.")
    if not all(os.access(each, os.W_OK) for each in (folder, path) if each.exists()):
        return _not_writable(path, shown)
    return None


def trouble_in(error: Exception, path: Path | None, shown: str) -> Trouble | None:
    """Return what an error of the database means for whoever runs it, None when it is a fault of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if path is not None:
        return _of_sqlite(str(getattr(cause, "sqlite_errorname", "")), path, shown)
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return Trouble(
            f"{shown} does not let its user do this.",
            "Let this user use and create tables in the schema public of that database (GRANT ALL ON SCHEMA public).",
        )
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError) or getattr(cause, "sqlstate", None) is None:
        return Trouble(
            f"{shown} cannot be reached.",
            "Check that the server runs, and host, name, user and password in DATABASE_URL.",
        )
    return None


def _of_sqlite(code: str, path: Path, shown: str) -> Trouble | None:
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return Trouble(
            f"{shown} is no SQLite database, or it is damaged.",
            f"Put your backup in its place ({path.name}.backup-… beside it was kept at the last migration), "
            "or name another file in DATABASE_URL.",
        )
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return _not_writable(path, shown)
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Trouble(f"{shown} is held by another program.", "End that program, then try again.")
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return Trouble(f"The disk of {shown} is full or fails.", "Make room on it, or name a file on another disk.")
    return None


def _not_writable(path: Path, shown: str) -> Trouble:
    return Trouble(
        f"{shown} cannot be written.",
        f"Let this user write to the directory {path.absolute().parent} and the files of that name in it, "
        "or name another file in DATABASE_URL.",
    )
