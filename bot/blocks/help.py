"""Help, made from the table of subcommands."""

from bot.blocks.ids import Action, encode
from bot.blocks.pieces import Post, actions, button, header
from bot.blocks.words import Element, escape, fallback, line, one_line, rich_text, said
from bot.domain.slash import help_lines, help_text


def build_help(topic: str = "", *, sentence: str = "") -> Post:
    """Return all subcommands, or one with its examples; `sentence` comes first when something was not understood."""
    intro = [rich_text(line(said(one_line(sentence, 400))))] if sentence else []
    blocks = [header("What you can type"), *intro, rich_text(line(*_lines(topic)))]
    blocks += actions(
        button("All open", Action.LIST_OPEN, encode()),
        button("Mine", Action.LIST_MINE, encode()),
        button("New request", Action.NEW_REQUEST, encode()),
    )
    return Post(text=fallback([escape(one_line(sentence, 400)), escape(help_text(topic))]), blocks=blocks)


def _lines(topic: str) -> list[Element]:
    elements: list[Element] = []
    for entry in help_lines(topic):
        elements += [said(entry.usage, code=True), said(f"  {entry.does}\n" if entry.does else "\n")]
    return elements
