"""What Slack refuses in a block, one case a line: the block and the pointer to what is wrong."""

import pytest
from blockkit_made import (
    CELL,
    CONFIRM,
    INPUT,
    Json,
    actions,
    beside,
    button,
    field,
    option,
    plain,
    rich,
    section,
    select,
)

from bot.workspace.blockkit import Problem, check_message

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


def test_a_problem_reads_as_slack_says_it():
    problem = Problem("invalid_blocks", "/blocks/0/text/text", "must be less than 3001 characters")
    assert str(problem) == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
