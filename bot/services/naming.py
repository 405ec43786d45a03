"""Whom somebody named when they typed a line: by Slack's mention, by a name, and who is not in the team."""

import re

from bot.domain.commands.slash_commands import SLASH
from bot.domain.people import Member
from bot.errors import FieldError, RefusedError
from bot.store import Tx, people

_ID = re.compile(r"(?=[A-Z0-9]*[0-9])[UW][A-Z0-9]+")
"""A Slack id; a name in capitals has no figure in it."""


def named(tx: Tx, who: str, *, field: str = "member") -> str:
    """Return the Slack id of whoever was named: by id, by their whole name, or by its first word.

    Raises FieldError at `field` when nobody goes by that name, or several do.
    """
    wanted = who.removeprefix("@").casefold()
    team = people.members(tx)
    whole = [each for each in team if wanted in {each.id.casefold(), each.name.casefold()}]
    found = whole or [each for each in team if wanted in each.name.casefold().split()]
    if len(found) == 1:
        return found[0].id
    if found:
        some = " or ".join(each.name for each in found[:3])
        raise FieldError(field, f"Several go by that name: {some}. Pick one from Slack's list after the @.")
    ident = who.removeprefix("@")
    if _ID.fullmatch(ident):
        return ident
    raise FieldError(
        field, f"I know nobody named “{who[:40]}” in the team. Pick the person from Slack's list after the @."
    )


def check_person(tx: Tx, user: str) -> Member:
    """Return the member whose absence it is, or refuse."""
    found = people.member(tx, user)
    if found is None or not found.active:
        who = outsider(tx, user, typed=True)
        raise RefusedError(f"{who} is not in your team, so nothing of theirs needs cover.", user=user)
    return found


def check_has_requests(tx: Tx, user: str) -> Member:
    """Return the member whose requests were asked for, or refuse: a client's contact is asked about by their client."""
    found = people.member(tx, user)
    if found is not None and found.active:
        return found
    who = outsider(tx, user, typed=True)
    clients = people.clients_of(tx, user)
    if clients:
        which = "a client's contact" if len(clients) == 1 else "a contact of several clients"
        tries = " or ".join(f"“{SLASH} status {each.name}”" for each in clients[:3])
        raise RefusedError(f"{who} is {which}: try {tries}.", user=user)
    left = "in your team any more" if found is not None else "in your team, so no requests are theirs"
    raise RefusedError(f"{who} is not {left}. “{SLASH} open” lists what is open, with everybody's names.", user=user)


def check_stand_in(tx: Tx, user: str, *, typed: bool) -> Member:
    """Return the member who stands in, or refuse: who is not in the team channel cannot.

    When they were `typed`, the refusal may begin with a mention of somebody whose name only Slack knows.
    """
    found = people.member(tx, user)
    if found is None or not found.active:
        who = outsider(tx, user, typed=typed)
        raise FieldError("stand_in", f"{who} is not in your team. Name a colleague, or leave it out.")
    return found


def outsider(tx: Tx, user: str, *, typed: bool) -> str:
    """Return how somebody is called who is not in the team, as the beginning of a sentence."""
    return people.names(tx).get(user) or (f"<@{user}>" if typed else "That person")
