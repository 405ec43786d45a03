"""How upset do the words sound? A guess for the team, shown beside the category and never to the client."""

import re
from bisect import bisect_right

from bot.suggest.lexicon import FALLBACK, lexicon
from bot.suggest.sentences import own_words

BORDERS = (1.0, 2.5, 5.0)
"""From these sums on a text is 1 impatient, 2 frustrated, 3 burning."""

CALM, IMPATIENT, FRUSTRATED, BURNING = range(4)

_SHOUTED = re.compile(
    r"\b(?:[A-Z]{2,}\W+){2,}[A-Z]{2,}\b|\b(?:STILL|NOT|NOW|NEVER|AGAIN|PLEASE|WHY|FIX|EVER|NOTHING)\b"
)
"""Three words in capitals (one or two may be acronyms), or a word that nobody writes so calmly."""

_BANGS = re.compile(r"!{2,}|[?!]{3,}|!\?|\?!|\uff01{2,}")
_PART = 1.0
"""What each of shouting and of repeated marks adds."""


def heat_of(text: str, language: str = FALLBACK) -> int:
    """Return 0 calm, 1 impatient, 2 frustrated or 3 burning. The border between 2 and 3 is advice, not a measure."""
    return bisect_right(BORDERS, heat_sum(own_words(text), language))


def heat_sum(words: str, language: str = FALLBACK) -> float:
    """Return the sum behind `heat_of`, of words that are the writer's own."""
    total = sum(hit.weight for hit in lexicon("heat", language).hits(words))
    return total + _PART * bool(_SHOUTED.search(words)) + _PART * bool(_BANGS.search(words))
