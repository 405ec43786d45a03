"""What a bench says: lines of one table, each a measured number beside what it is compared with."""

import os
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

QUICK_NOTE = "quick: few samples, so a p99 here is close to the worst one"


@dataclass(frozen=True)
class Spread:
    """Durations in milliseconds."""

    values: tuple[float, ...]

    @property
    def p50(self) -> float:
        return statistics.median(self.values)

    @property
    def p99(self) -> float:
        """The nearest-rank percentile: with fewer than 100 values it is the longest one."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]

    def __str__(self) -> str:
        return f"p50 {shown_ms(self.p50)}, p99 {shown_ms(self.p99)}"


def spread(values: Iterable[float]) -> Spread:
    """Return the spread of durations in milliseconds; there must be one."""
    return Spread(tuple(values))


def shown_ms(value: float) -> str:
    """Return milliseconds with about three digits."""
    return f"{value:.0f} ms" if value >= 100 else f"{value:.1f} ms" if value >= 10 else f"{value:.2f} ms"


@dataclass(frozen=True)
class Line:
    """One line: what was measured, how much, and as a multiple of what; `met` is None where nothing is aimed at."""

    what: str
    measured: str
    ratio: str = ""
    aim: str = ""
    met: bool | None = None


@dataclass
class Report:
    """The table as it grows, section by section."""

    sections: list[tuple[str, Sequence[Line]]] = field(default_factory=list)

    def add(self, title: str, lines: Sequence[Line]) -> None:
        """Add the lines of one section."""
        self.sections.append((title, lines))

    def show(self, console: Console) -> None:
        """Print one table of everything."""
        table = Table(box=box.MARKDOWN)
        for heading in ("measure", "measured", "ratio", "aim", ""):
            table.add_column(heading)
        for title, lines in self.sections:
            table.add_row(f"[bold]{title}[/bold]", "", "", "", "")
            for line in lines:
                met = "" if line.met is None else "yes" if line.met else "[bold]no[/bold]"
                table.add_row(line.what, line.measured, line.ratio, line.aim, met)
        console.print(table)


def resident_mb(pid: int) -> float | None:
    """Return the memory of a process in megabytes (10^6 bytes) as the system counts it; None where it has no /proc."""
    path = Path(f"/proc/{pid}/statm")
    if not path.exists():
        return None
    return int(path.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
