"""The table of `/headsup`, from which both the parser and the help text are made.

A new subcommand is a row in `ROWS` (and its verb), and a handler for that verb.
"""

from dataclasses import replace
from difflib import get_close_matches
from itertools import chain
from unicodedata import normalize

from bot.domain.commands.slash_commands import SLASH, Command, Row, Verb, short, typed, unknown
from bot.domain.commands.slash_reading import read_away, read_client, read_nothing, read_whom, read_words
from bot.domain.commands.slash_words import plain


def _topic(row: Row, rest: str) -> Command:
    if not rest:
        return Command(row.verb)
    words = rest.removeprefix(SLASH).split()
    known = row_called(words[0]) if words else None
    return Command(row.verb, text=known.verb.value) if known else unknown(rest, no_such(rest))


ROWS = (
    Row(Verb.OVERVIEW, ("",), "", "Your queue and today's promises", read_nothing),
    Row(
        Verb.STATUS,
        ("status",),
        "status [#n | @member | client]",
        "Where a request stands, or all of a colleague or a client; alone: how Headsup itself is doing",
        read_whom,
        ("status #142", "status @maya", "status Acme", "142"),
    ),
    Row(Verb.OPEN, ("open", "list"), "open", "All open requests, the soonest promise first", read_nothing),
    Row(Verb.MINE, ("mine", "my", "me"), "mine", "The requests that you own", read_nothing),
    Row(
        Verb.NEW,
        ("new", "add"),
        "new [text]",
        "Enter a client's request by hand, after a call for example",
        read_words,
        ("new", "new Acme called: the shop is down"),
    ),
    Row(
        Verb.CLIENT,
        ("client", "clients"),
        "client [NAME]",
        "In a client's channel: link it, or show whose it is. With a name: the client's profile",
        read_client,
        ("client", "client Acme", "client link Acme", "client unlink"),
    ),
    Row(
        Verb.AWAY,
        ("away", "absent"),
        "away [from] until … [cover @x]",
        "Say when you are away and who stands in; alone: a window, and what is entered already",
        read_away,
        ("away until Fri", "away 24 Dec - 2 Jan cover @jonas", "away 14:00-16:00", "away @mira today"),
    ),
    Row(Verb.BACK, ("back",), "back", "You are back: your absence ends now", read_nothing),
    Row(
        Verb.SETTINGS,
        ("settings", "setting", "hours", "calendar"),
        "settings",
        "Working hours, holidays and special days of the team, and your own hours and stand-in",
        read_nothing,
    ),
    Row(Verb.HELP, ("help", "?", "-h", "--help"), "help [command]", "This list, or more about one command", _topic),
)


def row_called(word: str) -> Row | None:
    """Return the row that a word calls."""
    wanted = normalize("NFKC", word).casefold()
    return next((row for row in ROWS if wanted in row.words), None)


def row_of(verb: Verb) -> Row:
    """Return the row of a verb that has one."""
    return next(row for row in ROWS if row.verb is verb)


def no_such(said: str) -> str:
    """Say what would have worked: the nearest subcommand, and the way to a client of that name."""
    words = plain(said).split() or [""]
    names = [word for word in chain.from_iterable(row.words for row in ROWS) if word.isalpha()]
    near = get_close_matches(words[0].casefold(), names, n=1, cutoff=0.6)
    sentence = f"I do not know “{short(said)}”."
    if near and (row := row_called(near[0])):
        rest = " ".join(words[1:])
        attempt = row.read(replace(row, words=row.words[:1]), rest)
        wanted = typed(row) if attempt.verb is Verb.UNKNOWN or not rest else f"{typed(row)} {short(rest)}"
        return f"{sentence} Did you mean “{wanted}”? “{SLASH} help” lists what I understand."
    return (
        f"{sentence} If it is a client, “{SLASH} status {short(said)}” shows their requests; "
        f"“{SLASH} help” lists what I understand."
    )
