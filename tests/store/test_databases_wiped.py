"""Tests share PostgreSQL databases one after the other: none may find anything of the one before."""

import contextlib

import psycopg
import pytest

from tests.support import databases_wiped
from tests.support.databases import Databases

FILLED = "INSERT INTO event (at, kind, data) VALUES (now(), 'said', '{}') RETURNING id"


def run(address: str, statement: str) -> list[tuple[object, ...]]:
    with contextlib.closing(psycopg.connect(address, autocommit=True)) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def test_the_next_test_finds_no_row_and_the_first_number(databases: Databases) -> None:
    address = databases.migrated("postgresql")
    assert run(address, FILLED) == [(1,)]
    databases.drop(address)
    again = databases.migrated("postgresql")
    assert again == address
    assert run(again, "SELECT id FROM event") == []
    assert run(again, FILLED) == [(1,)]
    databases.drop(again)


@pytest.mark.parametrize(
    "changed",
    [
        "CREATE TABLE another (id int)",
        "ALTER TABLE event ALTER COLUMN kind DROP NOT NULL",
        "ALTER TABLE event ALTER COLUMN kind SET DEFAULT 'said'",
        "CREATE FUNCTION another() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TABLE pace",
        "DROP TABLE alembic_version",
        "UPDATE alembic_version SET version_num = '9999'",
    ],
)
def test_no_test_gets_a_database_that_another_has_changed(databases: Databases, changed: str) -> None:
    address = databases.migrated("postgresql")
    run(address, changed)
    databases.drop(address)
    again = databases.migrated("postgresql")
    assert again != address
    databases.drop(again)


def test_no_test_gets_a_database_that_another_still_uses(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases_wiped, "GOODBYE_SECONDS", 0)
    address = databases.migrated("postgresql")
    with contextlib.closing(psycopg.connect(address)):
        databases.drop(address)
    again = databases.migrated("postgresql")
    assert again != address
    databases.drop(again)
