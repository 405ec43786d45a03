"""Help with `/headsup`, made from the table of subcommands."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.domain.commands.slash_commands import SLASH, typed
from bot.domain.commands.slash_rows import ROWS
from bot.domain.commands.slash_words import plain


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line of help: what to type, and what it does."""

    usage: str
    does: str


def help_lines(topic: str = "") -> tuple[HelpLine, ...]:
    """Return the help: every subcommand, or one (a verb's name) with its examples; all for a topic nobody knows."""
    row = next((row for row in ROWS if topic and row.verb == topic), None)
    if row is None:
        return tuple(HelpLine(typed(row, usage=True), row.does) for row in ROWS)
    examples = tuple(HelpLine(f"{SLASH} {example}", "") for example in row.examples)
    return (HelpLine(typed(row, usage=True), row.does), *examples)


def nearest_lines(text: str) -> tuple[HelpLine, ...]:
    """Return the three commands nearest to what was typed after `/headsup`, the nearest first."""
    first = (plain(text[:_LOOKED_AT]).split() or [""])[0][:_WORD].casefold()
    ranked = sorted(ROWS, key=lambda row: -max(SequenceMatcher(a=word, b=first).ratio() for word in row.words))
    return tuple(HelpLine(typed(row, usage=True), row.does) for row in ranked[:_NEAREST])


def help_text(topic: str = "") -> str:
    """Return the help as plain lines, for a fallback text and for the command line."""
    return "\n".join(f"{line.usage} · {line.does}" if line.does else f"  {line.usage}" for line in help_lines(topic))


_LOOKED_AT = 12_000
_WORD = 60
_NEAREST = 3
