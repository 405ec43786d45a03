"""Whose request somebody enters, by the first words that they typed."""

import pytest

from bot.domain.client_names import client_at_the_start
from bot.domain.people import Client

CLIENTS = tuple(
    Client(number, name, confirmed=True) for number, name in enumerate(("Acme", "Acme Reisen", "C++ & Co.", "\u200b"))
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme called: the shop is down", "Acme"),
        ("acme's shop is down", "Acme"),
        ("ACME", "Acme"),
        ("Acme  reisen: a new page", "Acme Reisen"),
        ("c++ & co. ask for a logo", "C++ & Co."),
        ("Acmeville called", None),
        ("Call Acme back", None),
        ("", None),
    ],
)
def test_a_text_that_begins_with_a_clients_whole_name_is_about_that_client(text: str, name: str | None):
    found = client_at_the_start(text, CLIENTS)
    assert (found.name if found else None) == name
