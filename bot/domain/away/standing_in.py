"""Who acts for whom: the people that something goes to, one after another, when the one before has no time for it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType


def chain(
    owner: str | None,
    stand_in_of: Mapping[str, str | None],
    lead: str | None,
    later: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[str, ...]:
    """Return whom to turn to, in order: the owner, their stand-in, the stand-in's stand-in and so on, then the lead.

    `later` are those who will stand in for somebody, in times away that have not begun: they come after whoever does
    now. Nobody comes twice: a loop of stand-ins ends at the lead. Whoever stands in for the lead comes after the lead.
    Without an owner it begins with the lead; empty when there is neither.
    """
    found: dict[str, None] = {}
    for first in (owner, lead):
        waiting = [first]
        while waiting:
            at = waiting.pop()
            if at and at not in found:
                found[at] = None
                waiting += [*reversed(later.get(at, ())), stand_in_of.get(at)]
    return tuple(found)


def stands_in(owner: str, stand_in_of: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return who stands in for somebody, the nearest first, without themself and without the lead."""
    return chain(owner, stand_in_of, None)[1:]
