"""The rich_text block and what may stand in it (docs: /reference/block-kit/blocks/rich-text-block)."""

from typing import Final

from bot.workspace.blockkit.limits import LIMITS
from bot.workspace.blockkit.schema import Check, array, boolean, enum, integer, record, string, typed

_LOOKS: Final = ("bold", "italic", "strike", "code", "underline")
_STYLE = record({}, dict.fromkeys(_LOOKS, boolean))
_MENTION_STYLE = record({}, dict.fromkeys((*_LOOKS, "highlight", "client_highlight", "unlink"), boolean))
_EPOCH = integer(0, 9_999_999_999)

_TEXT = record({"type": enum("text"), "text": string()}, {"style": _STYLE})
_LINK = record(
    {"type": enum("link"), "url": string("button.url")}, {"text": string(), "unsafe": boolean, "style": _STYLE}
)

INLINE: Final[dict[str, Check]] = {
    "text": _TEXT,
    "link": _LINK,
    "emoji": record(
        {"type": enum("emoji"), "name": string()},
        {"unicode": string(), "skin_tone": integer(1, 6), "style": _STYLE},
    ),
    "user": record({"type": enum("user"), "user_id": string()}, {"style": _MENTION_STYLE}),
    "usergroup": record({"type": enum("usergroup"), "usergroup_id": string()}, {"style": _MENTION_STYLE}),
    "channel": record({"type": enum("channel"), "channel_id": string()}, {"style": _MENTION_STYLE}),
    "team": record({"type": enum("team"), "team_id": string()}, {"style": _STYLE}),
    "broadcast": record({"type": enum("broadcast"), "range": enum("here", "channel", "everyone")}, {"style": _STYLE}),
    "color": record({"type": enum("color"), "value": string()}, {"style": _STYLE}),
    "date": record(
        {"type": enum("date"), "timestamp": _EPOCH, "format": string()},
        {"url": string("button.url"), "fallback": string(), "timezone": string(), "style": _STYLE},
    ),
}

_SECTION = record({"type": enum("rich_text_section"), "elements": array(typed(INLINE), least=0)})
_BORDER: Final[dict[str, Check]] = {"border": integer(0, 1)}

_PARTS: Final[dict[str, Check]] = {
    "rich_text_section": _SECTION,
    "rich_text_list": record(
        {
            "type": enum("rich_text_list"),
            "style": enum("bullet", "ordered"),
            "elements": array(typed({"rich_text_section": _SECTION})),
        },
        {**_BORDER, "indent": integer(0, LIMITS["rich_text_list.indent"]), "offset": integer(0)},
    ),
    "rich_text_preformatted": record(
        {"type": enum("rich_text_preformatted"), "elements": array(typed({"text": _TEXT, "link": _LINK}), least=0)},
        {**_BORDER, "language": string()},
    ),
    "rich_text_quote": record(
        {"type": enum("rich_text_quote"), "elements": array(typed(INLINE), least=0)},
        _BORDER,
    ),
}

RICH_TEXT = record(
    {"type": enum("rich_text"), "elements": array(typed(_PARTS))},
    {"block_id": string("block.block_id")},
)
