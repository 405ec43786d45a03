"""From whom a request comes, and why: whoever gets it can ask the right person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.nudges.handed import handed_by
from bot.blocks.words import when
from bot.domain.people import Member
from bot.domain.snapshots.nudge import ItemKind
from tests.blocks.block_samples import ANA, BEN, ITEM, NOW

ITEM = replace(ITEM, kind=ItemKind.HANDED_OVER)
BACK, FROM = NOW + timedelta(days=3), NOW + timedelta(days=1)
FRIDAY = "until the end of Fri 27 Nov"
SAM = Member("U3SAM", "Sam")
PLANNED = f"with time away planned {when(FROM, 'from ')} {when(BACK, 'until ')}"
AWAY = f"being away then, as planned {when(BACK, 'until ')}"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"by": BEN}, "<@U2BEN> handed it to you. "),
        ({"by": BEN, "was": BEN}, "<@U2BEN> handed it to you. "),
        ({"by": BEN, "was": BEN, "back_at": BACK}, f"<@U2BEN> handed it to you, {AWAY}. "),
        ({"by": BEN, "was": BEN, "back_at": BACK, "away_from": FROM}, f"<@U2BEN> handed it to you, {PLANNED}. "),
        (
            {"by": BEN, "was": BEN, "back_at": BACK, "away_from": FROM, "away_days": "on Fri 27 Nov"},
            "<@U2BEN> handed it to you, with time away planned on Fri 27 Nov. ",
        ),
        (
            {"by": BEN, "was": BEN, "back_at": BACK, "away_from": FROM, "away_until": FRIDAY},
            f"<@U2BEN> handed it to you, with time away planned {when(FROM, 'from ')} until the end of Fri 27 Nov. ",
        ),
        (
            {"by": BEN, "was": BEN, "back_at": BACK, "away_until": FRIDAY},
            "<@U2BEN> handed it to you, being away then, as planned until the end of Fri 27 Nov. ",
        ),
        ({"by": SAM, "was": BEN}, "<@U3SAM> handed you what <@U2BEN> had. "),
        (
            {"by": SAM, "was": BEN, "back_at": BACK},
            f"<@U3SAM> handed it to you; <@U2BEN> had it before, {AWAY}. ",
        ),
    ],
)
def test_it_says_from_whom_and_why(facts, words):
    assert handed_by(replace(ITEM, owner=ANA, **facts)) == words
