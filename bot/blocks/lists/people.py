"""The team's day: who is at work right now, who is not, and until when."""

from collections.abc import Sequence
from typing import Final

from bot.blocks.pieces import Block, context, divider, section
from bot.blocks.words import Element, line, one_line, plain, rich_text, said, when_element
from bot.domain.hours.settings import Whereabouts

PEOPLE_SHOWN: Final = 15
_NAME: Final = 60


def team_blocks(team: Sequence[Whereabouts]) -> list[Block]:
    """Return a line for each colleague, in their order; nothing when nobody is known."""
    if not team:
        return []
    lines = [line(*_person(each)) for each in team[:PEOPLE_SHOWN]]
    listed: Block = {"type": "rich_text_list", "style": "bullet", "elements": lines}
    hidden = len(team) - PEOPLE_SHOWN
    more = [context(plain(f"And {hidden} more."))] if hidden > 0 else []
    return [divider(), section("*The team right now*"), rich_text(listed), *more]


def _person(where: Whereabouts) -> list[Element]:
    name = said(one_line(where.member.name, _NAME), bold=True)
    state = "away" if where.away else "at work" if where.now.is_open else "off"
    until = [said(" "), when_element(where.now.until, "until ")] if where.now.until else []
    cover = [said(f"; {one_line(where.stand_in.name, _NAME)} stands in")] if where.stand_in else []
    return [name, said(f"  {state}"), *until, *cover]
