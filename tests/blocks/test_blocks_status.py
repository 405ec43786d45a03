"""What comes next of a promise, as `/headsup status` tells it: when in the reader's own zone, to whom, and why then."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from block_samples import ANA, BEN, NOW, STATUS

from bot.blocks.status import build_status
from bot.domain.reaching import Why
from bot.domain.snapshots.status import LadderStep, StepKind

AT = datetime(2026, 11, 27, 16, 15, tzinfo=UTC)
CLOSES = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)
HEADING = "What comes next, if nothing happens before"


def told(*steps: LadderStep) -> list[str]:
    """Return the ladder's lines of a status, date tokens and all."""
    sections = [block["text"]["text"] for block in blocks(*steps) if block["type"] == "section" and "text" in block]
    found = [text for text in sections if HEADING in text]
    return found[0].split("\n")[1:] if found else []


def blocks(*steps: LadderStep) -> list[dict]:
    return build_status(replace(STATUS, ladder=steps), now=NOW)["blocks"]


def as_read(line: str) -> str:
    """Return a line as somebody reads it whose Slack knows no date tokens."""
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", line)


def test_a_nudge_says_when_to_whom_and_that_the_office_closes() -> None:
    [line] = told(LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES))
    assert as_read(line) == "27 Nov 2026, 16:15 UTC: nudge · <@U1ANA>, because their day ends at 17:00 UTC"


def test_every_instant_is_shown_in_the_readers_own_zone() -> None:
    line = told(LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES))[0]
    stamps = [int(stamp) for stamp in re.findall(r"<!date\^(\d+)\^", line)]
    assert stamps == [int(AT.timestamp()), int(CLOSES.timestamp())]
    assert "16:15" not in re.sub(r"<[^>]*>", "", line)


@pytest.mark.parametrize(
    ("step", "reads"),
    [
        (LadderStep(AT, StepKind.NUDGE, (ANA,)), "nudge · <@U1ANA>"),
        (LadderStep(AT, StepKind.NUDGE, (BEN,), Why.AWAY), "nudge · <@U2BEN>, because the owner is away"),
        (
            LadderStep(AT, StepKind.NUDGE, (BEN,), Why.AWAY, CLOSES),
            "nudge · <@U2BEN>, because the owner is away and because their day ends at 17:00 UTC",
        ),
        (LadderStep(AT, StepKind.NUDGE, (), Why.NOT_NOW), "the team channel, because the owner is not at work then"),
        (LadderStep(AT, StepKind.PASSED_ON, (BEN,), Why.UNANSWERED), "if nobody has answered · <@U2BEN>"),
        (LadderStep(DUE, StepKind.SLIPPED, (ANA, BEN)), "it has slipped · <@U1ANA>, <@U2BEN> and the card say so"),
        (LadderStep(DUE, StepKind.SLIPPED, ()), "it has slipped · the team channel and the card say so"),
    ],
    ids=["owner", "away", "away, and early", "nobody at work", "passed on", "slipped", "slipped at night"],
)
def test_each_step_says_its_reason(step: LadderStep, reads: str) -> None:
    [line] = told(step)
    assert as_read(line).endswith(reads)


def test_steps_stand_in_their_order_and_in_the_text_for_notifications_too() -> None:
    steps = (
        LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES),
        LadderStep(CLOSES, StepKind.PASSED_ON, (BEN,), Why.UNANSWERED),
        LadderStep(DUE, StepKind.SLIPPED, (ANA, BEN)),
    )
    lines = [as_read(line) for line in told(*steps)]
    assert [line.split(":")[0] for line in lines] == ["27 Nov 2026, 16", "27 Nov 2026, 17", "30 Nov 2026, 09"]
    text = as_read(build_status(replace(STATUS, ladder=steps), now=NOW)["text"])
    assert [text.index(part) for part in ("nudge", "if nobody", "it has slipped")] == sorted(
        text.index(part) for part in ("nudge", "if nobody", "it has slipped")
    )


def test_without_a_step_to_come_nothing_is_said_of_any() -> None:
    assert told() == []
    assert HEADING not in str(blocks())
