"""The grammar of `/headsup`: one table, from which both the parser and the help text are made.

A new subcommand is a row in `ROWS` (and its verb), and a handler for that verb.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from itertools import chain
from unicodedata import normalize

from bot.domain.slash_away import away_words
from bot.domain.slash_words import MOST_REQUESTS, channel_in, member_in, number_in, plain

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


def _nothing(row: Row, rest: str) -> Command:
    if not rest:
        return Command(row.verb)
    return _unknown(rest, f"“{typed(row)}” takes nothing after it, so I did not understand “{_short(rest)}”.")


def _words(row: Row, rest: str) -> Command:
    return Command(row.verb, text=plain(rest))


def _whom(row: Row, rest: str) -> Command:
    """Read a request's number, a person, a channel or else a client's name."""
    if (number := number_in(rest)) is not None:
        if 0 < number <= MOST_REQUESTS:
            return Command(row.verb, request=number)
        return _unknown(rest, f"There is no request {_short(rest)}. “{SLASH} open” lists those that are open.")
    member, channel = member_in(rest), channel_in(rest)
    if member or channel:
        return Command(row.verb, member=member, channel=channel)
    if rest.startswith("@"):
        return _unknown(
            rest, f"I cannot tell who “{_short(rest)}” is: pick the person from the list that Slack offers after the @."
        )
    return Command(row.verb, text=plain(rest))


def _client(row: Row, rest: str) -> Command:
    """Read `link NAME`, `unlink`, a channel, or a client's name."""
    first, _, after = rest.partition(" ")
    if first.casefold() == "link":
        name = plain(after)
        if name:
            return Command(Verb.LINK, text=name)
        return _unknown(rest, f"Whose channel is it? For example “{SLASH} client link Acme”.")
    if first.casefold() == "unlink" and not after.strip():
        return Command(Verb.UNLINK)
    if channel := channel_in(rest):
        return Command(row.verb, channel=channel)
    return Command(row.verb, text=plain(rest))


def _away(row: Row, rest: str) -> Command:
    words = away_words(rest)
    if words.sentence:
        return _unknown(rest, words.sentence)
    return Command(row.verb, text=words.when, member=words.member, cover=words.cover)


def _topic(row: Row, rest: str) -> Command:
    if not rest:
        return Command(row.verb)
    words = rest.removeprefix(SLASH).split()
    known = _row_called(words[0]) if words else None
    return Command(row.verb, text=known.verb.value) if known else _unknown(rest, _no_such(rest))


