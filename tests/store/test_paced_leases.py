"""Rows that wait for one crowded channel cost little and hide nothing; delivery reads what waits, not what was sent."""

from datetime import UTC, datetime

from sqlalchemy import event

from bot.store import Store, leases, outbox, pace

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
AHEAD = 1.0


def put(store: Store, key: str, *, kind: str = "notice", recipient: str = "") -> None:
    with store.writing() as tx:
        outbox.put(tx, key=key, kind=kind, lane=key, subject=0, now=NOW, recipient=recipient)


def lease(store: Store, *, most: int = 20) -> list[str]:
    with store.writing() as tx:
        return [row.key for row in leases.lease(tx, store, now=NOW, token="t", most=most, ahead=AHEAD)]


def reserve(store: Store, key: str, times: int) -> None:
    with store.writing() as tx:
        for _ in range(times):
            pace.reserve(tx, store, key, every=60.0, ahead=600.0)


def test_a_crowded_channel_gives_one_row_at_a_time_and_hides_no_other(store: Store) -> None:
    for number in range(30):
        put(store, f"crowd{number}", recipient="C0CROWD")
    put(store, "other", recipient="C0OTHER")

    assert lease(store) == ["crowd0", "other"]
    assert lease(store) == ["crowd1"]


def test_a_channel_whose_next_slot_is_far_gives_none(store: Store) -> None:
    put(store, "posted", recipient="C0BUSY")
    put(store, "team")
    reserve(store, "chat.postMessage:C0BUSY", times=2)
    reserve(store, "chat.update:team", times=2)  # another method has a pace of its own

    assert lease(store) == ["team"]


def test_replies_by_webhook_wait_for_no_channel(store: Store) -> None:
    reserve(store, "chat.postMessage:team", times=2)
    for number in range(3):
        put(store, f"reply{number}", kind="reply")

    assert lease(store) == ["reply0", "reply1", "reply2"]


def test_sqlite_reads_only_what_waits(store: Store) -> None:
    """A parameter list would not match the partial indexes, and each poll would read everything ever sent."""
    if not store.is_sqlite:
        return
    said: list[tuple[str, object]] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def _note(_connection: object, _cursor: object, statement: str, given: object, *_rest: object) -> None:
        if statement.startswith(("SELECT", "UPDATE")):
            said.append((statement, given))

    lease(store)
    with store.writing() as tx:
        leases.sweep(tx, store)
        outbox.waiting(tx)
        outbox.next_not_before(tx, NOW)
        plans = [row for one in tuple(said) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {one[0]}", one[1])]

    assert len(said) >= 4
    assert [row[3] for row in plans if row[3] == "SCAN outbox"] == []
    assert any("ix_outbox_lane_waiting" in row[3] for row in plans)
