"""What was typed after `/headsup` and is not possible: why, and the line once more, to be mended."""

import re

from bot.blocks.pieces import Post
from bot.blocks.words import Element, escape, fallback, line, mention, one_line, rich_text, said

LINE = 300
"""Characters of a line that are repeated; what is longer is hardly typed again."""

_ABOUT = re.compile(r"<@([UW][A-Z0-9]+)>")
"""A sentence of ours may begin with whom it is about, when only Slack knows their name."""


def build_refused(sentence: str, typed: str) -> Post:
    """Return why, and what was typed as it was typed: Slack has cleared it from the field."""
    again = one_line(typed, LINE)
    about = _ABOUT.match(sentence)
    words: list[Element] = [said(sentence)]
    if about:
        words = [mention(about[1]), said(sentence[about.end() :])]
    blocks = [rich_text(line(*words)), rich_text(line(said("You typed: "), said(again, code=True)))]
    spoken = f"{about[0]}{escape(sentence[about.end() :])}" if about else escape(sentence)
    return Post(text=fallback([spoken, f"You typed: {escape(again)}"]), blocks=blocks)
