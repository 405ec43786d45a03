"""What Slack refuses of a view, one case a line: the payload and the pointer to what is wrong."""

import pytest
from blockkit_made import INPUT, TABLE, Json, field, home, modal, plain, section

from bot.workspace.blockkit import check_view

VIEW_CASES: list[tuple[str, Json, str]] = [
    ("a modal without a title", {"type": "modal", "blocks": [section()]}, ""),
    ("a title of 25", modal(section(), title=plain("x" * 25)), "/title/text"),
    ("a title in mrkdwn", modal(section(), title={"type": "mrkdwn", "text": "x"}), "/title/type"),
    ("a submit button of 25", modal(section(), submit=plain("x" * 25)), "/submit/text"),
    ("private_metadata of 3001", modal(section(), private_metadata="x" * 3001), "/private_metadata"),
    ("a callback_id of 256", modal(section(), callback_id="x" * 256), "/callback_id"),
    ("an unknown key", modal(section(), colour="red"), "/colour"),
    ("what Slack itself adds", modal(section(), hash="1.a"), "/hash"),
    ("no blocks", modal(), "/blocks"),
    ("101 blocks", modal(*[section()] * 101), "/blocks"),
    ("a form without submit", {k: v for k, v in modal(field(INPUT)).items() if k != "submit"}, ""),
    ("a table in a modal", modal(TABLE), "/blocks/0/type"),
    ("markdown in a modal", modal({"type": "markdown", "text": "x"}), "/blocks/0/type"),
    ("a Home tab with a title", home(section(), title=plain("x")), "/title"),
    ("markdown in a Home tab", home({"type": "markdown", "text": "x"}), "/blocks/0/type"),
    ("a file input in a Home tab", home(field({"type": "file_input"})), "/blocks/0/element/type"),
    ("an alert of 201", modal({"type": "alert", "text": plain("x" * 201)}), "/blocks/0/text/text"),
    ("max_length of 3001", modal(field({**INPUT, "max_length": 3001})), "/blocks/0/element/max_length"),
    ("min over max", modal(field({**INPUT, "min_length": 9, "max_length": 5})), "/blocks/0/element/min_length"),
    (
        "a preset text that does not fit",
        modal(field({**INPUT, "initial_value": "x" * 11, "max_length": 10})),
        "/blocks/0/element/initial_value",
    ),
    ("a label of 2001", modal(field(INPUT, label=plain("x" * 2001))), "/blocks/0/label/text"),
    ("a hint in mrkdwn", modal(field(INPUT, hint={"type": "mrkdwn", "text": "x"})), "/blocks/0/hint/type"),
    (
        "a number that is none",
        modal(field({"type": "number_input", "is_decimal_allowed": True, "min_value": "few"})),
        "/blocks/0/element/min_value",
    ),
    (
        "half a whole number",
        modal(field({"type": "number_input", "is_decimal_allowed": False, "initial_value": "0.5"})),
        "/blocks/0/element/initial_value",
    ),
    ("11 files", modal(field({"type": "file_input", "max_files": 11})), "/blocks/0/element/max_files"),
    (
        "two that want the focus",
        modal(field({**INPUT, "focus_on_load": True}), field({**INPUT, "focus_on_load": True})),
        "/blocks/1/element/focus_on_load",
    ),
    (
        "a dispatch for no reason",
        modal(field({**INPUT, "dispatch_action_config": {"trigger_actions_on": []}})),
        "/blocks/0/element/dispatch_action_config/trigger_actions_on",
    ),
    ("a type nobody knows", {"type": "drawer", "blocks": [section()]}, "/type"),
]


@pytest.mark.parametrize(("view", "pointer"), [case[1:] for case in VIEW_CASES], ids=[case[0] for case in VIEW_CASES])
def test_slack_refuses_this_view(view: Json, pointer: str):
    assert [(problem.code, problem.pointer) for problem in check_view(view)] == [("invalid_arguments", pointer)]


def test_slack_refuses_a_home_tab_of_more_than_250_kb():
    problems = check_view(home(*[section(text=plain("x" * 2600))] * 100))
    assert [problem.code for problem in problems] == ["view_too_large"]
