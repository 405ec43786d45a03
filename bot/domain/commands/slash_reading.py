"""How what follows a subcommand is read: nothing, plain words, a request or a person or a client, an absence."""

from bot.domain.commands.slash_away import away_words
from bot.domain.commands.slash_commands import SLASH, Command, Row, Verb, short, typed, unknown
from bot.domain.commands.slash_words import MOST_REQUESTS, channel_in, member_in, number_in, plain


def read_nothing(row: Row, rest: str) -> Command:
    """Read nothing: what stands there is not understood."""
    if not rest:
        return Command(row.verb)
    return unknown(rest, f"“{typed(row)}” takes nothing after it, so I did not understand “{short(rest)}”.")


def read_words(row: Row, rest: str) -> Command:
    """Read plain words."""
    return Command(row.verb, text=plain(rest))


def read_whom(row: Row, rest: str) -> Command:
    """Read a request's number, a person, a channel or else a client's name."""
    if (number := number_in(rest)) is not None:
        if 0 < number <= MOST_REQUESTS:
            return Command(row.verb, request=number)
        return unknown(rest, f"There is no request {short(rest)}. “{SLASH} open” lists those that are open.")
    member, channel = member_in(rest), channel_in(rest)
    if member or channel:
        return Command(row.verb, member=member, channel=channel)
    if rest.startswith("@"):
        return unknown(
            rest, f"I cannot tell who “{short(rest)}” is: pick the person from the list that Slack offers after the @."
        )
    return Command(row.verb, text=plain(rest))


def read_client(row: Row, rest: str) -> Command:
    """Read `link NAME`, `unlink`, a channel, or a client's name."""
    first, _, after = rest.partition(" ")
    if first.casefold() == "link":
        name = plain(after)
        if name:
            return Command(Verb.LINK, text=name)
        return unknown(rest, f"Whose channel is it? For example “{SLASH} client link Acme”.")
    if first.casefold() == "unlink" and not after.strip():
        return Command(Verb.UNLINK)
    if channel := channel_in(rest):
        return Command(row.verb, channel=channel)
    return Command(row.verb, text=plain(rest))


def read_away(row: Row, rest: str) -> Command:
    """Read who is away, when, and who stands in."""
    words = away_words(rest)
    if words.sentence:
        return unknown(rest, words.sentence)
    return Command(row.verb, text=words.when, member=words.member, cover=words.cover)
