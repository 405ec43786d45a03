"""A payload as lines, with what is wrong marked where it is."""

import json

import pytest

from bot.workspace.page.side.payloads import CUT, parts


def marked(payload, *pointers):
    """The lines that are marked, stripped."""
    problems = [{"pointer": pointer, "message": f"wrong: {pointer}"} for pointer in pointers]
    return [line.text.strip() for part in parts(payload, problems) for line in part.lines if line.why]


def text(found):
    return "\n".join(part.text for part in found)


BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": f"line {number}"}} for number in range(20)]


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("/blocks/7/text/text", '"text": "line 7"'),
        ("/blocks/7/text", '"text": {'),
        ("/blocks/7", "{"),
        ("/blocks", '"blocks": ['),
        ("", "{"),
        ("/blocks/7/accessory/url", "{"),
        ("/nowhere/at/all", "{"),
    ],
)
def test_a_pointer_marks_the_line_of_its_value_or_of_the_nearest_around_it(pointer, line):
    assert marked({"channel": "C1", "blocks": BLOCKS}, pointer) == [line]


def test_a_name_with_a_slash_or_tilde_is_found_by_its_escaped_pointer():
    assert marked({"metadata": {"a/b~c": 1}}, "/metadata/a~1b~0c") == ['"a/b~c": 1']


def test_blocks_that_came_as_a_string_are_shown_as_what_they_are():
    assert marked({"blocks": json.dumps(BLOCKS)}, "/blocks/3/text/text") == ['"text": "line 3"']


def test_a_string_that_is_no_json_stays_a_string():
    assert marked({"blocks": "[oops"}, "/blocks") == ['"blocks": "[oops"']


def test_several_problems_of_one_value_stand_together():
    problems = [{"pointer": "/text", "message": one} for one in ("too long", "too loud")]
    (part,) = parts({"text": "A"}, problems)
    assert part.lines[1].why == ("too long", "too loud")


def test_what_is_far_from_any_problem_is_folded_and_nothing_is_lost():
    payload = {"channel": "C1", "blocks": BLOCKS}
    found = parts(payload, [{"pointer": "/blocks/7/text/text", "message": "too long"}])
    assert [part.is_folded for part in found] == [True, False, True]
    assert len(found[1].lines) == 7
    assert json.loads(text(found)) == payload


def test_a_short_payload_is_shown_whole():
    (part,) = parts({"text": "x"}, [{"pointer": "/text", "message": "no"}])
    assert not part.is_folded


def test_a_long_string_is_cut_and_the_rest_kept():
    payload = {"text": "y" * 3200}
    found = parts(payload, [{"pointer": "/text", "message": "too long"}])
    line = next(line for line in found[0].lines if line.why)
    assert len(line.text) == CUT
    assert json.loads(text(found)) == payload


def test_a_payload_without_end_is_no_trouble():
    deep = json.loads("[" * 400 + "]" * 400)
    found = parts({"blocks": deep}, [{"pointer": "/blocks" + "/0" * 300, "message": "too deep"}])
    assert json.loads(text(found)) == {"blocks": deep}
