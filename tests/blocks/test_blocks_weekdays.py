"""A day of the week before a date, as it is read on that very day: Slack must not say "Mon today"."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.blocks.lists.status import build_status
from bot.blocks.nudges.in_hand import build_in_hand
from bot.domain.ladder.early import Missing
from bot.domain.people import Member
from bot.domain.snapshots.in_hand import HandedOn
from bot.domain.snapshots.status import LadderStep, StepKind
from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import Reader
from tests.blocks.block_samples import ANA, NOW, OWNED, PROMISE, STATUS

_DATE = re.compile(r"<!date\^(\d+)\^([^|]*)\|[^>]*>")
MONDAY = NOW + timedelta(days=3)
"""At three in the afternoon in Helsinki; what is built is built on the Friday before."""


def read(text: str, at: datetime) -> str:
    """Return a text as Slack shows it to somebody in Helsinki at an instant."""
    reader = Reader(tz="Europe/Helsinki", now=at.timestamp())
    return _DATE.sub(lambda found: show_date(int(found[1]), found[2], reader), text)


def status_line(step: LadderStep) -> str:
    card = replace(OWNED, owner=ANA, members=(ANA,))
    text = build_status(replace(STATUS, card=card, ladder=(step,), reader=ANA.id), now=NOW)["text"]
    return next(line for line in text.split("\n") if "nudge to" in line)


STEP = LadderStep(MONDAY, StepKind.NUDGE, (ANA,), lead=timedelta(hours=1))
AWAY = replace(STEP, at=NOW + timedelta(hours=1), leaver=ANA, leaving=Missing(MONDAY, None))
IN_HAND = HandedOn(has_it=ANA, to=Member("U2BEN", "Ben"), at=MONDAY, missing=None)


@pytest.mark.parametrize(
    "built",
    [status_line(STEP), status_line(AWAY), build_in_hand(PROMISE, IN_HAND, ANA.id, now=NOW)],
    ids=["a step", "away from", "in hand"],
)
def test_a_weekday_stands_before_the_date_itself_on_every_day_that_it_is_read(built: str) -> None:
    for days in (0, 2, 3, 4, 9):
        assert "Mon Nov 30 at " in read(built, NOW + timedelta(days=days))


def test_a_day_that_slack_names_itself_has_no_weekday() -> None:
    line = status_line(replace(STEP, at=NOW + timedelta(days=1)))
    assert read(line, NOW).startswith("Tomorrow at ")
    assert read(line, NOW + timedelta(days=1)).startswith("Today at ")
