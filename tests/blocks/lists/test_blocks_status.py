"""What comes next of a promise, as `/headsup status` tells it: when in the reader's own zone, to whom, and why then."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.blocks.ids import Action, decode
from bot.blocks.lists.status import build_status
from bot.domain.ladder.reaching import Why
from bot.domain.people import Member
from bot.domain.promises import Outcome, Promise
from bot.domain.snapshots.status import LadderStep, StepKind
from tests.blocks.block_samples import ANA, BEN, NOW, OWNED, PROMISE, STATUS

AT = datetime(2026, 11, 27, 14, 15, tzinfo=UTC)
"""A quarter past four in Helsinki, where Ana is."""

CLOSES = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 7, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
NOON, ONE = (datetime(2026, 11, 27, hour, tzinfo=UTC) for hour in (10, 11))
HOUR = timedelta(hours=1)
HEADING = "What comes next, if nothing happens before"
END = LadderStep(DUE, StepKind.SLIPPED, (ANA,))


def told(*steps: LadderStep, reader: str = "", owner: Member | None = ANA) -> list[str]:
    """Return the ladder's lines of a status, date tokens and all."""
    made = blocks(*steps, reader=reader, owner=owner)
    sections = [block["text"]["text"] for block in made if block["type"] == "section" and "text" in block]
    found = [text for text in sections if HEADING in text]
    return found[0].split("\n")[1:] if found else []


def blocks(*steps: LadderStep, reader: str = "", owner: Member | None = ANA) -> list[dict]:
    card = replace(OWNED, owner=owner)
    return build_status(replace(STATUS, card=card, ladder=steps, reader=reader), now=NOW)["blocks"]


def as_read(line: str) -> str:
    """Return a line as somebody reads it whose Slack knows no date tokens."""
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", line)


def test_a_nudge_says_when_to_whom_and_that_the_office_closes() -> None:
    line = told(LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES, opens_at=MONDAY, office=True), END)[0]
    assert as_read(line) == "27 Nov 2026, 14:15 UTC · nudge to <@U1ANA>, because the office closes at 15:00 UTC"


def test_every_instant_is_shown_in_the_readers_own_zone() -> None:
    line = told(LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES, opens_at=MONDAY), END)[0]
    stamps = [int(stamp) for stamp in re.findall(r"<!date\^(\d+)\^", line)]
    assert stamps == [int(AT.timestamp()), int(CLOSES.timestamp())]
    assert "14:15" not in re.sub(r"<[^>]*>", "", line)


BREAK = LadderStep(NOON - HOUR / 4, StepKind.NUDGE, (ANA,), closes_at=NOON, opens_at=ONE)
DAY_ENDS = LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES, opens_at=MONDAY)
STANDS_IN = LadderStep(AT, StepKind.NUDGE, (BEN,), Why.AWAY, closes_at=CLOSES, opens_at=MONDAY)


