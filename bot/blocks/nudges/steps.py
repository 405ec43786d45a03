"""The steps of a ladder that are still to come: when in the reader's own zone, to whom, and why then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.blocks.nudges.early import missing_words, on_day
from bot.blocks.words import at_time, escape, listed, one_line, person
from bot.domain.characters import clean
from bot.domain.ladder.deadline import is_break
from bot.domain.ladder.reaching import Why
from bot.domain.local_times import zone
from bot.domain.people import Member
from bot.domain.snapshots.status import LadderStep, Status, StepKind
from bot.domain.spans import span_words

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads the steps, and when; `tz` is None for somebody whose zone nobody knows."""

    id: str
    tz: tzinfo | None
    now: datetime


def steps(status: Status, now: datetime) -> list[str]:
    """Return a line for each step, in order; whoever reads them is "you"."""
    due = status.ladder[-1].at if status.ladder else None
    member = next((member for member in status.card.members if member.id == status.reader), None)
    tz = zone(member.tz) if member else None
    reader = _Reader(status.reader, tz, now)
    lines = ((step, on_day(step.at, now, tz)) for step in status.ladder)
    return [_line(step, at, due, status.card.owner, reader) for step, at in lines]


def _line(step: LadderStep, at: str, due: datetime | None, owner: Member | None, reader: _Reader) -> str:
    match step.kind:
        case StepKind.SLIPPED:
            told = _are_told(step.to, reader)
            return f"{at} · if no word has left by then, it has slipped: {told}, and the card shows it"
        case StepKind.PASSED_ON:
            return f"{at} · if nobody has answered: {_are_told(step.to, reader)}"
        case StepKind.NUDGE:
            return f"{at} · nudge to {_names(step.to, reader)}{_reason(step, due, owner, reader)}"


def _names(to: Sequence[Member], reader: _Reader) -> str:
    """Return who hears, the reader first."""
    names = ["you" for member in to if member.id == reader.id]
    names += [person(member.id, member.name) for member in to if member.id != reader.id]
    return listed(names) or "the team channel"


def _are_told(to: Sequence[Member], reader: _Reader) -> str:
    many = len(to) > 1 or any(member.id == reader.id for member in to)
    return f"{_names(to, reader)} {'are' if many else 'is'} told"


def _reason(step: LadderStep, due: datetime | None, owner: Member | None, reader: _Reader) -> str:
    """Say why this one and why so early; when there is nothing to explain, how long before it is."""
    why = [_leaving(step, reader) or _instead(step, step.leaver or owner, reader), _early(step, reader)]
    said = [reason for reason in why if reason]
    if said:
        return f", because {'; '.join(said)}"
    return f", {_before(step.lead, due - step.at)}" if step.lead is not None and due is not None else ""


def _leaving(step: LadderStep, reader: _Reader) -> str:
    """Say who goes away, and from when on, where that alone is why somebody hears."""
    if step.leaver is None or step.leaving is None:
        return ""
    subject = _subject(step.leaver, reader, "is", "are")
    return missing_words(step.leaving, subject, now=reader.now, at=step.at, tz=reader.tz)


def _instead(step: LadderStep, owner: Member | None, reader: _Reader) -> str:
    if step.why not in {Why.AWAY, Why.NOT_NOW, Why.LEAVING}:
        return ""
    if step.why is Why.AWAY and not step.to:
        return "nobody in line has working time left"
    if step.why is Why.LEAVING:
        return f"{_subject(owner, reader, 'goes', 'go') if owner else 'whoever had it goes'} away before it is due"
    subject = _subject(owner, reader, "is", "are") if owner else "whoever hears first is"
    return f"{subject} not at work {'then' if step.why is Why.NOT_NOW else 'before it is due'}"


def _early(step: LadderStep, reader: _Reader) -> str:
    """Say what would come too late: a time away, a day off; else what stops soon: work for a break, or for the day."""
    if step.closes_at is None or not step.to:
        return ""
    who, at = step.to[0], at_time(step.closes_at)
    if step.missing is not None:
        subject = _subject(who, reader, "is", "are")
        return missing_words(step.missing, subject, now=reader.now, at=step.at, tz=reader.tz)
    if step.opens_at is not None and is_break(step.closes_at, step.opens_at, zone(who.tz)):
        return f"{_subject(who, reader, 'breaks', 'break')} {at}"
    if step.office:
        return f"the office closes {at}"
    return f"{'your' if who.id == reader.id else _possessive(who)} day ends {at}"


def _subject(member: Member, reader: _Reader, theirs: str, yours: str) -> str:
    return f"you {yours}" if member.id == reader.id else f"{_first_name(member)} {theirs}"


def _possessive(member: Member) -> str:
    return f"{_first_name(member)}'s"


def _first_name(member: Member) -> str:
    """Return how somebody is called the second time: their mention stands in the same line."""
    first = clean(member.name).split()[:1]
    return escape(one_line(first[0] if first else "somebody", 40))


def _before(lead: timedelta, length: timedelta) -> str:
    """Return how long before something comes: "an hour before", "4 working hours before"; never rounded up."""
    working = lead != length
    if lead < _MINUTE:
        return "less than a minute before"
    if lead < _HOUR:
        return f"{_counted(lead // _MINUTE, 'a', 'minute', working=working)} before"
    if lead // _MINUTE % 60 == 0:
        return f"{_counted(lead // _HOUR, 'an', 'hour', working=working)} before"
    return f"{span_words(lead)}{' of work' if working else ''} before"


def _counted(count: int, article: str, unit: str, *, working: bool) -> str:
    if count == 1:
        return f"a working {unit}" if working else f"{article} {unit}"
    return f"{count} {'working ' if working else ''}{unit}s"
