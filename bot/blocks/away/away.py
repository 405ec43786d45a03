"""Absences as people see them: what was understood, and which promises fall into it, each with what was decided."""

from datetime import datetime

from bot.blocks import phrases
from bot.blocks.away.away_form import REASON
from bot.blocks.away.away_questions import take_back
from bot.blocks.away.still_away import once_taken_back, still_words
from bot.blocks.client_words import excerpt_line
from bot.blocks.ids import Action, Window, encode
from bot.blocks.pieces import Block, Post, View, actions, button, context, divider, modal, plain_section, section
from bot.blocks.words import escape, fallback, line, one_line, person, plain, rich_text, said, when
from bot.domain.away.absence_words import span_words
from bot.domain.away.away import AwayShown, Falling
from bot.domain.local_times import zone
from bot.domain.people import Member
from bot.domain.promises import Outcome

SHOWN = 10
"""Promises in one answer, three blocks each."""


def build_away(shown: AwayShown, *, now: datetime, note: str = "") -> Post:
    """Return what was understood, and each promise that falls into it: what was decided, or what can be done.

    When it is over, nothing is to be decided any more. `note` is one more sentence, of our own words.
    """
    if shown.absence.is_over(now):
        still = [still_words(shown.still, shown.member, shown.reader, now)] if shown.still else []
        blocks = [section(f"*{_over(shown, now)}*"), *(plain_section(words) for words in still)]
        return Post(text=fallback([_over(shown, now), *map(escape, still)]), blocks=blocks)
    blocks = [section(f"*{heading(shown, now)}*"), *_notes(shown, note)]
    listed = shown.falling[:SHOWN]
    blocks += [section(_count(shown))] if listed else [context(plain(_nothing(shown)))]
    for number, item in enumerate(listed):
        blocks += [divider()] if number else []
        blocks += [_named(item), section(_standing(shown, item, now)), *_choices(shown, item)]
    if len(shown.falling) > SHOWN:
        blocks.append(context(plain(f"and {len(shown.falling) - SHOWN} more: “/headsup mine” lists them")))
    then = once_taken_back(shown.absence, shown.still, shown.member, shown.reader, now)
    blocks += actions(take_back("Take it back", shown.absence, then))
    lines = [f"{escape(_name(item))}: {_standing(shown, item, now)}" for item in listed]
    return Post(text=fallback([heading(shown, now), *lines]), blocks=blocks)


def build_away_view(shown: AwayShown, *, now: datetime, note: str = "") -> View:
    """Return the same as a window."""
    return modal(Window.AWAY, "Away", build_away(shown, now=now, note=note)["blocks"])


def heading(shown: AwayShown, now: datetime) -> str:
    """Return in one sentence who is away when, and who stands in. In the zone of the one who is away."""
    when_away = span_words(shown.absence.spell, zone(shown.member.tz), now)
    who = "Away" if shown.reader.id == shown.member.id else f"{person(shown.member.id, shown.member.name)} is away"
    return f"{who} {when_away}; {_who_hears(shown)}."


def _over(shown: AwayShown, now: datetime) -> str:
    """Say of an absence that is over when it was, or that it never began."""
    absence, tz = shown.absence, zone(shown.member.tz)
    is_own = shown.reader.id == shown.member.id
    who = person(shown.member.id, shown.member.name)
    if absence.is_undone:
        was_to_be = span_words((absence.starts_at, absence.ends_at or absence.over_at), tz, now)
        return f"Taken back: {'you are' if is_own else f'{who} is'} not away {was_to_be}."
    return f"That is over: {'you were' if is_own else f'{who} was'} away {span_words(absence.spell, tz, now)}."


def _who_hears(shown: AwayShown) -> str:
    if shown.stand_in is None:
        return "nobody stands in, so the team channel hears what nears its time"
    name = person(shown.stand_in.id, shown.stand_in.name)
    if shown.chosen:
        return f"{name} stands in" if shown.stand_in.id != shown.reader.id else "you stand in"
    theirs = [item for item in shown.falling if item.kept or item.is_undecided(shown.member)]
    if theirs and not any(_is_heard_by(item, shown.stand_in) for item in theirs):
        return "nobody stands in"  # each of them says who hears of it
    return f"nobody stands in, so {name} as the lead hears what nears its time"


