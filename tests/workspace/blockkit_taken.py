"""Payloads that Slack takes, each with about all that it may have."""

from typing import Any

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
