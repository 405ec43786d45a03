"""Laws of when: never early, where the lead is left, before the last closing, at work, more and more urgent."""

from collections.abc import Iterator
from datetime import timedelta

from machine_history import History
from machine_sweep import MINUTE, SECOND

from bot.domain.ladder.ladders import TIME_TO_ACT

Wrong = Iterator[str]
EXACTLY = 5 * SECOND
"""How exact the sweep is."""
_AS_MADE = 1
"""A promise that nobody was given since. Whom it is given in the same second may be told of it in that second."""


def never_early(history: History) -> Wrong:
    """No nudge leaves before the instant of its rung."""
    for told in history.told:
        if told.lead is not None and told.left is not None and told.left > told.lead + MINUTE:
            yield f"{told}: {told.left} are left of {told.lead}"
        if told.not_before is not None and told.at < told.not_before - SECOND:
            yield f"{told}: not before {told.not_before}"


def rungs_lie_where_their_lead_is_left(history: History) -> Wrong:
    """A rung with a lead lies where exactly that much working time of its bearer is left, and before the due time."""
    for step in history.steps:
        if step.lead is not None and abs(step.left - step.lead) > EXACTLY:
            yield f"promise {step.promise}: at {step.at} {step.left} are left, not {step.lead}"
        if step.at >= step.due_at:
            yield f"promise {step.promise}: a rung at {step.at}, due {step.due_at}"


def a_call_before_the_last_closing(history: History) -> Wrong:
    """When the last spell before the due time is too short to act, some rung lies before it."""
    for one in history.closings:
        if MINUTE < one.rest < TIME_TO_ACT - MINUTE and one.before > MINUTE and not one.rungs:
            yield f"promise {one.promise}: only {one.rest} from {one.starts_at}, and no call before"


def nobody_off_work_hears(history: History) -> Wrong:
    """A message to a person comes in their working time and while they may be disturbed."""
    for told in history.told:
        if told.to != "channel" and not told.reachable:
            yield f"{told}: not at work, or not to be disturbed"


def what_was_past_when_told_never_comes(history: History) -> Wrong:
    """A new or moved time is not nudged about at once: rungs that were past when the client heard it never come."""
    for told in history.of_promises():
        if told.slipped or told.opened_at is None:
            continue
        if told.at < told.opened_at or (told.at == told.opened_at and told.revision <= _AS_MADE):
            yield f"{told}: the client heard it at {told.opened_at}"


def rungs_grow_more_urgent(history: History) -> Wrong:
    """One person hears of one revision in order, somebody else only after a first nudge, and of a slip when due."""
    last: dict[tuple[int, int, str], int] = {}
    for told in history.of_promises():
        if told.name.isdigit():
            whose = (told.ident, told.revision, told.to)
            if told.name == "0" and told.rung < last.get(whose, 0):
                yield f"{told}: after rung {last[whose]}"
            last[whose] = told.rung
        if told.slipped and told.due_at is not None and told.at < told.due_at and not told.over:
            yield f"{told}: due {told.due_at}"
    planned = {key.rsplit(":", 2)[0] for key in history.keys if key.split(":")[-2].endswith(_FIRST)}
    for key in history.keys:
        if key.split(":")[-2].endswith(".passed") and key.rsplit(":", 2)[0] not in planned:
            yield f"{key}: passed on, and nobody was to be told first"


def no_time_left_is_somebody_elses(history: History) -> Wrong:
    """An owner without working time left before the due time hears nothing of it; nobody else is left to chance."""
    for told in history.of_promises():
        if told.owner and not told.slipped and told.left is not None and told.left <= timedelta():
            yield f"{told}: its owner has no time left for it"


_FIRST = tuple(f".{number}" for number in range(10))
