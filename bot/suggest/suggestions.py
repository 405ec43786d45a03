"""The table of ready replies: which card offers them, and what they promise. Their words are in the drafts' folders."""

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from bot.domain.replies import PromiseKind, ReplyKind, WayKind
from bot.suggest.lexicon import DATA

DRAFTS = DATA / "drafts"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One ready reply as the data file describes it; see data/drafts/suggestions.toml for what a field means."""

    key: str
    template: str
    label: str
    kind: ReplyKind
    categories: frozenset[str]
    but: frozenset[str]
    heat: tuple[int, int]
    waiting: bool | None
    ways: frozenset[WayKind]
    promise: PromiseKind | None
    within: timedelta | None

    def fits(self, category: str, *, heat: int, waiting: bool, way: WayKind) -> bool:
        """Tell whether a card in this situation offers it."""
        named = category in self.categories or ("*" in self.categories and category not in self.but)
        return (
            named
            and self.heat[0] <= heat <= self.heat[1]
            and self.waiting in {None, waiting}
            and (not self.ways or way in self.ways)
        )


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """Return all ready replies in the order in which cards offer them."""
    data = tomllib.loads((DRAFTS / "suggestions.toml").read_text(encoding="utf-8"))
    return tuple(_suggestion(row) for row in data["suggestion"])


def _suggestion(row: dict[str, Any]) -> Suggestion:
    least, most = row.get("heat", (0, 3))
    return Suggestion(
        key=row["key"],
        template=row["template"],
        label=row["label"],
        kind=ReplyKind(row["kind"]),
        categories=frozenset(row["categories"]),
        but=frozenset(row.get("but", ())),
        heat=(least, most),
        waiting=row.get("waiting"),
        ways=frozenset(WayKind(way) for way in row.get("ways", ())),
        promise=PromiseKind(row["promise"]) if "promise" in row else None,
        within=timedelta(minutes=row["within"]) if "within" in row else None,
    )
