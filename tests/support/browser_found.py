"""The Chromium of this machine; a run without one ends with a section that says which tests did not run."""

import os
import shutil

import pytest

INSTALL = "Debian: apt-get install chromium-headless-shell; any Chromium or Chrome: set CHROMIUM=/path/to/it"
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first draws the same pages with the same engine and no window around them, in two thirds of the time."""


def find_chromium() -> str | None:
    """Return the browser that CHROMIUM names, else the first one on the path, else None."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly when browser tests did not run, so that nobody takes them for passed."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = len({report.nodeid for report in skipped if "browser" in report.keywords})
    if count:
        tests = f"{count} browser test{'s' if count > 1 else ''}"
        terminalreporter.section("NOT RUN", red=True, bold=True)
        terminalreporter.line(f"NOT RUN: {tests}, because no Chromium was found.", red=True, bold=True)
        terminalreporter.line(f"{INSTALL}.", red=True, bold=True)
