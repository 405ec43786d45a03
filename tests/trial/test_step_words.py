"""The words of the tour's steps."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.trial import steps


@pytest.mark.parametrize(
    ("whom", "begins"), [("everyone in #requests", "Everyone in #requests will be"), ("Mira", "Mira will be")]
)
def test_whoever_will_be_reminded_the_step_begins_with_a_capital(whom: str, begins: str):
    coming = SimpleNamespace(to=())
    story: Any = SimpleNamespace(has=lambda *_: False, coming=coming, where=SimpleNamespace(whom=lambda _: whom))
    assert steps.time(story).text.startswith(begins)
