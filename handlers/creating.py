"""Requests that a member enters: the form, the global shortcut, and "Make this a client request" on a message."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot.blocks.ids import Action, Field, Shortcut, Window
from bot.blocks.notice import build_notice, build_notice_view
from bot.blocks.pieces import View
from bot.blocks.windows.new_request import GUESS, build_new_request_form
from bot.blocks.windows.pointed import pack_message, unpack_message, unpack_words
from bot.domain.incoming import IncomingMessage, Received, Source
from bot.domain.people import Client
from bot.errors import FieldError, RefusedError
from bot.intake.slack import read_message_shortcut
from bot.services import people
from bot.services.arriving import linking, receiving
from bot.services.context import Do
from bot.services.requests import profiles
from handlers.ports import Now, Screens
from handlers.pressing import Presses
from handlers.raw import raw_of
from handlers.reading import Press
from handlers.telling import check_member, say, show_window


async def new_pressed(press: Press, *, read: Do) -> tuple[Client, ...]:
    """Read the clients that the form offers; only members get it."""
    await check_member(press, read=read)
    return await read(profiles.clients_like, text="")


async def new_then(press: Press, clients: tuple[Client, ...], *, screens: Screens) -> None:
    """Open the empty form."""
    await show_window(press, build_new_request_form(clients=clients), screens=screens)


@dataclass(frozen=True, slots=True)
class Pointed:
    """What somebody pointed at with the message shortcut: taken already, or a form that asks whose it is."""

    received: Received | None = None
    incoming: IncomingMessage | None = None
    clients: tuple[Client, ...] = ()


async def message_pointed_at(press: Press, *, do: Do, read: Do) -> Pointed:
    """Take a message of a linked channel at once; of any other, ask first whose it is."""
    incoming = read_message_shortcut(press.body)
    if incoming is None:
        raise RefusedError("That message cannot be read. Please enter it with “New client request”.")
    await check_member(press, read=read)
    incoming = await _without_colleague(incoming, read=read)
    profile = await read(linking.channel_of, channel=incoming.channel or "")
    if profile is None:
        elsewhere = replace(incoming, channel=None, ts=None, thread=None)
        return Pointed(incoming=elsewhere, clients=await read(profiles.clients_like, text=""))
    received = await do(receiving.receive, incoming=incoming, raw=raw_of(press.body.get("message")))
    return Pointed(received=received)


async def _without_colleague(incoming: IncomingMessage, *, read: Do) -> IncomingMessage:
    """Leave out a writer who is one of us: a colleague who passes a client's words on is not their contact."""
    writer = await read(people.member, user=incoming.sender_user) if incoming.sender_user else None
    if writer is None:
        return incoming
    return replace(incoming, sender_user=None, sender_team=None, sender_name="")


async def message_pointed_at_then(press: Press, pointed: Pointed, *, screens: Screens) -> None:
    """Say which request it is now, or open the form with the message in it."""
    if pointed.received is not None:
        await say(press, build_notice(_said(pointed.received)), screens=screens)
    elif pointed.incoming is not None:
        view = build_new_request_form(
            clients=pointed.clients,
            text=pointed.incoming.text,
            contact=pointed.incoming.sender_name,
            metadata=pack_message(pointed.incoming),
        )
        await show_window(press, view, screens=screens)


async def new_submitted(press: Press, *, do: Do, now: Now) -> Received:
    """Take the request in, by the same way as everything else."""
    known, named = press.words(Field.CLIENT), press.words(Field.NAME).strip()
    if not known and not named:
        raise FieldError(Field.NAME, "Whose request is it? Choose a client, or give a new one's name.")
    text = unpack_words(press.body["view"]) or press.words(Field.TEXT)
    if not text.strip():
        raise FieldError(Field.TEXT, "A few words, please: what do they ask for?")
    incoming = replace(
        _where_from(press, now=now),
        text=text,
        client_name=named or None,
        client_id=int(known) if known.isdigit() and not named else None,
        category=_chosen(press, Field.CATEGORY),
        language=_chosen(press, Field.LANGUAGE),
        taken_by=press.actor.user,
    )
    contact = press.words(Field.CONTACT).strip()
    incoming = replace(incoming, sender_name=contact) if contact else incoming
    return await do(receiving.receive, incoming=incoming, raw=raw_of(press.body["view"].get("state")))


def _chosen(press: Press, name: Field) -> str | None:
    value = press.words(name)
    return None if value in {"", GUESS} else value


def _where_from(press: Press, *, now: Now) -> IncomingMessage:
    facts = unpack_message(press.value)
    if facts is not None:
        return facts
    return IncomingMessage(source=Source.FORM, identity=press.view_id, text="", at=now())


def _said(received: Received) -> str:
    if received.duplicate or not received.created:
        return f"This is part of #{received.request} already."
    return f"This is #{received.request} now. Its card stands in the team channel."


def created_view(received: Received) -> View:
    """Return what the form becomes."""
    return build_notice_view(_said(received), title="New client request")


def register(presses: Presses, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Listen for the button, both shortcuts and the form."""
    first: Any = partial(new_pressed, read=read)
    then = partial(new_then, screens=screens)
    presses.on_action(Action.NEW_REQUEST, first, then)
    presses.on_shortcut(Shortcut.NEW_REQUEST, first, then)
    presses.on_shortcut(
        Shortcut.MAKE_REQUEST,
        partial(message_pointed_at, do=do, read=read),
        partial(message_pointed_at_then, screens=screens),
    )
    presses.on_submission(Window.NEW_REQUEST, partial(new_submitted, do=do, now=now), answer=created_view)
