"""A pile: what the team's channel hears of at once when it is more than anybody reads one by one.

The few that press most are shown with their buttons, all others are named. Once one is done, the next one is shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.blocks import phrases
from bot.blocks.limits import cut
from bot.blocks.nudges.nudge_words import heading
from bot.blocks.pieces import Block, section
from bot.blocks.words import line, one_line, rich_text, said
from bot.domain.commands.slash_commands import SLASH
from bot.domain.ladder.nudges import BUNDLE_MOST
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem
from bot.domain.targets import TargetKind

SHOWN = 5
"""As many as one takes in at a glance."""

SHOWN_MOST = 8
"""Promises and whatever else is no mere aim are shown up to here: five blocks each, fifty in all."""

NAMES_MOST = 2_000
"""Characters for the names of the others; a client's own name has forty."""

_COUNTS = {5: "five", 6: "six", 7: "seven", 8: "eight"}
_WAIT_FOR = {
    TargetKind.FIRST_ANSWER: "a first answer",
    TargetKind.NEXT_WORD: "word of when they hear again",
}


@dataclass(frozen=True, slots=True)
class Pile:
    """What is `shown` one by one, what is only `named`, and what is `over`; `heading` and `below` are our words."""

    heading: str
    below: str
    shown: tuple[NudgeItem, ...]
    named: tuple[NudgeItem, ...]
    over: tuple[NudgeItem, ...]

    @property
    def more(self) -> str:
        """How many more there are than those that are shown, "" for none."""
        return f"And {len(self.named)} more" if self.named else ""


def is_pile(nudge: Nudge) -> bool:
    """Tell whether a message is one: in the team's channel, and with more than a person is ever told at once."""
    return nudge.to_channel and len(nudge.items) > BUNDLE_MOST


def pile_of(items: Sequence[NudgeItem]) -> Pile:
    """Sort the items of a message: promises and the like first, as they come, then aims, the longest wait first.

    A request of which something is open is not over.
    """
    live = [item for item in items if not item.moot]
    open_ones = {item.request.id for item in live}
    pressing = [item for item in live if item.kind is not ItemKind.TARGET]
    aims = sorted((item for item in live if item.kind is ItemKind.TARGET), key=_since)
    shown = min(len(live), max(SHOWN, min(len(pressing), SHOWN_MOST)))
    which = "press most" if pressing else "waited longest"
    return Pile(
        heading=_heading(items, live, only_aims=not pressing),
        below=f"The {_COUNTS[shown]} that {which} stand here. {ALL}" if len(live) > shown else "",
        shown=tuple([*pressing, *aims][:shown]),
        named=tuple([*pressing, *aims][shown:]),
        over=tuple(item for item in items if item.moot and item.request.id not in open_ones),
    )


ALL = f"`{SLASH} open` shows all."


def named_blocks(pile: Pile) -> list[Block]:
    """Return the lines that name what is not shown, and strike through what is over."""
    blocks = []
    if pile.named:
        blocks.append(rich_text(line(said(f"{pile.more}: ", bold=True), said(_names(pile.named)))))
    if pile.over:
        blocks.append(rich_text(line(said("No longer needed: "), said(_names(pile.over), strike=True))))
    return blocks


def heading_blocks(pile: Pile) -> list[Block]:
    """Return how much waits, and where all of it stands."""
    return [section("\n".join(filter(None, [f"*{pile.heading}*", pile.below])))]


def _heading(items: Sequence[NudgeItem], live: Sequence[NudgeItem], *, only_aims: bool) -> str:
    if len(live) < 2:  # noqa: PLR2004 - one alone has a heading of its own
        return heading(items, live)
    if not only_aims:
        return f"{len(live)} things to look at"
    kinds = {item.target.kind for item in live if item.target}
    what = _WAIT_FOR.get(kinds.pop(), "an answer") if len(kinds) == 1 else "an answer"
    return f"{len(live)} requests wait for {what}"


def _since(item: NudgeItem) -> tuple[bool, float]:
    since = item.request.waiting_since
    return since is None, since.timestamp() if since else 0.0


def _names(items: Iterable[NudgeItem]) -> str:
    """Return the requests client by client: "Acme #3, #7 · Beta #4"."""
    by_client: dict[str, list[str]] = {}
    for item in items:
        name = one_line(phrases.client_name(item.client), 40)
        by_client.setdefault(name, []).append(phrases.number(item.request))
    return cut(" · ".join(f"{name} {', '.join(numbers)}" for name, numbers in by_client.items()), NAMES_MOST)
