"""The law that we never take what Slack's own models refuse."""

import copy
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from blockkit_taken import BLOCKS, FORM, HOME, MESSAGE_BLOCKS, Json, plain
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.workspace.blockkit import check_message, check_view


def _paths(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place below a node, the node itself aside."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, item in pairs:
        yield (*path, key)
        yield from _paths(item, (*path, key))


@st.composite
def bent(draw: st.DrawFn, source: list[Json]) -> Json:
    """A payload that was right until one to three of its places were bent."""
    payload = copy.deepcopy(draw(st.sampled_from(source)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([*_paths(payload)] or [("type",)]))
        holder = payload
        for key in path[:-1]:
            holder = holder[key]
        last: Any = path[-1]
        value = holder[last] if payload else None
        match draw(st.sampled_from(["drop", "long", "empty", "type", "many", "extra", "neighbour"])):
            case "drop" if payload:
                del holder[last]
            case "long":
                holder[last] = "x" * draw(st.sampled_from([24, 25, 31, 76, 101, 151, 256, 301, 2001, 3001, 12001]))
            case "empty":
                holder[last] = "" if isinstance(value, str) else []
            case "type":
                holder[last] = draw(st.sampled_from([None, 0, -1, 99_999_999_999, True, "x", [], {}, ["x"]]))
            case "many":
                holder[last] = value * 101 if isinstance(value, list) else [value] * 11
            case "extra" if isinstance(value, dict):
                value["surprise"] = "x"
            case _:
                holder[last] = plain("y")
    return payload


def _slack_models_refuse(parse: Callable[[], Any]) -> bool:
    logging.disable(logging.WARNING)  # the models talk about each thing that they skip
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parse()
    except (SlackObjectFormationError, TypeError, AttributeError, KeyError, ValueError):
        return True
    finally:
        logging.disable(logging.NOTSET)
    return False


@settings(max_examples=400, deadline=None)
@given(bent([*BLOCKS.values(), *MESSAGE_BLOCKS.values(), *FORM["blocks"]]))
def test_no_bent_block_is_taken_that_slacks_own_models_refuse(block: Json):
    if _slack_models_refuse(lambda: Block.parse(copy.deepcopy(block)).to_dict()):
        assert check_message({"text": "x", "blocks": [block]})
        assert check_view({**FORM, "blocks": [block]})


@settings(max_examples=200, deadline=None)
@given(bent([FORM, HOME]))
def test_no_bent_view_is_taken_that_slacks_own_models_refuse(view: Json):
    if _slack_models_refuse(lambda: View(**copy.deepcopy(view)).to_dict()):
        assert check_view(view)