ROWS = (
    Row(Verb.OVERVIEW, ("",), "", "Your queue and today's promises", _nothing),
    Row(
        Verb.STATUS,
        ("status",),
        "status [#n | @member | client]",
        "Where a request stands, or all of a colleague or a client; alone: how Headsup itself is doing",
        _whom,
        ("status #142", "status @maya", "status Acme", "142"),
    ),
    Row(Verb.OPEN, ("open", "list"), "open", "All open requests, the soonest promise first", _nothing),
    Row(Verb.MINE, ("mine", "my", "me"), "mine", "The requests that you own", _nothing),
    Row(
        Verb.NEW,
        ("new", "add"),
        "new [text]",
        "Enter a client's request by hand, after a call for example",
        _words,
        ("new", "new Acme called: the shop is down"),
    ),
    Row(
        Verb.CLIENT,
        ("client", "clients"),
        "client [NAME]",
        "In a client's channel: link it, or show whose it is. With a name: the client's profile",
        _client,
        ("client", "client Acme", "client link Acme", "client unlink"),
    ),
    Row(
        Verb.AWAY,
        ("away", "absent"),
        "away [from] until … [cover @x]",
        "Say when you are away and who stands in; alone: a window, and what is entered already",
        _away,
        ("away until Fri", "away 24 Dec - 2 Jan cover @jonas", "away 14:00-16:00", "away @mira today"),
    ),
    Row(Verb.BACK, ("back",), "back", "You are back: your absence ends now", _nothing),
    Row(
        Verb.SETTINGS,
        ("settings", "setting", "hours", "calendar"),
        "settings",
        "Working hours, holidays and special days of the team, and your own hours and stand-in",
        _nothing,
    ),
    Row(Verb.HELP, ("help", "?", "-h", "--help"), "help [command]", "This list, or more about one command", _topic),
)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line of help: what to type, and what it does."""

    usage: str
    does: str


def parse(text: str) -> Command:
    """Understand what was typed after `/headsup`. Never raises: what is not understood is answered in a sentence."""
    said = text[:_LONGEST].strip()
    first, rest = (*said.split(maxsplit=1), "", "")[:2]
    row = _row_called(first)
    if row is not None and not (first and row.verb is Verb.OVERVIEW):
        return row.read(row, rest)
    if number_in(said) is not None or member_in(said) or channel_in(said):
        return _whom(_row_of(Verb.STATUS), said)
    return _unknown(said, _no_such(said))


def help_lines(topic: str = "") -> tuple[HelpLine, ...]:
    """Return the help: every subcommand, or one (a verb's name) with its examples; all for a topic nobody knows."""
    row = next((row for row in ROWS if topic and row.verb == topic), None)
    if row is None:
        return tuple(HelpLine(typed(row, usage=True), row.does) for row in ROWS)
    examples = tuple(HelpLine(f"{SLASH} {example}", "") for example in row.examples)
    return (HelpLine(typed(row, usage=True), row.does), *examples)


def nearest_lines(text: str) -> tuple[HelpLine, ...]:
    """Return the three commands nearest to what was typed after `/headsup`, the nearest first."""
    first = (plain(text[:_LONGEST]).split() or [""])[0][:_SHORT].casefold()
    ranked = sorted(ROWS, key=lambda row: -max(SequenceMatcher(a=word, b=first).ratio() for word in row.words))
    return tuple(HelpLine(typed(row, usage=True), row.does) for row in ranked[:_NEAREST])


def help_text(topic: str = "") -> str:
    """Return the help as plain lines, for a fallback text and for the command line."""
    return "\n".join(f"{line.usage} · {line.does}" if line.does else f"  {line.usage}" for line in help_lines(topic))


def typed(row: Row, *, usage: bool = False) -> str:
    """Return what a person types for this row, with what may follow when `usage`."""
    return f"{SLASH} {row.usage if usage else row.words[0]}".strip()


_LONGEST = 12_000
"""More than Slack's message field takes; what is longer was not typed."""

_SHORT = 60
_NEAREST = 3


def _row_called(word: str) -> Row | None:
    wanted = normalize("NFKC", word).casefold()
    return next((row for row in ROWS if wanted in row.words), None)


def _row_of(verb: Verb) -> Row:
    return next(row for row in ROWS if row.verb is verb)


def _unknown(said: str, sentence: str) -> Command:
    return Command(Verb.UNKNOWN, text=plain(said), sentence=sentence)


def _no_such(said: str) -> str:
    """Say what would have worked: the nearest subcommand, and the way to a client of that name."""
    words = plain(said).split() or [""]
    names = [word for word in chain.from_iterable(row.words for row in ROWS) if word.isalpha()]
    near = get_close_matches(words[0].casefold(), names, n=1, cutoff=0.6)
    sentence = f"I do not know “{_short(said)}”."
    if near and (row := _row_called(near[0])):
        rest = " ".join(words[1:])
        attempt = row.read(replace(row, words=row.words[:1]), rest)
        wanted = typed(row) if attempt.verb is Verb.UNKNOWN or not rest else f"{typed(row)} {_short(rest)}"
        return f"{sentence} Did you mean “{wanted}”? “{SLASH} help” lists what I understand."
    return (
        f"{sentence} If it is a client, “{SLASH} status {_short(said)}” shows their requests; "
        f"“{SLASH} help” lists what I understand."
    )


def _short(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= _SHORT else f"{shown[: _SHORT - 1].rstrip()}…"
