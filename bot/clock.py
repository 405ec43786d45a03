"""The only reader of time: due times follow `now`, which may be moved forward, leases and timeouts `monotonic`."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Wall time that can be moved forward by an offset, and real elapsed time that cannot.

    `wall` returns seconds since 1970, `elapsed` seconds that only grow; tests hand in their own to step them apart.
    """

    def __init__(self, wall: Callable[[], float] = time.time, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._elapsed = elapsed
        self._offset = timedelta()
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        """How far this clock runs ahead of the wall."""
        return self._offset

    def now(self) -> datetime:
        """Return the current instant, aware UTC, offset included."""
        return datetime.fromtimestamp(self._wall(), UTC) + self._offset

    def wall_now(self) -> datetime:
        """Return the current instant without the offset, for libraries that wait on the wall clock."""
        return datetime.fromtimestamp(self._wall(), UTC)

    def monotonic(self) -> float:
        """Return real elapsed seconds; no move and no step of the wall clock changes their pace."""
        return self._elapsed()

    def move(self, forward: timedelta) -> None:
        """Move `now` forward and tell everyone who waits. Backward is refused: what was sent stays sent."""
        if forward < timedelta():
            msg = "the clock only moves forward"
            raise ValueError(msg)
        self._offset += forward
        self._tell()

    def set_offset(self, offset: timedelta) -> None:
        """Take over an offset that was stored or set elsewhere; a smaller one than ours is ignored."""
        if offset > self._offset:
            self._offset = offset
            self._tell()

    def on_move(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after every move, on the thread that moved the clock, until what is returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
