"""Whose hours hold when. Asking is cheap: which versions count is one query, and what they hold is remembered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from weakref import WeakKeyDictionary

from bot.domain.hours.calendar_shown import CalendarShown
from bot.domain.hours.calendars import NO_ZONE, CalendarRules, is_zone, member_time, team_time, usual_time
from bot.domain.ladder.early import Usual
from bot.domain.working_time import Spell, WorkingTime
from bot.errors import RefusedError
from bot.services.context import Context
from bot.store import Store, Tx, absences, calendars, people
from bot.store.calendars import TEAM, Key, Newest

__all__ = ["TEAM", "calendar_of", "hours_of", "hours_of_many", "team_hours", "team_rules", "usual_hours_of"]
__all__ += ["usual_tags"]

_KEPT = 4096

_WHOLE = timedelta(days=1)
"""So much before an instant is read, too: a spell that goes on then comes out whole, or begins long enough before."""

_rules: WeakKeyDictionary[Store, dict[Key, CalendarRules | None]] = WeakKeyDictionary()
"""Versions never change, so what one holds is read once in a process."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """What holds for one member right now; `tz` is their zone, or the team's when nobody knows theirs.

    `by_itself` is the team's zone as long as nobody chooses one.
    """

    team: CalendarRules
    own: CalendarRules | None
    tz: str
    by_itself: str


def team_hours(tx: Tx, ctx: Context) -> WorkingTime:
    """Return the team's working time as it holds now."""
    return team_time(team_rules(tx, ctx))


def team_rules(tx: Tx, ctx: Context) -> CalendarRules:
    """Return the team's rules as they hold now, with the zone that counts.

    That is the one somebody chose, else the lead's, else the one that most of the team are in, else UTC.
    """
    return _standing(tx, ctx, "").team


def hours_of(tx: Tx, ctx: Context, member: str, *, since: datetime | None = None) -> WorkingTime:
    """Return a member's working time as it holds now, absences taken away; of nobody we know: the team's.

    With `since` it is right from then on, and absences that were over before are not read: they grow with the years.
    """
    standing = _standing(tx, ctx, member)
    after = since - _WHOLE if since else None
    return member_time(standing.team, standing.own, standing.tz, absences.spells_of(tx, member, after=after))


def usual_tags(tx: Tx, ctx: Context, members: Collection[str]) -> dict[str, str]:
    """Return what names the hours of the team and of each of many members, absences left aside, with two queries."""
    team, _ = _team(tx, ctx, calendars.newest_keys(tx))
    named = _hours_of_many(tx, ctx, members, away={})
    return {TEAM: team_time(team).tag, **{member: hours.tag for member, hours in named.items()}}


def hours_of_many(
    tx: Tx, ctx: Context, members: Collection[str], *, since: datetime | None = None
) -> dict[str, WorkingTime]:
    """Return what `hours_of` does for each of many members, with three queries in all."""
    away = absences.spells_of_many(tx, members, after=since - _WHOLE if since else None)
    return _hours_of_many(tx, ctx, members, away=away)


def _hours_of_many(
    tx: Tx, ctx: Context, members: Collection[str], *, away: Mapping[str, Sequence[Spell]]
) -> dict[str, WorkingTime]:
    team, _ = _team(tx, ctx, calendars.newest_keys(tx))
    owns = calendars.own_keys(tx)
    usual: dict[tuple[Key | None, str], WorkingTime] = {}
    found: dict[str, WorkingTime] = {}
    for member in members:
        key, tz = owns.get(member, (None, None))
        named = (key, _zone_of(tz, team))
        own = _rules_of(tx, ctx, key) if key else None
        if member in away:
            found[member] = member_time(team, own, named[1], tuple(away[member]))
            continue
        if named not in usual:  # comparing rules takes longer than comparing what names them
            usual[named] = member_time(team, own, named[1])
        found[member] = usual[named]
    return found


