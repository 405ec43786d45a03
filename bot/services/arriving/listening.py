"""What people write in channels: clients' words, members' own words, edits and deletions."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from bot.domain.incoming import Attachment, ChannelMessage, IncomingMessage, Received, Source
from bot.domain.ladder.nudges import Subject
from bot.domain.requests import Direction, Message, Request
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing
from bot.services.arriving.receiving import receive
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.nudges import keeping, waiting
from bot.store import Tx, channels, events, messages, people, places, promises, requests


def channel_message(ctx: Context, *, said: ChannelMessage, raw: bytes) -> Received | None:
    """Take a message that a person wrote in some channel for what it is.

    In a client's channel, a member's own words inside a request's thread are stored as said directly; everybody
    else's are a client's. Elsewhere no words are taken: what the team says among itself stays there. That an owner
    wrote in the thread of their card answers a nudge, whatever they wrote.
    """
    with ctx.store.reading() as tx:
        link = channels.channel(tx, said.channel)
        member = people.member(tx, said.user)
        asked = link is None and said.thread is not None and member is not None and member.active
        card = places.card_at(tx, said.channel, said.thread or "", owner=said.user) if asked else None
    if card is not None:
        _wrote_in_thread(ctx, card, user=said.user, at=said.at)
    if link is None:
        return None
    if member is not None and member.active:
        _said_directly(ctx, said, name=member.name)
        return None
    incoming = IncomingMessage(
        source=Source.CHANNEL,
        identity=f"{said.channel}:{said.ts}",
        text=said.text,
        at=said.at,
        sender_name=said.name,
        sender_user=said.user,
        sender_team=said.team,
        channel=said.channel,
        ts=said.ts,
        thread=said.thread,
        attachments=said.attachments,
    )
    return receive(ctx, incoming=incoming, raw=raw)


def _wrote_in_thread(ctx: Context, request: int, *, user: str, at: datetime) -> None:
    """Note that somebody wrote in a card's thread: its owner has it in hand. What they wrote is not asked for."""
    with ctx.store.writing() as tx:
        found = requests.request(tx, request, lock=True)
        if found is None or found.owner != user:
            return
        if keeping.answer_nudges(tx, ctx, request, by=user, said_at=at):
            events.note(tx, "on_it", at=ctx.now, request=request, actor=user)
            announcing.show_card(tx, ctx, request)


def _said_directly(ctx: Context, said: ChannelMessage, *, name: str) -> None:
    """Store a member's own words in a client thread: the owner is asked about promises.

    They count as an answer to what the client wrote before them, however late we read them.
    """
    if said.thread is None:
        return
    with ctx.store.writing() as tx:
        found = requests.request_of_thread(tx, said.channel, said.thread)
        running = requests.request(tx, found, lock=True) if found is not None else None
        if running is None or messages.message_at(tx, said.channel, said.ts) is not None:
            return
        message = messages.add_message(
            tx,
            request=running.id,
            direction=str(Direction.OUT),
            author=name,
            author_user=said.user,
            text=said.text,
            at=said.at,
            said_directly=True,
            attachments=[asdict(attachment) for attachment in said.attachments],
            channel=said.channel,
            ts=said.ts,
            root=said.thread,
        )
        announcing.mirror(tx, ctx, running.id, message.id)
        events.note(tx, "said_directly", at=ctx.now, request=running.id, actor=said.user)
        keeping.note_told(tx, running.id, said.at)
        asked = waiting.asked_since(tx, running.id, said=said.at)
        changed = waiting.take_for_answered(tx, running, asked, at=said.at)
        _ask_about_promises(tx, ctx, changed, message, said.user)
        keeping.keep_a_clock(tx, ctx, changed, since=changed.waiting_since)
        announcing.show_card(tx, ctx, running.id)


def _ask_about_promises(tx: Tx, ctx: Context, request: Request, message: Message, writer: str) -> None:
    owner = people.member(tx, request.owner) if request.owner else None
    recipient = owner.id if owner and owner.active else writer
    for promise in promises.promises_of(tx, request.id, outcomes=("open",)):
        announcing.nudge(
            tx,
            ctx,
            request,
            kind=ItemKind.SAID_DIRECTLY,
            subject=Subject.PROMISE,
            ident=promise.id,
            revision=promise.revision,
            rung=f"said{message.id}",
            recipient=recipient,
            by=writer,
        )


def message_edited(ctx: Context, *, channel: str, ts: str, text: str, at: datetime) -> None:
    """Take over an edited message; the card and the mirrored thread show it. Unknown messages are none of ours."""
    with ctx.store.writing() as tx:
        known = messages.message_at(tx, channel, ts)
        if known is None or known.text == text:
            return
        messages.change_message(tx, known.id, text=text, edited=True)
        _show_changed(tx, ctx, known, "edited", at)


def message_deleted(ctx: Context, *, channel: str, ts: str, at: datetime) -> None:
    """Mark a message as deleted by its author; what it said stays with the team, and the card says so.

    A client who takes a question back asks it no more. Safe to repeat.
    """
    with ctx.store.writing() as tx:
        known = messages.message_at(tx, channel, ts)
        if known is None or known.deleted:
            return
        request = find_request(tx, known.request, lock=True)
        messages.change_message(tx, known.id, deleted=True)
        if known.direction is Direction.IN:
            waiting.asks_no_more(tx, ctx, request, known.at)
        _show_changed(tx, ctx, known, "deleted", at)


def _show_changed(tx: Tx, ctx: Context, known: Message, kind: str, at: datetime) -> None:
    announcing.refresh_mirror(tx, known.id)
    events.note(tx, f"message_{kind}", at=at, request=known.request)
    announcing.show_card(tx, ctx, known.request)


def files_known(ctx: Context, *, channel: str, ts: str, attachments: Sequence[Attachment]) -> None:
    """Take over what Slack says of a message's files; events from shared channels name only their ids."""
    with ctx.store.writing() as tx:
        known = messages.message_at(tx, channel, ts)
        if known is None:
            return
        messages.change_message(tx, known.id, attachments=[asdict(attachment) for attachment in attachments])
        announcing.refresh_mirror(tx, known.id)
        announcing.show_card(tx, ctx, known.request)
