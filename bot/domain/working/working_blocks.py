"""Open time as whole microseconds since 1970: moments in and out, sets of spans, and blocks that are quick to search.

A span is (start, end), half-open. A list of spans is in order, and its spans neither touch nor cross.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

Span = tuple[int, int]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
FIRST = (datetime.min.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
LAST = (datetime.max.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
"""The first and the last moment that a datetime can say."""

BLOCK = timedelta(days=64) // MICROSECOND
"""Block k is [k * BLOCK, (k + 1) * BLOCK): long enough that most questions stay within one, quick to fill."""


def to_us(t: datetime) -> int:
    """Return a moment as microseconds since 1970.

    Raises:
        ValueError: it has no zone, so it names no moment.
    """
    try:
        return (t - EPOCH) // MICROSECOND
    except TypeError:
        raise ValueError(f"{t!r} names no moment: it has no time zone.") from None


def to_moment(us: int) -> datetime:
    """Return microseconds since 1970 as a moment in UTC."""
    return EPOCH + timedelta(microseconds=us)


class Block:
    """The open spans of one block, with the open time before each of them added up."""

    __slots__ = ("before", "ends", "starts", "total")

    def __init__(self, spans: Sequence[Span]) -> None:
        self.starts = array("q", [start for start, _ in spans])
        self.ends = array("q", [end for _, end in spans])
        self.before = array("q")
        self.total = 0
        for start, end in spans:
            self.before.append(self.total)
            self.total += end - start

    def passed(self, us: int) -> int:
        """Return how much open time of this block lies before a moment in it."""
        at = bisect_right(self.starts, us) - 1
        return 0 if at < 0 else self.before[at] + min(us, self.ends[at]) - self.starts[at]

    def reached(self, passed: int) -> int:
        """Return the earliest moment before which so much lies, 0 < `passed` <= total: a span's end when it is full."""
        at = bisect_left(self.before, passed) - 1
        return self.starts[at] + passed - self.before[at]

    def left(self, passed: int) -> int:
        """Return the latest moment before which so much lies, 0 <= `passed` < total: a span's start when it is full."""
        at = bisect_right(self.before, passed) - 1
        return self.starts[at] + passed - self.before[at]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in any order as a list of spans: empty ones dropped, those that touch or cross made one."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def clipped(spans: Iterable[Span], first: int, last: int) -> list[Span]:
    """Return the parts of the spans that lie in [first, last)."""
    cut = ((max(start, first), min(end, last)) for start, end in spans)
    return [span for span in cut if span[0] < span[1]]


def shared(one: Sequence[Span], other: Sequence[Span]) -> list[Span]:
    """Return what lies in both lists of spans."""
    found: list[Span] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start, end = max(one[i][0], other[j][0]), min(one[i][1], other[j][1])
        if start < end:
            found.append((start, end))
        if one[i][1] < other[j][1]:
            i += 1
        else:
            j += 1
    return found


def gaps(spans: Iterable[Span], first: int, last: int) -> list[Span]:
    """Return what of [first, last) lies in none of the spans of a list."""
    found: list[Span] = []
    for start, end in clipped(spans, first, last):
        if first < start:
            found.append((first, start))
        first = end
    return [*found, (first, last)] if first < last else found
