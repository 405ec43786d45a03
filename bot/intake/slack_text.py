"""Slack's escaped text → the words that a person sees (docs: /messaging/formatting-message-text)."""

import re
from collections.abc import Mapping

from bot.domain.storable import storable

_TOKEN = re.compile(r"<([^<>\n]+)>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_SAME = re.compile(r"^(https?://|mailto:|tel:)|/$", re.IGNORECASE)


def plain_words(text: str, names: Mapping[str, str] | None = None) -> str:
    """Return the words: mentions by name, links with their label, entities as characters; all else unchanged.

    `names` maps ids of people, channels and groups to names; unknown ones keep their label, or else their id. Nothing
    that a client typed becomes a token: Slack escapes `<` in what people type, so a bare `<…>` is always Slack's.
    """
    known = names or {}
    parts = _TOKEN.split(text)
    return storable("".join(_shown(part, known) if at % 2 else _typed(part) for at, part in enumerate(parts)))


def _typed(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)


def _shown(token: str, names: Mapping[str, str]) -> str:
    target, _, label = (_typed(part) for part in token.partition("|"))
    mark, ident = target[:1], target[1:]
    if mark in {"@", "#"}:
        return f"{mark}{names.get(ident) or label.lstrip(mark) or ident}"
    if mark == "!":
        return _special(ident, label, names)
    return _link(target, label)


def _special(ident: str, label: str, names: Mapping[str, str]) -> str:
    kind, _, rest = ident.partition("^")
    if kind == "subteam":
        return f"@{names.get(rest) or label.lstrip('@') or rest}"
    if kind == "date":
        return label or rest
    return f"@{label.lstrip('@') or kind}"


def _link(target: str, label: str) -> str:
    bare = _SAME.sub("", target)
    if not label or _SAME.sub("", label) == bare:
        return label or (bare if target.lower().startswith(("mailto:", "tel:")) else target)
    return f"{label} ({target})"
