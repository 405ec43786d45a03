"""Texts for one request: which suggestions its card offers, their drafts, and a short excerpt for lists."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.languages import Unwritten, primary
from bot.domain.people import Client
from bot.domain.replies import Way
from bot.domain.requests import Message, Request
from bot.domain.snapshots.card import SuggestionChoice
from bot.errors import RefusedError
from bot.services.context import Context
from bot.services.hours.offering import keeper_of
from bot.store import Tx, messages, people, promises
from bot.suggest.drafts import DelayFacts, Draft, DraftFacts, as_meant, choices_for, delay_update, draft, unwritten
from bot.suggest.lexicon import FALLBACK

EXCERPT = 200


def choices_of(request: Request, way: Way) -> tuple[SuggestionChoice, ...]:
    """Return the suggestion buttons of a request's card."""
    waiting = request.waiting_since is not None
    return choices_for(request.category, heat=request.heat, waiting=waiting, way=way.kind)


def choices_meant(
    tx: Tx, ctx: Context, request: Request, choices: tuple[SuggestionChoice, ...], *, writer: str
) -> tuple[SuggestionChoice, ...]:
    """Return suggestions as this member would press them: a span that its owner cannot mean is not on the button."""
    if request.owner is None or not choices:
        return choices
    keeper = keeper_of(tx, ctx, request, writer=writer)
    return tuple(as_meant(choice, keeper, ctx.now) for choice in choices)


def unwritten_for(request: Request, client: Client, opening: Iterable[Message]) -> Unwritten | None:
    """Return the client's language when the suggestions are not in it: of this request, else of their profile."""
    theirs = client.language if primary(request.language) == FALLBACK else request.language
    return unwritten(theirs, "\n".join(message.text for message in opening))


def draft_of(tx: Tx, ctx: Context, request: Request, client: Client, suggestion: str, *, writer: str) -> Draft:
    """Return a suggestion written for this client by this member."""
    facts = DraftFacts(
        client_name=client.name,
        contact_name=_contact_name(tx, request),
        request=request.id,
        ask=request.ask,
        owner_name=_member_name(tx, writer),
        now=ctx.now,
        tz=client.tz,
        language=request.language,
        keeper=keeper_of(tx, ctx, request, writer=writer),
    )
    try:
        return draft(suggestion, facts)
    except KeyError:
        raise RefusedError("That suggestion is from an older card. Pick one of the new ones.") from None


def delay_text(
    tx: Tx,
    ctx: Context,
    request: Request,
    client: Client,
    *,
    writer: str,
    happened: str,
    doing: str,
    promise: int,
    due: datetime,
    choice: str,
) -> str:
    """Return the four-part delay update, in the client's zone and language."""
    old = promises.promise(tx, promise)
    if old is None:
        raise RefusedError("That promise is not in the ledger.")
    return delay_update(
        DelayFacts(
            contact_name=_contact_name(tx, request),
            owner_name=_member_name(tx, writer),
            happened=happened,
            doing=doing,
            new_due_at=due,
            now=ctx.now,
            promise_kind=old.kind,
            old_due_at=old.due_at,
            choice=choice,
            tz=client.tz,
            language=request.language,
        )
    )


def excerpt_of(tx: Tx, request: Request) -> str:
    """Return what a request is about in one line: its ask, else its subject, else how its text begins."""
    if request.ask or request.subject:
        return (request.ask or request.subject)[:EXCERPT]
    opening = messages.opening_messages(tx, request.id)
    return " ".join(opening[0].text.split())[:EXCERPT] if opening else ""


def _contact_name(tx: Tx, request: Request) -> str:
    contact = people.contact(tx, request.contact) if request.contact else None
    return contact.name if contact else ""


def _member_name(tx: Tx, user: str) -> str:
    member = people.member(tx, user)
    return member.name if member else ""
