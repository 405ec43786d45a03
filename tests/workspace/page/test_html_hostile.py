"""Law L8 on the page: nothing of a payload becomes an element, an attribute, a script or a style."""

import json
import re
from typing import Any

import pytest
from html_helpers import READER, Node, field_of, mrkdwn, option, parsed, plain

from bot.workspace.page.html import blocks_html, message_html, text_html

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "single quotes": "' autofocus onfocus='alert(1)",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &quot; &#34;&#x22;",
    "script address": "<javascript:alert(1)|click> <JaVaScRiPt:alert(1)> <data:text/html,x|y> <vbscript:x|y>",
    "broken address": "<https://a.example/\"onmouseover=alert(1)|x> <https://a'b|y> <http://[|z>",
    "marks around tags": "*<b>* _</em><script>_ ~<s>~ `</code><img>` ```</pre><svg onload=alert(1)>```",
    "date": '<!date^1^{time}<img src=x>^javascript:alert(1)|<b>x</b>> <!date^1^{date}^https://a"onclick="x|y>',
    "mention": '<@U1"onclick="alert(1)|<b>> <#C"x|<i>> <!subteam^S|<u>>',
    "templates": "{{7*7}} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "right to left": "\u202egnp.exe\u202c \u2067x",
    "nulls": "a\0b\x00<scr\0ipt>\x07\x1b[31m",
    "half surrogate": "a\ud800b",
    "long word": "x" * 3000,
    "aside": "\0 0\0 \x000\x00 \0999\0",
    "style": "</style><style>*{display:none}</style> style=x",
    "comment": "<!-- --><!doctype><![CDATA[x]]>",
    "textarea": "</textarea></select></option></template></script><form action=/control/press>",
    "markdown": '[x](javascript:alert(1)) ![x](https://a.example/"onerror=1) <img src=x onerror=1>',
}
TAGS = {
    *("a", "blockquote", "br", "button", "circle", "code", "div", "em", "fieldset", "figcaption", "figure", "h2", "h3"),
    *("hr", "input", "label", "legend", "li", "ol", "optgroup", "option", "p", "path", "pre", "rect", "s", "select"),
    *("span", "strong", "svg", "table", "tbody", "td", "template", "textarea", "th", "thead", "time", "tr", "u", "ul"),
    *("details", "summary", "caption", "img"),
}
ATTRIBUTE = re.compile(r"(?:aria-[a-z]+|data-[a-z]+(?:-[a-z]+)?|[a-z]+|viewbox|preserveaspectratio)")
FORBIDDEN = re.compile(r"on|style|action|formaction|srcdoc|srcset")
ADDRESS = re.compile(r"(?:https?://|mailto:|/page/files/)\S+", re.IGNORECASE)


