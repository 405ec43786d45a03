"""What was worked out once is kept with the stamps it holds for, as long as the workspace it is about."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar
from weakref import WeakKeyDictionary

from bot.workspace.state import State

REMEMBERED: Final = 100_000
"""So many answers of each kind are kept; beyond that they are worked out anew."""

Key = TypeVar("Key")
Found = TypeVar("Found")


class Memory(Generic[Key, Found]):
    """The answers to one kind of question, of every workspace apart."""

    def __init__(self) -> None:
        self._of: WeakKeyDictionary[State, dict[Key, tuple[tuple[int, ...], Found]]] = WeakKeyDictionary()

    def answer(self, state: State, key: Key, stamps: tuple[int, ...], work: Callable[[], Found]) -> Found:
        """Return what was found for these stamps, worked out now if it is not known or the stamps are others."""
        known = self._of.setdefault(state, {})
        found = known.get(key)
        if found is not None and found[0] == stamps:
            return found[1]
        new = work()
        if len(known) >= REMEMBERED:
            known.clear()
        known[key] = stamps, new
        return new

    def knows(self, state: State, key: Key) -> bool:
        """Tell whether there is an answer, of whatever stamps."""
        return key in self._of.get(state, ())

    def count(self, state: State) -> int:
        """How many answers are kept of a workspace."""
        return len(self._of.get(state, ()))

    def forget(self, state: State) -> None:
        """Drop every answer of a workspace."""
        self._of.pop(state, None)
