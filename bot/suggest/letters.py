"""What a letter takes over from others: how people are called in it, and words that are said back."""

from bot.suggest.sentences import without_unseen

WORTH_QUOTING = 3
"""Words from which an ask is said back to the client: shorter ones say nothing when repeated."""


def called(name: str) -> str:
    """Return how a person is called in a letter: the first name; nothing for an address or a number."""
    words = one_line(name).split()
    if not words or any(sign in words[0] for sign in "@<>/") or not any(letter.isalpha() for letter in words[0]):
        return ""
    return " ".join(words) if words[0].lower().rstrip(".") in _TITLES else words[0].rstrip(",")


_TITLES = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "dame", "herr", "frau"})


def quotable(ask: str) -> str:
    """Return an ask as it is said back to a client: on one line; empty when it is too short, or was cut."""
    line = one_line(ask)
    return line if len(line.split()) >= WORTH_QUOTING and not line.endswith("…") else ""


def as_sentence(words: str) -> str:
    """Return a member's words as a sentence: begun large, ended with a stop."""
    said = paragraphs(words)
    if not said:
        return ""
    return said[0].upper() + said[1:] + ("" if said[-1] in '.!?…:"”)' else ".")


def paragraphs(words: str) -> str:
    """Return words with their line breaks, without what cannot be seen."""
    return without_unseen(words.replace("\r\n", "\n")).strip()


def one_line(words: str) -> str:
    """Return words on one line, without what cannot be seen."""
    return " ".join(without_unseen(words.replace("\n", " ").replace("\r", " ")).split())
