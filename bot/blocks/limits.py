"""Slack's limits, as far as our messages and windows meet them, and the cut that keeps a text within one.

The numbers are from Slack's Block Kit reference (docs.slack.dev/reference/block-kit); `message.total` is ours: all
blocks of a message together fail near 13,200 characters (github.com/slackapi/bolt-js/issues/2509).
"""

from typing import Final

LIMITS: Final[dict[str, int]] = {
    "message.blocks": 50,
    "message.update_text": 4_000,
    "modal.blocks": 100,
    "modal.title": 24,
    "modal.submit": 24,
    "modal.close": 24,
    "home.blocks": 100,
    "view.private_metadata": 3_000,
    "element.placeholder": 150,
    "text.text": 3_000,
    "section.text": 3_000,
    "section.fields": 10,
    "section.field_text": 2_000,
    "header.text": 150,
    "context.elements": 10,
    "actions.elements": 25,
    "input.label": 2_000,
    "input.hint": 2_000,
    "button.text": 75,
    "button.value": 2_000,
    "button.accessibility_label": 75,
    "select.options": 100,
    "select.option_groups": 100,
    "checkboxes.options": 10,
    "radio_buttons.options": 10,
    "plain_text_input.max_length": 3_000,
    "option.text": 75,
    "option.value": 150,
    "option.description": 75,
    "option_group.label": 75,
    "confirm.title": 100,
    "confirm.text": 300,
    "confirm.confirm": 30,
    "confirm.deny": 30,
}

MESSAGE_TOTAL: Final = 12_000
"""Characters in all blocks of one message; safely below where Slack refuses."""

_LONG_WORD: Final = 20
"""Characters from which a word may be cut through rather than left out."""

_JOINERS: Final = "\u200d\ufe0e\ufe0f"


def width(text: str) -> int:
    """Return the length as the stricter counter sees it: in UTF-16 units, where most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int | str) -> str:
    """Return the text, shortened with an ellipsis when it is longer than the limit (a number or a name in LIMITS).

    Never leaves half a character, nor a joiner that waits for the rest of an emoji; half a word only of a long one.
    """
    most = LIMITS[limit] if isinstance(limit, str) else limit
    if width(text) <= most:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    word = -1 if text[len(kept)].isspace() else kept.rfind(" ", max(1, len(kept) - _LONG_WORD))
    return kept[: word if word > 0 else None].rstrip().rstrip(_JOINERS) + "…"


def chunks(text: str, size: int) -> list[str]:
    """Return the whole text in pieces of at most `size`, characters kept whole."""
    pieces = []
    while text:
        piece = text.encode("utf-16-le", "surrogatepass")[: 2 * size].decode("utf-16-le", "ignore")
        pieces.append(piece)
        text = text[len(piece) :]
    return pieces


def word_chunks(text: str, size: int) -> list[str]:
    """Return the whole text in pieces of at most `size` that end between lines, else between words where there are any.

    Joined again they are the text: the space at which it was parted stays at the end of its piece.
    """
    pieces = []
    while width(text) > size:
        piece = chunks(text[:size], size)[0]
        half = len(piece) // 2
        end = piece.rfind("\n", half) + 1 or max(piece.rfind(space, half) for space in " \t") + 1
        pieces.append(piece[:end] if end else piece)
        text = text[len(pieces[-1]) :]
    return [*pieces, *([text] if text else [])]
