"""What words, mentions and dates read like, as text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rendering import MIRA, NOW

from bot.workspace.render import render_message
from bot.workspace.render.dates import show_date
from bot.workspace.render.reader import columns
from bot.workspace.render.words import show_mrkdwn


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
