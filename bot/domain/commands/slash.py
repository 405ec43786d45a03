"""Understanding what was typed after `/headsup`, by the table in `bot.domain.commands.slash_rows`."""

from bot.domain.commands.slash_commands import Command, Verb, unknown
from bot.domain.commands.slash_reading import read_whom
from bot.domain.commands.slash_rows import no_such, row_called, row_of
from bot.domain.commands.slash_words import channel_in, member_in, number_in


def parse(text: str) -> Command:
    """Understand what was typed after `/headsup`. Never raises: what is not understood is answered in a sentence."""
    said = text[:_LONGEST].strip()
    first, rest = (*said.split(maxsplit=1), "", "")[:2]
    row = row_called(first)
    if row is not None and not (first and row.verb is Verb.OVERVIEW):
        return row.read(row, rest)
    if number_in(said) is not None or member_in(said) or channel_in(said):
        return read_whom(row_of(Verb.STATUS), said)
    return unknown(said, no_such(said))


_LONGEST = 12_000
"""More than Slack's message field takes; what is longer was not typed."""
