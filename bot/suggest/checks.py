"""A look at a reply before it leaves. It points out, a person decides: nothing here keeps a reply from going."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from bot.suggest.lexicon import DATA, FALLBACK, compiled, normal, spoken
from bot.suggest.mentions import names_a_time, told_times
from bot.suggest.times import client_time, zone_of, zone_words
from bot.suggest.told import Mention

_BLANK = re.compile(r"\[[^\[\]\n]{3,80}\](?!\()")
"""What a draft leaves for the member to fill in."""

_QUOTED = re.compile('“[^“”]{0,600}”|"[^"\n]{0,600}"|^\\s*>.*$', re.MULTILINE)
"""The client's words, said back: they are not ours to check."""

_ENGLISH = re.compile(r"\b(?:the|you|will|is|are|have|and|we|your|this|that|with|for|from|me)\b", re.IGNORECASE)
_ENGLISH_FROM = 3


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """What the ledger will know. `due_at` is the promise that goes with the reply, `open_dues` others that stay open.

    `tz` is the client's zone, in which the text tells times; `language` chooses the words that are looked for.
    """

    now: datetime
    tz: str = "UTC"
    due_at: datetime | None = None
    open_dues: tuple[datetime, ...] = ()
    language: str = FALLBACK


@dataclass(frozen=True, slots=True)
class PhraseCheck:
    """Words that a reply is better without, and what to say about them."""

    says: str
    pattern: re.Pattern[str]
    but: re.Pattern[str] | None


Rule = Callable[[str, ReplyFacts], str | None]


def check_reply(text: str, facts: ReplyFacts) -> tuple[str, ...]:
    """Return what there is to point out, one plain and kind sentence each; quoted words of the client are left out."""
    ours = _QUOTED.sub(" ", text)
    found = [rule(ours, facts) for rule in RULES]
    found += [_phrase(check, ours) for check in phrase_checks(spoken("checks", facts.language))]
    return tuple(sentence for sentence in found if sentence)


def blank_left(text: str, facts: ReplyFacts) -> str | None:
    """Find a blank of the draft that nobody filled in."""
    del facts
    blank = _BLANK.search(text)
    return f"There is still a blank to fill in: {blank[0]}" if blank else None


def time_contradicts(text: str, facts: ReplyFacts) -> str | None:
    """Find a told time that is not the promised one; silent as soon as one told time agrees."""
    mentions = _comparable(text, facts)
    if facts.due_at is None or not mentions or any(_agrees(mention, facts) for mention in mentions):
        return None
    promised = client_time(facts.due_at, facts.tz, FALLBACK, facts.now)
    return f"The text says “{mentions[0].words}”, but the promise is {promised}. Make them the same."


def time_without_promise(text: str, facts: ReplyFacts) -> str | None:
    """Find a told time that the ledger would not know."""
    mentions = _comparable(text, facts)
    if facts.due_at is not None or not mentions or any(_agrees(mention, facts) for mention in mentions):
        return None
    return f"The text says “{mentions[0].words}”, but no promise is set: nobody would be reminded. Set it, too."


def promise_not_told(text: str, facts: ReplyFacts) -> str | None:
    """Find a promise that the words do not tell; only in English words, because others cannot be read here."""
    if facts.due_at is None or names_a_time(text) or len({*_ENGLISH.findall(text.lower())}) < _ENGLISH_FROM:
        return None
    promised = client_time(facts.due_at, facts.tz, FALLBACK, facts.now)
    return f"The promise is {promised}, but the text does not tell the client. Say when."


RULES: tuple[Rule, ...] = (blank_left, time_contradicts, time_without_promise, promise_not_told)


def _comparable(text: str, facts: ReplyFacts) -> list[Mention]:
    """Return the told times that are in the client's zone, as far as one can tell."""
    ours = zone_words(facts.tz)
    return [mention for mention in told_times(text) if not mention.zone or mention.zone == ours]


def _agrees(mention: Mention, facts: ReplyFacts) -> bool:
    zone = zone_of(facts.tz)
    dues = (*([facts.due_at] if facts.due_at else []), *facts.open_dues)
    return any(mention.agrees(due.astimezone(zone), facts.now.astimezone(zone).date()) for due in dues)


def _phrase(check: PhraseCheck, text: str) -> str | None:
    small = normal(text)
    found = check.pattern.search(check.but.sub(" ", small) if check.but else small)
    return check.says.format(words=" ".join(found[0].split())) if found else None


@cache
def phrase_checks(language: str) -> tuple[PhraseCheck, ...]:
    """Return the checks of a language that has a file `data/checks.LANGUAGE.toml`."""
    data = tomllib.loads((DATA / f"checks.{language}.toml").read_text(encoding="utf-8"))
    return tuple(
        PhraseCheck(row["says"], compiled(row["words"]), compiled(row["but"]) if "but" in row else None)
        for row in data["check"]
    )
