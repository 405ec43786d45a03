"""What one reading transaction sees is of one moment, however many statements it takes and whoever writes meanwhile."""

import pytest
from sqlalchemy.exc import DBAPIError

from bot.store import Store, events


def save(store: Store, value: str) -> None:
    with store.writing() as tx:
        events.save_setting(tx, "view", value)


def test_a_commit_between_two_statements_does_not_tear_a_view(store: Store) -> None:
    save(store, "before")
    with store.reading() as tx:
        first = events.setting(tx, "view")
        save(store, "after")
        assert (first, events.setting(tx, "view")) == ("before", "before")
    with store.reading() as tx:
        assert events.setting(tx, "view") == "after"


def test_writing_after_reading_sees_what_others_committed(store: Store) -> None:
    """A connection that read in one view is used again to write: leases rely on seeing what is so now."""
    with store.reading() as tx:
        assert events.setting(tx, "view") is None
    with store.writing() as tx:
        tx.exec_driver_sql("SELECT 1")
        if not store.is_sqlite:
            assert tx.get_isolation_level() == "READ COMMITTED"


def test_reading_holds_up_nobody_who_writes(store: Store) -> None:
    with store.reading() as tx:
        assert events.setting(tx, "view") is None
        save(store, "written")


@pytest.mark.parametrize("migrated_url", ["postgresql"], indirect=True)
def test_reading_cannot_write_where_the_server_can_see_to_it(store: Store) -> None:
    with pytest.raises(DBAPIError, match="read-only"), store.reading() as tx:
        events.save_setting(tx, "view", "no")
