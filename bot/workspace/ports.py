"""The wanted port, or the next one that is free."""

import errno
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from bot.workspace.errors import ControlError

T = TypeVar("T")

TRIES: Final = 20
"""How many ports are tried, the wanted one included."""

_LAST: Final = 65_535


class PortsTakenError(ControlError):
    """None of the ports that were tried is free."""


def candidates(port: int) -> range:
    """The ports to try, in their order; 0 alone lets the system choose."""
    return range(port, min(port + TRIES, _LAST + 1)) if port else range(1)


def none_free(port: int) -> str:
    """What is said when all of them are taken."""
    return f"the ports {port} to {candidates(port)[-1]} of this machine are all taken"


async def at_a_free_port(port: int, listen: Callable[[int], Awaitable[T]]) -> T:
    """Listen at the port, or at the next one that is free; 0 lets the system choose.

    PortsTakenError when all are taken; any other OSError goes through.
    """
    for candidate in candidates(port):
        try:
            return await listen(candidate)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise
    raise PortsTakenError(none_free(port))
