"""Entering an absence: as somebody typed it, or with its two ends. Refusals are a sentence at the field."""

from datetime import datetime
from typing import cast

from bot.domain.away.absence_words import Spell
from bot.domain.away.absences import (
    MOSTLY,
    Absence,
    AbsenceError,
    LongError,
    OverlapError,
    Source,
    check_free,
    check_spell,
    share_of,
)
from bot.domain.away.away import AwayShown
from bot.domain.commands.slash_commands import SLASH
from bot.domain.local_times import moment_words, zone
from bot.domain.moments.moments import MomentError, read_span
from bot.domain.people import Actor, Member
from bot.errors import FieldError, RefusedError
from bot.services.away import away_posts, falling, statuses
from bot.services.away.absences import end, find_absence, noted
from bot.services.context import Context
from bot.services.naming import check_person, check_stand_in, named
from bot.services.people import check_member
from bot.store import Tx, absences

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


class LongAbsenceError(RefusedError):
    """That is longer than a year. Is it meant so?"""

    @property
    def spell(self) -> Spell:
        """The time that was asked for."""
        return cast("Spell", self.facts["spell"])

    @property
    def member(self) -> str:
        """Whose absence it would be."""
        return str(self.facts["member"])

    @property
    def stand_in(self) -> str | None:
        """Who is to stand in then."""
        return cast("str | None", self.facts["stand_in"])


def say_away(ctx: Context, *, actor: Actor, when: str, member: str | None = None, cover: str = "") -> AwayShown:
    """Enter an absence as somebody typed it: "until Fri", "24 Dec - 2 Jan", in the zone of the one who is away.

    `member` is who that is, when it is not whoever typed; `cover` who stands in: each a Slack id, or a name. What
    cannot be meant is refused with an example that can be typed instead.
    """
    with ctx.store.writing() as tx:
        by = check_member(tx, actor)
        person = check_person(tx, named(tx, member)) if member else by
        try:
            span = read_span(when, now=ctx.now, tz=zone(person.tz))
            stand_in = named(tx, cover, field="stand_in") if cover else None
            asked = (span.starts_at, span.ends_at)
            return _enter(
                tx, ctx, by, person, asked, stand_in=stand_in, source=Source.SLASH, notes=span.notes, typed=True
            )
        except MomentError as error:
            raise FieldError("until" if error.at_end else "from", _with_example(error)) from None
        except AbsenceError as error:
            raise FieldError(error.field, _with_example(error)) from None


def _with_example(error: MomentError | AbsenceError) -> str:
    return f"{error.sentence} For example “{SLASH} away {error.example}”."


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
    meant: bool = False,
) -> AwayShown:
    """Enter an absence; it begins now at the earliest and is planned by at once.

    Any member may enter one for another, who is then told. `stand_in` None: whoever stands in for them anyway.
    `instead_of` is an absence that this one replaces. Raises TakenError when there is another at that time, and
    LongAbsenceError when it is longer than a year and nobody has said yet that it is `meant`. A press that comes twice
    enters it once.
    """
    with ctx.store.writing() as tx:
        by = check_member(tx, actor)
        person = check_person(tx, member) if member else by
        if instead_of is not None:
            end(tx, ctx, find_absence(tx, instead_of), by)
        asked = (starts_at, ends_at)
        try:
            return _enter(tx, ctx, by, person, asked, stand_in=stand_in, reason=reason, source=source, meant=meant)
        except AbsenceError as error:
            raise FieldError(error.field, error.sentence) from None


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
    meant: bool = False,
    typed: bool = False,
) -> AwayShown:
    absences.lock_member(tx, person.id)
    tz = zone(person.tz)
    standing = absences.of_member(tx, person.id, after=ctx.now)
    try:
        spell = check_spell(*asked, now=ctx.now, tz=tz, meant=meant)
        whose = "You are" if by.id == person.id else f"{person.name} is"
        check_free(spell, standing, now=ctx.now, tz=tz, whose=whose)
    except OverlapError as error:
        if not typed and error.absence.is_as_asked(asked, stand_in):
            statuses.settle(tx, ctx, person.id)
            return falling.shown(tx, ctx, error.absence, by, notes=notes)
        _check_stand_in(tx, by, person, stand_in, spell, typed=typed)  # what must be mended in any case comes first
        raise TakenError(error.sentence, absence=error.absence, spell=spell, stand_in=stand_in) from None
    except LongError as error:
        _check_stand_in(tx, by, person, stand_in, error.spell, typed=typed)
        raise LongAbsenceError(error.sentence, spell=error.spell, member=person.id, stand_in=stand_in) from None
    also = _check_stand_in(tx, by, person, stand_in, spell, typed=typed)
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
    after = statuses.settle(tx, ctx, person.id)
    noted(tx, ctx, "absence_entered", by, made)
    if by.id != person.id:
        away_posts.tell_member(tx, ctx, made, ended=False)
    away_posts.tell_stand_in(tx, ctx, made, by=by, ended=False)
    return falling.shown(tx, ctx, made, by, notes=(*notes, *also, *_status_after(ctx, by, person, made, after)))


def _status_after(ctx: Context, by: Member, person: Member, made: Absence, status: Absence | None) -> tuple[str, ...]:
    """Say when a status keeps somebody away for longer than what was entered."""
    if status is None or status.starts_at < made.over_at:
        return ()
    ends_at = status.ends_at
    until = f"until {moment_words(ends_at, zone(person.tz), ctx.now)}" if ends_at else "for as long as it is set"
    whose = "Your" if by.id == person.id else f"{person.name}'s"
    return (f"{whose} Slack status counts after that, {until}.",)


def _check_stand_in(
    tx: Tx, by: Member, person: Member, stand_in: str | None, spell: Spell, *, typed: bool
) -> tuple[str, ...]:
    """Refuse somebody who cannot stand in; return what is to be known about one who can."""
    if not stand_in:
        return ()
    if stand_in == person.id:
        is_self = by.id == person.id
        whom = "You cannot stand in for yourself." if is_self else f"{person.name} cannot stand in for themselves."
        raise FieldError("stand_in", f"{whom} Name a colleague, or leave it out.")
    found = check_stand_in(tx, stand_in, typed=typed)
    share = share_of(spell, absences.spells_of(tx, found.id, after=spell[0]))
    if share > MOSTLY:
        raise FieldError("stand_in", f"Then {found.name} is away too. Name somebody else, or leave it out.")
    if share:
        return (f"{found.name} is away for a part of it; whoever stands in for them hears then.",)
    return ()
