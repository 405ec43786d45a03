"""The chaos ends by what has happened, not by the clock of a busy machine."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests.support import processes_chaos
from tests.support.processes_chaos import Chaos


class _Day:
    """A day whose processes died three times."""

    def __init__(self) -> None:
        self.fleet = SimpleNamespace(children={"bot": SimpleNamespace(kills=3)})


async def test_a_run_goes_on_until_something_was_sent() -> None:
    chaos = Chaos(cast("Any", _Day()), seed=1, seconds=0.0)
    chaos.asked, chaos.said = {"msg": "words"}, ["1.0"]
    tries = 0

    async def works() -> None:
        nonlocal tries
        tries += 1
        if tries == 9:
            chaos.sent.append("Chaos 1, reply 9.")

    await chaos._again(works, 0.0, 0.01)

    assert (tries, chaos.lived) == (9, True)


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes_chaos, "PATIENCE", 0.2)
    chaos = Chaos(cast("Any", _Day()), seed=1, seconds=0.0)

    async def nothing() -> None: ...

    await chaos._again(nothing, 0.0, 0.01)

    assert not chaos.lived
