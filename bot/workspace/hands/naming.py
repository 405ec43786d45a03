"""Finding the one thing that a person means by the start of its name."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from bot.workspace.errors import ControlError

T = TypeVar("T")
FEW: Final = 12
"""So many names are all said; of more only the nearest, because nobody reads 400."""

NEAREST: Final = 3
_CODE: Final = re.compile(r":[a-z0-9_+-]+:")
_PICTURES: Final = frozenset({"So", "Sk", "Cf"})
"""Unicode's categories of emoji, their skin tones and joiners."""

_AS_PICTURE: Final = "\N{VARIATION SELECTOR-16}"


class NotThereError(ControlError):
    """Nothing has that name."""


class AmbiguousError(ControlError):
    """More than one thing could be meant."""


def pick(wanted: str, things: Iterable[T], name: Callable[[T], str], what: str) -> T:
    """The thing that is called so: in full or by a unique beginning, letter case aside.

    NotThereError and AmbiguousError name what there is, of a long list the nearest; the same name twice is ambiguous.
    """
    everything = list(things)
    folded = fold(wanted)
    for fits in (_is_whole(folded), _is_start(folded)):
        found = [thing for thing in everything if fits(fold(name(thing)))]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousError(f"{wanted!r} could be {_some([name(thing) for thing in found])}; say which {what}")
    there = _what_there_is(folded, [name(thing) for thing in everything], what)
    raise NotThereError(f"no {what} is called {wanted!r}; {there}")


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


def _is_whole(wanted: str) -> Callable[[str], bool]:
    return lambda name: name == wanted


def _is_start(wanted: str) -> Callable[[str], bool]:
    return lambda name: bool(wanted) and name.startswith(wanted)
