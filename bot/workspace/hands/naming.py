"""Finding the one thing that a person means by the start of its name."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from bot.workspace.errors import UnclearError

T = TypeVar("T")
FEW: Final = 12
"""So many names are all said; of more only the nearest, because nobody reads 400."""

NEAREST: Final = 3
_MOST: Final = 60
"""Of longer words that were typed the beginning is said."""

_NUMBERED: Final = re.compile(r"(?P<name>.*[^\s#])\s*#(?P<number>\d{1,4})", re.DOTALL)
_CODE: Final = re.compile(r":[a-z0-9_+-]+:")
_PICTURES: Final = frozenset({"So", "Sk", "Cf"})
"""Unicode's categories of emoji, their skin tones and joiners."""

_AS_PICTURE: Final = "\N{VARIATION SELECTOR-16}"


class NotThereError(UnclearError):
    """Nothing has that name."""


class AmbiguousError(UnclearError):
    """More than one thing could be meant."""


def pick(
    wanted: str, things: Iterable[T], name: Callable[[T], str], what: str, beside: Callable[[T], str] = lambda _: ""
) -> T:
    """The thing that is called so: in full or by a unique beginning, letter case aside.

    Of several with the same name the second is "name#2". NotThereError and AmbiguousError name what there is, of a
    long list the nearest; of equal names with their numbers, and with what stands `beside` each.
    """
    everything = list(things)
    found = _called(wanted, everything, name)
    base, number = numbered(wanted)
    if not found and number is not None:
        wanted, found = base, _called(base, everything, name)
        if found and len({fold(name(thing)) for thing in found}) == 1:
            if 1 <= number <= len(found):
                return found[number - 1]
            times = "once" if len(found) == 1 else f"{len(found)} times"
            raise NotThereError(f"there is no {quote(f'{base}#{number}')}: “{name(found[0])}” stands here {times}")
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousError(f"{quote(wanted)} could be {_told_apart(found, name, beside)}; say which {what}")
    there = _what_there_is(fold(wanted), [name(thing) for thing in everything], what)
    raise NotThereError(f"no {what} is called {quote(wanted)}; {there}")


def numbered(wanted: str) -> tuple[str, int | None]:
    """What was typed as a name and the number behind it: "Claim#2"; None where there is none."""
    match = _NUMBERED.fullmatch(wanted.strip())
    return (match["name"], int(match["number"])) if match else (wanted, None)


def quote(words: str) -> str:
    """What was typed, for a sentence that refuses it: in quotes, what cannot be seen escaped, of much the beginning."""
    return repr(words if len(words) <= _MOST else f"{words[: _MOST - 1]}…")


def fold(text: str) -> str:
    """A name as it is compared: without case, pictures, surrounding space, and a closing ellipsis or colon."""
    words = "".join(
        letter
        for letter in _CODE.sub(" ", text.replace(_AS_PICTURE, ""))
        if unicodedata.category(letter) not in _PICTURES
    )
    return " ".join((words or text).casefold().split()).rstrip(".:… ")


def enumerate_names(names: Iterable[str]) -> str:
    """Names in quotes: “Claim”, “More” and “Acknowledge”."""
    quoted = [f"“{name}”" for name in names]
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)


def _called(wanted: str, things: list[T], name: Callable[[T], str]) -> list[T]:
    folded = fold(wanted)
    whole = [thing for thing in things if fold(name(thing)) == folded]
    return whole or [thing for thing in things if folded and fold(name(thing)).startswith(folded)]


def _told_apart(found: list[T], name: Callable[[T], str], beside: Callable[[T], str]) -> str:
    """The names of things; equal ones numbered from the first on, with what stands beside them."""
    names = [name(thing) for thing in found]
    folded = [fold(each) for each in names]
    if len(set(folded)) == len(folded) or len(names) > FEW:
        return _some(names)
    said = []
    for place, thing in enumerate(found):
        if folded.count(folded[place]) == 1:
            said.append(f"“{names[place]}”")
            continue
        words = beside(thing)
        number = folded[: place + 1].count(folded[place])
        said.append(f"“{names[place]}#{number}”" + (f" ({words})" if words else ""))
    return f"{', '.join(said[:-1])} and {said[-1]}"


def _some(names: list[str]) -> str:
    if len(names) <= FEW:
        return enumerate_names(names)
    return f"{enumerate_names(names[:NEAREST])} or {len(names) - NEAREST} more"


def _what_there_is(wanted: str, names: list[str], what: str) -> str:
    if not names:
        return f"there is no {what} here"
    if len(names) <= FEW:
        return f"there is {enumerate_names(names)}"
    nearest = sorted(names, key=lambda name: _likeness(wanted, fold(name)), reverse=True)[:NEAREST]
    where = "; all of them are in the menu on the workspace's page" if what == "option" else ""
    return f"the nearest of {len(names)} are {enumerate_names(nearest)}{where}"


def _likeness(wanted: str, name: str) -> tuple[bool, float]:
    """How near a name is to what was typed: one that has it within goes first; _ and / of zones count as spaces."""
    typed, called = (re.sub(r"[\s_/]+", " ", text) for text in (wanted, name))
    return bool(typed) and typed in called, difflib.SequenceMatcher(None, typed, called).ratio()
