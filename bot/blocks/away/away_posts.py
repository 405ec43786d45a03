"""Messages about absences: to the one who is away or back, and to the one who stands in."""

from datetime import date, datetime, tzinfo

from bot.blocks import phrases
from bot.blocks.away import stand_in_list
from bot.blocks.ids import Action, encode
from bot.blocks.pieces import Block, Post, actions, button, context, section
from bot.blocks.settings.settings_words import zone_words
from bot.blocks.words import (
    Element,
    escape,
    fallback,
    line,
    one_line,
    person,
    plain,
    rich_text,
    said,
    when,
    when_element,
)
from bot.domain.away.absence_words import Spell, days_words, end_words
from bot.domain.away.away import AwayPost, AwayShown, Happened, Meanwhile, PostKind, Returned, StillAway
from bot.domain.local_times import zone
from bot.domain.people import Member

MOST = 15
"""Lines of one summary; the queue shows the rest."""


def build_away_post(post: AwayPost | Returned) -> Post:
    """Return a message about an absence; times are in the zone of whoever reads it."""
    if isinstance(post, Returned):
        return build_returned(post)
    sentence = _SENTENCES[post.kind](post.shown)
    blocks = [section(sentence)]
    lines: list[str] = []
    if post.kind is PostKind.STANDS_IN:
        blocks += stand_in_list.build_list(post.shown)
        lines = stand_in_list.spoken(post.shown)
    blocks += _whose_days(post.shown)
    if post.kind is PostKind.ENTERED:
        take_back = button("Take it back", Action.AWAY_TAKE_BACK, encode(absence=post.shown.absence.id))
        blocks += actions(take_back)
    return Post(text=fallback([sentence, *lines]), blocks=blocks)


def _when(shown: AwayShown) -> str:
    """Return the time as it was entered: whole days by their names, else in the zone of whoever reads it."""
    starts_at, ends_at = _entered_for(shown)
    tz, made_on = _zone_and_day(shown)
    days = days_words((starts_at, ends_at), tz, made_on)
    until = end_words(ends_at, tz, made_on) or when(ends_at, "until ")
    return days or f"{when(starts_at, 'from ')} {until}"


def _whose_days(shown: AwayShown) -> list[Block]:
    """Say whose days are named, to a reader in another zone."""
    tz, made_on = _zone_and_day(shown)
    if shown.reader.tz == shown.member.tz or not end_words(_entered_for(shown)[1], tz, made_on):
        return []
    return [context(plain(f"Days go by {one_line(shown.member.name, 60)}'s clock: {zone_words(shown.member.tz)}."))]


def _entered_for(shown: AwayShown) -> Spell:
    return shown.absence.starts_at, shown.absence.ends_at or shown.absence.over_at


def _zone_and_day(shown: AwayShown) -> tuple[tzinfo, date]:
    """Return the zone of the one who is away, and the day there on which it was entered: words do not change after."""
    tz = zone(shown.member.tz)
    return tz, shown.absence.made_at.astimezone(tz).date()


def _until(still: StillAway) -> str:
    return f" {when(still.until, 'until ')}" if still.until else ""


def _somebody(member: Member | None) -> str:
    return person(member.id, member.name) if member else "A colleague"


def _entered(shown: AwayShown) -> str:
    stand_in = f" {_somebody(shown.stand_in)} stands in." if shown.stand_in and shown.chosen else ""
    return f"{_somebody(shown.by)} entered an absence for you: away {_when(shown)}.{stand_in}"


def _ended(shown: AwayShown) -> str:
    taken_back = f"Your absence {_when(shown)} was taken back by a colleague."
    if shown.still is not None:
        return f"{taken_back} By your Slack status you are still away{_until(shown.still)}."
    return f"{taken_back} Nudges come to you again."


