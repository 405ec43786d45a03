"""Which channel belongs to which client, and the client's profile."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.aims import read_aim
from bot.domain.people import Actor, Client, ClientProfile, LinkedChannel
from bot.errors import FieldError, RefusedError
from bot.services import aiming, announcing
from bot.services.context import Context
from bot.services.finding import LARGEST, find_request
from bot.services.installation import TEAM_CHANNEL
from bot.services.people import check_member
from bot.store import Tx, channels, events, people, requests

LONGEST_NAME = 80


def link_channel(
    ctx: Context, *, actor: Actor, channel: str, name: str, client_name: str, shared: bool = False
) -> ClientProfile:
    """Say that a channel is a client's: from now on their messages in it are requests. Linking again changes it."""
    tidy = " ".join(client_name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise FieldError("name", f"Give the client a name of at most {LONGEST_NAME} characters.")
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        if channel == events.setting(tx, TEAM_CHANNEL):
            raise RefusedError("This is the team's own channel. Link the channel that you share with the client.")
        client = people.get_or_create_client(tx, tidy, confirmed=True, now=ctx.now)
        channels.save_channel(tx, LinkedChannel(id=channel, name=name, client=client.id, shared=shared))
        if not client.confirmed:
            people.change_client(tx, client.id, confirmed=True)
        events.note(tx, "linked", at=ctx.now, actor=actor.user, channel=channel, client=client.id)
        return _profile(tx, client.id)


def unlink_channel(ctx: Context, *, actor: Actor, channel: str) -> LinkedChannel:
    """Forget that a channel is a client's; its requests stay, new messages in it are no longer taken."""
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        link = channels.channel(tx, channel)
        if link is None:
            raise RefusedError("This channel is not linked to a client.")
        channels.remove_channel(tx, channel)
        events.note(tx, "unlinked", at=ctx.now, actor=actor.user, channel=channel, client=link.client)
        return link


def channel_of(ctx: Context, *, channel: str) -> ClientProfile | None:
    """Return whose channel this is, None when it is nobody's."""
    with ctx.store.reading() as tx:
        link = channels.channel(tx, channel)
        return _profile(tx, link.client) if link else None


def client_named(ctx: Context, *, name: str) -> ClientProfile | None:
    """Return the client of this name, or the only one whose name contains it."""
    with ctx.store.reading() as tx:
        exact = people.client_named(tx, name)
        if exact is not None:
            return _profile(tx, exact.id)
        like = people.clients_like(tx, name, most=2) if name.strip() else ()
        return _profile(tx, like[0].id) if len(like) == 1 else None


def clients_like(ctx: Context, *, text: str) -> tuple[Client, ...]:
    """Return clients whose name contains the text."""
    with ctx.store.reading() as tx:
        return people.clients_like(tx, text)


def profile_of(ctx: Context, *, client: int) -> ClientProfile:
    """Return a client with channels, contacts and counts."""
    with ctx.store.reading() as tx:
        return _profile(tx, client)


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
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > LONGEST_NAME:
        raise FieldError("name", f"Give the client a name of at most {LONGEST_NAME} characters.")
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
        return _profile(tx, client)


def _aim(field: str, text: str) -> int | None:
    """Read an aim as seconds; nothing is none of their own."""
    if not text.strip():
        return None
    try:
        return read_aim(text) // timedelta(seconds=1)
    except ValueError as error:
        sentence = str(error)
        raise FieldError(field, f"{sentence[:1].upper()}{sentence[1:]}.") from None


def _profile(tx: Tx, ident: int) -> ClientProfile:
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


def linked_channels(ctx: Context) -> tuple[LinkedChannel, ...]:
    """Return every linked channel."""
    with ctx.store.reading() as tx:
        return channels.channels(tx)


def channel_renamed(ctx: Context, *, channel: str, name: str) -> None:
    """Follow a renamed channel. Safe to repeat."""
    with ctx.store.writing() as tx:
        channels.change_channel(tx, channel, name=name)


def channel_shared(ctx: Context, *, channel: str, shared: bool) -> None:
    """Note that a channel is (no longer) shared with another organisation."""
    with ctx.store.writing() as tx:
        channels.change_channel(tx, channel, shared=shared)


def channel_joined(ctx: Context, *, channel: str) -> None:
    """Note that the bot is (back) in a linked channel."""
    with ctx.store.writing() as tx:
        channels.change_channel(tx, channel, joined=True)


def channel_left(ctx: Context, *, channel: str) -> None:
    """Say in the team channel that the bot can no longer read a client's channel, and what to do. Once per loss."""
    with ctx.store.writing() as tx:
        link = channels.channel(tx, channel)
        if link is None or not link.joined:
            return
        channels.save_channel(tx, replace(link, joined=False))
        client = people.client(tx, link.client)
        announcing.notify_team(
            tx,
            ctx,
            f"left:{channel}:{int(ctx.now.timestamp())}",
            f"Headsup was removed from #{link.name}. Requests of {client.name if client else 'that client'} no longer "
            f"arrive from there, and replies cannot go there. Invite it again to go on.",
        )


def channel_id_changed(ctx: Context, *, old: str, new: str) -> None:
    """Follow a channel whose id changed when it was shared; its conversations go on."""
    with ctx.store.writing() as tx:
        if channels.change_channel(tx, old, id=new):
            requests.move_channel(tx, old, new)
        if events.setting(tx, TEAM_CHANNEL) == old:
            events.save_setting(tx, TEAM_CHANNEL, new)