def usual_hours_of(tx: Tx, ctx: Context, member: str) -> Usual:
    """Return what a member's working time is made of as it holds now, absences not taken away."""
    standing = _standing(tx, ctx, member)
    return usual_time(standing.team, standing.own, standing.tz)


def calendar_of(ctx: Context, *, owner: str = TEAM) -> CalendarShown:
    """Return the hours of the team or of a member as they hold now, for showing and for changing.

    Raises:
        RefusedError: there is no such member.
    """
    with ctx.store.reading() as tx:
        return shown(tx, ctx, owner)


def shown(tx: Tx, ctx: Context, owner: str) -> CalendarShown:
    """Return what `calendar_of` does, inside a running transaction."""
    member = people.member(tx, owner) if owner != TEAM else None
    if owner != TEAM and member is None:
        raise RefusedError("There is nobody of that name in the team.", user=owner)
    standing = _standing(tx, ctx, owner if member else "")
    saved = calendars.newest(tx, owner)
    team = saved.rules if saved and owner == TEAM else None
    saving = saved if owner != TEAM or team is not None else None
    lead = next((one for one in people.members(tx) if one.lead), None) if owner == TEAM else None
    return CalendarShown(
        owner=owner,
        rules=standing.own if member else team or ctx.policy.calendar,
        team=standing.team,
        tz=standing.tz if member else standing.team.tz or NO_ZONE,
        zone_chosen=bool(member.tz_own if member else (team or ctx.policy.calendar).tz),
        version=saved.version if saved else 0,
        made_at=saving.made_at if saving else None,
        made_by=saving.made_by if saving else None,
        stand_in=member.stand_in if member else None,
        by_itself=standing.by_itself,
        by_itself_of=lead.name if lead is not None and is_zone(lead.tz) else "",
    )


def names_with_hours(ctx: Context) -> tuple[str, ...]:
    """Return the names of the active members who have hours of their own, and not only days off."""
    with ctx.store.reading() as tx:
        members = people.by_id(people.members(tx))
        owners = [owner for owner in calendars.owners(tx) if owner in members]
        own = {owner: _standing(tx, ctx, owner).own for owner in owners}
        return tuple(members[owner].name for owner, rules in own.items() if rules and not rules.is_teams_week)


def _standing(tx: Tx, ctx: Context, member: str) -> _Standing:
    keys = calendars.newest_keys(tx, member)
    team, by_itself = _team(tx, ctx, keys)
    own = _rules_of(tx, ctx, keys.own) if keys.own else None
    return _Standing(team=team, own=own, tz=_zone_of(keys.member_tz, team), by_itself=by_itself)


def _team(tx: Tx, ctx: Context, keys: Newest) -> tuple[CalendarRules, str]:
    """Return the team's rules with the zone that counts, and the one that would count if nobody had chosen one."""
    team = (_rules_of(tx, ctx, keys.team) if keys.team else None) or ctx.policy.calendar
    by_itself = keys.zone if keys.zone and is_zone(keys.zone) else NO_ZONE
    return _in_zone(team, team.tz if team.tz and is_zone(team.tz) else by_itself), by_itself


def _zone_of(tz: str | None, team: CalendarRules) -> str:
    return tz if tz and is_zone(tz) else team.tz or NO_ZONE


@lru_cache(maxsize=_KEPT)
def _in_zone(rules: CalendarRules, tz: str) -> CalendarRules:
    return rules if rules.tz == tz else replace(rules, tz=tz)


def _rules_of(tx: Tx, ctx: Context, key: Key) -> CalendarRules | None:
    kept = _rules.setdefault(ctx.store, {})
    if key in kept:
        return kept[key]
    rules = calendars.by_id(tx, key[0]).rules
    if len(kept) >= _KEPT:
        kept = _rules[ctx.store] = {}
    kept[key] = rules
    return rules


def forget(ctx: Context, key: Key) -> None:
    """Drop what is remembered of a version: a row of this name was rolled back once, and now holds something else."""
    _rules.get(ctx.store, {}).pop(key, None)
