import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.trial.ports import Home, at_a_free_port, first_free


@contextmanager
def taken() -> Iterator[int]:
    """A port that somebody else listens at."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


class Listener:
    """Refuses some ports as taken, and remembers what was tried."""

    def __init__(self, *busy: int, problem: int = errno.EADDRINUSE) -> None:
        self.tried: list[int] = []
        self._busy, self._problem = busy, problem

    async def listen(self, port: int) -> int:
        self.tried.append(port)
        if port in self._busy:
            raise OSError(self._problem, "no")
        return port


async def test_a_free_port_is_taken_as_it_is():
    listener = Listener()
    assert (await at_a_free_port(7780, listener.listen), listener.tried) == (7780, [7780])


async def test_after_taken_ports_comes_the_next_free_one():
    listener = Listener(7780, 7781)
    assert (await at_a_free_port(7780, listener.listen), listener.tried) == (7782, [7780, 7781, 7782])


async def test_port_zero_is_left_to_the_system():
    listener = Listener()
    assert (await at_a_free_port(0, listener.listen), listener.tried) == (0, [0])


async def test_twenty_taken_ports_are_a_sentence():
    listener = Listener(*range(7780, 7800))
    with pytest.raises(ConfigurationError, match="The ports 7780 to 7799 of this machine are all taken"):
        await at_a_free_port(7780, listener.listen)


async def test_the_last_port_there_is_ends_the_search():
    listener = Listener(65_535)
    with pytest.raises(ConfigurationError):
        await at_a_free_port(65_535, listener.listen)
    assert listener.tried == [65_535]


async def test_other_trouble_is_not_hidden():
    listener = Listener(7780, problem=errno.EACCES)
    with pytest.raises(PermissionError):
        await at_a_free_port(7780, listener.listen)


def test_a_port_at_which_somebody_listens_is_passed_over():
    with taken() as port:
        assert first_free("127.0.0.1", port) > port
    assert first_free("127.0.0.1", port) == port
    assert first_free("127.0.0.1", 0) == 0


def test_a_home_is_the_port_of_last_time(tmp_path: Path):
    path = tmp_path / ".headsup" / "outside.port"
    home = Home(path, 7790)
    assert (home.before, home.port) == (None, 7790)
    home.keep(7793)
    assert (Home(path, 7790).before, Home(path, 7790).port) == (7793, 7793)
    path.write_text("nonsense", encoding="ascii")
    assert (Home(path, 7790).before, Home(path, 7790).port) == (None, 7790)
