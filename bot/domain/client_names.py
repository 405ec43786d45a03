"""When two spellings are one client, and how a client's name is kept."""

import re
from collections.abc import Iterable
from unicodedata import category, normalize

from bot.domain.people import Client


def name_key(name: str) -> str:
    """Return what two spellings of one client's name share.

    Case, spacing, characters that nobody sees and Unicode's other forms of the same letters (NFKC) do not count.
    """
    folded = normalize("NFKC", normalize("NFKC", name).casefold())
    return _without(folded, _JOINERS | _SELECTORS) or " ".join(folded.split())


def tidy_name(name: str) -> str:
    """Return a client's name as it is kept: on one line, single spaces, no characters that nobody sees.

    Joiners stay inside words of scripts that need them (Persian, emoji). A name of nothing else stays as it is.
    """
    return _without(_IDLE_JOINER.sub("", name), frozenset()) or " ".join(name.split())


def client_at_the_start(text: str, clients: Iterable[Client]) -> Client | None:
    """Return the client with whose whole name a text begins, the longest such name; None when there is none."""
    said = name_key(text)
    begun = (client for client in clients if re.match(rf"{re.escape(name_key(client.name))}(?!\w)", said))
    return max(begun, key=lambda client: len(client.name), default=None)


_JOINERS = frozenset("\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
_IDLE_JOINER = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])")
_SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))
"""Variation selectors: how an emoji is drawn."""

_FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")
"""Invisible, though Unicode counts them as letters or marks (DerivedCoreProperties: Default_Ignorable_Code_Point)."""


def _without(name: str, more: frozenset[str]) -> str:
    """Return a name without format and control characters, fillers and `more`, with single spaces."""
    seen = (char for char in name if char.isspace() or not (char in _FILLERS or char in more or _is_format(char)))
    return " ".join("".join(seen).split())


def _is_format(char: str) -> bool:
    return char not in _JOINERS and category(char) in {"Cf", "Cc"}
