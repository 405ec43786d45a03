"""Payloads that Slack takes are taken."""

import json

import pytest
from blockkit_taken import BLOCKS, FORM, HOME, MESSAGE_BLOCKS, Json

from bot.workspace.blockkit import LIMITS, SOURCES, check_message, check_view


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
