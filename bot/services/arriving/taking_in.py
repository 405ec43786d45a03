"""From a message to a request: whose it is, and whether it opens one, belongs to a young one, or goes on with one."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from bot.domain.incoming import IncomingMessage, Received, Source
from bot.domain.ladder.nudges import Subject
from bot.domain.pauses import NO_PAUSE
from bot.domain.people import Client, Contact
from bot.domain.requests import CLOSED, OURS, Direction, Message, Request, State
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing
from bot.services.arriving.sorting import Sorted, sort_message
from bot.services.context import Context
from bot.services.nudges import keeping, rechecking, waiting
from bot.store import Tx, channels, events, messages, people, requests

MERGE_WITHIN = timedelta(seconds=120)
"""Messages of one contact in one channel this close together are one request, until somebody claims it."""


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A message on its way into a request: what came, its raw row, whose it is, and what we guess of it."""

    incoming: IncomingMessage
    row: int
    client: Client
    contact: Contact
    guess: Sorted


def take_in(tx: Tx, ctx: Context, incoming: IncomingMessage, row: int) -> Received:
    """Add a message, stored raw as `row`, to the request it belongs to, or open one; what came before changes nothing.

    It belongs to the request of its conversation, or to one that the same contact opened in the channel a moment ago.
    """
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
    opening = messages.opening_messages(tx, young.id)
    whole = "\n".join(message.text for message in opening if not message.deleted)
    guess = sort_message(tx, replace(arrived.incoming, text=whole), arrived.client, in_thread=False, request=young.id)
    facts: dict[str, Any] = {"last_in_at": max(message.at for message in opening), "heat": guess.heat, "ask": guess.ask}
    if young.waiting_since is not None or not arrived.guess.thanks_only:
        facts["waiting_since"] = waiting.waits_since(tx, young, arrived.incoming)
    if young.category_by is None:
        facts |= {"category": guess.category, "reasons": list(guess.reasons)}
    changed = requests.change_request(tx, young.id, **facts)
    waiting.began_earlier(tx, ctx, changed, was=young.waiting_since)
    keeping.keep_a_clock(tx, ctx, changed, since=changed.waiting_since)
    keeping.aims_changed(tx, ctx, changed)
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
        facts["waiting_since"] = waiting.waits_since(tx, running, arrived.incoming)
        if running.state not in OURS:
            back = State.OPEN if running.owner else State.NEW
            facts |= {"state": str(back), "closed_at": None, **NO_PAUSE}
            events.note(tx, "reopened" if running.state in CLOSED else "resumed", at=ctx.now, request=running.id)
            rechecking.asked_about(tx, running.id)
            keeping.show_slips(tx, running.id)
            keeping.show_stays_open(tx, running.id)
            _tell_owner(tx, ctx, running, message)
        changed = requests.change_request(tx, running.id, **facts)
        waiting.began_earlier(tx, ctx, changed, was=running.waiting_since)
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
