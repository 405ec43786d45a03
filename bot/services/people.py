"""Members mirrored from Slack, and the one check of who may act."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.people import Actor, Member, Person
from bot.errors import NotAMemberError, RefusedError
from bot.services.context import Context
from bot.store import Tx, outbox, people


def check_member(tx: Tx, actor: Actor) -> Member:
    """Return the member who acts, or refuse: guests, strangers and people who left the team channel are none."""
    found = people.member(tx, actor.user)
    if found is None or not found.active:
        raise NotAMemberError(user=actor.user)
    return found


def check_colleague(tx: Tx, user: str) -> Member:
    """Return the member whom somebody named, or refuse with a sentence about *them*."""
    found = people.member(tx, user)
    if found is None or not found.active:
        raise RefusedError("That person is not in the team channel, so they could not see the request.", user=user)
    return found


def is_lead(ctx: Context, member: Member) -> bool:
    """Tell whether the settings name this member as the lead: by id, handle or full name."""
    wanted = (ctx.policy.lead or "").removeprefix("@").casefold()
    return bool(wanted) and wanted in {member.id.casefold(), member.name.casefold(), member.handle.casefold()}


def sync_members(ctx: Context, *, members: Sequence[Member]) -> int:
    """Make the mirror equal to the team channel's members as Slack has them now; return how many there are."""
    with ctx.store.writing() as tx:
        for person in members:
            people.save_member(tx, replace(person, lead=is_lead(ctx, person)))
        people.deactivate_members(tx, keep=[person.id for person in members])
    return len(members)


def member_joined(ctx: Context, *, member: Member) -> None:
    """Mirror one person who joined the team channel, or whose profile changed. Safe to repeat."""
    with ctx.store.writing() as tx:
        people.save_member(tx, replace(member, lead=is_lead(ctx, member)))


def member_changed(ctx: Context, *, member: Member) -> None:
    """Mirror a changed profile of somebody who is a member; others are left alone."""
    with ctx.store.writing() as tx:
        known = people.member(tx, member.id)
        if known is not None:
            people.save_member(tx, replace(member, lead=is_lead(ctx, member), active=known.active and member.active))


def member_left(ctx: Context, *, user: str) -> None:
    """Mirror that somebody left the team channel: they can no longer act, and the lead hears their nudges."""
    with ctx.store.writing() as tx:
        people.deactivate_member(tx, user)


def member(ctx: Context, *, user: str) -> Member | None:
    """Return a member, also an inactive one."""
    with ctx.store.reading() as tx:
        return people.member(tx, user)


def lead(tx: Tx) -> Member | None:
    """Return the lead, if the settings name one who is in the team channel."""
    return next((person for person in people.members(tx) if person.lead), None)


def contact_seen(ctx: Context, *, user: str, person: Person) -> None:
    """Take over what Slack says of a contact: their name if we had none, their zone if the client's was never set."""
    with ctx.store.writing() as tx:
        for request in people.introduce_contact(tx, user, name=person.name, tz=person.tz):
            outbox.want_card(tx, request, ctx.now)


def is_new_here(ctx: Context, *, user: str) -> bool:
    """Tell whether Slack has not been asked about this contact yet: no name, or a client without a zone."""
    with ctx.store.reading() as tx:
        return people.is_new_here(tx, user)


def names(ctx: Context) -> dict[str, str]:
    """Return what everybody we know at Slack is called, by id: for mentions inside messages."""
    with ctx.store.reading() as tx:
        return people.names(tx)
