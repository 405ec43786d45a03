"""The one way in: raw first, then the client, the contact, the conversation, and a request that stands in the team."""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from bot.domain.incoming import IncomingMessage, Received, Source
from bot.domain.nudges import Subject
from bot.domain.pauses import NO_PAUSE
from bot.domain.people import Client, Contact
from bot.domain.requests import CLOSED, OURS, Direction, Message, Request, State
from bot.domain.snapshots.nudge import ItemKind
from bot.errors import ConflictError, HeadsupError, UnreadableError
from bot.services import announcing, keeping, rechecking
from bot.services.context import Context
from bot.services.sorting import Sorted, sort_message
from bot.store import Tx, channels, events, inbound, messages, people, requests

MERGE_WITHIN = timedelta(seconds=120)
"""Messages of one contact in one channel this close together are one request, until somebody claims it."""


def receive(ctx: Context, *, incoming: IncomingMessage, raw: bytes) -> Received:
    """Take in a client's message, whatever way it came; return the request it belongs to.

    The raw bytes are stored in a transaction of their own before anyone looks at them. The same identity again
    returns the same answer and changes nothing; with other bytes it is a ConflictError. What cannot be understood is
    quarantined, told to the team, and raised as UnreadableError.
    """
    fingerprint = hashlib.sha256(raw).hexdigest()
    with ctx.store.writing() as tx:
        ident = inbound.try_store(
            tx,
            source=str(incoming.source),
            identity=incoming.identity,
            fingerprint=fingerprint,
            raw=raw,
            message=inbound.to_json(incoming),
            now=ctx.now,
        )
    try:
        with ctx.store.writing() as tx:
            return _once(tx, ctx, incoming, fingerprint, first=ident is not None)
    except HeadsupError:
        raise
    except Exception as error:
        if ctx.store.is_retryable(error):
            raise
        _quarantine(ctx, incoming, type(error).__name__)
        raise UnreadableError(source=str(incoming.source)) from error


def take_in_waiting(ctx: Context) -> int:
    """Finish what was stored but not understood when a process died in between; return how many."""
    with ctx.store.reading() as tx:
        waiting = inbound.unhandled(tx)
    for _, incoming in waiting:
        try:
            with ctx.store.writing() as tx:
                _once(tx, ctx, incoming, None, first=True)
        except Exception as error:  # one bad arrival must not stop the ones behind it; it is recorded
            if ctx.store.is_retryable(error):
                raise
            _quarantine(ctx, incoming, type(error).__name__)
    return len(waiting)


def _once(tx: Tx, ctx: Context, incoming: IncomingMessage, fingerprint: str | None, *, first: bool) -> Received:
    arrival = inbound.arrival(tx, str(incoming.source), incoming.identity)
    if arrival is None:  # pragma: no cover - it was stored a moment ago
        raise LookupError(incoming.identity)
    if fingerprint is not None and arrival.fingerprint != fingerprint and incoming.source is Source.WEBHOOK:
        raise ConflictError("This webhook-id arrived before with another body.")
    if arrival.state == "handled" and arrival.request is not None:
        return Received(request=arrival.request, created=False, duplicate=True)
    received = _take_in(tx, ctx, incoming, arrival.id)
    inbound.mark(tx, arrival.id, "handled", request=received.request)
    return received if first else replace(received, duplicate=False)


