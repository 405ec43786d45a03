"""Menus whose options the app is asked for (docs: /reference/block-kit/block-elements/select-menu-element)."""

from dataclasses import asdict
from typing import Any, Final

from bot.workspace import payloads
from bot.workspace.blockkit import objects
from bot.workspace.blockkit.schema import Problem, Spot, array, one_of, record
from bot.workspace.core import Core
from bot.workspace.elements import blocks_in, find_element
from bot.workspace.errors import ControlError
from bot.workspace.interactions import Press, interact
from bot.workspace.models import JSON, Message, User, View

_ANSWER: Final = record(
    {},
    {
        "options": array(objects.plain_option, most="select.options", least=0),
        "option_groups": array(objects.option_group, most="select.option_groups", least=0),
    },
    one_of("options", "option_groups"),
)


async def suggest(core: Core, user: User, where: Message | View, menu: Press, words: str) -> JSON:
    """What the app offers for these words: {options} or {option_groups}.

    ControlError when the element is no such menu, when fewer words were typed than it waits for, and when the app does
    not answer, or not with options; the last is kept among the refusals.
    """
    block, element = find_element(blocks_in(where.body), menu.action_id, menu.block_id)
    if not element["type"].endswith("external_select"):
        raise ControlError(f"{menu.action_id} is no menu that the app fills")
    least = element.get("min_query_length", 3)
    if len(words) < least:
        raise ControlError(f"{menu.action_id} waits for {least} characters")
    ids = (block["block_id"], menu.action_id)
    result, outcome = await interact(core, payloads.block_suggestion(core, user, where, ids, words))
    if not outcome.acked:
        raise ControlError(f"{core.state.app.name} did not offer any options ({result.error})")
    return _checked(core, outcome.payload)


def _checked(core: Core, answer: Any) -> JSON:
    problems = [Problem("invalid_response", *fault) for fault in _ANSWER(answer, Spot("", "modal"))]
    if problems:
        core.journal.refuse("block_suggestion", "invalid_response", [asdict(one) for one in problems], answer or {})
        raise ControlError(f"{core.state.app.name} answered with something else than options: {problems[0]}")
    found: JSON = answer
    return found
