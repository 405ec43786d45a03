"""Slots of one lane are apart, however many workers reserve them; who is told to wait keeps everybody waiting."""

from concurrent.futures import ThreadPoolExecutor

from bot.store import Store, pace


def test_slots_of_one_channel_are_a_second_apart_for_all_workers(store: Store) -> None:
    def reserve(_: int) -> float | None:
        with store.writing() as tx:
            return pace.reserve(tx, store, "chat.postMessage:C1", every=1.0, ahead=3.0)

    with ThreadPoolExecutor(4) as threads:
        waits = list(threads.map(reserve, range(8)))
    taken = sorted(wait for wait in waits if wait is not None)
    assert waits.count(None) == 4
    assert all(abs(wait - number) < 0.5 for number, wait in enumerate(taken))


def test_a_blocked_method_waits_and_a_free_channel_does_not(store: Store) -> None:
    with store.writing() as tx:
        pace.block(tx, store, "chat.update:*", 30)
        assert 28 < pace.blocked_for(tx, store, "chat.update:*") <= 30
        assert pace.blocked_for(tx, store, "chat.postMessage:*") == 0
        pace.block(tx, store, "chat.update:*", 5)
        assert pace.blocked_for(tx, store, "chat.update:*") > 28
