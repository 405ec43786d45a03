"""Finding what a press speaks of, or refusing with a sentence."""

from urllib.parse import urlsplit

from bot.domain.people import Client
from bot.domain.promises import Promise
from bot.domain.replies import Reply, Way, WayKind
from bot.domain.requests import CLOSED, Request
from bot.errors import ClosedRequestError, RefusedError, UnknownRequestError
from bot.store import Tx, channels, people, promises, replies, requests

LARGEST = 2**31
"""Ids are 32-bit in the database; a forged button may name any number."""


def find_request(tx: Tx, ident: int, *, lock: bool = False) -> Request:
    """Return the request, or refuse with its number."""
    found = requests.request(tx, ident, lock=lock) if 0 < ident < LARGEST else None
    if found is None:
        raise UnknownRequestError(f"There is no request #{ident}.", request=ident)
    return found


def find_live_request(tx: Tx, ident: int) -> Request:
    """Return the request, locked and not closed; or refuse."""
    found = find_request(tx, ident, lock=True)
    if found.state in CLOSED:
        raise ClosedRequestError(f"#{ident} is closed. Reopen it first, then it is all yours.", request=ident)
    return found


def find_client(tx: Tx, request: Request) -> Client:
    """Return the client of a request."""
    found = people.client(tx, request.client)
    if found is None:  # pragma: no cover - a foreign key forbids it
        raise LookupError(request.client)
    return found


def find_promise(tx: Tx, ident: int) -> tuple[Promise, Request]:
    """Return a promise and its request, the request locked first so that everyone locks in one order."""
    seen = promises.promise(tx, ident) if 0 < ident < LARGEST else None
    if seen is None:
        raise RefusedError("That promise is not in the ledger.", promise=ident)
    request = find_request(tx, seen.request, lock=True)
    found = promises.promise(tx, ident, lock=True)
    return found or seen, request


def find_reply(tx: Tx, ident: int) -> tuple[Reply, Request]:
    """Return a reply and its request, the request locked first."""
    seen = replies.reply(tx, ident) if 0 < ident < LARGEST else None
    if seen is None:
        raise RefusedError("That reply is not there any more.", reply=ident)
    request = find_request(tx, seen.request, lock=True)
    found = replies.reply(tx, ident, lock=True)
    return found or seen, request


def way_of(tx: Tx, request: Request) -> Way:
    """Return the way on which a reply to this request will go, as it stands now.

    Where the client wrote comes first; then the sender's callback; then the client's own channel; else by hand.
    """
    if request.channel:
        link = channels.channel(tx, request.channel)
        if link is None or not link.joined:
            name = f"#{link.name}" if link else "that channel"
            return Way(kind=WayKind.BY_HAND, target="", label=f"by hand: Headsup is no longer in {name}")
        return Way(kind=WayKind.CHANNEL, target=link.id, label=f"#{link.name}", thread=request.thread)
    if request.callback_url:
        host = urlsplit(request.callback_url).hostname or "its webhook"
        return Way(kind=WayKind.WEBHOOK, target=request.callback_url, label=host, thread=request.thread)
    link = next((link for link in channels.channels(tx, client_id=request.client) if link.joined), None)
    if link is not None:
        return Way(kind=WayKind.CHANNEL, target=link.id, label=f"#{link.name}")
    return Way(kind=WayKind.BY_HAND, target="", label="by hand: no channel or address of theirs is known")
