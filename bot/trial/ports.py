"""Ports of this machine: the wanted one, or the next that is free; and which one it was last time."""

import contextlib
import errno
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from bot.errors import ConfigurationError
from bot.workspace import ports

T = TypeVar("T")


async def at_a_free_port(port: int, listen: Callable[[int], Awaitable[T]]) -> T:
    """Listen at the port, or at the next one that is free; 0 lets the system choose.

    ConfigurationError when twenty in a row are taken; any other trouble goes through.
    """
    try:
        return await ports.at_a_free_port(port, listen)
    except ports.PortsTakenError:
        raise _none_free(port) from None


def first_free(host: str, port: int) -> int:
    """Return the port, or the next one that is free, for somebody who will listen in a moment; 0 stays 0."""
    for candidate in ports.candidates(port):
        if _is_free(host, candidate):
            return candidate
    raise _none_free(port)


def _none_free(port: int) -> ConfigurationError:
    told = ports.none_free(port)
    return ConfigurationError(f"{told[0].upper()}{told[1:]}. Stop what uses them, then start again.")


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as asyncio's own servers do
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as problem:
            return problem.errno != errno.EADDRINUSE  # other trouble is told by whoever listens
    return True


class Home:
    """Remembers at which port something listened, so that addresses in what was written stay right."""

    def __init__(self, path: Path, usual: int) -> None:
        self._path, self._usual = path, usual
        self.before: int | None = None
        with contextlib.suppress(OSError, ValueError):
            self.before = int(path.read_text(encoding="ascii"))

    @property
    def port(self) -> int:
        """Return the port of last time, else the usual one."""
        return self.before or self._usual

    def keep(self, port: int) -> None:
        """Remember this one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(str(port), encoding="ascii")
