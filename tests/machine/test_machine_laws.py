"""Each law catches its breach, and only that; the table of laws says where each stands."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from machine_breaches import BREACHES, as_it_should_be
from machine_laws import LAWS, breaches
from machine_sweep import Sweep

from bot.domain.hours.calendars import parse_rules, team_time

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TABLE = re.compile(r"^\| (I\d+|–) \| `(\w+)` \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
CASES = [(name, number) for name, histories in BREACHES.items() for number in range(len(histories))]


def test_where_all_is_as_it_should_be_no_law_complains() -> None:
    assert breaches(as_it_should_be()) == []


@pytest.mark.parametrize(("name", "number"), CASES)
def test_each_law_catches_its_breach_and_no_other_law_does(name: str, number: int) -> None:
    found = breaches(BREACHES[name][number]())

    assert {wrong.split(":")[0] for wrong in found} == {name}


def test_there_is_a_breach_for_every_law() -> None:
    assert sorted(BREACHES) == sorted(law.__name__ for law in LAWS)


def test_the_table_names_every_law_with_its_promise_and_tests_that_exist() -> None:
    rows = TABLE.findall((HERE / "README.md").read_text())

    assert [(name, promise.strip()) for _, name, promise, _ in rows] == [
        (law.__name__, (law.__doc__ or "").strip().rstrip(".")) for law in LAWS
    ]
    assert [number for number, *_ in rows if number != "–"] == [f"I{number}" for number in range(1, 29)]
    for *_, elsewhere in rows:
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", elsewhere):
            assert f"def {name}(" in (ROOT / path).read_text(), f"{path}::{name}"


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-27T19:59:30", "2026-03-27T20:00:30", 30 / 3600),
        ("2026-03-27T12:00:00", "2026-03-28T12:00:00", 8),
        ("2026-03-28T12:00:00", "2026-03-29T12:00:00", 7),
    ],
)
def test_the_sweep_counts_to_the_second_also_in_the_night_that_lacks_an_hour(
    start: str, end: str, hours: float
) -> None:
    nights = team_time(parse_rules("Europe/Helsinki Mon-Sun 22:00-06:00"))
    first, last = datetime.fromisoformat(f"{start}+00:00"), datetime.fromisoformat(f"{end}+00:00")

    assert Sweep().count(nights, first, last) == timedelta(hours=hours)
