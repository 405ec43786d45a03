"""The arguments of a verb as they come over HTTP, looked at against what the verb says that it takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from bot.workspace.errors import ControlError
from bot.workspace.models import JSON


@dataclass(frozen=True)
class _Kind:
    """A kind of argument: what it is called, which types of JSON are it, and how a query's word becomes one."""

    name: str
    types: tuple[type, ...]
    of_word: Callable[[str], Any]

    def of(self, value: Any, *, is_word: bool) -> Any:
        """The value as this kind; ValueError, OverflowError or KeyError for another."""
        if is_word:
            return self.of_word(value)
        if not isinstance(value, self.types) or (isinstance(value, bool) and bool not in self.types):
            raise ValueError
        return value


def _no_word(word: str) -> Any:
    raise ValueError(word)


_KINDS: Final[dict[Any, _Kind]] = {
    str: _Kind("text", (str,), str),
    int: _Kind("a whole number", (int,), int),
    float: _Kind("a number", (int, float), float),
    bool: _Kind("true or false", (bool,), {"true": True, "false": False}.__getitem__),
    dict: _Kind("an object", (dict,), _no_word),
    Iterable: _Kind("a list", (list,), _no_word),
    NoneType: _Kind("nothing", (NoneType,), _no_word),
}


def checked(verb: Callable[..., Any], given: JSON, *, in_words: bool = False) -> JSON:
    """The arguments as the verb takes them; `in_words` they are those of a query, all of them text.

    ControlError with a sentence for what is of another kind. Names are not looked at: the call itself does that.
    """
    hints = get_type_hints(verb)
    return {name: _checked(name, value, hints.get(name, Any), in_words=in_words) for name, value in given.items()}


def _checked(name: str, value: Any, hint: Any, *, in_words: bool) -> Any:
    options = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    kinds = [_KINDS.get(get_origin(one) or one) for one in options]
    for kind in kinds:
        if kind is None:  # the verb takes anything here, or looks itself
            return value
        try:
            return kind.of(value, is_word=in_words)
        except (ValueError, OverflowError, KeyError):
            continue
    raise ControlError(f"{name} must be {' or '.join(kind.name for kind in kinds if kind)}")
