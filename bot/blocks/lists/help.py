"""Help, made from the table of subcommands."""

from collections.abc import Sequence

from bot.blocks.ids import Action, encode
from bot.blocks.pieces import Post, actions, button, header
from bot.blocks.refused import build_refused
from bot.blocks.words import Element, escape, fallback, line, one_line, rich_text, said
from bot.domain.commands.slash_commands import SLASH
from bot.domain.commands.slash_help import HelpLine, help_lines, help_text, nearest_lines
from bot.domain.commands.slash_words import plain

_SENTENCE = 400


def build_help(topic: str = "") -> Post:
    """Return all subcommands, or one with its examples."""
    blocks = [header("What you can type"), rich_text(line(*_lines(help_lines(topic))))]
    blocks += actions(
        button("All open", Action.LIST_OPEN, encode()),
        button("Mine", Action.LIST_MINE, encode()),
        button("New request", Action.NEW_REQUEST, encode()),
    )
    return Post(text=fallback([escape(help_text(topic))]), blocks=blocks)


def build_not_understood(sentence: str, typed: str) -> Post:
    """Return what was not understood, what was typed, the commands nearest to it, and the way to all of them.

    `typed` is what stood after the command.
    """
    refused = build_refused(one_line(sentence, _SENTENCE), f"{SLASH} {plain(typed)}")
    blocks = [*refused["blocks"], rich_text(line(*_lines(nearest_lines(typed))))]
    blocks += actions(button("All commands", Action.HELP, encode()))
    return Post(text=refused["text"], blocks=blocks)


def _lines(entries: Sequence[HelpLine]) -> list[Element]:
    elements: list[Element] = []
    for entry in entries:
        elements += [said(entry.usage, code=True), said(f"  {entry.does}\n" if entry.does else "\n")]
    return elements
