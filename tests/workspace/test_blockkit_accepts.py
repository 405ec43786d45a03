"""Payloads that Slack takes, and the law that we never take what Slack's own models refuse."""

import copy
import json
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.workspace.blockkit import LIMITS, SOURCES, check_message, check_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Json:
    return {"text": plain(text), "value": value}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def section_of(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(elements)}


CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Really*?"), "confirm": plain("Yes"), "deny": plain("No")}

BLOCKS: dict[str, Json] = {
    "header": {"type": "header", "text": {"type": "plain_text", "text": "Acme waits", "emoji": True}},
    "divider": {"type": "divider", "block_id": "line"},
    "section with a button": {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "Our *login* is broken", "verbatim": True},
        "accessory": {
            "type": "button",
            "text": plain("Claim"),
            "action_id": "claim",
            "value": "142",
            "style": "primary",
            "confirm": CONFIRM,
        },
    },
    "section with fields": {"type": "section", "fields": [mrkdwn("*Owner*\nMira"), plain("Since 9:00")]},
    "context": {
        "type": "context",
        "elements": [
            {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a face"},
            mrkdwn("3 kept, 1 moved before"),
            plain("calm"),
        ],
    },
    "actions": {
        "type": "actions",
        "block_id": "do",
        "elements": [
            {"type": "button", "text": plain("More"), "action_id": "more", "url": "https://example.com"},
            {
                "type": "static_select",
                "action_id": "category",
                "placeholder": plain("Category"),
                "options": [option("Support", "support"), option("Billing", "billing")],
                "initial_option": option("Billing", "billing"),
            },
            {"type": "overflow", "action_id": "rest", "options": [{**option("Docs", "d"), "url": "https://e.com"}]},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-23"},
            {"type": "timepicker", "action_id": "time", "initial_time": "15:30", "timezone": "Europe/Helsinki"},
            {"type": "datetimepicker", "action_id": "when", "initial_date_time": 1_795_000_000},
            {"type": "users_select", "action_id": "who", "initial_user": "U1"},
            {"type": "multi_users_select", "action_id": "all", "initial_users": ["U1"], "max_selected_items": 3},
        ],
    },
    "grouped select": {
        "type": "section",
        "text": mrkdwn("Pick"),
        "accessory": {
            "type": "multi_static_select",
            "action_id": "tags",
            "option_groups": [{"label": plain("Ours"), "options": [option("A", "a"), option("B", "b")]}],
            "initial_options": [option("B", "b")],
        },
    },
    "choices": {
        "type": "actions",
        "elements": [
            {
                "type": "checkboxes",
                "action_id": "c",
                "options": [{"text": mrkdwn("*A*"), "value": "a", "description": mrkdwn("_first_")}],
            },
            {
                "type": "radio_buttons",
                "action_id": "r",
                "options": [option("A", "a")],
                "initial_option": option("A", "a"),
            },
        ],
    },
    "image": {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "screenshot", "title": plain("Login page")},
    "rich text": rich(
        section_of(
            {"type": "text", "text": "When ", "style": {"bold": True}},
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "link", "url": "https://example.com", "text": "here"},
            {"type": "emoji", "name": "wave"},
            {"type": "date", "timestamp": 1_795_000_000, "format": "{date_short}", "fallback": "soon"},
        ),
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [section_of()]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "help"}]},
        {"type": "rich_text_preformatted", "border": 1, "elements": [{"type": "text", "text": "code"}]},
    ),
}
MESSAGE_BLOCKS: dict[str, Json] = {
    "markdown": {"type": "markdown", "text": "# Report"},
    "table": {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": "Kept"}, rich(section_of({"type": "text", "text": "3"}))]],
        "column_settings": [{"align": "right", "is_wrapped": True}],
    },
    "plan": {"type": "plan", "title": "Ship", "tasks": [{"task_id": "1", "title": "Build", "status": "pending"}]},
    "task card": {
        "type": "task_card",
        "task_id": "1",
        "title": "Build",
        "status": "complete",
        "details": rich(section_of({"type": "text", "text": "done"})),
        "sources": [{"type": "url", "url": "https://example.com", "text": "log"}],
    },
    "feedback": {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "f",
                "positive_button": {"text": plain("Good"), "value": "1"},
                "negative_button": {"text": plain("Bad"), "value": "0"},
            },
            {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "d"},
        ],
    },
    "carousel": {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn("Acme"), "body": mrkdwn("waits")}]},
    "container": {
        "type": "container",
        "title": plain("Today"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "divider"}],
    },
}
FORM: Json = {
    "type": "modal",
    "title": plain("Reply to Acme"),
    "submit": plain("Send"),
    "close": plain("Not now"),
    "callback_id": "reply",
    "private_metadata": "142",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "reply",
            "label": plain("Reply"),
            "hint": plain("What they will read"),
            "element": {
                "type": "plain_text_input",
                "action_id": "text",
                "multiline": True,
                "initial_value": "Hello",
                "max_length": 3000,
                "focus_on_load": True,
            },
        },
        {
            "type": "input",
            "block_id": "when",
            "label": plain("When"),
            "optional": True,
            "element": {"type": "datetimepicker", "action_id": "at", "initial_date_time": 1_795_000_000},
        },
        {
            "type": "input",
            "dispatch_action": True,
            "label": plain("Mail"),
            "element": {
                "type": "email_text_input",
                "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
            },
        },
        {
            "type": "input",
            "label": plain("Hours"),
            "element": {
                "type": "number_input",
                "is_decimal_allowed": False,
                "min_value": "1",
                "initial_value": "2",
                "max_value": "9",
            },
        },
        {"type": "input", "label": plain("Picture"), "element": {"type": "file_input", "max_files": 1}},
        {
            "type": "input",
            "label": plain("Answer here"),
            "element": {"type": "conversations_select", "response_url_enabled": True},
        },
        {"type": "alert", "text": mrkdwn("This promise slipped."), "level": "warning"},
    ],
}
HOME: Json = {"type": "home", "callback_id": "home", "blocks": [BLOCKS["header"], BLOCKS["actions"]]}
HOME["blocks"][1] = {"type": "actions", "elements": [{"type": "button", "text": plain("New"), "action_id": "new"}]}


