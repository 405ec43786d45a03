"""Blocks as HTML, each as Slack's client shows it."""

import pytest
from html_helpers import READER, draw, mrkdwn, parsed, plain, row

from bot.workspace.blockkit.blocks import BLOCKS
from bot.workspace.page.html import message_html
from bot.workspace.page.html.blocks import _DRAWERS


def section(*elements):
    return {"type": "rich_text_section", "elements": list(elements)}


def words(text, **style):
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def rich(*elements):
    return {"type": "rich_text", "elements": list(elements)}


def test_every_block_that_the_workspace_accepts_is_drawn():
    assert set(BLOCKS) <= set(_DRAWERS)


def test_an_unknown_block_is_shown_as_what_it_is():
    frame = draw({"type": "hologram", "depth": "<3"}).one("figure")
    assert "block: hologram" in frame.text
    assert '"depth": "<3"' in frame.text


def test_a_section_shows_its_text_its_fields_and_what_stands_beside_them():
    root = draw(
        {
            "type": "section",
            "text": mrkdwn("*Hello*"),
            "fields": [mrkdwn("*Owner*\n<@U2>"), plain("two")],
            "accessory": {"type": "button", "action_id": "go", "text": plain("Go")},
        }
    )
    assert root.one("div", class_="bk-fields").text == "Owner@Sam Ortiztwo"
    assert root.one("div", class_="bk-accessory").one("button").text == "Go"


def test_headers_are_headings_and_dividers_are_rules():
    root = draw({"type": "header", "text": plain("#142 · Acme")}, {"type": "divider"})
    assert root.one("h3").text == "#142 · Acme"
    assert len(root.all("hr")) == 1


def test_rich_text_has_lists_quotes_and_styles():
    root = draw(
        rich(
            section(words("bold and struck", bold=True, strike=True), words("\n")),
            {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [section(words("c"))]},
            {"type": "rich_text_list", "style": "bullet", "indent": 3, "elements": [section(words("d"))]},
            {"type": "rich_text_quote", "elements": [words("quoted\ntwice")]},
            {"type": "rich_text_preformatted", "elements": [words("a\n  b")]},
        )
    )
    assert root.one("strong").one("s").text == "bold and struck"
    assert root.all("br") == root.one("blockquote").all("br")
    assert (root.one("ol")["start"], root.one("ol").one("li").text) == ("3", "c")
    assert root.one("ul")["class"] == "bk-list indent-3"
    assert root.one("pre").text == "a\n  b"


def test_rich_text_names_people_dates_and_emoji():
    root = draw(
        rich(
            section(
                {"type": "user", "user_id": "U1"},
                {"type": "channel", "channel_id": "C2"},
                {"type": "broadcast", "range": "here"},
                {"type": "emoji", "name": "wave", "skin_tone": 2},
                {"type": "emoji", "name": "ours", "unicode": "1f44b-1f3fe"},
                {"type": "emoji", "name": "party_parrot"},
                {"type": "date", "timestamp": 1_795_784_400, "format": "{time}"},
                {"type": "color", "value": "#36a64f"},
                {"type": "link", "url": "https://a.example", "text": "there"},
                words(":tada:"),
            )
        )
    )
    assert root.text == "@Mira Laine#acme-shared@here👋🏻👋🏾:party_parrot:15:00#36a64fthere:tada:"
    assert root.one("rect")["fill"] == "#36a64f"


def test_a_table_has_headings_alignment_and_a_frame_that_scrolls_by_keyboard():
    rows = [
        [{"type": "raw_text", "text": "Client"}, {"type": "raw_text", "text": "Kept"}],
        [rich(section(words("Acme", bold=True))), {"type": "raw_number", "value": 12, "text": "12"}],
    ]
    root = draw({"type": "table", "rows": rows, "column_settings": [{}, {"align": "right", "is_wrapped": True}]})
    assert [(one.text, one["scope"]) for one in root.all("th")] == [("Client", "col"), ("Kept", "col")]
    assert root.all("td")[1]["class"] == "align-right is-wrapped is-number"
    assert root.one("div", class_="bk-table-frame")["tabindex"] == "0"
    data = {"type": "data_table", "caption": "Kept", "rows": rows, "row_header_column_index": 0}
    assert draw(data).one("th", scope="row").text == "Acme"


