"""The laws, read from the witnesses: what stands in the workspace, what the client's system took, the database."""

from collections import Counter
from typing import Any

from tests.support.processes_day import Day

NEVER_SENT = {"cancelled", "superseded", "failed"}


async def check_nothing_twice(day: Day) -> None:
    """Every key stands in Slack at most once, every reply arrived at the client's system at most once (L2, L4)."""
    posted = Counter(key for keys in day.posted_keys() for key in keys)
    assert [key for key, count in posted.items() if count > 1] == []
    assert day.orbit.doubled() == []


async def check_nothing_lost(day: Day) -> None:
    """What is marked as sent stands there, nothing waits any more, and every arrival became a message (L1, L4)."""
    posted = {key for keys in day.posted_keys() for key in keys}
    rows = await day.fleet.ledger.rows("SELECT * FROM outbox")
    assert [row["key"] for row in rows if row["state"] in {"pending", "leased"}] == []
    assert [row["key"] for row in rows if row["state"] == "sent" and not _arrived(day, row, posted)] == []
    assert [row["key"] for row in rows if row["state"] in NEVER_SENT and _arrived(day, row, posted)] == []
    inbound = await day.fleet.ledger.rows("SELECT state, count(*) AS count FROM inbound GROUP BY state")
    assert [row["state"] for row in inbound if row["state"] != "handled"] == []
    once = "SELECT inbound FROM message WHERE inbound IS NOT NULL GROUP BY inbound HAVING count(*) <> 1"
    assert await day.fleet.ledger.rows(once) == []
    lost = "SELECT id FROM inbound WHERE NOT EXISTS (SELECT 1 FROM message WHERE message.inbound = inbound.id)"
    assert await day.fleet.ledger.rows(lost) == []


async def check_replies(day: Day) -> None:
    """A reply that is sent arrived once; a held, failed or undone one did not; an uncertain one at most once (L2)."""
    for reply in await day.fleet.ledger.rows("SELECT * FROM reply ORDER BY id"):
        arrived = count_of_reply(day, reply)
        expected = {"sent": {1}, "uncertain": {0, 1}, "dropped": {0, 1}}.get(reply["state"], {0})
        assert arrived in expected, f"reply {reply['id']} is {reply['state']} and arrived {arrived} times"


def count_of_reply(day: Day, reply: dict[str, Any]) -> int:
    """Count how often a reply arrived at the client."""
    key = f"reply:{reply['id']}"
    if reply["way"] == "webhook":
        return sum(taken["id"] == key for taken in day.orbit.taken)
    return sum(key in keys for keys in day.posted_keys())


async def check_nudges(day: Day) -> None:
    """A nudge exists once per subject, revision, rung and person, and none left before its time (L4)."""
    early = """SELECT key FROM outbox WHERE kind = 'nudge' AND sent_at < not_before - interval '1 second'"""
    assert await day.fleet.ledger.rows(early) == []
    told = [row["key"] for row in await day.fleet.ledger.rows("SELECT key FROM outbox WHERE kind = 'nudge'")]
    assert len(told) == len(set(told))
    overdue = """SELECT id FROM promise WHERE outcome = 'open' AND (next_at IS NULL OR next_at < to_timestamp(%s))"""
    assert await day.fleet.ledger.rows(overdue, day.now() - 30) == []


async def check_all(day: Day) -> None:
    """Check every law; everything must have settled before."""
    await check_nothing_twice(day)
    await check_nothing_lost(day)
    await check_replies(day)
    await check_nudges(day)


def _arrived(day: Day, row: dict[str, Any], posted: set[str]) -> bool:
    if row["kind"] == "answered":  # changes a message of another row
        return row["state"] == "sent"
    if row["kind"] == "reply":
        key = f"reply:{row['subject']}"
        return key in posted or any(taken["id"] == key for taken in day.orbit.taken)
    return row["key"] in posted
