"""The words of the tour's steps."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.domain.overview import Counts, Milestone, Overview, Upcoming
from bot.trial import steps
from bot.trial.briefing import _jump
from bot.trial.story import Story


@pytest.mark.parametrize(
    ("whom", "begins"), [("everyone in #requests", "Everyone in #requests will be"), ("Mira", "Mira will be")]
)
def test_whoever_will_be_reminded_the_step_begins_with_a_capital(whom: str, begins: str):
    coming = SimpleNamespace(to=())
    where = SimpleNamespace(whom=lambda _: whom)
    story: Any = SimpleNamespace(has=lambda *_: False, coming=coming, where=where, jump="To the next nudge")
    assert steps.time(story).text.startswith(begins)


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ABOUT_1 = Upcoming(NOON, 1, "Acme", ())


@pytest.mark.parametrize(
    ("soonest", "follows", "nudged", "label"),
    [
        (ABOUT_1, True, False, "To the next nudge"),
        (Upcoming(NOON - timedelta(minutes=1), 2, "Beta", ()), True, False, "To the next nudge about #1"),
        (Upcoming(NOON, 2, "Beta", ()), True, False, "To the next nudge about #1"),
        (Upcoming(NOON - timedelta(minutes=1), 1, "Acme", ()), True, False, "To the next nudge about #1"),
        (Upcoming(NOON - timedelta(minutes=1), 2, "Beta", ()), True, True, "To the next nudge"),
        (ABOUT_1, False, False, "To the next nudge"),
        (None, False, False, "To the next nudge"),
    ],
    ids=["the soonest", "another is sooner", "another at once", "its own sooner", "after it", "no tour", "none"],
)
def test_the_button_says_which_nudge_it_goes_to_when_that_is_not_the_soonest(
    soonest: Upcoming | None, label: str, *, follows: bool, nudged: bool
):
    """The tour goes to the nudge that it waits for: another request's would tick off nothing."""
    happened = {Milestone.NUDGED: NOON} if nudged else {}
    mine: Any = SimpleNamespace(next=ABOUT_1, promise=1) if follows else None
    seen = Overview(Counts(), soonest, happened, mine, None)
    where: Any = SimpleNamespace(
        whom=lambda _: "Mira", upcoming=lambda _: "then", owner=lambda _: SimpleNamespace(real_name="Mira Aho")
    )
    story = Story(seen, where, undo_seconds=10)
    assert story.jump == label
    assert f"Press “{label}”: the clock moves there" in steps.time(story).text
    jump = _jump(story)
    assert jump.label.partition(": ")[0] == label
    found = ABOUT_1 if follows and not nudged else soonest
    assert jump.to == (found.at.timestamp() + 1 if found else None)
