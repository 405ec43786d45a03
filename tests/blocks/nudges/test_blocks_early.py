"""A time away or a day off as the reason for an early nudge, as each reader gets it. Ana is in Helsinki."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.blocks.lists.status import build_status
from bot.blocks.nudges.nudge import build_nudge
from bot.domain.ladder.early import Missing
from bot.domain.ladder.reaching import Why
from bot.domain.people import Member
from bot.domain.snapshots.nudge import Nudge
from bot.domain.snapshots.status import LadderStep, StepKind
from tests.blocks.block_samples import ANA, BEN, ITEM, NOW, OWNED, STATUS, texts

CLOSES = datetime(2026, 11, 27, 15, tzinfo=UTC)
"""Friday at five in Helsinki."""

MONDAY = date(2026, 11, 30)
AWAY_MONDAY = Missing(datetime(2026, 11, 30, 7, tzinfo=UTC), MONDAY)
AWAY_TODAY = Missing(CLOSES, None)
AWAY_TOMORROW = Missing(datetime(2026, 11, 28, 7, tzinfo=UTC), None)
AWAY_MONDAY_NOON = Missing(datetime(2026, 11, 30, 10, tzinfo=UTC), None)
OFF = Missing(datetime(2026, 11, 30, 7, tzinfo=UTC), MONDAY, "St Andrew's Day")
STEP = LadderStep(
    CLOSES - timedelta(minutes=45),
    StepKind.NUDGE,
    (ANA,),
    closes_at=CLOSES,
    opens_at=CLOSES + timedelta(days=4),
    office=True,
)
END = LadderStep(CLOSES + timedelta(days=4, hours=1), StepKind.SLIPPED, (ANA,))
FAR = Member("U3EVE", "Eve", "America/Los_Angeles")


def as_read(text: str) -> str:
    """Return a text as somebody reads it whose Slack knows no date tokens."""
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", text)


def because(step: LadderStep, reader: Member | None) -> str:
    """Return the reason in the line of a status."""
    card = replace(OWNED, owner=ANA, members=(ANA, BEN, FAR))
    status = replace(STATUS, card=card, ladder=(step, END), reader=reader.id if reader else "U9OTHER")
    lines = [block["text"]["text"] for block in build_status(status, now=NOW)["blocks"] if "text" in block]
    [line] = [line for text in lines for line in text.split("\n") if "nudge to" in line]
    return as_read(line).partition(", because ")[2]


def heard(missing: Missing, *, tz: str = "Europe/Helsinki") -> str:
    """Return the whole of a nudge to Ana."""
    item = replace(ITEM, owner=ANA, closes_at=CLOSES, opens_at=CLOSES + timedelta(days=4), missing=missing, tz=tz)
    nudge = build_nudge(Nudge(ANA.id, to_channel=False, items=(item,)), now=NOW)
    return as_read("\n".join(part["text"] for part in texts(nudge["blocks"])))


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (AWAY_MONDAY, "away from Mon 30 Nov"),
        (AWAY_TODAY, "away from 15:00 UTC"),
        (AWAY_TOMORROW, "away from 28 Nov 2026, 07:00 UTC"),
        (AWAY_MONDAY_NOON, "away from Mon 30 Nov 2026, 10:00 UTC"),
        (
            replace(AWAY_MONDAY, at=AWAY_MONDAY.at.replace(year=2027), day=date(2027, 11, 30)),
            "away from Tue 30 Nov 2027",
        ),
    ],
    ids=["a whole day", "later the same day", "part of tomorrow", "part of another day", "another year"],
)
def test_who_is_away_is_told_so_and_others_are_told_who_it_is(missing: Missing, said: str) -> None:
    assert because(replace(STEP, missing=missing), ANA) == f"you are {said}"
    assert because(replace(STEP, missing=missing), BEN) == f"Ana is {said}"
    assert f"You hear now because you are {said}." in heard(missing)


def test_a_day_off_is_named_for_everybody() -> None:
    for reader in (ANA, BEN, FAR, None):
        assert because(replace(STEP, missing=OFF), reader) == "Mon 30 Nov is a day off (St Andrew's Day)"
        assert because(replace(STEP, missing=replace(OFF, off="")), reader) == "Mon 30 Nov is a day off"
    assert "You hear now because Mon 30 Nov is a day off (St Andrew's Day)." in heard(OFF)


def test_whoever_has_another_day_then_reads_when_it_begins_for_them() -> None:
    """Monday at nine in Helsinki is still Sunday in Los Angeles; nobody's zone is known of somebody else."""
    step = replace(STEP, missing=AWAY_MONDAY)
    assert because(step, FAR) == "Ana is away from Sun 30 Nov 2026, 07:00 UTC"
    assert because(step, None) == "Ana is away from 30 Nov 2026, 07:00 UTC"


def test_who_stands_in_and_is_away_too_is_told_both() -> None:
    step = replace(STEP, to=(BEN,), why=Why.AWAY, missing=AWAY_MONDAY)
    assert because(step, BEN) == "Ana is not at work before it is due; you are away from Mon 30 Nov"
    assert because(step, ANA) == "you are not at work before it is due; Ben is away from Mon 30 Nov"


def test_who_hears_because_somebody_goes_away_is_told_who_and_from_when() -> None:
    """Whoever hears it goes on working: where their own day ends explains nothing."""
    step = replace(STEP, to=(BEN,), why=Why.AWAY, closes_at=None, leaver=ANA, leaving=AWAY_MONDAY)
    for why in (Why.AWAY, Why.NOT_NOW, Why.LEAVING, Why.FIRST):
        assert because(replace(step, why=why), ANA) == "you are away from Mon 30 Nov"
        assert because(replace(step, why=why), BEN) == "Ana is away from Mon 30 Nov"


def test_a_stand_in_who_goes_away_is_named_and_not_the_owner() -> None:
    step = replace(STEP, to=(FAR,), why=Why.AWAY, closes_at=None, leaver=BEN, leaving=AWAY_MONDAY)
    assert because(step, ANA) == "Ben is away from Mon 30 Nov"
    assert because(replace(step, leaving=None), ANA) == "Ben is not at work before it is due"
    assert because(replace(step, leaving=None, why=Why.LEAVING), BEN) == "you go away before it is due"


def test_a_name_that_somebody_typed_for_a_day_off_mentions_nobody() -> None:
    named = replace(STEP, missing=replace(OFF, off="<!channel> *party*\n" + "x" * 200))
    said = because(named, ANA)
    assert "<!channel>" not in said
    assert len(said) < 160


def test_what_stops_work_is_said_where_nothing_is_missing() -> None:
    assert because(STEP, ANA) == "the office closes at 15:00 UTC"
