"""A night lived once, at full speed, and looked at by many tests; a folder and settings for a trial of one's own."""

import asyncio
from collections.abc import Iterator

import pytest
from trial_lived import Fed, fed
from trial_morning import Morning, lived

from bot.services.outbox import pacing
from bot.trial import outside
from tests.support.processes import free_port


@pytest.fixture(autouse=True)
def own_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients' systems listen where no other test's do."""
    monkeypatch.setattr(outside, "PORT", free_port())


@pytest.fixture(scope="session")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """What there is when the night is over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pacing, "PACE_SECONDS", 0.0)
        patch.setattr(outside, "PORT", free_port())
        yield asyncio.run(lived(tmp_path_factory.mktemp("morning") / ".headsup"))


@pytest.fixture(scope="session")
def fed_short(tmp_path_factory: pytest.TempPathFactory) -> Fed:
    """What there is when the three requests of the scenario "short" have come in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pacing, "PACE_SECONDS", 0.0)
        patch.setattr(outside, "PORT", free_port())
        return asyncio.run(fed(tmp_path_factory.mktemp("short") / ".headsup"))
