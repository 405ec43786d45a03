"""Slots of one lane are apart, however many workers reserve them; who is told to wait keeps everybody waiting."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import Store, pace
from bot.store.migrate import migrate

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_slots_of_one_channel_are_apart_for_all_workers(store: Store) -> None:
    def reserve(_: int) -> float | None:
        with store.writing() as tx:
            return pace.reserve(tx, store, "chat.postMessage:C1", every=60.0, ahead=180.0)

    with ThreadPoolExecutor(4) as threads:
        waits = list(threads.map(reserve, range(8)))
    taken = sorted(wait for wait in waits if wait is not None)
    assert waits.count(None) == 4
    assert all(abs(wait - 60 * number) < 30 for number, wait in enumerate(taken))


def test_a_blocked_method_waits_and_a_free_channel_does_not(store: Store) -> None:
    with store.writing() as tx:
        pace.block(tx, store, "chat.update:*", 30, now=NOW)
        assert 28 < pace.blocked_for(tx, store, "chat.update:*") <= 30
        assert pace.blocked_for(tx, store, "chat.postMessage:*") == 0
        pace.block(tx, store, "chat.update:*", 5, now=NOW)
        assert pace.blocked_for(tx, store, "chat.update:*") > 28


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (timedelta(0), 30),
        (timedelta(seconds=12), 18),
        (timedelta(seconds=29.5), 0.5),
        (timedelta(seconds=30), 0),
        (timedelta(days=3), 0),
        (-timedelta(hours=1), 30),  # the clock was set back meanwhile: never longer than was asked
    ],
)
def test_who_begins_anew_waits_out_what_was_asked(sqlite_path: object, later: timedelta, left: float) -> None:
    url = f"sqlite:///{sqlite_path}"
    first, again = Store(url, elapsed=lambda: 90_000.0), Store(url, elapsed=lambda: 7.0)
    migrate(first)
    with first.writing() as tx:
        pace.block(tx, first, "chat.update:*", 30, now=NOW)
        pace.reserve(tx, first, "chat.update:C1", every=1.0, ahead=3.0)
    with again.writing() as tx:
        pace.begin_boot(tx, again, now=NOW + later)
        assert pace.blocked_for(tx, again, "chat.update:*") == pytest.approx(left)
        assert pace.reserve(tx, again, "chat.update:C1", every=1.0, ahead=3.0) == 0
    first.close()
    again.close()
