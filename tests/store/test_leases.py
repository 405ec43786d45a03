"""Two workers never hold one row; order holds in a lane; leases follow elapsed time, never the adjustable clock."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import Store, leases, outbox, pace
from bot.store.migrate import migrate

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Elapsed:
    """Elapsed time that a test moves; PostgreSQL has its own, so there the rows are moved instead."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def put(store: Store, key: str, *, lane: str | None = None, **facts: object) -> int | None:
    with store.writing() as tx:
        return outbox.put(tx, key=key, kind="notice", lane=lane or key, subject=0, now=NOW, **facts)  # type: ignore[arg-type]


def lease(store: Store, *, token: str = "t", most: int = 20, now: datetime = NOW) -> list[str]:
    with store.writing() as tx:
        return [row.key for row in leases.lease(tx, store, now=now, token=token, most=most)]


def rows(store: Store) -> dict[str, outbox.Row]:
    from sqlalchemy import select  # noqa: PLC0415

    from bot.store import tables  # noqa: PLC0415

    with store.reading() as tx:
        return {row.key: outbox.to_row(row) for row in tx.execute(select(tables.outbox))}


def test_many_workers_share_the_rows_and_no_row_twice(store: Store) -> None:
    for number in range(60):
        put(store, f"k{number}")

    def work(worker: int) -> list[str]:
        taken: list[str] = []
        while found := lease(store, token=f"w{worker}", most=7):
            taken += found
        return taken

    with ThreadPoolExecutor(4) as threads:
        taken = [key for keys in threads.map(work, range(4)) for key in keys]
    assert sorted(taken) == sorted(f"k{number}" for number in range(60))


def test_a_lane_goes_in_order_one_at_a_time(store: Store) -> None:
    for number in range(3):
        put(store, f"k{number}", lane="a")
    put(store, "other", lane="b")
    assert lease(store) == ["k0", "other"]
    assert lease(store) == []
    with store.writing() as tx:
        row = rows(store)["k0"]
        leases.mark_sent(tx, row.id, "t", shown=1, remote=("C", "1.0"), now=NOW)
    assert lease(store) == ["k1"]


@pytest.mark.parametrize(("kind", "taken"), [("nudge", ["today"]), ("reply", [])])
def test_a_nudge_that_waits_for_tomorrow_holds_up_none_of_today(store: Store, kind: str, taken: list[str]) -> None:
    """A client's replies keep their order whatever they wait for; a nudge is no use after its time."""
    for key, wait in (("tomorrow", timedelta(days=1)), ("today", timedelta())):
        with store.writing() as tx:
            outbox.put(tx, key=key, kind=kind, lane="dm:U0MIRA", subject=1, now=NOW, not_before=NOW + wait)
    assert lease(store) == taken


def test_a_thread_post_waits_for_its_card(store: Store) -> None:
    parent = put(store, "card")
    put(store, "mirror", parent=parent)
    assert lease(store) == ["card"]
    with store.writing() as tx:
        leases.mark_sent(tx, parent or 0, "t", shown=1, remote=("C", "1.0"), now=NOW)
    assert lease(store) == ["mirror"]


@pytest.mark.parametrize(("ahead", "taken"), [(1, []), (0, ["k"]), (-1, ["k"])])
def test_a_row_waits_for_its_time(store: Store, ahead: int, taken: list[str]) -> None:
    put(store, "k", not_before=NOW + timedelta(seconds=ahead))
    assert lease(store) == taken


def test_what_answers_a_press_goes_before_the_rest(store: Store) -> None:
    put(store, "background", rank=1)
    put(store, "pressed", rank=0)
    assert lease(store, most=1) == ["pressed"]


def test_the_same_key_is_one_row(store: Store) -> None:
    assert put(store, "k") is not None
    assert put(store, "k") is None


def test_forty_asks_are_one_refresh_and_one_during_a_send_is_one_more(store: Store) -> None:
    ident = put(store, "k")
    lease(store)
    with store.writing() as tx:
        for _ in range(40):
            outbox.want_again(tx, "k")
        leases.mark_sent(tx, ident or 0, "t", shown=1, remote=("C", "1.0"), now=NOW)
    assert lease(store) == ["k"]
    with store.writing() as tx:
        leases.mark_sent(tx, ident or 0, "t", shown=41, remote=("C", "1.0"), now=NOW)
    assert lease(store) == []


def test_a_lost_lease_marks_nothing(store: Store) -> None:
    ident = put(store, "k")
    lease(store, token="dead")
    with store.writing() as tx:
        assert not leases.mark_sent(tx, ident or 0, "other", shown=1, remote=None, now=NOW)
        assert leases.held_by(tx, ident or 0, "other") is None
    assert rows(store)["k"].shown == 0


def test_a_sweep_returns_only_rows_of_the_dead_and_says_which_may_have_left(database_url: str) -> None:
    first = Store(database_url, elapsed=time.monotonic)
    migrate(first)
    put(first, "quiet")
    put(first, "sending")
    put(first, "alive")
    lease(first, token="t")
    with first.writing() as tx:
        leases.set_sending(tx, rows(first)["sending"].id)
        assert leases.sweep(tx, first) == 0
    later = Store(database_url, elapsed=time.monotonic)
    if not later.is_sqlite:  # the server's own clock: let the leases run out instead of the process die
        from sqlalchemy import update  # noqa: PLC0415

        from bot.store import tables  # noqa: PLC0415

        with later.writing() as tx:
            tx.execute(update(tables.outbox).values(lease_until=0))
    with later.writing() as tx:
        assert leases.sweep(tx, later, in_flight=[rows(later)["alive"].id]) == 2
    assert {key: row.ambiguous for key, row in rows(later).items()} == {
        "quiet": False,
        "sending": True,
        "alive": False,
    }
    assert sorted(lease(later, token="new")) == ["quiet", "sending"]
    first.close()
    later.close()


def test_a_new_boot_forgets_what_the_old_one_measured(sqlite_path: object) -> None:
    elapsed = Elapsed()
    first = Store(f"sqlite:///{sqlite_path}", elapsed=elapsed)
    migrate(first)
    ident = put(first, "k")
    lease(first)
    with first.writing() as tx:
        leases.give_back(tx, ident or 0, "t", retry_at=1_000_000.0, tried=True)
        pace.reserve(tx, first, "chat.update:C1", every=1_000_000, ahead=3.0)
    assert lease(first) == []
    first.close()
    again = Store(f"sqlite:///{sqlite_path}", elapsed=Elapsed())
    with again.writing() as tx:
        leases.begin_boot(tx, again, now=NOW)
        assert pace.reserve(tx, again, "chat.update:C1", every=1.0, ahead=3.0) == 0
    assert lease(again) == ["k"]
    again.close()
