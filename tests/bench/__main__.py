"""`make bench`: measure, and print one table of ratios from one run. Asserts nothing about absolute time.

`python -m tests.bench [SECTION …] [--quick]`, sections as in `SECTIONS` below; nothing named: everything.
"""

import argparse
import asyncio
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import Protocol

from rich.console import Console

from tests.bench.measures import QUICK_NOTE, Line, Report
from tests.bench.morning import run_morning
from tests.bench.posting import run_outbox
from tests.bench.press import run_press
from tests.bench.replanning import run_replanning
from tests.bench.start import run_start
from tests.bench.tick import run_tick
from tests.bench.working_time import run_working_time
from tests.support.databases import Databases


class Section(Protocol):
    """Measures one thing and returns its lines; bounded in count and time."""

    def __call__(self, databases: Databases, *, quick: bool) -> Awaitable[list[Line]]: ...


SECTIONS: dict[str, tuple[str, Section]] = {
    "press": ("A press → acknowledged", run_press),
    "tick": ("A tick of planning, a poll of delivery", run_tick),
    "outbox": ("The outbox against Slack's limits", run_outbox),
    "start": ("Cold start and memory", run_start),
    "morning": ("A morning's mails", run_morning),
    "working_time": ("Working time", run_working_time),
    "replanning": ("New hours", run_replanning),
}


def main(arguments: Sequence[str]) -> int:
    """Measure what was named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Print one table of ratios.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"{', '.join(SECTIONS)} (nothing: all)")
    parser.add_argument("--quick", action="store_true", help="few samples, presses and mails on SQLite alone")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.sections if name not in SECTIONS]:
        parser.error(f"there is no section {unknown[0]}; there are {', '.join(SECTIONS)}")
    console = Console(width=None if sys.stdout.isatty() else 200)
    report, failed = Report(), False
    with tempfile.TemporaryDirectory(prefix="headsup-bench-") as folder, Databases(Path(folder)) as databases:
        for name, (title, section) in SECTIONS.items():
            if given.sections and name not in given.sections:
                continue
            started = time.monotonic()
            try:
                report.add(title, asyncio.run(_measure(section, databases, quick=given.quick)))
            except Exception:  # noqa: BLE001 - the other sections are worth their minutes all the same
                traceback.print_exc()
                report.add(title, [Line("could not be measured, see above", "")])
                failed = True
            sys.stderr.write(f"{name}: {time.monotonic() - started:.0f} s\n")
    report.show(console)
    if given.quick:
        console.print(QUICK_NOTE)
    return int(failed)


async def _measure(section: Section, databases: Databases, *, quick: bool) -> list[Line]:
    return await section(databases, quick=quick)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", category=ResourceWarning)
    sys.exit(main(sys.argv[1:]))
