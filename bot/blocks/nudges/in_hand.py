"""What still comes of a promise that somebody has in hand: nothing before it is due, or who hears when they go away."""

from datetime import datetime

from bot.blocks.nudges.early import missing_words, on_day
from bot.blocks.words import person, when
from bot.domain.local_times import zone
from bot.domain.promises import Promise
from bot.domain.snapshots.in_hand import HandedOn


def build_in_hand(promise: Promise, found: HandedOn | None, reader: str, *, now: datetime) -> str:
    """Return the answer to "I'm on it", for mrkdwn; `reader` pressed it."""
    if found is None:
        return f"Noted: nothing more comes before it is {when(promise.due_at, 'due ')}."
    tz = found.has_it.tz if found.has_it.id == reader else None
    return f"Noted. It is {when(promise.due_at, 'due ')}; {who_hears(found, reader, tz=tz, now=now)}."


def who_hears(found: HandedOn, reader: str, *, tz: str | None, now: datetime) -> str:
    """Return who hears when and why, as the end of a sentence; `tz` is the reader's zone, None for nobody's."""
    clock = zone(tz) if tz else None
    to, it_is = found.to, on_day(found.at, now, clock)
    hears = "the team channel hears" if to is None else "you hear" if to.id == reader else f"{_named(found)} hears"
    return f"{hears} of it {it_is}, because {_goes_away(found, reader, now, tz)}"


def _named(found: HandedOn) -> str:
    return person(found.to.id, found.to.name) if found.to else ""


def _goes_away(found: HandedOn, reader: str, now: datetime, tz: str | None) -> str:
    is_reader = found.has_it.id == reader
    who = "you" if is_reader else person(found.has_it.id, found.has_it.name)
    if found.missing is None:
        return f"{who} {'go' if is_reader else 'goes'} away before that"
    clock = zone(tz) if tz else None
    return missing_words(found.missing, f"{who} {'are' if is_reader else 'is'}", now=now, at=found.at, tz=clock)
