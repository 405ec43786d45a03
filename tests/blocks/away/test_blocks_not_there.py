"""Whoever hands a request over to somebody who is not there in time is told so, and who hears instead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.blocks.away.not_there import build_not_there
from bot.blocks.words import when
from bot.domain.away.not_there import NotThere
from tests.blocks.block_samples import ANA, BEN, ITEM

PROMISE = ITEM.promise
assert PROMISE is not None
LATER = PROMISE.due_at + timedelta(days=2)
FOUND = NotThere(request=ITEM.request, owner=BEN, promise=PROMISE, back_at=LATER, hears=ANA)


@pytest.mark.parametrize(
    ("found", "reader", "expected"),
    [
        (
            FOUND,
            "U0SOMEBODY",
            f"A promise of it {when(PROMISE.due_at, 'is due before, ')}. <@{ANA.id}> hears of it before it is due.",
        ),
        (FOUND, ANA.id, "You hear of it before it is due."),
        (replace(FOUND, hears=None), ANA.id, "The team channel hears of it before it is due."),
        (FOUND, ANA.id, f"<@{BEN.id}> has it now, and is not at work {when(LATER, 'until ')}."),
        (
            replace(FOUND, back_at=None),
            ANA.id,
            f"is not at work for now. A promise of it {when(PROMISE.due_at, 'is due before, ')}",
        ),
        (replace(FOUND, back_at=PROMISE.due_at), ANA.id, "is due before"),
        (replace(FOUND, back_at=PROMISE.due_at - timedelta(seconds=1)), ANA.id, "is due soon after"),
    ],
)
def test_it_says_until_when_what_is_due_and_who_hears(found, reader, expected):
    view = build_not_there(found, reader=reader)
    assert expected in view["blocks"][0]["text"]["text"]
    assert view["title"]["text"] == f"#{ITEM.request.id} is handed over"