def _notes(shown: AwayShown, note: str) -> list[Block]:
    """Return what else is to be known: odd times, whose zone it is, a note."""
    said_so = [note, *shown.notes] if note else list(shown.notes)
    if shown.reader.tz != shown.member.tz:
        said_so.append(f"Times are {one_line(shown.member.name, 60)}'s, in {shown.member.tz}.")
    if shown.absence.reason:
        said_so.append(f"Note: {one_line(shown.absence.reason, REASON)}")
    return [context(plain(" ".join(said_so)))] if said_so else []


def _count(shown: AwayShown) -> str:
    count = len(shown.falling)
    return "One promise falls into it:" if count == 1 else f"{count} promises fall into it, the nearest first:"


def _nothing(shown: AwayShown) -> str:
    whose = "of yours" if shown.reader.id == shown.member.id else "of theirs"
    return f"No promise {whose} falls into it."


def _name(item: Falling) -> str:
    return f"{phrases.title(item.request, item.client)} · {one_line(excerpt_line(item.request, item.excerpt), 120)}"


def _named(item: Falling) -> Block:
    title = said(phrases.title(item.request, item.client), bold=True)
    return rich_text(line(title, said(f" · {one_line(excerpt_line(item.request, item.excerpt), 120)}")))


def _standing(shown: AwayShown, item: Falling, now: datetime) -> str:
    """Return how one promise stands, what was decided about it first."""
    standing = phrases.promise(item.promise, now)
    if item.moved_to is not None:
        within = shown.absence.spell[0] <= item.moved_to < shown.absence.spell[1]
        moved = f"Moved {when(item.moved_to, 'to ')}." + (" That is within the absence, too." if within else "")
        return moved if item.promise.outcome is Outcome.MOVED_BEFORE else f"{standing}. {moved}"
    if item.promise.outcome is not Outcome.OPEN:
        return f"{standing}."
    return f"{_decided(shown, item)}{standing}."


def _decided(shown: AwayShown, item: Falling) -> str:
    """Return what was decided about an open promise, as a sentence before how it stands; nothing is nothing."""
    if item.owner is None:
        return "Given back to the team: nobody has it yet. "
    if item.owner.id != shown.member.id:
        return f"Handed to {person(item.owner.id, item.owner.name)}. "
    if item.moving_to is not None:
        return f"The update that moves it {when(item.moving_to, 'to ')} is on its way. "
    if item.kept:
        return f"Keeps its time; {_hears(shown, item)}. "
    instead = "" if _is_heard_by(item, shown.stand_in) else f"{_hears(shown, item)}. "
    return instead if item.due else f"Due just after the absence, and nudges about it would have come within. {instead}"


def _hears(shown: AwayShown, item: Falling) -> str:
    """Say who hears of a promise, and that whoever should have is not there for it."""
    who = person(item.hears.id, item.hears.name) if item.hears is not None else "the team channel"
    if shown.stand_in is None or _is_heard_by(item, shown.stand_in):
        return f"{who} hears of it before it is due"
    return f"{person(shown.stand_in.id, shown.stand_in.name)} is not at work in time: {who} hears of it"


def _is_heard_by(item: Falling, member: Member | None) -> bool:
    """Tell whether a promise is heard of by who was named for it; nobody named: the team channel."""
    return (item.hears.id if item.hears else None) == (member.id if member else None)


def _choices(shown: AwayShown, item: Falling) -> list[Block]:
    """Return what can be done about one promise, for as long as nothing was."""
    if not item.is_undecided(shown.member):
        return []
    facts = {"promise": item.promise.id, "request": item.request.id, "absence": shown.absence.id}
    to = shown.stand_in.id if shown.stand_in and shown.chosen else ""
    label = f"Hand over to {one_line(shown.stand_in.name, 40)}" if to and shown.stand_in else "Hand over"
    return actions(
        button(label, Action.AWAY_HAND_OVER, encode(**facts, to=to), style="primary"),
        button("Move", Action.AWAY_MOVE, encode(**facts)),
        button("Keep", Action.AWAY_KEEP, encode(**facts)),
    )
