"""What a person would see, as text: whole pictures for the surfaces, small tables for words and dates."""
# ruff: noqa: RUF001 - what is no value stands in pointed quotes

import re
from dataclasses import replace
from datetime import UTC, datetime
from textwrap import dedent
from typing import Any

import pytest

from bot.workspace.render import Reader, render_channel, render_home, render_message, render_modal
from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import columns
from bot.workspace.render.words import show_mrkdwn

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC).timestamp()  # a Monday, 14:00 in Helsinki
MIRA = Reader(
    tz="Europe/Helsinki",
    now=NOW,
    people={"U1": "Mira Lahtinen", "U2": "Carla Reyes", "UB": "Headsup"},
    channels={"C1": "requests"},
    width=60,
)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def picture(text: str) -> str:
    return dedent(text).strip("\n")


def test_a_card_reads_like_a_card():
    message = {
        "ts": f"{int(NOW - 3600)}.000100",
        "user": "UB",
        "bot_id": "B1",
        "blocks": [
            {"type": "header", "text": plain("#142 Acme: the login is broken")},
            {
                "type": "section",
                "text": mrkdwn("Waiting since *<!date^1795428000^{date_short_pretty} at {time}|Monday>*"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "category",
                    "options": [{"text": plain("Support"), "value": "s"}, {"text": plain("Billing"), "value": "b"}],
                    "initial_option": {"text": plain("Support"), "value": "s"},
                },
            },
            {"type": "section", "fields": [mrkdwn("*Owner*\nnobody yet"), mrkdwn("*Promise*\nnone")]},
            {"type": "context", "elements": [mrkdwn("3 kept, 1 moved before"), mrkdwn("from <@U2> in <#C1>")]},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "text": plain("Claim"), "style": "primary"},
                    {"type": "button", "text": plain("Acknowledge, back within 2 h")},
                    {"type": "overflow", "options": [{"text": plain("Park"), "value": "p"}]},
                ],
            },
        ],
    }
    assert render_message(message, MIRA) == picture("""
        Headsup APP  13:00
          #142 Acme: the login is broken
          Waiting since Today at 12:00   [ Support ▾ ]
          Owner                         Promise
          nobody yet                    none
          · 3 kept, 1 moved before  from @Carla Reyes in #requests
          [ Claim ] [ Acknowledge, back within 2 h ] [ ⋯ Park ]
    """)


def test_a_menu_shows_what_was_chosen_not_the_preset():
    menu = {
        "type": "static_select",
        "action_id": "category",
        "options": [],
        "initial_option": {"text": plain("Support"), "value": "s"},
    }
    chosen = {"type": "static_select", "selected_option": {"text": plain("Billing"), "value": "b"}}
    message = {
        "ts": "1795428000.0",
        "user": "U1",
        "blocks": [{"type": "actions", "block_id": "x", "elements": [menu]}],
        "state": {"values": {"x": {"category": chosen}}},
    }
    assert "[ Billing ▾ ]" in render_message(message, MIRA)
    chosen["selected_option"] = None
    assert "[ ‹Select an option› ▾ ]" in render_message(message, MIRA)


def test_a_channel_shows_days_threads_and_private_words():
    day = 86_400
    messages = [
        {"ts": f"{NOW - day}", "user": "U2", "text": "Our login is broken"},
        {"ts": f"{NOW - 60}", "user": "U1", "text": "Looking", "thread_ts": f"{NOW - day}"},
        {"ts": f"{NOW - 120}", "user": "UB", "bot_id": "B", "text": "Only members may do that.", "is_ephemeral": True},
        {"ts": f"{NOW - 30}", "user": "U2", "text": "Thanks &lt;3", "edited": {"user": "U2"}},
    ]
    assert render_channel("#acme-shared", messages, MIRA) == picture("""
        #acme-shared
        ────────────────────────────────────────

        ── Yesterday ──

        Carla Reyes  14:00
          Our login is broken
           ╰ Mira Lahtinen  13:59
               Looking

        ── Today ──

        Headsup APP  13:58  Only visible to you
          Only members may do that.

        Carla Reyes  13:59 (edited)
          Thanks <3
    """)


