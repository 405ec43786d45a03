"""Open time from block to block: how far a question looks, and what it meets there. In microseconds since 1970."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.domain.working.working_blocks import BLOCK, FIRST, LAST, MICROSECOND, Block, Span, merged

BOUND = timedelta(days=3660)
"""How far a question looks: ten years. A spell that is longer is said to reach just so far."""

BOUND_US = BOUND // MICROSECOND
_KEPT_BLOCKS = 128
"""Enough for ten years to either side; more are dropped, and filled again when they are asked for."""


class NoWorkingTimeError(LookupError):
    """There is not that much working time within ten years."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class OpenTime:
    """What is open, as a function that fills a block and the blocks that it has filled.

    Threads may share it: a block is only ever filled with the same spans again.
    """

    __slots__ = ("_blocks", "_fill")

    def __init__(self, fill: Callable[[int, int], list[Span]]) -> None:
        self._fill = fill
        self._blocks: dict[int, Block] = {}

    def block(self, number: int) -> Block:
        """Return a block, filled when nobody has asked for it lately."""
        block = self._blocks.get(number)
        if block is None:
            block = Block(self._fill(max(number * BLOCK, FIRST), min((number + 1) * BLOCK, LAST + 1)))
            if len(self._blocks) >= _KEPT_BLOCKS:
                self._blocks = {}
            self._blocks[number] = block
        return block

    def spans(self, first: int, last: int) -> list[Span]:
        """Return what is open in [first, last)."""
        return merged(self._cut(first, last))

    def _cut(self, first: int, last: int) -> Iterator[Span]:
        for number in range(first // BLOCK, -(-last // BLOCK)):
            block = self.block(number)
            for at in range(bisect_right(block.ends, first), bisect_left(block.starts, last)):
                yield max(block.starts[at], first), min(block.ends[at], last)

    def after(self, at: int, amount: int) -> int:
        """Return the earliest end of so much open time, more than none, that begins at a moment."""
        number, limit = at // BLOCK, min(at + BOUND_US, LAST)
        block = self.block(number)
        amount += block.passed(at)
        while amount > block.total:
            amount -= block.total
            number += 1
            if number * BLOCK >= limit:
                raise NoWorkingTimeError
            block = self.block(number)
        found = block.reached(amount)
        if found > limit:
            raise NoWorkingTimeError
        return found

    def ahead(self, at: int, amount: int) -> int:
        """Return the latest start of so much open time, more than none, that ends at a moment."""
        number, limit = at // BLOCK, max(at - BOUND_US, FIRST)
        block = self.block(number)
        passed = block.passed(at)
        while amount > passed:
            amount -= passed
            if number * BLOCK <= limit:
                raise NoWorkingTimeError
            number -= 1
            block = self.block(number)
            passed = block.total
        found = block.left(passed - amount)
        if found < limit:
            raise NoWorkingTimeError
        return found

    def between(self, first: int, last: int) -> int:
        """Return how much is open from one moment to another that is not before it."""
        low, high = first // BLOCK, last // BLOCK
        passed = self.block(high).passed(last) - self.block(low).passed(first)
        return passed + sum(self.block(number).total for number in range(low, high))

    def opening(self, at: int) -> int:
        """Return the first moment from `at` on that is open."""
        limit = min(at + BOUND_US, LAST)
        for number in range(at // BLOCK, limit // BLOCK + 1):
            block = self.block(number)
            found = bisect_right(block.ends, at)
            if found < len(block.ends) and block.starts[found] <= limit:
                return max(at, block.starts[found])
        raise NoWorkingTimeError

    def close(self, at: int) -> int:
        """Return the last moment, `at` or earlier, with open time right before it."""
        limit = max(at - BOUND_US, FIRST)
        for number in range(at // BLOCK, limit // BLOCK - 1, -1):
            block = self.block(number)
            found = bisect_left(block.starts, at) - 1
            if found >= 0 and block.ends[found] >= limit:
                return min(at, block.ends[found])
        raise NoWorkingTimeError

    def covers(self, at: int) -> bool:
        """Tell whether a moment is open."""
        block = self.block(at // BLOCK)
        found = bisect_right(block.starts, at) - 1
        return found >= 0 and at < block.ends[found]

    def end_of(self, at: int, limit: int) -> int:
        """Return the end of the span around an open moment, at most the limit; a span may go on in the next block."""
        number, limit = at // BLOCK, min(limit, LAST)
        block = self.block(number)
        end = block.ends[bisect_right(block.starts, at) - 1]
        while end < limit:
            number += 1
            if end != number * BLOCK:
                return end
            block = self.block(number)
            if not block.starts or block.starts[0] != end:
                return end
            end = block.ends[0]
        return limit

    def start_of(self, at: int, limit: int) -> int:
        """Return the start of the span around an open moment, at least the limit."""
        number, limit = at // BLOCK, max(limit, FIRST)
        block = self.block(number)
        start = block.starts[bisect_right(block.starts, at) - 1]
        while start > limit:
            number -= 1
            if start != (number + 1) * BLOCK:
                return start
            block = self.block(number)
            if not block.ends or block.ends[-1] != start:
                return start
            start = block.starts[-1]
        return limit
