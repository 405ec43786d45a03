"""`make pictures`: take the README's pictures of the real product, in a headless Chromium, at one and the same moment.

`python -m tests.pictures [NAME …]` writes docs/pictures/NAME.webp; nothing named means all of them.
"""

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from playwright.async_api import async_playwright
from rich.console import Console

from bot.services.outbox import pacing
from tests.pictures.day import Day
from tests.pictures.scenes import SCENES
from tests.support.browser_chromium import Desks, launch
from tests.support.browser_found import INSTALL, find_chromium
from tests.support.browser_trial import StandingClock, trial_in

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 200_000
"""Bytes of one picture: a README should open at once."""


@contextlib.asynccontextmanager
async def _day(chromium: str) -> AsyncIterator[Day]:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            async_playwright() as playwright,
            trial_in(Path(folder) / ".headsup", "morning", clock=StandingClock()) as trial,
        ):
            browser = await launch(playwright, chromium)
            desks = Desks(browser)
            yield Day(trial, desks)
            await desks.close()
            await browser.close()


async def _take(wanted: set[str], chromium: str, console: Console) -> int:
    pacing.PACE_SECONDS = 0.0  # the pauses are for the real Slack's sake
    too_large = 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    console.print("The night goes by …")
    async with _day(chromium) as day:
        for scene in SCENES:
            async for name, picture in scene(day):
                if wanted and name not in wanted:
                    continue
                (FOLDER / f"{name}.webp").write_bytes(picture)
                console.print(f"docs/pictures/{name}.webp  {len(picture) / 1000:.0f} kB")
                too_large += len(picture) > LARGEST
    return 1 if too_large else 0


def main() -> int:
    """Take them; 1 when one is too large, 2 without a Chromium."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("names", nargs="*", help="the pictures to write; all are taken, because each follows another")
    wanted = set(parser.parse_args().names)
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write(f"No Chromium was found. {INSTALL}.\n")
        return 2
    return asyncio.run(_take(wanted, chromium, Console()))


if __name__ == "__main__":
    sys.exit(main())
