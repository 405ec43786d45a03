"""From whom a request comes, and why: whoever gets it can ask the right person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from block_samples import ANA, BEN, ITEM, NOW

from bot.blocks.handed import handed_by
from bot.blocks.words import when
from bot.domain.people import Member
from bot.domain.snapshots.nudge import ItemKind

ITEM = replace(ITEM, kind=ItemKind.HANDED_OVER)
BACK, FROM = NOW + timedelta(days=3), NOW + timedelta(days=1)
SAM = Member("U3SAM", "Sam")
WILL_BE = f"will be away {when(FROM, 'from ')} {when(BACK, 'until ')}"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"by": BEN}, "<@U2BEN> handed it to you. "),
        ({"by": BEN, "was": BEN}, "<@U2BEN> handed it to you. "),
        ({"by": BEN, "was": BEN, "back_at": BACK}, f"<@U2BEN> is away {when(BACK, 'until ')} and handed it to you. "),
        ({"by": BEN, "was": BEN, "back_at": BACK, "away_from": FROM}, f"<@U2BEN> {WILL_BE} and handed it to you. "),
        ({"by": SAM, "was": BEN}, "<@U3SAM> handed you what <@U2BEN> had. "),
        (
            {"by": SAM, "was": BEN, "back_at": BACK},
            f"<@U3SAM> handed it to you; <@U2BEN>, who had it before, is away {when(BACK, 'until ')}. ",
        ),
    ],
)
def test_it_says_from_whom_and_why(facts, words):
    assert handed_by(replace(ITEM, owner=ANA, **facts)) == words