def _stands_in(shown: AwayShown) -> str:
    who = person(shown.member.id, shown.member.name)
    comes = "what nears its time while you are at work comes to you"
    return f"{who} is away {_when(shown)}, and you stand in: {comes}. {stand_in_list.counted(shown)}".rstrip()


def _no_longer(shown: AwayShown) -> str:
    who = person(shown.member.id, shown.member.name)
    if shown.still is not None:
        still = f"By their Slack status they are still away{_until(shown.still)}"
        return f"The absence of {who} {_when(shown)} was ended, so you need not stand in for it. {still}."
    if shown.absence.starts_at < (shown.absence.ended_at or shown.absence.starts_at):
        return f"{who} is back, so you no longer stand in. Thank you."
    return f"{who} is not away {_when(shown)} after all, so you need not stand in."


_SENTENCES = {
    PostKind.ENTERED: _entered,
    PostKind.ENDED: _ended,
    PostKind.STANDS_IN: _stands_in,
    PostKind.NO_LONGER: _no_longer,
}


def build_returned(post: Returned) -> Post:
    """Return the one summary: what went and came, what slipped or was moved, what is due next."""
    heading = f"*Welcome back.* This happened {when(post.since, 'since ')}:"
    shown = post.happened[:MOST]
    rest = [context(plain(f"and {len(post.happened) - MOST} more"))] if len(post.happened) > MOST else []
    due: list[Block] = []
    if post.due:
        due = [
            section("*Due next*"),
            rich_text(*(_due(phrases.title(each.request, each.client), each.promise.due_at) for each in post.due)),
        ]
    blocks = [
        section(heading),
        rich_text(*(line(*_line(each)) for each in shown)),
        *rest,
        *due,
        *actions(button("My requests", Action.LIST_MINE, encode())),
    ]
    lines = [_spoken(each) for each in shown]
    lines += [
        f"Due next: {escape(phrases.title(each.request, each.client))} · {when(each.promise.due_at)}"
        for each in post.due
    ]
    return Post(text=fallback([heading, *lines]), blocks=blocks)


def _due(title: str, at: datetime) -> Element:
    return line(said(f"• {title}: "), when_element(at))


def _line(entry: Meanwhile) -> list[Element]:
    before, lead, at = _words(entry)
    title = said(phrases.title(entry.request, entry.client), bold=True)
    return [said("• "), title, said(f" {before}"), when_element(at, lead)]


def _spoken(entry: Meanwhile) -> str:
    before, lead, at = _words(entry)
    return escape(f"{phrases.title(entry.request, entry.client)} {before}") + when(at, lead)


def _words(entry: Meanwhile) -> tuple[str, str, datetime]:
    """Return one thing that happened, our own words that lead to an instant, and the instant."""
    by = one_line(entry.by.name, 60) if entry.by else "a colleague"
    to = one_line(entry.to.name, 60) if entry.to else "the team"
    lead = ", "
    match entry.kind:
        case Happened.HANDED_AWAY:
            taken = entry.by and entry.to and entry.by.id == entry.to.id
            said_so = f"was taken over by {to}" if taken else f"went to {to}, handed over by {by}"
        case Happened.HANDED_HERE:
            said_so = f"is yours now, handed over by {by}"
        case Happened.SLIPPED:
            said_so = f"slipped: they were to {phrases.told(entry.promise.kind) if entry.promise else 'hear'} "
            lead = "by "
        case Happened.MOVED:
            said_so, lead = "was moved before it was due; the old time ", "was "
        case Happened.WROTE:
            said_so = f"wrote {'once' if entry.count == 1 else f'{entry.count} times'}"
            lead = ", " if entry.count == 1 else ", the last time "
        case Happened.ASKED:
            who = one_line(entry.to.name, 60) if entry.to else "the team channel"
            has_it = ", who has it in hand" if entry.in_hand else ""
            said_so, lead = f"was brought to {who} in your place{has_it}", ", "
    return said_so, lead, entry.promise.due_at if entry.promise else entry.at
