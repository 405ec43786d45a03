"""Which channel belongs to which client."""

from dataclasses import replace

from bot.domain.people import Actor, ClientProfile, LinkedChannel
from bot.errors import RefusedError
from bot.services import announcing
from bot.services.context import Context
from bot.services.installation import TEAM_CHANNEL
from bot.services.people import check_member
from bot.services.requests.profiles import read_name, read_profile
from bot.store import channels, events, people, requests


def link_channel(
    ctx: Context, *, actor: Actor, channel: str, name: str, client_name: str, shared: bool = False
) -> ClientProfile:
    """Say that a channel is a client's: from now on their messages in it are requests. Linking again changes it."""
    tidy = read_name(client_name)
    with ctx.store.writing() as tx:
        check_member(tx, actor)
        if channel == events.setting(tx, TEAM_CHANNEL):
            raise RefusedError("This is the team's own channel. Link the channel that you share with the client.")
        client = people.get_or_create_client(tx, tidy, confirmed=True, now=ctx.now)
        channels.save_channel(tx, LinkedChannel(id=channel, name=name, client=client.id, shared=shared))
        if not client.confirmed:
            people.change_client(tx, client.id, confirmed=True)
        events.note(tx, "linked", at=ctx.now, actor=actor.user, channel=channel, client=client.id)
        return read_profile(tx, client.id)


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
        return read_profile(tx, link.client) if link else None


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
