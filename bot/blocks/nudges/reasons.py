"""Why something comes to this reader and why now: time away, a day that ends, a colleague who has not answered."""

from datetime import datetime

from bot.blocks.nudges.early import missing_words
from bot.blocks.words import at_time, person, when
from bot.domain.ladder.deadline import is_break
from bot.domain.ladder.reaching import CHANNEL, Why
from bot.domain.local_times import zone
from bot.domain.people import Member
from bot.domain.snapshots.nudge import NudgeItem


def why_this_reader(item: NudgeItem, reader: str) -> str:
    """Return a sentence, empty when nothing needs explaining. `reader` is the member's id, or the channel's."""
    if item.why is Why.FIRST:
        return _early(item, item.closes_at) if item.closes_at and reader != CHANNEL else ""
    if item.owner is None:
        return "Nobody owns it, and whoever would hear of it first is not at work."
    if item.owner.id == reader:
        return ""
    said = _about(item.owner, item.why, item.back_at)
    if reader == CHANNEL:
        return f"{said}, and nobody else in line is at work: who takes it?"
    return f"{said}." if item.why is Why.UNANSWERED else f"{said}, so you stand in."


def _about(owner: Member, why: Why, back_at: datetime | None) -> str:
    name = person(owner.id, owner.name)
    until = f" {when(back_at, 'until ')}" if back_at else ""
    match why:
        case Why.AWAY:
            return f"{name} is not at work{until}" if back_at else f"{name} has no working time left before that"
        case Why.NOT_NOW:
            return f"{name} is not at work{until or ' now'}"
        case Why.LEAVING:
            return f"{name} goes away before that"
        case _:
            return f"{name} was told and has not answered"


def _early(item: NudgeItem, closes: datetime) -> str:
    tz = zone(item.tz)
    if item.missing is not None:
        return f"You hear now because {missing_words(item.missing, 'you are', now=closes, at=closes, tz=tz)}."
    if item.opens_at is not None and is_break(closes, item.opens_at, tz):
        return f"You hear now because you break {at_time(closes)}."
    return f"You hear now because your day ends {at_time(closes)}."
