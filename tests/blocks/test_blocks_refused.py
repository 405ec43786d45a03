"""What was typed and is not possible comes back, to be mended."""

from typing import Any

import pytest

from bot.blocks.lists.help import build_not_understood
from bot.blocks.refused import LINE, build_refused
from bot.workspace.blockkit import check_message
from tests.blocks.block_samples import HOSTILE, texts


def said(payload: Any) -> str:
    return "".join(part["text"] for part in texts(payload["blocks"]))


def test_the_line_stands_there_as_it_was_typed():
    post = build_refused("Yesterday is over.", "/headsup away until yesterday cover @jonas")
    [line] = [part for part in texts(post["blocks"]) if part.get("style") == {"code": True}]
    assert line["text"] == "/headsup away until yesterday cover @jonas"
    assert post["text"] == "Yesterday is over.\nYou typed: /headsup away until yesterday cover @jonas"


def test_a_subcommand_that_nobody_knows_comes_back_too():
    assert "You typed: /headsup stauts #12" in said(build_not_understood("I do not know it.", "stauts #12"))


def test_whom_a_sentence_is_about_is_shown_by_slack():
    post = build_refused("<@U0CARLA> is not in your team.", "/headsup away until Fri cover @carla")
    assert post["blocks"][0]["elements"][0]["elements"][0] == {"type": "user", "user_id": "U0CARLA"}
    assert post["text"].startswith("<@U0CARLA> is not in your team.")


def test_nobody_else_is_mentioned():
    post = build_refused("I know nobody named “<@U0CARLA>”.", "/headsup away <@U0CARLA>")
    assert "'user'" not in str(post["blocks"])
    assert "<@" not in post["text"]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_it_passes_whatever_was_typed(words: str):
    for post in (build_refused(f"I do not know {words[:200]}.", words), build_not_understood(words, words)):
        assert check_message(dict(post)) == []
        assert len(post["text"]) < 10 * LINE
