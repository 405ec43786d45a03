"""Nudges under everything at once: crashes, clocks that step, absences, hours that change, Slack's faults.

Each nudge leaves once, never early, never too late to matter, never to somebody who is not there, and none is lost.
"""

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, run_state_machine_as_test
from machine_laws import Laws
from machine_pauses import Pauses
from machine_people import People
from machine_trouble import Trouble
from machine_world import World

from bot.services.outbox import pacing
from tests.support.databases import Databases

WEEKS = int(os.environ.get("SOAK", "8"))
"""How many weeks are lived through on each database; `make soak` lives through many more."""

LONG = WEEKS > 100
STEPS = 50 if LONG else 25
PHASES = list(Phase) if os.environ.get("SHRINK", "1") == "1" else [Phase.generate]
"""SHRINK=0 stops at the first week that breaks a law, without making it as short as it goes."""

SECONDS = 7_200 if LONG else 300


class Nudges(Pauses, People, Trouble):
    """One team's week, however it goes."""

    databases: Databases
    kind: str

    @initialize(calm=st.sampled_from([False, False, True]), blind=st.sampled_from([False, False, False, True]))
    def begin(self, calm: bool, blind: bool) -> None:
        """Begin a week: a `calm` one has no trouble, in a `blind` one nobody can look up what was posted."""
        self.calm = calm
        workers = 1 if self.kind == "sqlite" else 2
        self.address = self.databases.migrated(self.kind)
        self.world = World(self.address, workers=workers)
        self.world.history.blind = blind
        self.laws = Laws(self.world)
        self.requests = []
        self.promises = []

    @invariant()
    def laws_hold(self) -> None:
        if hasattr(self, "laws"):
            self.laws.check()

    def teardown(self) -> None:
        if hasattr(self, "laws"):
            try:
                self.laws.settle()
            finally:
                self.world.close()
                self.databases.drop(self.address)
                os.environ.pop("TZ", None)
                time.tzset()


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_nudge_is_lost_doubled_early_or_misplaced(
    kind: str, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    machine = type(f"NudgesOn{kind.title()}", (Nudges,), {"databases": databases, "kind": kind})
    budget = settings(
        max_examples=WEEKS,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=not LONG,
        suppress_health_check=list(HealthCheck),
        phases=PHASES,
        print_blob=True,
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(machine, settings=budget)
