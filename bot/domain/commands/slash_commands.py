"""What one line of `/headsup` is: the verbs, a command that was understood, and a row of the table of them all."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.commands.slash_words import plain

SLASH = "/headsup"


class Verb(StrEnum):
    """What is to be done. `unknown` carries the sentence that helps instead."""

    OVERVIEW = "overview"
    STATUS = "status"
    OPEN = "open"
    MINE = "mine"
    NEW = "new"
    CLIENT = "client"
    LINK = "link"
    UNLINK = "unlink"
    AWAY = "away"
    BACK = "back"
    SETTINGS = "settings"
    HELP = "help"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Command:
    """What a person typed, understood.

    At most one of `request`, `member` (Slack user id), `channel` (Slack channel id) and `text` (plain words: a
    client's name, a request's words, the subcommand that help is about) is set. `sentence` only for `unknown`.

    For `away`, `text` says when, `member` who when it is somebody else, and `cover` who stands in: a Slack user id, or
    a name as it was typed.
    """

    verb: Verb
    request: int | None = None
    member: str | None = None
    channel: str | None = None
    text: str = ""
    sentence: str = ""
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One subcommand: the words that call it (the first is the one that help shows), what follows, what it does."""

    verb: Verb
    words: tuple[str, ...]
    usage: str
    does: str
    read: Callable[["Row", str], Command]
    examples: tuple[str, ...] = ()


def typed(row: Row, *, usage: bool = False) -> str:
    """Return what a person types for this row, with what may follow when `usage`."""
    return f"{SLASH} {row.usage if usage else row.words[0]}".strip()


def unknown(said: str, sentence: str) -> Command:
    """Return the answer to what was not understood: `sentence` says what would have worked."""
    return Command(Verb.UNKNOWN, text=plain(said), sentence=sentence)


def short(text: str) -> str:
    """Return the beginning of what was typed, for a sentence about it."""
    shown = plain(text)
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1].rstrip()}…"


_SHORT = 60