@pytest.mark.parametrize(
    ("step", "others_read", "they_read"),
    [
        (BREAK, "<@U1ANA>, because Ana breaks at 10:00 UTC", "you, because you break at 10:00 UTC"),
        (DAY_ENDS, "<@U1ANA>, because Ana's day ends at 15:00 UTC", "you, because your day ends at 15:00 UTC"),
        (
            replace(DAY_ENDS, office=True),
            "<@U1ANA>, because the office closes at 15:00 UTC",
            "you, because the office closes at 15:00 UTC",
        ),
        (
            replace(DAY_ENDS, opens_at=None),
            "<@U1ANA>, because Ana's day ends at 15:00 UTC",
            "you, because your day ends at 15:00 UTC",
        ),
        (
            STANDS_IN,
            "<@U2BEN>, because Ana is not at work before it is due; Ben's day ends at 15:00 UTC",
            "<@U2BEN>, because you are not at work before it is due; Ben's day ends at 15:00 UTC",
        ),
        (
            replace(STANDS_IN, closes_at=None, why=Why.NOT_NOW),
            "<@U2BEN>, because Ana is not at work then",
            "<@U2BEN>, because you are not at work then",
        ),
        (
            replace(STANDS_IN, closes_at=None, why=Why.LEAVING),
            "<@U2BEN>, because Ana goes away before it is due",
            "<@U2BEN>, because you go away before it is due",
        ),
        (
            LadderStep(AT, StepKind.NUDGE, (), Why.NOT_NOW),
            "the team channel, because Ana is not at work then",
            "the team channel, because you are not at work then",
        ),
        (
            LadderStep(AT, StepKind.NUDGE, (), Why.AWAY),
            "the team channel, because nobody in line has working time left",
            "the team channel, because nobody in line has working time left",
        ),
        (
            LadderStep(AT, StepKind.PASSED_ON, (BEN,), Why.UNANSWERED),
            "if nobody has answered: <@U2BEN> is told",
            "if nobody has answered: <@U2BEN> is told",
        ),
        (
            LadderStep(AT, StepKind.PASSED_ON, (), Why.UNANSWERED),
            "if nobody has answered: the team channel is told",
            "if nobody has answered: the team channel is told",
        ),
        (
            END,
            "if no word has left by then, it has slipped: <@U1ANA> is told, and the card shows it",
            "if no word has left by then, it has slipped: you are told, and the card shows it",
        ),
        (
            replace(END, to=(ANA, BEN)),
            "if no word has left by then, it has slipped: <@U1ANA> and <@U2BEN> are told, and the card shows it",
            "if no word has left by then, it has slipped: you and <@U2BEN> are told, and the card shows it",
        ),
        (
            replace(END, to=()),
            "if no word has left by then, it has slipped: the team channel is told, and the card shows it",
            "if no word has left by then, it has slipped: the team channel is told, and the card shows it",
        ),
    ],
    ids=[
        "a break",
        "the day ends",
        "the office closes",
        "it never opens again",
        "away, and early",
        "not at work",
        "leaving",
        "nobody at work",
        "nobody has time",
        "passed on",
        "passed on to all",
        "slipped",
        "slipped, two are told",
        "slipped at night",
    ],
)
def test_each_step_says_its_reason_and_nobody_reads_of_themselves_by_name(
    step: LadderStep, others_read: str, they_read: str
) -> None:
    [line] = told(step, reader=BEN.id if BEN not in step.to else "")
    assert as_read(line).endswith(others_read)
    [line] = told(step, reader=ANA.id)
    assert as_read(line).endswith(they_read)
    assert not re.search(r"\btheir\b|<@U1ANA>", line)


def test_the_one_who_stands_in_reads_why_it_is_theirs() -> None:
    [line] = told(STANDS_IN, reader=BEN.id)
    assert as_read(line).endswith(
        "nudge to you, because Ana is not at work before it is due; your day ends at 15:00 UTC"
    )
    [line] = told(replace(STANDS_IN, office=True), reader=BEN.id)
    assert as_read(line).endswith(
        "nudge to you, because Ana is not at work before it is due; the office closes at 15:00 UTC"
    )


def test_what_nobody_owns_is_nobodys_absence() -> None:
    [line] = told(LadderStep(AT, StepKind.NUDGE, (BEN,), Why.NOT_NOW), owner=None)
    assert as_read(line).endswith("nudge to <@U2BEN>, because whoever hears first is not at work then")
    [line] = told(LadderStep(AT, StepKind.NUDGE, (BEN,), Why.AWAY), owner=None)
    assert as_read(line).endswith("nudge to <@U2BEN>, because whoever hears first is not at work before it is due")


def test_a_colleague_with_a_long_name_is_named_shortly_the_second_time() -> None:
    mira = replace(ANA, name="Mira Lahtinen")
    [line] = told(replace(DAY_ENDS, to=(mira,)))
    assert as_read(line).endswith("<@U1ANA>, because Mira's day ends at 15:00 UTC")
    [line] = told(replace(DAY_ENDS, to=(replace(ANA, name="<!channel> & co"),)))
    assert "<!channel>" not in line


