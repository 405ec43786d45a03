"""What a form becomes when it was saved, and what it says on top when somebody else was faster."""

from datetime import date
from typing import Final

from bot.blocks.ids import Window
from bot.blocks.pieces import Block, View, context, modal, plain_section
from bot.blocks.settings.settings_words import (
    effect_text,
    holidays_words,
    mine_words,
    my_counting_words,
    name_of,
    special_words,
    stand_in_words,
    team_words,
)
from bot.blocks.words import listed, mrkdwn, plain
from bot.domain.hours.calendar_shown import HEADSUP
from bot.domain.hours.settings import Overtaken, Saved
from bot.domain.local_times import day_words

_PARTS: Final = {
    "week": "the hours",
    "tz": "the clock",
    "country": "the country",
    "region": "the part of the country",
    "own": "whose hours count",
    "within": "how your hours count",
    "stand_in": "who stands in",
    "holidays": "the holidays",
    "days": "the special days",
}


def build_team_saved(saved: Saved) -> View:
    """Return what the team's form becomes: what holds now, and what it did."""
    shown = saved.shown
    rules = [team_words(shown), holidays_words(shown), special_words(shown.team.team, shown.today)]
    return _saved(saved, rules)


def build_mine_saved(saved: Saved) -> View:
    """Return what a member's form becomes."""
    return _saved(saved, [mine_words(saved.shown), my_counting_words(saved.shown), stand_in_words(saved.shown)])


def _saved(saved: Saved, rules: list[str]) -> View:
    title = "Saved" if saved.changed else "As it was"
    first = "✅ This holds now:" if saved.changed else "Nothing was different, so nothing has changed:"
    blocks: list[Block] = [plain_section(first), plain_section("\n".join(filter(None, rules)))]
    blocks += [context(plain(note)) for note in saved.notes]
    if saved.changed:
        blocks.append(context(mrkdwn(effect_text(saved.effect))))
    return modal(Window.NOTICE, title, blocks, close="Back")


def overtaken_words(found: Overtaken, *, holds: str) -> str:
    """Return what is said above a form that somebody else was faster with; `holds` is what holds now, a sentence."""
    who = "Headsup" if found.by == HEADSUP else name_of(found.shown, found.by) if found.by else "Somebody"
    what = listed([_PARTS.get(part, part) for part in found.parts])
    return (
        f"{who} changed {what} while this window was open: {holds} Nothing was saved, and your words are below. "
        "Save again if yours should hold instead."
    )


def removed_words(day: date, today: date) -> str:
    """Return what is said when a special day was removed."""
    return f"{day_words(day, today)} is like any other day again."
