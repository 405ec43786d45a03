"""What makes a Slack status an absence, as a sentence and as a form."""

from collections.abc import Sequence
from typing import Final

from bot.blocks.ids import Field, Window, encode
from bot.blocks.pieces import View, ask, context, modal, plain_section, text_field
from bot.blocks.words import Element, line, one_line, plain, rich_text, said
from bot.domain.hours.settings import AwaySigns

_WORDS_TOLD: Final = 6
LONGEST: Final = 2_500


def signs_elements(signs: AwaySigns) -> list[Element]:
    """Return what makes a status an absence, as parts of a rich text."""
    if not signs.words and not signs.emoji:
        return [said("No Slack status makes anybody away here; people say it with /headsup away.")]
    elements = [said("Whoever sets one of these as their Slack status is away: ")]
    for number, name in enumerate(signs.emoji):
        elements += [*([said(" ")] if number else []), {"type": "emoji", "name": name}]
    if signs.words:
        elements.append(said(f"{', ' if signs.emoji else ''}{_words(signs.words)}"))
    return [*elements, said(".")]


def _words(words: Sequence[str]) -> str:
    told = ", ".join(f"“{one_line(word, 40)}”" for word in words[:_WORDS_TOLD])
    left = len(words) - _WORDS_TOLD
    return f"{told} and {left} more" if left > 0 else told


def build_signs_form(now: AwaySigns, *, root: str) -> View:
    """Return the form, filled with what holds."""
    return modal(
        Window.AWAY_SIGNS,
        "Away words",
        [
            ask(
                Field.AWAY_WORDS,
                "Words in a Slack status that mean away",
                text_field(", ".join(now.words), multiline=True, most=LONGEST, placeholder="vacation, sick, OOO"),
                hint="With commas between them. Whole words, in any case; “away” is not found in “takeaway”.",
                optional=True,
            ),
            ask(
                Field.AWAY_EMOJI,
                "Emoji that mean away",
                text_field(emoji_text(now), most=LONGEST, placeholder=":palm_tree: :airplane:"),
                hint="By their names, with colons.",
                optional=True,
            ),
            context(plain("They count from the next change of a status on. The absence ends when the status does.")),
        ],
        metadata=encode(root=root),
        submit="Save",
        close="Cancel",
    )


def build_signs_saved(signs: AwaySigns, *, changed: bool) -> View:
    """Return what the form becomes."""
    first = "✅ This holds now:" if changed else "Nothing was different, so nothing has changed:"
    blocks = [plain_section(first), rich_text(line(*signs_elements(signs)))]
    return modal(Window.NOTICE, "Saved" if changed else "As it was", blocks, close="Back")


def emoji_text(signs: AwaySigns) -> str:
    """Return the emoji as they are typed, as many as fit: half a name would be another one."""
    text = " ".join(f":{name}:" for name in signs.emoji)
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]
