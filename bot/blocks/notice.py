"""A sentence for one person."""

from bot.blocks.ids import Window
from bot.blocks.pieces import Post, View, modal, plain_section
from bot.blocks.words import escape, fallback
from bot.domain.characters import clean


def build_notice(sentence: str) -> Post:
    """Return the sentence as a message that only one person reads."""
    return Post(text=fallback([escape(sentence)]), blocks=[plain_section(clean(sentence))])


def build_notice_view(sentence: str, *, title: str = "Headsup") -> View:
    """Return the sentence as a window, for where no message can stand."""
    return modal(Window.NOTICE, title, [plain_section(clean(sentence))])
