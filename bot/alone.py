"""One process only: a lock on a file, held as long as the process lives and freed by the system when it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from bot.errors import ConfigurationError, HeadsupError


@contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock at `path`.

    Raises ConfigurationError, naming the other process, when `what` runs already, and HeadsupError when the folder
    cannot be written.
    """
    with _opened(path) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            other = lock.read().strip() or "unknown"
            raise ConfigurationError(
                f"{what} runs already (process {other}). Stop that one first, or start in another folder."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _opened(path: Path) -> TextIO:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="ascii")
    except OSError as error:
        raise HeadsupError(
            f"{path.absolute()} cannot be written ({error.strerror}). "
            "Let this user write to that folder, or start in another one."
        ) from None