@pytest.mark.parametrize("name", [*BLOCKS, *MESSAGE_BLOCKS])
def test_slack_takes_this_block_in_a_message(name: str):
    block = {**BLOCKS, **MESSAGE_BLOCKS}[name]
    assert check_message({"text": "fallback", "blocks": [block]}) == []


def test_all_common_blocks_together_are_a_message_also_as_json_in_a_form():
    assert check_message({"blocks": list(BLOCKS.values())}) == []
    assert check_message({"blocks": json.dumps(list(BLOCKS.values())), "metadata": ""}) == []


@pytest.mark.parametrize("view", [FORM, HOME], ids=["a form", "a Home tab"])
def test_slack_takes_this_view(view: Json):
    assert check_view(view) == []


def test_a_text_alone_is_a_message_and_a_very_long_one_is_cut_not_refused():
    assert check_message({"channel": "C1", "text": "x" * 50_000}) == []


def test_an_update_may_take_everything_away_but_a_first_message_must_say_something():
    assert check_message({"blocks": []}, update=True) == []
    assert [problem.code for problem in check_message({"blocks": []})] == ["no_text"]


def test_metadata_may_hold_flat_values_or_one_level_of_objects():
    metadata = {"event_type": "request", "event_payload": {"id": 1, "intent": {"id": "a"}, "all": ["x"]}}
    assert check_message({"text": "x", "metadata": metadata}) == []
    assert check_message({"text": "x", "metadata": {}}, update=True) == []


def test_every_limit_says_where_its_number_comes_from():
    assert LIMITS.keys() == SOURCES.keys()
    assert all(source.startswith(("/", "https://github.com/slackapi/")) for source in SOURCES.values())
    assert all(number > 0 for number in LIMITS.values())


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
