"""Time inside the workspace: the owner's clock plus, where the owner has none to move, an offset of its own."""

from collections.abc import Callable

from bot.workspace.errors import ControlError

MICROS = 1_000_000


class WorkspaceClock:
    """What `ts` and dates are made of. Waiting, triggers and acknowledgements never use it: they are real time."""

    def __init__(self, now: Callable[[], float], move: Callable[[float], None] | None, offset: float = 0.0) -> None:
        self._now = now
        self._move = move
        self._last = 0
        self.offset = offset

    def now(self) -> float:
        """Unix time in seconds."""
        return self._now() + self.offset

    def forward(self, seconds: float) -> float:
        """Move forward and return the new time; time never goes back from here."""
        if seconds < 0:
            raise ControlError("time only moves forward")
        if self._move:
            self._move(seconds)
        else:
            self.offset += seconds
        return self.now()

    def next_ts(self) -> str:
        """A new ts: now in microseconds, or one more than the last one when the clock stands or stepped back."""
        self._last = max(self._last + 1, int(self.now() * MICROS))
        return f"{self._last // MICROS}.{self._last % MICROS:06d}"

    def used(self, ts_micros: int) -> None:
        """Never give out a ts at or before this one again (after a restart)."""
        self._last = max(self._last, ts_micros)
