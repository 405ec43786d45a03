"""What a person would see in a window, as text: its fields, menus and options."""
# ruff: noqa: RUF001 - what is no value stands in pointed quotes

import re
from dataclasses import replace
from typing import Any

import pytest
from rendering import MIRA, mrkdwn, picture, plain

from bot.workspace.render import render_modal
from bot.workspace.render.reader import columns


def test_a_form_shows_labels_hints_values_and_errors():
    view = {
        "type": "modal",
        "title": plain("Reply to Acme"),
        "submit": plain("Send"),
        "close": plain("Not now"),
        "blocks": [
            {
                "type": "input",
                "block_id": "reply",
                "label": plain("Reply"),
                "hint": plain("What Carla will read"),
                "element": {"type": "plain_text_input", "action_id": "text", "multiline": True, "initial_value": "x"},
            },
            {
                "type": "input",
                "block_id": "when",
                "label": plain("When"),
                "optional": True,
                "element": {"type": "datetimepicker", "action_id": "at", "initial_date_time": 1795428000},
            },
            {
                "type": "input",
                "block_id": "more",
                "label": plain("Also"),
                "element": {
                    "type": "checkboxes",
                    "action_id": "c",
                    "options": [{"text": plain("Copy me"), "value": "1"}],
                    "initial_options": [{"text": plain("Copy me"), "value": "1"}],
                },
            },
        ],
        "state": {"values": {"reply": {"text": {"type": "plain_text_input", "value": "Dear Carla,\nwe are on it."}}}},
    }
    assert render_modal(view, MIRA, {"when": "Pick a time in the future."}) == picture("""
        ╭─ Reply to Acme ──────────────────────────────────────────╮
        │ Reply                                                    │
        │ ┃ Dear Carla,                                            │
        │ ┃ we are on it.                                          │
        │ · What Carla will read                                   │
        │                                                          │
        │ When (optional)                                          │
        │ [ Mon Nov 23 12:00 ▾ ]                                   │
        │ ✗ Pick a time in the future.                             │
        │                                                          │
        │ Also                                                     │
        │ ☑ Copy me                                                │
        │                                                          │
        │ [ Not now ] [ Send ]                                     │
        ╰──────────────────────────────────────────────────────────╯
    """)


def field(label: str, element: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": label.lower(),
        "label": plain(label),
        "element": {"action_id": "x", **element},
    }


def modal(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Delay"), "submit": plain("Send"), "blocks": list(blocks)}


def test_what_stands_in_an_empty_field_is_not_taken_for_a_value():
    example = plain("The payment test failed on one of three browsers that we support")
    view = modal(
        field("What happened", {"type": "plain_text_input", "multiline": True, "placeholder": example}),
        field("Doing", {"type": "plain_text_input", "placeholder": plain("Ana is on it"), "initial_value": "I am"}),
        field("Notes", {"type": "rich_text_input", "placeholder": plain("In your words")}),
        field("Cover", {"type": "users_select", "placeholder": plain("Choose a colleague")}),
        field("When", {"type": "datetimepicker"}),
        field("Nothing", {"type": "plain_text_input"}),
    )
    assert render_modal(view, MIRA) == picture("""
        ╭─ Delay ──────────────────────────────────────────────────╮
        │ What happened                                            │
        │ ┃ ‹The payment test failed on one of three browsers that │
        │ ┃ we support›                                            │
        │                                                          │
        │ Doing                                                    │
        │ ┃ I am                                                   │
        │                                                          │
        │ Notes                                                    │
        │ ┃ ‹In your words›                                        │
        │                                                          │
        │ Cover                                                    │
        │ [ ‹Choose a colleague› ▾ ]                               │
        │                                                          │
        │ When                                                     │
        │ [ ‹Select date and time› ▾ ]                             │
        │                                                          │
        │ Nothing                                                  │
        │ ┃                                                        │
        │                                                          │
        │ [ Send ]                                                 │
        ╰──────────────────────────────────────────────────────────╯
    """)


TWO = [
    {
        "text": plain("They have it from us"),
        "value": "1",
        "description": mrkdwn("due <!date^1795435200^{date_short_pretty} at {time}|Monday>, told twice"),
    },
    {"text": plain("They hear from us"), "value": "2", "description": plain("no <!date^1^{time}|token> in plain text")},
]
"""Options whose descriptions are mrkdwn, which Slack takes in radio buttons and checkboxes, and plain text."""


@pytest.mark.parametrize(("kind", "on", "off"), [("radio_buttons", "◉", "○"), ("checkboxes", "☑", "☐")])
def test_what_is_said_about_an_option_stands_after_it_in_the_readers_time(kind: str, on: str, off: str):
    preset = {"initial_option": TWO[0]} if kind == "radio_buttons" else {"initial_options": [TWO[0]]}
    expected = picture(f"""
        │ {on} They have it from us · due Today at 14:00, told twice  │
        │ {off} They hear from us · no <!date^1^{{time}}|token> in plain │
        │   text                                                   │
    """)
    element = {"type": kind, "action_id": "x", "options": TWO, **preset}
    assert expected in render_modal(modal(field("Promise", element)), MIRA)
    assert expected in render_modal(modal({"type": "actions", "block_id": "a", "elements": [element]}), MIRA)
    beside = {"type": "section", "block_id": "s", "text": plain("Promise"), "accessory": element}
    assert expected in render_modal(modal(beside), MIRA)


def test_the_chosen_option_of_a_menu_says_what_it_means():
    chosen = {"text": plain("New work"), "value": "n", "description": plain("Something that is not there yet")}
    menu = {"type": "static_select", "options": [chosen], "initial_option": chosen}
    shown = render_modal(modal(field("Category", menu), field("Also", {**menu, "initial_option": None})), MIRA)
    assert "│ [ New work ▾ ] · Something that is not there yet         │" in shown
    assert "│ [ ‹Select an option› ▾ ]                                 │" in shown


def test_options_without_descriptions_share_a_line_while_there_is_room():
    short = [{"text": plain(word), "value": word} for word in ("Kept", "Moved", "Released")]
    assert "│ ○ Kept  ○ Moved  ○ Released   " in render_modal(
        modal(field("Outcome", {"type": "radio_buttons", "options": short})), MIRA
    )
    wide = [{"text": plain(f"{word} with many words"), "value": word} for word in ("Kept", "Moved", "Released")]
    shown = render_modal(modal(field("Outcome", {"type": "radio_buttons", "options": wide})), MIRA)
    assert "│ ○ Kept with many words     " in shown
    assert len({columns(line) for line in shown.split("\n")}) == 1


def test_dim_words_stay_inside_their_frame():
    """A style that runs over the end of a line would dim the frame and the next line's beginning."""
    element = {"type": "radio_buttons", "options": TWO}
    example = plain("The payment test failed on one of three browsers that we support")
    text = {"type": "plain_text_input", "placeholder": example}
    shown = render_modal(modal(field("Promise", element), field("Why", text)), replace(MIRA, ansi=True))
    assert "\x1b[2m" in shown
    for line in shown.split("\n"):
        assert len(re.findall(r"\x1b\[[1-9]m", line)) == line.count("\x1b[0m")
        assert columns(line) == 60
