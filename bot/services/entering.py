"""Entering an absence: as somebody typed it, or with its two ends. Refusals are a sentence at the field."""

from datetime import datetime
from typing import cast

from bot.domain.absences import (
    MOSTLY,
    Absence,
    AbsenceError,
    OverlapError,
    Source,
    Spell,
    check_free,
    check_spell,
    share_of,
)
from bot.domain.away import AwayShown
from bot.domain.local_times import zone
from bot.domain.moments import MomentError, read_span
from bot.domain.people import Actor, Member
from bot.errors import FieldError, RefusedError
from bot.services import away_posts, falling
from bot.services.absences import end, find_absence, find_person, noted
from bot.services.context import Context
from bot.services.people import check_member
from bot.store import Tx, absences, people

LONGEST_REASON = 150
"""Characters of a note to an absence."""


class TakenError(RefusedError):
    """There is an absence at that time already."""

    @property
    def absence(self) -> Absence:
        """The one that there is."""
        return cast("Absence", self.facts["absence"])

    @property
    def spell(self) -> Spell:
        """The time that was asked for instead."""
        return cast("Spell", self.facts["spell"])

    @property
    def stand_in(self) -> str | None:
        """Who was to stand in then."""
        return cast("str | None", self.facts["stand_in"])


def say_away(ctx: Context, *, actor: Actor, when: str, member: str | None = None, cover: str = "") -> AwayShown:
    """Enter an absence as somebody typed it: "until Fri", "24 Dec - 2 Jan", in the zone of the one who is away.

    `member` is who that is, when it is not whoever typed; `cover` names the stand-in by Slack id or by name.
    """
    with ctx.store.writing() as tx:
        by = check_member(tx, actor)
        person = find_person(tx, member) if member else by
        try:
            span = read_span(when, now=ctx.now, tz=zone(person.tz))
        except MomentError as error:
            raise FieldError("until" if error.at_end else "from", error.sentence) from None
        stand_in = _named(tx, cover) if cover else None
        asked = (span.starts_at, span.ends_at)
        return _enter(tx, ctx, by, person, asked, stand_in=stand_in, source=Source.SLASH, notes=span.notes)


def enter_absence(
    ctx: Context,
    *,
    actor: Actor,
    starts_at: datetime,
    ends_at: datetime,
    member: str | None = None,
    stand_in: str | None = None,
    reason: str = "",
    source: Source = Source.HOME,
    instead_of: int | None = None,
) -> AwayShown:
    """Enter an absence; it begins now at the earliest and is planned by at once.

    Any member may enter one for another, who is then told. `stand_in` None: whoever stands in for them anyway.
    `instead_of` is an absence that this one replaces. Raises TakenError when there is another at that time.
    """
    with ctx.store.writing() as tx:
        by = check_member(tx, actor)
        person = find_person(tx, member) if member else by
        if instead_of is not None:
            end(tx, ctx, find_absence(tx, instead_of), by)
        asked = (starts_at, ends_at)
        return _enter(tx, ctx, by, person, asked, stand_in=stand_in, reason=reason, source=source)


def _enter(
    tx: Tx,
    ctx: Context,
    by: Member,
    person: Member,
    asked: Spell,
    *,
    stand_in: str | None,
    source: Source,
    reason: str = "",
    notes: tuple[str, ...] = (),
) -> AwayShown:
    absences.lock_member(tx, person.id)
    tz = zone(person.tz)
    standing = absences.of_member(tx, person.id, after=ctx.now)
    try:
        spell = check_spell(*asked, now=ctx.now, tz=tz)
        whose = "You are" if by.id == person.id else f"{person.name} is"
        check_free(spell, standing, now=ctx.now, tz=tz, whose=whose)
    except OverlapError as error:
        raise TakenError(error.sentence, absence=error.absence, spell=spell, stand_in=stand_in) from None
    except AbsenceError as error:
        raise FieldError(error.field, error.sentence) from None
    also = _check_stand_in(tx, person, stand_in, spell, is_self=by.id == person.id) if stand_in else ()
    for status in standing:
        if status.source is Source.STATUS and status.is_running(ctx.now) and spell[0] <= ctx.now:
            absences.try_end(tx, status.id, at=ctx.now)
    made = absences.add(
        tx,
        member=person.id,
        starts_at=spell[0],
        ends_at=spell[1],
        stand_in=stand_in,
        reason=" ".join(reason.split())[:LONGEST_REASON],
        source=str(source),
        made_at=ctx.now,
        made_by=by.id,
        promises=[each.id for each in falling.find(tx, ctx, person, spell)],
    )
    noted(tx, ctx, "absence_entered", by, made)
    if by.id != person.id:
        away_posts.tell_member(tx, ctx, made, ended=False)
    away_posts.tell_stand_in(tx, ctx, made, by=by, ended=False)
    return falling.shown(tx, made, by, now=ctx.now, notes=(*notes, *also))


def _check_stand_in(tx: Tx, person: Member, stand_in: str, spell: Spell, *, is_self: bool) -> tuple[str, ...]:
    """Refuse somebody who cannot stand in; return what is to be known about one who can."""
    if stand_in == person.id:
        whom = "yourself" if is_self else "themselves"
        raise FieldError("stand_in", f"Nobody can stand in for {whom}. Choose a colleague, or leave it open.")
    found = people.member(tx, stand_in)
    if found is None or not found.active:
        raise FieldError("stand_in", "Only members of the team can stand in: people in the team channel, guests aside.")
    share = share_of(spell, absences.spells_of(tx, found.id))
    if share > MOSTLY:
        raise FieldError("stand_in", f"Then {found.name} is away too. Choose somebody else, or leave it open.")
    if share:
        return (f"{found.name} is away for a part of it; whoever stands in for them hears then.",)
    return ()


def _named(tx: Tx, cover: str) -> str:
    """Return the Slack id of whoever was named to stand in: by id, by their whole name, or by its first word."""
    wanted = cover.removeprefix("@").casefold()
    team = people.members(tx)
    whole = [each for each in team if wanted in {each.id.casefold(), each.name.casefold()}]
    found = whole or [each for each in team if wanted in each.name.casefold().split()]
    if len(found) == 1:
        return found[0].id
    if found:
        named = " or ".join(each.name for each in found[:3])
        raise FieldError("stand_in", f"Several go by that name: {named}. Pick one from Slack's list after the @.")
    if cover[:1] in "UW" and people.member(tx, cover) is not None:
        return cover
    raise FieldError(
        "stand_in", f"I know nobody named “{cover[:40]}” in the team. Pick the person from Slack's list after the @."
    )
