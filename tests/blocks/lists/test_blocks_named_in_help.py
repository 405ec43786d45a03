"""What the help of `headsup workspace` names as an example is there in a window of ours."""

import re
from typing import get_args

from bot.blocks.windows.review import build_review
from bot.workspace.hands_cli import Fields
from tests.blocks.block_samples import REVIEW


def test_the_field_that_the_help_of_submit_sets_is_one_of_the_review() -> None:
    shown = re.search(r'--set "([^="]+)=', get_args(Fields)[1].help)
    assert shown is not None
    view = build_review(REVIEW)
    labels = [block["label"]["text"] for block in view["blocks"] if "label" in block]
    assert shown[1] in labels
