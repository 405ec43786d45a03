"""A client has one name, however it is typed; what members chose stays theirs."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.client_names import tidy_name
from bot.domain.people import Member
from bot.store import Store, people

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "spelled",
    [
        "acme  gmbh",
        "Acme\u00a0GmbH",
        "Acme GmbH\u200b",
        "\ufeffAcme \u200b GmbH",
        "Ac\u00adme G\u200dmbH",
        "\u202eAcme GmbH\u202c",
        "Acme\x07 GmbH\u3164",
        "Ａｃｍｅ　ＧｍｂＨ",  # noqa: RUF001 - full width on purpose
    ],
)
def test_a_name_with_what_nobody_sees_is_the_same_client(store: Store, spelled: str):
    with store.writing() as tx:
        acme = people.get_or_create_client(tx, "Acme GmbH", confirmed=True, now=NOW)
        assert people.get_or_create_client(tx, spelled, confirmed=False, now=NOW) == acme
        assert people.clients_like(tx, spelled) == (acme,)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("\u200bAcme\u00a0 GmbH\ufeff", "Acme GmbH"),
        ("Ac\u00adme\u202e", "Acme"),
        ("Acme\u200d", "Acme"),
        ("Ａｃｍｅ", "Ａｃｍｅ"),  # noqa: RUF001 - full width on purpose
        ("\u0646\u06cc\u200c\u0645", "\u0646\u06cc\u200c\u0645"),
        ("\u200b", "\u200b"),
    ],
)
def test_a_name_is_kept_as_it_looks(given: str, kept: str):
    assert tidy_name(given) == kept


def test_a_client_who_gets_another_name_is_found_by_it(store: Store):
    with store.writing() as tx:
        acme = people.get_or_create_client(tx, "Acme", confirmed=True, now=NOW)
        people.change_client(tx, acme.id, name="Acme\u200b Reisen")
        found = people.client_named(tx, "acme reisen")
        assert found is not None
        assert (found.id, found.name) == (acme.id, "Acme Reisen")


def test_different_names_stay_different(store: Store):
    with store.writing() as tx:
        names = ("Acme", "Acme 2", "Ácme", "Ac me")
        clients = [people.get_or_create_client(tx, name, confirmed=True, now=NOW).id for name in names]
    assert len(set(clients)) == len(names)


def test_the_zone_that_somebody_chose_counts_before_what_slack_says_and_stays_when_slack_says_it_again(store: Store):
    mira = Member(id="U0MIRA", name="Mira", tz="Europe/Helsinki")
    with store.writing() as tx:
        people.save_member(tx, mira)
        people.change_member(tx, "U0MIRA", tz_own="Asia/Kolkata")
        people.save_member(tx, replace(mira, name="Mira L.", tz="Europe/Berlin"))
        found = people.member(tx, "U0MIRA")
        assert found is not None
        assert (found.name, found.tz, found.tz_own) == ("Mira L.", "Asia/Kolkata", "Asia/Kolkata")
        people.change_member(tx, "U0MIRA", tz_own=None)
        assert [member.tz for member in people.members(tx)] == ["Europe/Berlin"]


def test_who_stands_in_for_somebody_stays_when_slack_names_them_again(store: Store):
    with store.writing() as tx:
        for ident in ("U0SAM", "U0MIRA"):
            people.save_member(tx, Member(id=ident, name=ident))
        people.change_member(tx, "U0MIRA", stand_in="U0SAM", dnd_until=NOW)
        people.save_member(tx, Member(id="U0MIRA", name="Mira"))
        found = people.member(tx, "U0MIRA")
        assert found is not None
        assert (found.stand_in, found.dnd_until) == ("U0SAM", NOW)
