"""Finding the one thing that a person means by the start of its name."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from bot.workspace.errors import ControlError

T = TypeVar("T")
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

    NotThereError and AmbiguousError name what there is; the same name twice is ambiguous too.
    """
    everything = list(things)
    folded = fold(wanted)
    for fits in (_is_whole(folded), _is_start(folded)):
        found = [thing for thing in everything if fits(fold(name(thing)))]
        if len(found) == 1:
            return found[0]
        if found:
            names = enumerate_names(name(thing) for thing in found)
            raise AmbiguousError(f"{wanted!r} could be {names}; say which {what}")
    names = enumerate_names(name(thing) for thing in everything)
    there = f"there is {names}" if names else f"there is no {what} here"
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


def _is_whole(wanted: str) -> Callable[[str], bool]:
    return lambda name: name == wanted


def _is_start(wanted: str) -> Callable[[str], bool]:
    return lambda name: bool(wanted) and name.startswith(wanted)
