"""`headsup deadline` says when a time away or a day off is what makes a nudge early."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import Clock
from bot.config import NAMES
from bot.services.context import Context, Policy
from bot.services.people import sync_members
from bot.store import Store, absences
from tests.support.office import MIRA

pytestmark = pytest.mark.usefixtures("late_in_2098")

THURSDAY, FRIDAY, MONDAY = (datetime(2099, 11, day, tzinfo=UTC) for day in (26, 27, 30))


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team of nine to five in UTC, and a database in which Mira is known."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///headsup.db")
    typed("calendar", "set", "UTC Mon-Fri 09:00-17:00")
    clock = Clock(wall=lambda: 1_795_420_800.0)  # 2026-11-23 08:00 UTC, a Monday
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=clock.monotonic)
    sync_members(Context(store=store, now=clock.now(), policy=Policy()), members=[replace(MIRA, tz="UTC")])
    store.close()
    return tmp_path


def typed(*words: str) -> str:
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


def away(folder: Path, start: datetime, end: datetime) -> None:
    store = Store(f"sqlite:///{folder / 'headsup.db'}", elapsed=Clock().monotonic)
    with store.writing() as tx:
        facts = {"member": MIRA.id, "source": "cli", "made_at": datetime(2026, 11, 23, tzinfo=UTC), "reason": ""}
        absences.add(tx, starts_at=start, ends_at=end, **facts)
    store.close()


def why(due: str) -> str:
    """Return the reason of the only nudge."""
    said = typed("deadline", due, "--lead", "60m", "--member", "mira")
    [line] = [line for line in said.splitlines() if line.startswith("Nudge")]
    return line.partition("is left then")[2]


@pytest.mark.parametrize(
    ("start", "end", "due", "said"),
    [
        (FRIDAY, FRIDAY, "2099-11-30 09:15", "; work ends at 17:00 that day"),
        (
            FRIDAY,
            FRIDAY.replace(day=28),
            "2099-11-30 09:15",
            "; work ends at 17:00 that day, and Mira is away from Fri 27 Nov 2099",
        ),
        (FRIDAY, FRIDAY.replace(day=28), "2099-11-27 14:00", "; Mira is away from Fri 27 Nov 2099"),
        (
            FRIDAY.replace(hour=13),
            FRIDAY.replace(hour=17),
            "2099-11-30 09:15",
            "; work ends at 13:00 that day, and Mira is away from 13:00",
        ),
        (
            FRIDAY.replace(hour=9),
            FRIDAY.replace(hour=12),
            "2099-11-27 12:30",
            "; work ends at 17:00 that day, and Mira is away from Fri 27 Nov 2099, 09:00",
        ),
        (
            FRIDAY.replace(hour=10),
            FRIDAY.replace(hour=12),
            "2099-11-27 12:30",
            "; work pauses from 10:00 to 12:00, and Mira is away from 10:00",
        ),
    ],
    ids=["nobody is away", "a day", "due meanwhile", "half a day", "a morning", "two hours"],
)
def test_a_members_time_away_is_the_reason(
    empty_folder: Path, start: datetime, end: datetime, due: str, said: str
) -> None:
    if start < end:
        away(empty_folder, start, end)
    assert why(due) == said


def test_a_day_off_is_named() -> None:
    typed("calendar", "day", "2099-11-27", "closed", "--note", "Company outing")
    expected = "; work ends at 17:00 that day, and Fri 27 Nov 2099 is a day off (Company outing)"
    assert why("2099-11-30 09:15") == expected
    for words in ([], ["--calendar", "UTC Mon-Fri 09:00-17:00"]):
        said = typed("deadline", "2099-11-30 09:15", "--lead", "60m", *words)
        assert (expected in said) is (not words)


def test_a_time_that_is_due_when_work_begins_lies_in_no_time_away() -> None:
    assert "outside working hours" in typed("deadline", "2099-11-30 09:00", "--member", "mira")