def test_an_empty_channel_says_so():
    assert "Nothing here yet." in render_channel("#requests", [], MIRA)


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


def test_a_frame_stays_straight_around_wide_letters_and_long_words():
    view = {
        "type": "modal",
        "title": plain("请求"),
        "blocks": [{"type": "section", "text": plain("登录页面坏了 " * 9 + "x" * 30)}],
    }
    assert len({columns(line) for line in render_modal(view, MIRA).split("\n")}) == 1


def test_a_home_tab_is_shown_or_said_to_be_missing():
    assert "My queue" in render_home({"type": "home", "blocks": [{"type": "header", "text": plain("My queue")}]}, MIRA)
    assert "not been published" in render_home(None, MIRA)


def test_a_block_nobody_knows_is_shown_as_what_it_is():
    message = {"ts": "1795428000.0", "user": "U1", "blocks": [{"type": "hologram"}]}
    assert "(hologram block)" in render_message(message, MIRA)


def test_rich_text_keeps_lists_quotes_and_mentions():
    block = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Hi "},
                    {"type": "user", "user_id": "U1"},
                    {"type": "text", "text": ", *see* "},
                    {"type": "link", "url": "https://example.com", "text": "this"},
                    {"type": "emoji", "name": "wave"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said\nso"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    }
    shown = render_message({"ts": "1795428000.0", "user": "U2", "blocks": [block]}, MIRA)
    assert shown.split("\n")[1:] == [
        "  Hi @Mira Lahtinen, *see* this (https://example.com):wave:",
        "  1. one",
        "  │ said",
        "  │ so",
        "  ▏ x = 1",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*bold* _italic_ ~gone~ `*code*`", "bold italic gone `*code*`"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("<@U1> in <#C1|old> <#C9|other>", "@Mira Lahtinen in #requests #other"),
        ("<!here> <!subteam^S1|@leads>", "@here @leads"),
        ("<https://a.example/_x_|docs> <https://b.example/_y_>", "docs (https://a.example/_x_) https://b.example/_y_"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("&lt;!channel&gt; &amp; :wave:", "<!channel> & :wave:"),
        ("&gt; quoted\nnot", "│ quoted\nnot"),
        ("<!date^oops^{time}|at nine>", "at nine"),
    ],
)
def test_mrkdwn_reads_as_words(text: str, shown: str):
    assert show_mrkdwn(text, MIRA) == shown


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{date_num} {time_secs}", "2026-11-23 14:00:00"),
        ("{date}", "November 23rd"),
        ("{date_short} {time}", "Nov 23 14:00"),
        ("{date_long}", "Monday, November 23rd"),
        ("{date_short_pretty} at {time}", "Today at 14:00"),
        ("by {date_pretty}", "by today"),
        ("{ago}", "0 seconds ago"),
        ("{moon}", "fallback"),
    ],
)
def test_a_date_token_is_filled_in_for_the_reader(template: str, shown: str):
    assert show_date(NOW, template, MIRA, "fallback") == shown


def test_each_reader_sees_their_own_day_and_clock():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC).timestamp()
    assert show_date(late, "{date_short_pretty} {time}", MIRA) == "Tomorrow 00:30"
    sam = replace(MIRA, tz="America/New_York", twelve_hours=True)
    assert show_date(late, "{date_short_pretty} {time}", sam) == "Today 5:30 PM"


def test_a_far_year_is_named_and_an_impossible_time_falls_back():
    assert show_date(NOW + 300 * 86_400, "{date_short}", MIRA) == "Sep 19, 2027"
    assert show_date(1e30, "{date_short}", MIRA, "some day") == "some day"


def test_a_terminal_gets_styles_that_take_no_room():
    shown = show_mrkdwn("*bold*", replace(MIRA, ansi=True))
    assert shown == "\x1b[1mbold\x1b[0m"
    assert columns(shown) == 4
