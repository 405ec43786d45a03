"""Saving what the settings windows hold, so that two people who change different things both get what they want.

A window carries what held when it was opened. What its person left alone stays as it holds now, whoever changed it;
only where both changed the same thing to something else is nothing saved, and they are told.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

import structlog

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import (
    CalendarRules,
    CalendarTextError,
    check_member_rules,
    parse_week,
)
from bot.domain.hours.settings import Effect, HoursForm, Overtaken, Saved
from bot.domain.hours.settings_merge import both_changed, merged, same
from bot.domain.people import Actor
from bot.errors import FieldError, StaleWindowError
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.nudges import replanning
from bot.services.settings.calendar_saving import save_member_calendar, save_team_calendar
from bot.services.settings.own_settings import checked, set_stand_in, set_zone
from bot.services.settings.settings_shown import my_form, settings_of, team_form
from bot.store import absences, people, upcoming
from bot.store import calendars as versions

log = structlog.get_logger(__name__)

TRIES: Final = 5
"""How often a save is done again because somebody else saved in the same moment."""

TEAM_PARTS: Final = ("week", "tz", "country", "region")
MY_PARTS: Final = ("own", "week", "within", "tz", "stand_in")

Result = Saved | Overtaken
Moments = dict[tuple[str, int], datetime]


def change_team_hours(ctx: Context, *, actor: Actor, was: HoursForm, wanted: HoursForm) -> Result:
    """Save the team's hours, zone and holidays' place as they stand in the form. Safe to repeat.

    Raises:
        FieldError: they cannot be; its field is "week", "tz", "days" or "country".
    """
    checked(lambda: parse_week(wanted.week))

    def change(shown: CalendarShown) -> tuple[str, ...] | CalendarRules:
        held = team_form(shown)
        overtaken = both_changed(was, held, wanted, TEAM_PARTS)
        if overtaken:
            return overtaken
        form = merged(was, held, wanted, TEAM_PARTS)
        return replace(
            shown.rules or shown.team,
            week=checked(lambda: parse_week(form.week)),
            tz=form.tz or None,
            country=form.country or None,
            region=form.region or None,
        )

    return change_team(ctx, actor, change)


def change_my_hours(ctx: Context, *, actor: Actor, was: HoursForm, wanted: HoursForm) -> Result:
    """Save a member's own hours, zone and stand-in as they stand in the form. Safe to repeat.

    Everything is looked at before anything is saved.

    Raises:
        FieldError: they cannot be; its field is "hours_kind", "week", "tz" or "stand_in".
    """
    me = actor.user
    settings_of(ctx, actor=actor)
    shown = calendars.calendar_of(ctx, owner=me)
    held = my_form(shown)
    overtaken = both_changed(was, held, wanted, MY_PARTS)
    if overtaken:
        return _overtaken(ctx, actor, shown, overtaken)
    form = merged(was, held, wanted, MY_PARTS)
    if not form.own and wanted.week.strip() and not same("week", wanted, was):
        raise FieldError("hours_kind", "You wrote hours of your own: choose them here, or put the old ones back.")
    rules = _own_rules(ctx, shown, form)
    before = _moments(ctx, me)
    set_stand_in(ctx, actor=actor, member=me, stand_in=form.stand_in or None)
    set_zone(ctx, actor=actor, member=me, tz=form.tz or None)
    save_member_calendar(ctx, actor=actor, member=me, rules=rules, based_on=shown.version)
    return _saved(ctx, actor, before, owner=me, changed=form != held, notes=_cover_notes(ctx, form.stand_in))


def change_team(
    ctx: Context,
    actor: Actor,
    change: Callable[[CalendarShown], tuple[str, ...] | CalendarRules],
    *,
    notes: tuple[str, ...] = (),
) -> Result:
    """Save what `change` makes of the rules that hold; again from the start when somebody saved in between."""
    settings_of(ctx, actor=actor)
    before = _moments(ctx, None)
    for left in reversed(range(TRIES)):
        shown = calendars.calendar_of(ctx)
        found = change(shown)
        if not isinstance(found, CalendarRules):
            return _overtaken(ctx, actor, shown, found)
        if found == shown.rules:
            return _saved(ctx, actor, before, owner=None, changed=False, notes=notes)
        try:
            saved = save_team_calendar(ctx, actor=actor, rules=found, based_on=shown.version)
        except StaleWindowError:
            if not left:
                raise
            continue
        return _saved(ctx, actor, before, owner=None, changed=saved.version != shown.version, notes=notes)
    raise AssertionError  # pragma: no cover - the loop returns or raises


def _own_rules(ctx: Context, shown: CalendarShown, form: HoursForm) -> CalendarRules | None:
    if not form.own:
        days = shown.rules.days if shown.rules else ()
        return CalendarRules(days=days) if days else None  # the form does not show them: it cannot take them away
    if not form.week.strip():
        raise FieldError("week", "From when to when do you work? Write for example Mon-Thu 08:00-14:00.")
    week = checked(lambda: parse_week(form.week))
    rules = replace(shown.rules or CalendarRules(), week=week, within_team=form.within)
    checked(lambda: check_member_rules(shown.team, rules, form.tz or shown.tz, ctx.now))
    return rules


def _moments(ctx: Context, owner: str | None) -> Moments:
    with ctx.store.reading() as tx:
        return upcoming.next_moments(tx, owner)


def _saved(
    ctx: Context, actor: Actor, before: Moments, *, owner: str | None, changed: bool, notes: tuple[str, ...] = ()
) -> Saved:
    """Return what a save came to. The first part of planning anew is done now, so that it can be said what moves."""
    later = changed and _plan_anew(ctx)
    if changed and owner is None:
        notes = (*notes, *_left_out(ctx))
    after = _moments(ctx, owner)
    moved = sum(before.get(key) != at for key, at in after.items())
    next_at = min((at for at in after.values() if at > ctx.now), default=None)
    effect = Effect(moved=moved, next_at=next_at, later=later)
    return Saved(shown=settings_of(ctx, actor=actor), effect=effect, changed=changed, notes=notes)


def _plan_anew(ctx: Context) -> bool:
    """Plan the first part anew and tell whether there is more: all of it where that fails, for what is saved is saved.

    Not even what fails only because of others is raised: the save, done again, would find that nothing changed.
    """
    try:
        return replanning.replan_team(ctx)
    except Exception:
        log.exception("Planning anew failed; it comes again.", action="plan")
        return True


def _cover_notes(ctx: Context, stand_in: str) -> tuple[str, ...]:
    """Return a sentence when the stand-in is away themself."""
    with ctx.store.reading() as tx:
        member = people.member(tx, stand_in) if stand_in else None
        if member is None:
            return ()
        running = [each for each in absences.of_member(tx, stand_in, after=ctx.now) if each.is_running(ctx.now)]
    if not running:
        return ()
    return (f"{member.name} is away right now. Until they are back it goes on to their stand-in, then to the lead.",)


def _left_out(ctx: Context) -> list[str]:
    """Return a sentence about each member whose own hours have nothing in common with the team's any more."""
    found = []
    with ctx.store.reading() as tx:
        for owner in versions.owners(tx):
            member = people.member(tx, owner)
            if member is None or not member.active:
                continue
            shown = calendars.shown(tx, ctx, owner)
            try:
                check_member_rules(shown.team, shown.rules or CalendarRules(within_team=False), shown.tz, ctx.now)
            except CalendarTextError:
                found.append(
                    f"{member.name} has hours of their own that do not lie in these: no nudge reaches them until "
                    "they change them."
                )
    return found


def _overtaken(ctx: Context, actor: Actor, shown: CalendarShown, parts: tuple[str, ...]) -> Overtaken:
    return Overtaken(shown=settings_of(ctx, actor=actor), by=shown.made_by, parts=parts)
