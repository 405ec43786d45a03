"""Nudges in the outbox, as rows: what is woken, and what is left alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.store import Store, nudges, outbox
from bot.store import tables as t
from bot.store.outbox import o

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
MORNING = NOW + timedelta(hours=23)
READER = "U0MIRA"


@pytest.mark.parametrize("everybody", [False, True])
@pytest.mark.parametrize(
    ("facts", "woken"),
    [
        ({}, True),
        ({"kind": "away"}, True),
        ({"kind": "card"}, False),
        ({"state": "leased"}, False),
        ({"state": "superseded"}, False),
        ({"sending": True}, False),
        ({"shown": 1}, False),
        ({"bundle": 1}, False),
    ],
)
def test_what_is_held_is_woken_and_what_somebody_may_be_sending_is_left_alone(
    store: Store, facts: dict[str, Any], *, woken: bool, everybody: bool
) -> None:
    with store.writing() as tx:
        given = {"kind": "nudge", "lane": f"dm:{READER}", "subject": 1, "recipient": READER, "now": NOW}
        ident = outbox.put(tx, key="nudge:promise:1:1:1:U0MIRA", not_before=MORNING, **given)
        if facts:
            tx.execute(update(t.outbox).where(o.id == ident).values(**facts))
        count = nudges.wake_all(tx, now=NOW) if everybody else nudges.wake(tx, READER, now=NOW)
        [at] = tx.execute(select(o.not_before)).scalars()
    assert (count, at) == ((1, NOW) if woken else (0, MORNING))
