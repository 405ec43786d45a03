"""What Slack refuses of a message, one case a line: the payload, its error code and the pointer to what is wrong."""

import pytest
from blockkit_made import TABLE, Json, plain, section

from bot.workspace.blockkit import check_message

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
