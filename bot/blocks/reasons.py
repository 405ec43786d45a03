"""Why something comes to this reader and why now: a day that ends, a colleague who is away or has not answered."""

from datetime import datetime, timedelta

from bot.blocks.words import at_time, person, when
from bot.domain.people import Member
from bot.domain.reaching import CHANNEL, Why
from bot.domain.snapshots.nudge import NudgeItem
from bot.domain.snapshots.status import LadderStep, StepKind

_BREAK = timedelta(hours=4)
"""Whoever goes on sooner has a break; else their day ends."""


def why_this_reader(item: NudgeItem, reader: str) -> str:
    """Return a sentence, empty when nothing needs explaining. `reader` is the member's id, or the channel's."""
    if item.why is Why.FIRST:
        return _early(item.closes_at, item.opens_at) if item.closes_at and reader != CHANNEL else ""
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
            return f"{name} is away{until}" if back_at else f"{name} has no working time left before that"
        case Why.NOT_NOW:
            return f"{name} is not at work{until or ' now'}"
        case _:
            return f"{name} was told and has not answered"


def _early(closes: datetime, opens: datetime | None) -> str:
    if opens is not None and opens - closes < _BREAK:
        return f"You hear now because you have a break {at_time(closes, 'from ')}."
    return f"You hear now because your day ends {at_time(closes)}."


def step(entry: LadderStep) -> str:
    """Return one step of a ladder that is still to come: when, to whom, why."""
    to = ", ".join(person(member.id, member.name) for member in entry.to) or "the team channel"
    early = f", because their day ends {at_time(entry.closes_at)}" if entry.closes_at else ""
    match entry.kind, entry.why:
        case StepKind.SLIPPED, _:
            return f"{when(entry.at)}: if no word has left, it has slipped · {to} and the card say so"
        case StepKind.PASSED_ON, _:
            return f"{when(entry.at)}: if nobody has answered · {to}"
        case _, Why.AWAY:
            return f"{when(entry.at)}: nudge · {to}, because the owner is away{early and f' and{early[1:]}'}"
        case _, Why.NOT_NOW:
            return f"{when(entry.at)}: nudge · {to}, because the owner is not at work then"
        case _:
            return f"{when(entry.at)}: nudge · {to}{early}"