def _quarantine(ctx: Context, incoming: IncomingMessage, reason: str) -> None:
    with ctx.store.writing() as tx:
        arrival = inbound.arrival(tx, str(incoming.source), incoming.identity)
        if arrival is None:
            return
        inbound.mark(tx, arrival.id, "quarantined", error=reason)
        announcing.notify_team(
            tx,
            ctx,
            f"quarantine:{arrival.id}",
            f"Something arrived by {incoming.source} that I could not read ({reason}). "
            f"It is kept as arrival {arrival.id}; nothing is lost.",
        )


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A message on its way into a request: what came, its raw row, whose it is, and what we guess of it."""

    incoming: IncomingMessage
    row: int
    client: Client
    contact: Contact
    guess: Sorted


def _take_in(tx: Tx, ctx: Context, incoming: IncomingMessage, row: int) -> Received:
    if incoming.channel and incoming.ts:
        known = messages.message_at(tx, incoming.channel, incoming.ts)
        if known is not None:  # it came another way before: as an event, by catching up, by the message shortcut
            return Received(request=known.request, created=False, duplicate=True)
    client = _client_of(tx, ctx, incoming)
    contact = people.get_or_create_contact(
        tx,
        client.id,
        name=incoming.sender_name or (client.name if incoming.taken_by else ""),
        email=incoming.sender_email,
        slack_user=incoming.sender_user,
        slack_team=incoming.sender_team,
    )
    running = _conversation_of(tx, incoming, client)
    guess = sort_message(tx, incoming, client, in_thread=running is not None)
    arrived = _Arrived(incoming, row, client, contact, guess)
    if running is not None:
        _append(tx, ctx, running, arrived)
        return Received(request=running.id, created=False)
    young = None
    if incoming.source is Source.CHANNEL and incoming.thread is None and incoming.channel:
        young = requests.mergeable(
            tx, contact.id, incoming.channel, since=incoming.at - MERGE_WITHIN, until=incoming.at + MERGE_WITHIN
        )
    if young is not None:
        _merge(tx, ctx, young, arrived)
        return Received(request=young.id, created=False)
    return Received(request=_open(tx, ctx, arrived), created=True)


def _client_of(tx: Tx, ctx: Context, incoming: IncomingMessage) -> Client:
    if incoming.client_id is not None:
        known = people.client(tx, incoming.client_id)
        if known is not None:
            return known
    link = channels.channel(tx, incoming.channel) if incoming.channel else None
    if link is not None:
        known = people.client(tx, link.client)
        if known is not None:
            return known
    name = incoming.client_name or _domain_of(incoming.sender_email) or incoming.sender_name or "Unknown client"
    return people.get_or_create_client(tx, name, confirmed=incoming.taken_by is not None, now=ctx.now)


def _domain_of(email: str | None) -> str | None:
    return email.rpartition("@")[2] if email and "@" in email else None


def _conversation_of(tx: Tx, incoming: IncomingMessage, client: Client) -> Request | None:
    found = None
    if incoming.thread is not None:
        if incoming.channel:
            found = requests.request_of_thread(tx, incoming.channel, incoming.thread)
        else:
            found = requests.request_of_conversation(tx, client.id, str(incoming.source), incoming.thread)
    running = requests.request(tx, found, lock=True) if found is not None else None
    return None if running is None or running.state is State.NOT_A_REQUEST else running


def _store_message(tx: Tx, request: int, arrived: _Arrived, *, opening: bool) -> Message:
    incoming = arrived.incoming
    return messages.add_message(
        tx,
        request=request,
        direction=str(Direction.IN),
        author=arrived.contact.name,
        author_user=incoming.sender_user,
        text=incoming.text,
        at=incoming.at,
        opening=opening,
        attachments=[asdict(attachment) for attachment in incoming.attachments],
        channel=incoming.channel if incoming.ts else None,
        ts=incoming.ts,
        root=(incoming.thread or incoming.ts) if incoming.channel else None,
        inbound=arrived.row,
    )


def _open(tx: Tx, ctx: Context, arrived: _Arrived) -> int:
    incoming, guess = arrived.incoming, arrived.guess
    linked = incoming.channel if incoming.channel and channels.channel(tx, incoming.channel) else None
    thread = None if incoming.channel and not linked else incoming.thread or (incoming.ts if linked else None)
    request = requests.add_request(
        tx,
        client=arrived.client.id,
        contact=arrived.contact.id,
        state=str(State.NEW),
        category=guess.category,
        category_by=incoming.taken_by if incoming.category else None,
        reasons=list(guess.reasons),
        heat=guess.heat,
        ask=guess.ask,
        subject=incoming.subject,
        language=incoming.language or arrived.client.language,
        source=str(incoming.source),
        opened_at=ctx.now,
        last_in_at=incoming.at,
        waiting_since=incoming.at,
        channel=linked,
        thread=thread,
        callback_url=incoming.callback_url,
    )
    _store_message(tx, request.id, arrived, opening=True)
    events.note(tx, "received", at=ctx.now, request=request.id, actor=incoming.taken_by, detail=str(incoming.source))
    keeping.keep_a_clock(tx, ctx, request, since=incoming.at)
    announcing.show_card(tx, ctx, request.id)
    return request.id


def _merge(tx: Tx, ctx: Context, young: Request, arrived: _Arrived) -> None:
    """Let a quick second message be part of the same request; the guess is made anew from all of its words."""
    _store_message(tx, young.id, arrived, opening=True)
    whole = "\n".join(message.text for message in messages.opening_messages(tx, young.id) if not message.deleted)
    guess = sort_message(tx, replace(arrived.incoming, text=whole), arrived.client, in_thread=False, request=young.id)
    facts: dict[str, Any] = {"last_in_at": arrived.incoming.at, "heat": guess.heat, "ask": guess.ask}
    if young.category_by is None:
        facts |= {"category": guess.category, "reasons": list(guess.reasons)}
    keeping.aims_changed(tx, ctx, requests.change_request(tx, young.id, **facts))
    events.note(tx, "merged", at=ctx.now, request=young.id)
    announcing.show_card(tx, ctx, young.id)


def _append(tx: Tx, ctx: Context, running: Request, arrived: _Arrived) -> None:
    """Add a client's message to a running request. A mere thank-you moves no clock and no state."""
    message = _store_message(tx, running.id, arrived, opening=False)
    announcing.mirror(tx, ctx, running.id, message.id)
    thanks = arrived.guess.thanks_only
    events.note(tx, "client_wrote", at=ctx.now, request=running.id, detail="thanks" if thanks else "")
    facts: dict[str, Any] = {}
    if not thanks:
        facts["heat"] = max(running.heat, arrived.guess.heat)
        facts["waiting_since"] = running.waiting_since or arrived.incoming.at
        if running.state not in OURS:
            back = State.OPEN if running.owner else State.NEW
            facts |= {"state": str(back), "closed_at": None, **NO_PAUSE}
            events.note(tx, "reopened" if running.state in CLOSED else "resumed", at=ctx.now, request=running.id)
            rechecking.asked_about(tx, running.id)
            _tell_owner(tx, ctx, running, message)
        changed = requests.change_request(tx, running.id, **facts)
        keeping.keep_a_clock(tx, ctx, changed, since=changed.waiting_since)
    announcing.show_card(tx, ctx, running.id)


def _tell_owner(tx: Tx, ctx: Context, request: Request, message: Message) -> None:
    if request.owner is None:
        return
    for recipient in announcing.recipients_of(tx, request):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.FOLLOW_UP,
            subject=Subject.REQUEST,
            ident=request.id,
            revision=message.id,
            rung="wrote",
            recipient=recipient,
        )