def test_markdown_is_formatted_and_its_html_and_images_are_not_taken():
    text = "# Title\n**b** ~~s~~ [l](https://a.example) [j](javascript:x)\n\n|a|b|\n|-|-:|\n|1|2|\n\n<b>raw</b> ![alt](https://a.example/i.png)"
    root = draw({"type": "markdown", "text": text})
    assert root.one("h3")["class"] == "bk-h1"
    assert (root.one("strong").text, root.one("s").text) == ("b", "s")
    assert [one["href"] for one in root.all("a")] == ["https://a.example", "https://a.example/i.png"]
    assert [one["class"] for one in root.all("td")] == [None, "align-right"]
    assert "<b>raw</b>" in root.text
    assert "[j](javascript:x)" in root.text


def test_tasks_say_how_far_they_are():
    tasks = [
        {"task_id": str(one), "title": one, "status": one} for one in ("pending", "in_progress", "complete", "error")
    ]
    root = draw({"type": "plan", "title": "The plan", "tasks": tasks})
    assert [one["aria-label"] for one in root.all("span", role="img")] == ["To do", "In progress", "Done", "Failed"]


def test_an_alert_says_its_level_to_those_who_see_no_colour():
    root = draw({"type": "alert", "level": "error", "text": plain("It failed.")})
    assert root.one("div", role="note").text.strip() == "error: It failed."


def test_a_container_that_folds_is_the_browsers_own():
    block = {"type": "container", "title": plain("More"), "is_collapsible": True, "child_blocks": [{"type": "divider"}]}
    assert "open" in draw(block).one("details").attributes
    assert "open" not in draw({**block, "default_collapsed": True}).one("details").attributes


def test_cards_stand_side_by_side_with_their_buttons():
    card = {
        "type": "card",
        "title": mrkdwn("*One*"),
        "actions": [{"type": "button", "action_id": "go", "text": plain("Go")}],
    }
    root = draw({"type": "carousel", "block_id": "cards", "elements": [card, card]})
    assert [one["data-block"] for one in root.all("button")] == ["cards", "cards"]
    assert len({one["id"] for one in root.all("button")}) == 2


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        (
            {"type": "video", "title": plain("A film"), "video_url": "https://v.example", "provider_name": "Tube"},
            "A film",
        ),
        ({"type": "file", "external_id": "F-17", "source": "remote"}, "F-17"),
        ({"type": "call", "call_id": "R-9"}, "R-9"),
    ],
)
def test_what_comes_from_elsewhere_is_named(block, shown):
    assert shown in draw(block).one("figure").text


def test_a_message_without_blocks_shows_its_text_and_then_its_attachments():
    message = {
        "text": "*Hello*",
        "attachments": [
            {"color": "good", "title": "T", "text": "old", "fields": [{"title": "a", "value": "b"}], "footer": "f"},
            {"color": "#123456", "blocks": [row({"type": "button", "action_id": "go", "text": plain("Go")})]},
            {"color": "x;y", "fallback": "only this"},
        ],
    }
    root = parsed(message_html(message, READER, prefix="1.0"))
    assert root.all("strong")[0].text == "Hello"
    assert [one["fill"] for one in root.all("rect")] == ["#2eb886", "#123456", None]
    assert root.one("button").text == "Go"
    assert "only this" in root.text


def test_a_message_with_blocks_does_not_repeat_its_fallback():
    root = parsed(message_html({"text": "fallback", "blocks": [{"type": "divider"}]}, READER, prefix="1.0"))
    assert "fallback" not in root.text
