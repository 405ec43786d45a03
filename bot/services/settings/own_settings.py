"""What a member says of themselves: their zone, and who stands in for them."""

from collections.abc import Callable
from typing import TypeVar

from bot.domain.hours.calendars import CalendarTextError, check_zone
from bot.domain.people import Actor, Member
from bot.errors import FieldError, RefusedError
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.nudges import in_hand, replanning
from bot.services.people import check_colleague, check_member
from bot.store import Tx, events, people
from bot.store.calendars import TEAM

T = TypeVar("T")


def find_member(ctx: Context, *, name: str) -> Member:
    """Return the active member of this name: their Slack id, whole name, or first name when only one has it.

    Raises:
        RefusedError: nobody has it, or several.
    """
    wanted = " ".join(name.removeprefix("@").split()).casefold()
    with ctx.store.reading() as tx:
        everybody = people.members(tx)
    exact = [one for one in everybody if wanted in {one.id.casefold(), one.name.casefold()}]
    found = exact or [one for one in everybody if one.name.casefold().split()[:1] == [wanted]]
    if len(found) == 1:
        return found[0]
    if found:
        raise RefusedError(f"Several have that name: {', '.join(one.name for one in found)}. Which one?")
    names = ", ".join(one.name for one in everybody) or "nobody yet"
    raise RefusedError(f"There is no “{name.strip()[:60]}” in the team; it has {names}.")


def set_zone(ctx: Context, *, actor: Actor | None, member: str, tz: str | None) -> Member:
    """Set the zone that a member is in, or None for the one in their Slack profile; their promises are planned anew.

    Raises:
        FieldError: there is no such zone; its field is "tz".
        RefusedError: somebody else's zone, and the actor is not the lead.
    """
    with ctx.store.writing() as tx:
        found = check_may_change(tx, actor, member)
        zone = checked(lambda: check_zone(tz)) if tz is not None else None
        if zone != found.tz_own:
            people.change_member(tx, member, tz_own=zone)
            events.note(tx, "zone_set", at=ctx.now, actor=actor.user if actor else None, detail=member)
            replan_after_zone(tx, ctx, member)
        return people.member(tx, member) or found


def set_stand_in(ctx: Context, *, actor: Actor | None, member: str, stand_in: str | None) -> Member:
    """Set who stands in for a member whenever an absence names nobody else; None: nobody.

    Raises:
        FieldError: nobody stands in for oneself, nor does somebody outside the team; its field is "stand_in".
        RefusedError: somebody else's stand-in, and the actor is not the lead.
    """
    with ctx.store.writing() as tx:
        found = check_may_change(tx, actor, member)
        if stand_in == member:
            raise FieldError("stand_in", "That is the same person. Pick a colleague, or nobody.")
        if stand_in is not None:
            try:
                check_colleague(tx, stand_in)
            except RefusedError as error:
                raise FieldError("stand_in", error.sentence) from error
        if stand_in != found.stand_in:
            people.change_member(tx, member, stand_in=stand_in)
            events.note(tx, "stand_in_set", at=ctx.now, actor=actor.user if actor else None, detail=member)
            replanning.replan_member(tx, ctx, member)
            in_hand.show_anew(tx, ctx, member)
        return people.member(tx, member) or found


def replan_after_zone(tx: Tx, ctx: Context, member: str) -> None:
    """Plan anew what a member's zone decides: theirs, and everything when the team's zone is taken from its people."""
    if calendars.shown(tx, ctx, TEAM).zone_chosen:
        replanning.replan_member(tx, ctx, member)
    else:
        replanning.ask_for_team(tx, ctx)


def check_may_change(tx: Tx, actor: Actor | None, member: str) -> Member:
    """Return the member whose settings are to be changed, or refuse: that is for them and for the lead.

    Without an actor it is whoever may use this machine.
    """
    found = check_colleague(tx, member)
    if actor is not None:
        acting = check_member(tx, actor)
        if acting.id != member and not acting.lead:
            raise RefusedError(f"Only {found.name} and the lead can change these hours.")
    return found


def checked(check: Callable[[], T]) -> T:
    """Return what the check returns; what it finds wrong is said at the field that it names."""
    try:
        return check()
    except CalendarTextError as error:
        raise FieldError(error.part, str(error)) from error