@pytest.mark.parametrize(
    ("lead", "at", "words"),
    [
        (HOUR, DUE - HOUR, "an hour before"),
        (HOUR, DUE - 2 * HOUR, "a working hour before"),
        (4 * HOUR, DUE - 4 * HOUR, "4 hours before"),
        (4 * HOUR, DUE - 20 * HOUR, "4 working hours before"),
        (HOUR / 4, DUE - HOUR / 4, "15 minutes before"),
        (HOUR / 2, DUE - 3 * HOUR, "30 working minutes before"),
        (HOUR / 60, DUE - HOUR / 60, "a minute before"),
        (HOUR * 1.5, DUE - HOUR * 1.5, "1 h 30 min before"),
        (HOUR * 1.5, DUE - HOUR * 3, "1 h 30 min of work before"),
        (timedelta(seconds=90), DUE - timedelta(seconds=90), "a minute before"),
        (timedelta(seconds=20), DUE - timedelta(seconds=20), "less than a minute before"),
    ],
)
def test_a_step_without_a_reason_says_how_long_before_it_comes(lead: timedelta, at: datetime, words: str) -> None:
    line = told(LadderStep(at, StepKind.NUDGE, (ANA,), lead=lead), END)[0]
    assert as_read(line).endswith(f"nudge to <@U1ANA>, {words}")


def test_steps_stand_in_their_order_and_in_the_text_for_notifications_too() -> None:
    steps = (
        LadderStep(AT, StepKind.NUDGE, (ANA,), closes_at=CLOSES, opens_at=MONDAY),
        LadderStep(CLOSES, StepKind.PASSED_ON, (BEN,), Why.UNANSWERED),
        END,
    )
    lines = [as_read(line) for line in told(*steps)]
    assert [line.split(":")[0] for line in lines] == ["27 Nov 2026, 14", "27 Nov 2026, 15", "30 Nov 2026, 07"]
    text = as_read(build_status(replace(STATUS, ladder=steps), now=NOW)["text"])
    assert [text.index(part) for part in ("nudge", "if nobody", "it has slipped")] == sorted(
        text.index(part) for part in ("nudge", "if nobody", "it has slipped")
    )


LATE = replace(PROMISE, id=6, due_at=NOW - HOUR, outcome=Outcome.SLIPPED)


@pytest.mark.parametrize(
    ("promises", "slipped", "owner", "presses"),
    [
        ((LATE,), LATE, ANA, ["Answered", "Send delay update", "More"]),
        ((LATE,), LATE, None, ["Claim", "Answered", "Send delay update", "More"]),
        ((LATE, PROMISE), None, ANA, ["Answered", "Send delay update", "More"]),
        ((), None, ANA, ["More"]),
        ((replace(LATE, outcome=Outcome.KEPT),), None, ANA, ["More"]),
    ],
    ids=["slipped", "slipped, nobody's", "slipped, then a new time", "nothing promised", "kept"],
)
def test_what_can_be_done_about_a_promise_is_offered_as_in_a_nudge(
    promises: tuple[Promise, ...], slipped: Promise | None, owner: Member | None, presses: list[str]
) -> None:
    card = replace(OWNED, promises=(), slipped=slipped, owner=owner)
    row = build_status(replace(STATUS, card=card, promises=promises), now=NOW)["blocks"][-1]["elements"]
    assert [one["text"]["text"] for one in row] == presses
    about = {decode(one["value"])["promise"] for one in row if one["action_id"] in {Action.ANSWERED, Action.DELAY}}
    assert about == ({str((slipped or PROMISE).id)} if "Answered" in presses else set())
    assert sum(one.get("style") == "primary" for one in row) <= 1


def test_without_a_step_to_come_nothing_is_said_of_any() -> None:
    assert told() == []
    assert HEADING not in str(blocks())


@pytest.mark.parametrize(
    ("later", "day"),
    [
        (timedelta(days=-1), ""),
        (timedelta(), ""),
        (timedelta(days=1), ""),
        (timedelta(days=2), f"{NOW + timedelta(days=2):%a} "),
        (timedelta(days=9), f"{NOW + timedelta(days=9):%a} "),
    ],
    ids=["yesterday", "today", "tomorrow", "in two days", "next week"],
)
def test_a_day_that_is_neither_today_nor_tomorrow_is_named(later: timedelta, day: str) -> None:
    line = told(LadderStep(NOW + later, StepKind.NUDGE, (ANA,)), reader=ANA.id)[0]
    assert as_read(line).startswith(f"{day}{NOW + later:%d %b %Y}")
