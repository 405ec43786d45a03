"""Clients' profiles: how they are found, what is known of them, and our own aims for them."""

from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.aims import read_aim
from bot.domain.people import Actor, Client, ClientProfile
from bot.errors import FieldError, RefusedError
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import LARGEST, find_request
from bot.services.nudges import aiming
from bot.services.people import check_member
from bot.store import Tx, channels, events, people, requests

LONGEST_NAME = 80


def client_named(ctx: Context, *, name: str) -> ClientProfile | None:
    """Return the client of this name, or the only one whose name contains it."""
    with ctx.store.reading() as tx:
        exact = people.client_named(tx, name)
        if exact is not None:
            return read_profile(tx, exact.id)
        like = people.clients_like(tx, name, most=2) if name.strip() else ()
        return read_profile(tx, like[0].id) if len(like) == 1 else None


def clients_like(ctx: Context, *, text: str) -> tuple[Client, ...]:
    """Return clients whose name contains the text."""
    with ctx.store.reading() as tx:
        return people.clients_like(tx, text)


def profile_of(ctx: Context, *, client: int) -> ClientProfile:
    """Return a client with channels, contacts and counts."""
    with ctx.store.reading() as tx:
        return read_profile(tx, client)


def update_profile(
    ctx: Context,
    *,
    actor: Actor,
    client: int,
    name: str,
    language: str,
    tz: str,
    tone: str = "",
    notes: str = "",
    first_answer: str = "",
    next_answer: str = "",
) -> ClientProfile:
    """Change a client's profile; saving it also confirms that the client is who we guessed.

    `first_answer` and `next_answer` are our own aims for them, such as 30m; empty is as for everybody. What is open is
    counted anew.
    """
    tidy = read_name(name)
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise FieldError("tz", f"There is no time zone “{tz}”. Use a name like Europe/Helsinki.") from None
    first, following = _aim("first_answer", first_answer), _aim("next_answer", next_answer)
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        other = people.client_named(tx, tidy)
        if other is not None and other.id != client:
            raise FieldError("name", f"There is a client named {other.name} already.")
        people.change_client(
            tx,
            client,
            name=tidy,
            language=language,
            tz=tz,
            tone=tone,
            notes=notes,
            first_answer_s=first,
            next_answer_s=following,
            confirmed=True,
        )
        events.note(tx, "profile_saved", at=ctx.now, actor=actor.user, client=client)
        live = requests.live_of_client(tx, client)
        for ident in live:
            aiming.aims_changed(tx, ctx, find_request(tx, ident, lock=True))
        for ident in live:
            announcing.show_card(tx, ctx, ident)
        return read_profile(tx, client)


def read_name(text: str) -> str:
    """Return a client's name as it was meant, or raise a FieldError that says what one may be."""
    tidy = " ".join(text.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise FieldError("name", f"Give the client a name of at most {LONGEST_NAME} characters.")
    return tidy


def _aim(field: str, text: str) -> int | None:
    """Read an aim as seconds; nothing is none of their own."""
    if not text.strip():
        return None
    try:
        return read_aim(text) // timedelta(seconds=1)
    except ValueError as error:
        sentence = str(error)
        raise FieldError(field, f"{sentence[:1].upper()}{sentence[1:]}.") from None


def read_profile(tx: Tx, ident: int) -> ClientProfile:
    """Return a client with channels, contacts and counts, or refuse: there is no such client (any more)."""
    client = people.client(tx, ident) if 0 < ident < LARGEST else None
    if client is None:
        raise RefusedError("That client is not there any more.", client=ident)
    live, total = people.request_counts(tx, ident)
    return ClientProfile(
        client=client,
        channels=channels.channels(tx, client_id=ident),
        contacts=people.contacts_of(tx, ident),
        open_requests=live,
        total_requests=total,
    )
