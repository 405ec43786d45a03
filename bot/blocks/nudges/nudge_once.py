"""A request once in a message: what is to be done about its slip, or its reply, is all that its aim asks for."""

from collections.abc import Sequence

from bot.domain.ladder.ladders import RungKind
from bot.domain.snapshots.nudge import ItemKind, NudgeItem


def told_once(items: Sequence[NudgeItem]) -> tuple[NudgeItem, ...]:
    """Return the items without aims of requests of which something nearer stands here too; what is over stays.

    An aim comes back when that something is over before it is.
    """
    nearer = {item.request.id for item in items if not item.moot and _says_more_than_an_aim(item)}
    return tuple(item for item in items if not _is_aim(item) or item.moot or item.request.id not in nearer)


def _is_aim(item: NudgeItem) -> bool:
    return item.kind is ItemKind.TARGET


def _says_more_than_an_aim(item: NudgeItem) -> bool:
    return item.kind is ItemKind.REPLY or item.rung is RungKind.SLIPPED
