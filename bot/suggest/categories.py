"""What kind of request is this? A guess from the words and what we know about the conversation, with its reasons."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp

from bot.domain.categories import CATEGORIES, COMPLAINT, FOLLOW_UP, NEW_WORK, SUPPORT, THANKS
from bot.domain.languages import primary
from bot.suggest.ask import asks_something
from bot.suggest.courtesy import looks_english, thanks_in
from bot.suggest.heat import BORDERS, heat_sum
from bot.suggest.lexicon import FALLBACK, Hit, lexicon, spoken
from bot.suggest.scripts import by_script
from bot.suggest.sentences import own_words

MOST_REASONS = 3

SHORT = 25
"""Words up to which a message in a running conversation speaks more through its place than through its words."""

LONGEST_TERM = 3
"""Words up to which a match is one term; longer ones are whole clauses, whose words still speak for themselves."""

ASKS = 0.45
"""How much of its weight thanks keep when the message also asks something: most who ask also thank."""

ONLY_THANKS = 4.0
"""What a text adds to thanks that is nothing else, in a language of which we know no more than that."""

WARMTH = 1.2
"""What each level of heat from frustrated on adds to complaint: a complaint is heat plus a request of some kind."""

_WORK_AND_WORRY = (SUPPORT, COMPLAINT)


@dataclass(frozen=True, slots=True)
class TextContext:
    """What is known besides the text: its subject and language, open requests of the same client, inside a thread."""

    subject: str = ""
    language: str = "en"
    open_requests: int = 0
    in_thread: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """One category with its probability (all add up to 1) and the words that spoke for it, the heaviest first."""

    category: str
    probability: float
    reasons: tuple[str, ...]


def categorise(text: str, context: TextContext) -> tuple[Ranked, ...]:
    """Return every category, the likeliest first; without a telling word the default lane leads without reasons.

    Words in a language for which there is no lexicon are still a guess, but one without reasons: what an English word
    among them spoke for is no reason that anybody would believe. Only plain thanks are known in some of them.
    """
    words = own_words(text)
    book = lexicon("categories", context.language)
    hits = _without_parts(book.hits(f"{context.subject}\n{words}"))
    hits = _without_thanks_in_passing(hits, words, context.language)
    said = hits if _is_read(words, context.language) else ()
    if thanks := thanks_in(words):
        said = (Hit(THANKS, ONLY_THANKS, thanks),)
        hits = (*hits, *said)
    elif not said and not looks_english(words):  # thanks with more behind them, of which we cannot tell what it is
        hits = tuple(hit for hit in hits if hit.label != THANKS)
    scores = {row.key: book.prior.get(row.key, 0.0) for row in CATEGORIES}
    for hit in hits:
        scores[hit.label] += hit.weight
    scores[COMPLAINT] += WARMTH * bisect_right(BORDERS[1:], heat_sum(words, context.language))
    for key, weight in _from_context(words, context):
        scores[key] += weight
    total = sum(exp(score) for score in scores.values())
    ranked = [Ranked(key, exp(score) / total, _reasons(said, key)) for key, score in scores.items()]
    return tuple(sorted(ranked, key=lambda row: -row.probability))


def _is_read(words: str, language: str) -> bool:
    return spoken("categories", language) == (primary(language) or FALLBACK) and not by_script(words)


def _without_parts(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Drop words that are part of what another category matched: the purchase of "purchase order" is no purchase."""
    return tuple(
        hit for hit in hits if not any(other.label != hit.label and _within(hit.words, other.words) for other in hits)
    )


def _within(words: str, phrase: str) -> bool:
    return len(words) < len(phrase) and len(phrase.split()) <= LONGEST_TERM and f" {words} " in f" {phrase} "


def _without_thanks_in_passing(hits: tuple[Hit, ...], words: str, language: str) -> tuple[Hit, ...]:
    """Let thanks count less where something is asked or wrong."""
    if not asks_something(words, language) and not any(hit.label in _WORK_AND_WORRY for hit in hits):
        return hits
    return tuple(Hit(hit.label, hit.weight * ASKS, hit.words) if hit.label == THANKS else hit for hit in hits)


def _from_context(words: str, context: TextContext) -> Iterable[tuple[str, float]]:
    """Say what the place of a message adds: with something open, a short word is more often about that."""
    if len(words.split()) > SHORT:
        return
    if context.open_requests:
        yield FOLLOW_UP, 0.5
    if context.in_thread:
        yield FOLLOW_UP, 0.6
        yield THANKS, 0.5
        yield NEW_WORK, -0.3


def _reasons(hits: tuple[Hit, ...], key: str) -> tuple[str, ...]:
    """Return the words that spoke for a category; a reason that another one says already is left out."""
    words = tuple(dict.fromkeys(hit.words for hit in hits if hit.label == key))
    return tuple(one for one in words if not any(_says_too(other, one) for other in words))[:MOST_REASONS]


def _says_too(phrase: str, words: str) -> bool:
    return phrase != words and f" {words} " in f" {phrase} "
