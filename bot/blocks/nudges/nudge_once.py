"""A request once in a message: what is to be done about its slip, or its reply, is all that it asks for now.

Its aim gives way to that, and the question how a wait goes on to any of them.
"""

from collections.abc import Sequence

from bot.domain.ladder.ladders import RungKind
from bot.domain.snapshots.nudge import ItemKind, NudgeItem

_GIVES_WAY = {ItemKind.RECHECK: 0, ItemKind.TARGET: 1}
_NEAREST = 2


def told_once(items: Sequence[NudgeItem]) -> tuple[NudgeItem, ...]:
    """Return the items without those of which something nearer of the same request stands here; what is over stays.

    One that gave way comes back when that something is over before it is.
    """
    nearest: dict[int, int] = {}
    for item in items:
        if not item.moot and _is_reason(item):
            nearest[item.request.id] = max(_near(item), nearest.get(item.request.id, 0))
    return tuple(item for item in items if item.moot or _near(item) >= nearest.get(item.request.id, 0))


def _is_reason(item: NudgeItem) -> bool:
    """Tell whether others give way to it: a promise that is ahead, or news of the client, stands beside them."""
    return item.kind in {ItemKind.TARGET, ItemKind.REPLY} or item.rung is RungKind.SLIPPED


def _near(item: NudgeItem) -> int:
    return _GIVES_WAY.get(item.kind, _NEAREST)
