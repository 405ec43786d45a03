"""What does the client want, apart from the heat? And is it nothing but thanks?"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from bot.domain.categories import COMPLAINT, SUPPORT, THANKS
from bot.domain.languages import primary
from bot.suggest.courtesy import is_greeting, looks_english
from bot.suggest.heat import CALM, heat_of, heat_sum
from bot.suggest.lexicon import DATA, FALLBACK, compiled, lexicon, normal, spoken
from bot.suggest.scripts import by_script
from bot.suggest.sentences import Sentence, own_words, sentences

MOST = 200
"""Characters of an ask: one line on a card."""

_ASKS_FROM = 1.0
_QUESTION = 1.5
_HEAT = 0.5
"""What a point of heat takes from a sentence: the calmest way in which the wish was put is shown."""

_QUESTION_MARKS = ("?", "\uff1f")

_FIRST = 3
"""Sentences at the beginning: the first of them says what the matter is, unless it is short beside the others."""

_MOST_THANKS = 60
"""Words: who writes more than this wants to say more than thanks."""

_KIND_SIGNS = re.compile("[\U0001f64f\U0001f44d\u2764\U0001f49b\U0001f389\U0001f60a\U0001f44f\U0001f600]")


@dataclass(frozen=True, slots=True)
class _Words:
    greeting: re.Pattern[str]
    imperative: re.Pattern[str]
    told: re.Pattern[str]
    thanks_for: re.Pattern[str]


def ask_of(text: str, language: str = FALLBACK) -> str:
    """Return the sentence or sentences that say what is wanted, on one line of at most `MOST` characters.

    Sentences that ask go before sentences that only state, calm ones before hot ones; greetings and thanks are left
    out. A text that neither asks nor states anything is returned as it is, shortened; an empty one stays empty. Of a
    language that we have no words for, the sentences with a question mark count, else the first that is no exclamation.
    """
    words = own_words(text)
    said = [part for part in sentences(words) if any(letter.isalnum() for letter in part.text)]
    said = [part for part in said if not is_greeting(part.text)] or said
    if not _is_read(words, language):
        return _without_words_for_it(said) or _cut(" ".join(words.split()))
    parts = [_without_greeting(part, language) for part in said]
    parts = [part for part in parts if any(letter.isalnum() for letter in part.text)]
    scored = _scores(parts, language)
    asking = [part for part, score in zip(parts, scored, strict=True) if score >= _ASKS_FROM]
    if asking:
        best = max(scored)
        return _fit(asking, asking.index(parts[scored.index(best)]))
    stated = [part for part in parts if not _is_filler(part.text, language)] or parts
    if not stated:
        return _cut(" ".join(words.split()))
    return _cut(max(stated, key=lambda part: _states(part.text, language)).text)


def _is_read(words: str, language: str) -> bool:
    """Tell whether there are words for this text: of its language, or it looks English whatever its writer reads."""
    if by_script(words):
        return False
    return spoken("ask", language) == (primary(language) or FALLBACK) or looks_english(words)


def _without_words_for_it(said: list[Sentence]) -> str:
    asking = [part for part in said if part.text.rstrip("\"'”’)! ").endswith(_QUESTION_MARKS)]
    if asking:
        return _fit(asking, 0)
    begun = [part.text for part in said[:_FIRST]]
    longest = max(map(len, begun), default=0)
    return _cut(next((text for text in begun if len(text) * _FIRST >= longest), ""))


def is_thanks_only(text: str, language: str = FALLBACK) -> bool:
    """Tell whether the words are thanks and nothing else. In doubt they are not: an ask must never be overheard."""
    words = own_words(text)
    if len(words.split()) > _MOST_THANKS or asks_something(words, language) or heat_of(words, language) > CALM:
        return False
    parts = [_without_greeting(part, language).text for part in sentences(words)]
    parts = [part for part in parts if any(letter.isalnum() for letter in part)]
    if not parts:
        return bool(_KIND_SIGNS.search(words)) and not any(letter.isalnum() for letter in words)
    return all(_only_thanks(part, language) for part in parts)


def asks_something(text: str, language: str = FALLBACK) -> bool:
    """Tell whether the words ask: a question mark, a word with which people ask, or an imperative."""
    if "?" in text or "\uff1f" in text:
        return True
    parts = sentences(text)
    return any(_asking(_without_greeting(part, language).text, language) >= _ASKS_FROM for part in parts)


def _scores(parts: list[Sentence], language: str) -> list[float]:
    """Score how much each sentence asks; the items of a list share the wish that announced them."""
    scores: list[float] = []
    announced = 0.0
    for part in parts:
        score = _asking(part.text, language)
        if part.listed and announced:
            score = max(score, announced)
        elif not part.listed:
            announced = score if part.text.endswith(":") and score >= _ASKS_FROM else 0.0
        scores.append(score)
    return scores


def _asking(sentence: str, language: str) -> float:
    """Score one sentence: words of asking, a question mark, an imperative; less for heat, nothing for rhetoric."""
    hits = lexicon("ask", language).hits(sentence)
    if any(hit.label == "rhetorical" for hit in hits):
        return 0.0
    score = sum(hit.weight for hit in hits if hit.label == "request")
    score += _QUESTION * (sentence.rstrip("\"'”’)! ").endswith(_QUESTION_MARKS))
    score += 2.0 * bool(_words(spoken("ask", language)).imperative.match(normal(sentence)))
    if any(hit.label == "filler" for hit in hits) and score < 2 * _ASKS_FROM:
        return 0.0
    return score - min(_HEAT * max(0.0, heat_sum(sentence, language) - 1.0), max(0.0, score - _ASKS_FROM))


def _states(sentence: str, language: str) -> float:
    """Score how well a sentence without a question tells what the matter is."""
    told = sum(hit.weight for hit in lexicon("categories", language).hits(sentence) if hit.label != COMPLAINT)
    wrong = sum(hit.weight for hit in lexicon("ask", language).hits(sentence) if hit.label == "wrong")
    return told + wrong - heat_sum(sentence, language)


def _is_filler(sentence: str, language: str) -> bool:
    return any(hit.label in {"filler", "rhetorical"} for hit in lexicon("ask", language).hits(sentence))


def _only_thanks(sentence: str, language: str) -> bool:
    rest = _words(spoken("ask", language)).thanks_for.sub("", normal(sentence))
    ask_hits = lexicon("ask", language).hits(rest)
    if any(hit.label in {"turn", "wrong"} for hit in ask_hits) or _words(spoken("ask", language)).told.search(
        normal(sentence)
    ):
        return False
    if any(hit.label in {SUPPORT, COMPLAINT} for hit in lexicon("categories", language).hits(rest)):
        return False
    return any(hit.label == THANKS for hit in lexicon("categories", language).hits(sentence))


def _without_greeting(sentence: Sentence, language: str) -> Sentence:
    return Sentence(_words(spoken("ask", language)).greeting.sub("", sentence.text, count=1), sentence.listed)


def _fit(asking: list[Sentence], best: int) -> str:
    """Join what asks in its own order, as much as fits beside the best of it."""
    chosen = {best}
    for index in range(len(asking)):
        if len(_joined([asking[number] for number in sorted(chosen | {index})])) <= MOST:
            chosen.add(index)
    return _cut(_joined([asking[number] for number in sorted(chosen)]))


def _joined(parts: list[Sentence]) -> str:
    """Put sentences on one line; the items of a list are told apart by semicolons."""
    line = ""
    for part in parts:
        between = "; " if part.listed and line and line[-1].isalnum() else " "
        line = f"{line}{between}{part.text}" if line else part.text
    return line


def _cut(line: str) -> str:
    if len(line) <= MOST:
        return line
    kept = line[: MOST - 1]
    word_end = kept.rfind(" ")
    return f"{kept[:word_end] if word_end > MOST // 2 else kept}…"


@cache
def _words(language: str) -> _Words:
    data = tomllib.loads((DATA / f"ask.{language}.toml").read_text(encoding="utf-8"))
    greeting, addressed = "|".join(data["greeting"]).replace(" ", r"\s+"), "|".join(data["addressed"])
    name = r"[A-Z][\w'’-]{0,30}"
    verbs = "|".join(data["imperative"])
    return _Words(
        greeting=re.compile(
            rf"^\W*(?i:{greeting})\b(?:\s+(?i:{addressed})\b)*"
            rf"(?:(?:\s+{name}){{1,3}}(?:\s+(?:and|&)\s+{name})?(?=\s*(?:[,!.:–-]|$)))?\s*[,!.:–-]*\s*"
        ),
        imperative=re.compile(rf"\W*(?:{verbs})\b"),
        told=re.compile(rf"(?:[,;:]|\b(?:{'|'.join(data['then'])})\b)\W+(?:{verbs})\b"),
        thanks_for=re.compile(compiled(data["thanks_for"]).pattern + data["thanks_for_what"]),
    )