def everything(words: str) -> list[dict[str, Any]]:
    """Blocks of every kind with the words wherever words can be."""
    options = [option(words, words, words), option("other", "other")]
    confirm = {"title": plain(words), "text": mrkdwn(words), "confirm": plain(words), "deny": plain(words)}
    common = {"action_id": words, "confirm": confirm, "placeholder": plain(words)}
    inline = [
        {"type": "text", "text": words, "style": {"bold": True, words: True}},
        {"type": "link", "url": words, "text": words},
        {"type": "link", "url": f"https://a.example/{words}"},
        {"type": "user", "user_id": words},
        {"type": "channel", "channel_id": words},
        {"type": "usergroup", "usergroup_id": words},
        {"type": "broadcast", "range": words},
        {"type": "emoji", "name": words, "unicode": words},
        {"type": "color", "value": words},
        {"type": "date", "timestamp": 1, "format": words, "fallback": words, "url": words},
        {"type": words, "text": words},
    ]
    rich = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": inline},
            {"type": "rich_text_list", "style": words, "indent": 1, "elements": [{"elements": inline}]},
            {"type": "rich_text_quote", "elements": inline},
            {"type": "rich_text_preformatted", "elements": inline[:3]},
            {"type": words},
        ],
    }
    picture = {"type": "image", "image_url": f"https://a.example/{words}", "alt_text": words}
    bare = {"type": "image", "image_url": words, "alt_text": words}
    button = {"type": "button", "text": plain(words), "url": words, "value": words, "style": words, **common}
    elements = [
        {**button, "accessibility_label": words},
        {"type": "static_select", "options": options, "initial_option": options[0], **common},
        {"type": "static_select", "option_groups": [{"label": plain(words), "options": options}], **common},
        {"type": "multi_static_select", "options": options, "initial_options": options, **common},
        {"type": "users_select", "initial_user": words, **common},
        {"type": "conversations_select", "initial_conversation": words, **common},
        {"type": "external_select", "initial_option": options[0], **common},
        {"type": "multi_external_select", "initial_options": options, **common},
        {"type": "overflow", "options": [{**options[0], "url": words}], **common},
        {"type": "datepicker", "initial_date": words, **common},
        {"type": "timepicker", "initial_time": words, "timezone": words, **common},
        {"type": "checkboxes", "options": [{**options[0], "text": mrkdwn(words)}], **common},
        {"type": "radio_buttons", "options": options, "initial_option": options[0], **common},
        {"type": "feedback_buttons", **common, **dict.fromkeys(("positive_button", "negative_button"), button)},
        {"type": "icon_button", "text": plain(words), "icon": words, **common},
        {"type": "workflow_button", "text": plain(words)},
        {"type": words, "text": words},
    ]
    typed = [
        {"type": kind, "initial_value": words, "max_length": 9, "min_value": words, **common}
        for kind in ("plain_text_input", "email_text_input", "url_text_input", "number_input")
    ]
    task = {"title": words, "status": words, "details": rich, "sources": [{"url": words, "text": words}]}
    card = {"title": mrkdwn(words), "body": plain(words), "icon": picture, "hero_image": bare, "actions": [button]}
    return [
        {"type": "header", "text": plain(words)},
        {"type": "section", "text": mrkdwn(words), "fields": [mrkdwn(words), plain(words)], "accessory": picture},
        {"type": "context", "elements": [mrkdwn(words), plain(words), picture, bare]},
        {"type": "actions", "block_id": words, "elements": elements},
        *({"type": "section", "text": plain(words), "accessory": element} for element in elements),
        {"type": "image", "title": plain(words), **{key: bare[key] for key in ("image_url", "alt_text")}},
        {"type": "image", "alt_text": words, "slack_file": {"id": words}},
        rich,
        {"type": "table", "caption": words, "rows": [[{"type": "raw_text", "text": words}, rich]] * 2},
        {"type": "markdown", "text": words},
        {"type": "markdown", "text": f"# {words}\n\n|{words}|\n|:-:|\n|{words}|\n\n```{words}\n{words}\n```"},
        {"type": "alert", "level": words, "text": mrkdwn(words)},
        {"type": "plan", "title": words, "tasks": [task]},
        {"type": "task_card", **task},
        {"type": "card", **card},
        {"type": "carousel", "elements": [card]},
        {
            "type": "container",
            "width": words,
            "rich_text_title": rich,
            "subtitle": mrkdwn(words),
            "is_collapsible": True,
        },
        {"type": "video", "title": plain(words), "video_url": words, "alt_text": words, "provider_name": words},
        {"type": "file", "external_id": words, "source": words},
        {"type": "call", "call_id": words},
        {"type": words, "what": {"ever": words}},
        *(
            field_of(element, block_id=words, hint=plain(words), label=plain(words))
            for element in (*typed, *elements[1:8], *elements[9:13], {"type": "rich_text_input", "initial_value": rich})
        ),
    ]


def check_harmless(node: Node) -> None:
    """Every element below is one of ours, with attributes of ours, and addresses lead out by http or mail alone."""
    for one in node.children:
        if not isinstance(one, Node):
            continue
        assert one.tag in TAGS, one.tag
        for name, value in one.attributes.items():
            assert ATTRIBUTE.fullmatch(name), name
            assert not FORBIDDEN.match(name), name
            if name in {"href", "src"}:
                assert value is not None
                assert ADDRESS.fullmatch(value), value
            if name in {"id", "for", "popovertarget", "name", "class"}:
                assert re.fullmatch(r"[\w -]*", value or ""), value
        if one.tag == "a":
            assert (one["target"], one["rel"]) == ("_blank", "noopener noreferrer")
        check_harmless(one)


def skeleton(node: Node) -> list[Any]:
    return [[one.tag, sorted(one.attributes), skeleton(one)] for one in node.children if isinstance(one, Node)]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_only_words_wherever_they_stand(name):
    words = HOSTILE[name]
    html = blocks_html(everything(words), READER, prefix="1.0", errors={words: words})
    html.encode()
    assert "\0" not in html
    check_harmless(parsed(html))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_whole_message_of_hostile_words_is_only_words(name):
    words = HOSTILE[name]
    old = {"color": words, "title": words, "text": words, "fallback": words, "footer": words, "pretext": words}
    message = {"text": words, "attachments": [{**old, "fields": [{"title": words, "value": words}]}]}
    html = message_html(message, READER, prefix=words)
    html.encode()
    check_harmless(parsed(html))


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in {"nulls", "half surrogate", "aside"}])
def test_plain_text_shows_every_character_and_makes_nothing_of_it(name):
    words = HOSTILE[name]
    root = parsed(text_html({**plain(words), "emoji": False}, READER))
    assert root.text == words
    assert skeleton(root) == []


def test_ids_of_a_payload_reach_the_browser_as_they_are():
    words = "a\"b'c<d>&amp;é 💬"
    element = {"type": "static_select", "action_id": words, "options": [option("x", words)]}
    root = parsed(blocks_html([{"type": "actions", "block_id": words, "elements": [element]}], READER, prefix="1.0"))
    select = root.one("select")
    assert (select["data-action"], select["data-block"]) == (words, words)
    assert select.all("option")[1]["value"] == words


def test_json_in_an_attribute_is_json_again_for_the_browser():
    chosen = option("</script>\"'&", "1")
    menu = {"type": "external_select", "action_id": "a", "initial_option": chosen}
    root = parsed(blocks_html([field_of(menu)], READER, prefix="1.0"))
    assert json.loads(root.one("input")["data-chosen"] or "") == [chosen]
