"""What Slack refuses, one case a line: the payload, its error code and the pointer to what is wrong."""

from typing import Any

import pytest

from bot.workspace.blockkit import Problem, check_message, check_view

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str, text: str = "One") -> Json:
    return {"text": plain(text), "value": value}


def section(**more: Any) -> Json:
    return {"type": "section", "text": plain("hello"), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Claim"), **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": [option("1")], **more}


def beside(element: Json) -> Json:
    return {"type": "section", "text": plain("hello"), "accessory": element}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def rich(*inline: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(inline)}]}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


CONFIRM = {"title": plain("t"), "text": plain("t"), "confirm": plain("y"), "deny": plain("n")}
CELL = {"type": "raw_text", "text": "x"}
TABLE = {"type": "table", "rows": [[CELL]]}
INPUT = {"type": "plain_text_input"}

# one block of a message; all are invalid_blocks
BLOCK_CASES: list[tuple[str, Json, str]] = [
    ("a type nobody knows", {"type": "banner"}, "/type"),
    ("no type", {"text": plain("x")}, ""),
    ("a legacy block that we do not speak", {"type": "video", "alt_text": "x"}, "/type"),
    ("an unknown key", section(colour="red"), "/colour"),
    ("an unknown key of a text", {"type": "section", "text": {**plain("x"), "bold": True}}, "/text/bold"),
    ("emoji on mrkdwn", {"type": "section", "text": {"type": "mrkdwn", "text": "x", "emoji": True}}, "/text/emoji"),
    ("text as a bare string", {"type": "section", "text": "hello"}, "/text"),
    ("a section of nothing", {"type": "section"}, ""),
    ("an empty text", {"type": "section", "text": plain("")}, "/text/text"),
    ("a text of 3001", {"type": "section", "text": plain("x" * 3001)}, "/text/text"),
    ("a null where text belongs", {"type": "section", "text": None}, "/text"),
    ("11 fields", {"type": "section", "fields": [plain("x")] * 11}, "/fields"),
    ("a field of 2001", {"type": "section", "fields": [plain("x" * 2001)]}, "/fields/0/text"),
    ("no fields", {"type": "section", "fields": []}, "/fields"),
    ("a block_id of 256", section(block_id="x" * 256), "/block_id"),
    ("mrkdwn in a header", {"type": "header", "text": {"type": "mrkdwn", "text": "x"}}, "/text/type"),
    ("a header of 151", {"type": "header", "text": plain("x" * 151)}, "/text/text"),
    ("11 context elements", {"type": "context", "elements": [plain("x")] * 11}, "/elements"),
    ("no context elements", {"type": "context", "elements": []}, "/elements"),
    ("a button in a context", {"type": "context", "elements": [button()]}, "/elements/0/type"),
    ("no actions", actions(), "/elements"),
    ("26 actions", actions(*[button()] * 26), "/elements"),
    ("one action_id twice", actions(button(action_id="a"), button(action_id="a")), "/elements/1/action_id"),
    ("a text input among actions", actions(INPUT), "/elements/0/type"),
    ("a date and time picker beside a section", beside({"type": "datetimepicker"}), "/accessory/type"),
    ("a button text of 76", beside(button(text=plain("x" * 76))), "/accessory/text/text"),
    ("a button text in mrkdwn", beside(button(text={"type": "mrkdwn", "text": "x"})), "/accessory/text/type"),
    ("a button value of 2001", beside(button(value="x" * 2001)), "/accessory/value"),
    ("a button value that is a number", beside(button(value=142)), "/accessory/value"),
    ("a button address of 3001", beside(button(url="https://e.com/" + "x" * 2987)), "/accessory/url"),
    ("a button style of our own", beside(button(style="warning")), "/accessory/style"),
    ("an action_id of 256", beside(button(action_id="x" * 256)), "/accessory/action_id"),
    (
        "a confirm without text",
        beside(button(confirm={k: v for k, v in CONFIRM.items() if k != "text"})),
        "/accessory/confirm",
    ),
    (
        "a confirm title of 101",
        beside(button(confirm={**CONFIRM, "title": plain("x" * 101)})),
        "/accessory/confirm/title/text",
    ),
    (
        "a confirm text of 301",
        beside(button(confirm={**CONFIRM, "text": plain("x" * 301)})),
        "/accessory/confirm/text/text",
    ),
    (
        "a confirm button of 31",
        beside(button(confirm={**CONFIRM, "deny": plain("x" * 31)})),
        "/accessory/confirm/deny/text",
    ),
    ("a select of nothing", beside(select(options=[])), "/accessory/options"),
    ("a select without options", beside({"type": "static_select"}), "/accessory"),
    ("101 options", beside(select(options=[option(str(n)) for n in range(101)])), "/accessory/options"),
    (
        "options and groups at once",
        beside(select(option_groups=[{"label": plain("g"), "options": [option("1")]}])),
        "/accessory",
    ),
    ("an option text of 76", beside(select(options=[option("1", "x" * 76)])), "/accessory/options/0/text/text"),
    ("an option value of 151", beside(select(options=[option("x" * 151)])), "/accessory/options/0/value"),
    (
        "an option in mrkdwn",
        beside(select(options=[{"text": {"type": "mrkdwn", "text": "x"}, "value": "1"}])),
        "/accessory/options/0/text/type",
    ),
    (
        "an option with an address outside an overflow",
        beside(select(options=[{**option("1"), "url": "https://e.com"}])),
        "/accessory/options/0/url",
    ),
    ("a preset that is not offered", beside(select(initial_option=option("2"))), "/accessory/initial_option"),
    ("a placeholder of 151", beside(select(placeholder=plain("x" * 151))), "/accessory/placeholder/text"),
    (
        "a preset of a multi-select that is not offered",
        beside({"type": "multi_static_select", "options": [option("1")], "initial_options": [option("2")]}),
        "/accessory/initial_options/0",
    ),
    (
        "more presets than may be chosen",
        beside({"type": "multi_users_select", "initial_users": ["U1", "U2"], "max_selected_items": 1}),
        "/accessory/initial_users",
    ),
    (
        "an answer address outside a modal",
        beside({"type": "conversations_select", "response_url_enabled": True}),
        "/accessory/response_url_enabled",
    ),
    (
        "a filter for nothing",
        beside({"type": "conversations_select", "filter": {"include": []}}),
        "/accessory/filter/include",
    ),
    (
        "6 overflow options",
        beside({"type": "overflow", "options": [option(str(n)) for n in range(6)]}),
        "/accessory/options",
    ),
    (
        "11 checkboxes",
        beside({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]}),
        "/accessory/options",
    ),
    ("11 radio buttons", beside({"type": "radio_buttons", "options": [option("1")] * 11}), "/accessory/options"),
    (
        "a preset radio button that is not there",
        beside({"type": "radio_buttons", "options": [option("1")], "initial_option": option("2")}),
        "/accessory/initial_option",
    ),
    ("the 30th of February", beside({"type": "datepicker", "initial_date": "2026-02-30"}), "/accessory/initial_date"),
    ("25 o'clock", beside({"type": "timepicker", "initial_time": "25:00"}), "/accessory/initial_time"),
    (
        "an instant in words",
        actions({"type": "datetimepicker", "initial_date_time": "1795000000"}),
        "/elements/0/initial_date_time",
    ),
    (
        "an instant in milliseconds",
        actions({"type": "datetimepicker", "initial_date_time": 1_795_000_000_000}),
        "/elements/0/initial_date_time",
    ),
    ("an image without alt_text", {"type": "image", "image_url": "https://e.com/a.png"}, ""),
    ("an image without a source", {"type": "image", "alt_text": "x"}, ""),
    ("an image from nowhere", {"type": "image", "image_url": "a.png", "alt_text": "x"}, "/image_url"),
    ("rich text of nothing", {"type": "rich_text", "elements": []}, "/elements"),
    ("rich text straight in the block", {"type": "rich_text", "elements": [CELL]}, "/elements/0/type"),
    ("an empty run of rich text", rich({"type": "text", "text": ""}), "/elements/0/elements/0/text"),
    (
        "a style nobody knows",
        rich({"type": "text", "text": "x", "style": {"blink": True}}),
        "/elements/0/elements/0/style/blink",
    ),
    (
        "a date without a format",
        rich({"type": "date", "timestamp": 1_795_000_000}),
        "/elements/0/elements/0",
    ),
    ("a broadcast to the world", rich({"type": "broadcast", "range": "world"}), "/elements/0/elements/0/range"),
    (
        "an emoji in code",
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "emoji", "name": "wave"}]}],
        },
        "/elements/0/elements/0/type",
    ),
    ("a table of 101 rows", {"type": "table", "rows": [[CELL]] * 101}, "/rows"),
    ("a table of 21 columns", {"type": "table", "rows": [[CELL] * 21]}, "/rows/0"),
    ("an empty cell", {"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}, "/rows/0/0/text"),
    (
        "an uneven data table",
        {"type": "data_table", "caption": "x", "rows": [[CELL], [CELL, CELL]]},
        "/rows",
    ),
    ("a markdown text of 12001", {"type": "markdown", "text": "x" * 12_001}, "/text"),
    ("an alert in a message", {"type": "alert", "text": plain("x")}, "/type"),
    ("a task without a state", {"type": "task_card", "task_id": "1", "title": "x"}, ""),
    (
        "51 tasks",
        {
            "type": "plan",
            "title": "x",
            "tasks": [{"task_id": str(n), "title": "x", "status": "pending"} for n in range(51)],
        },
        "/tasks",
    ),
    (
        "one task twice",
        {"type": "plan", "title": "x", "tasks": [{"task_id": "1", "title": "x", "status": "pending"}] * 2},
        "/tasks/1/task_id",
    ),
    ("a mail input in a message", field({"type": "email_text_input"}), "/element/type"),
    ("an input without a label", {"type": "input", "element": INPUT}, ""),
    ("a button as an input", field(button()), "/element/type"),
    (
        "a container that folds and does not",
        {
            "type": "container",
            "title": plain("x"),
            "child_blocks": [{"type": "divider"}],
            "default_collapsed": True,
        },
        "/default_collapsed",
    ),
]


@pytest.mark.parametrize(
    ("block", "pointer"), [case[1:] for case in BLOCK_CASES], ids=[case[0] for case in BLOCK_CASES]
)
def test_slack_refuses_this_block_in_a_message(block: Json, pointer: str):
    problems = check_message({"text": "fallback", "blocks": [{"type": "divider"}, block]})
    assert [(problem.code, problem.pointer) for problem in problems] == [("invalid_blocks", f"/blocks/1{pointer}")]


MESSAGE_CASES: list[tuple[str, Json, str, str]] = [
    ("nothing at all", {}, "no_text", ""),
    ("an empty text", {"text": ""}, "no_text", ""),
    ("a text that is none", {"text": 3}, "invalid_arguments", "/text"),
    ("51 blocks", {"blocks": [{"type": "divider"}] * 51}, "invalid_blocks", "/blocks"),
    ("blocks that are an object", {"blocks": {"type": "divider"}}, "invalid_blocks_format", "/blocks"),
    ("blocks in broken JSON", {"blocks": "[{", "text": "x"}, "invalid_blocks_format", "/blocks"),
    (
        "a block_id twice",
        {"blocks": [section(block_id="a"), section(block_id="a")]},
        "invalid_blocks",
        "/blocks/1/block_id",
    ),
    ("two tables", {"blocks": [TABLE, TABLE]}, "invalid_blocks", "/blocks/1"),
    (
        "14,000 characters in all blocks",
        {"blocks": [section(text=plain("x" * 2000))] * 7},
        "msg_blocks_too_long",
        "/blocks",
    ),
    (
        "too much markdown in all",
        {"blocks": [{"type": "markdown", "text": "x" * 7000}] * 2},
        "msg_blocks_too_long",
        "/blocks",
    ),
    ("markdown_text and text", {"text": "x", "markdown_text": "x"}, "markdown_text_conflict", "/markdown_text"),
    ("markdown_text of 12001", {"markdown_text": "x" * 12_001}, "msg_too_long", "/markdown_text"),
    ("101 attachments", {"attachments": [{"text": "x"}] * 101}, "too_many_attachments", "/attachments"),
    ("attachments that are none", {"attachments": ["x"]}, "invalid_attachments", "/attachments"),
    (
        "a bad block in an attachment",
        {"attachments": [{"blocks": [{"type": "x"}]}]},
        "invalid_blocks",
        "/attachments/0/blocks/0/type",
    ),
    ("metadata that is none", {"text": "x", "metadata": "142"}, "invalid_metadata_format", "/metadata"),
    ("metadata in broken JSON", {"text": "x", "metadata": "{"}, "invalid_metadata_format", "/metadata"),
    (
        "metadata without a payload",
        {"text": "x", "metadata": {"event_type": "a"}},
        "invalid_metadata_schema",
        "/metadata/event_payload",
    ),
    (
        "metadata too deep",
        {"text": "x", "metadata": {"event_type": "a", "event_payload": {"a": {"b": {}}}}},
        "invalid_metadata_schema",
        "/metadata/event_payload/a",
    ),
    (
        "metadata too large",
        {"text": "x", "metadata": {"event_type": "a", "event_payload": {"a": "x" * 9000}}},
        "metadata_too_large",
        "/metadata",
    ),
]


@pytest.mark.parametrize(
    ("payload", "code", "pointer"), [case[1:] for case in MESSAGE_CASES], ids=[case[0] for case in MESSAGE_CASES]
)
def test_slack_refuses_this_message(payload: Json, code: str, pointer: str):
    assert [(problem.code, problem.pointer) for problem in check_message(payload)] == [(code, pointer)]


def test_an_update_refuses_a_text_that_a_first_message_may_have():
    assert check_message({"text": "x" * 4001}) == []
    assert [problem.code for problem in check_message({"text": "x" * 4001}, update=True)] == ["msg_too_long"]


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


def test_a_problem_reads_as_slack_says_it():
    problem = Problem("invalid_blocks", "/blocks/0/text/text", "must be less than 3001 characters")
    assert str(problem) == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
