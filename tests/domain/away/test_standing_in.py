"""Whom something goes to, one after another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.away.standing_in import chain, stands_in

PEOPLE = "abcdef"


@pytest.mark.parametrize(
    ("owner", "stand_in_of", "lead", "found"),
    [
        ("a", {}, "z", ("a", "z")),
        ("a", {"a": "b"}, "z", ("a", "b", "z")),
        ("a", {"a": "b", "b": "c", "c": "d"}, "z", ("a", "b", "c", "d", "z")),
        ("a", {"a": "b", "b": "a"}, "z", ("a", "b", "z")),
        ("a", {"a": "b", "b": "c", "c": "b"}, "z", ("a", "b", "c", "z")),
        ("a", {"a": "a"}, "z", ("a", "z")),
        ("a", {"a": None}, "z", ("a", "z")),
        ("a", {"a": "z", "z": "b"}, "z", ("a", "z", "b")),
        ("a", {"z": "b"}, "z", ("a", "z", "b")),
        ("a", {"a": "b", "z": "a"}, "z", ("a", "b", "z")),
        ("z", {"z": "b"}, "z", ("z", "b")),
        ("a", {"a": "b"}, None, ("a", "b")),
        (None, {"z": "b"}, "z", ("z", "b")),
        (None, {}, None, ()),
    ],
)
def test_stand_ins_are_followed_and_loops_end_at_the_lead(
    owner: str | None, stand_in_of: dict[str, str | None], lead: str | None, found: tuple[str, ...]
):
    assert chain(owner, stand_in_of, lead) == found


@given(st.sampled_from(PEOPLE), st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), st.just("f"))
def test_it_ends_with_nobody_twice_and_the_lead_always_in_it(owner: str, stand_in_of: dict[str, str], lead: str):
    found = chain(owner, dict(stand_in_of), lead)
    assert found[0] == owner
    assert lead in found
    assert len(set(found)) == len(found)


def test_who_stands_in_is_neither_themself_nor_the_lead_by_being_the_lead():
    assert stands_in("a", {"a": "b", "b": "c", "c": "a"}) == ("b", "c")
    assert stands_in("a", {}) == ()


@pytest.mark.parametrize(
    ("now", "later", "expected"),
    [
        ({}, {"mira": ["jonas"]}, ("mira", "jonas", "sam")),
        ({"mira": "kim"}, {"mira": ["jonas", "lea"]}, ("mira", "kim", "jonas", "lea", "sam")),
        ({"mira": "kim"}, {"kim": ["lea"], "mira": ["jonas"]}, ("mira", "kim", "lea", "jonas", "sam")),
        ({"mira": "jonas"}, {"jonas": ["mira"]}, ("mira", "jonas", "sam")),
        ({}, {"sam": ["lea"]}, ("mira", "sam", "lea")),
    ],
    ids=["one to come", "two to come", "of the stand-in, too", "a loop", "of the lead"],
)
def test_who_will_stand_in_comes_after_who_does_now(now, later, expected):
    assert chain("mira", now, "sam", later) == expected
