"""Times that are offered to a client: in whose working time they lie, and a word about one that lies outside of it."""

from datetime import datetime, timedelta

from bot.domain.away.absences import Absence
from bot.domain.hours.calendars import NO_ZONE
from bot.domain.hours.promised_times import Keeper, is_inside, time_to_promise
from bot.domain.local_times import moment_words, zone
from bot.domain.people import Member
from bot.domain.requests import Request
from bot.domain.working_time import NoWorkingTimeError, WorkingTime
from bot.services.context import Context
from bot.services.hours import calendars
from bot.store import Tx, absences, people


def keeper_of(tx: Tx, ctx: Context, request: Request, *, writer: str) -> Keeper:
    """Return whose working time a promise about a request goes by, when this member writes it."""
    team = calendars.team_hours(tx, ctx)
    owner = _owner(tx, request)
    if owner is None:
        return Keeper(team, tz=calendars.team_rules(tx, ctx).tz or NO_ZONE)
    away = () if owner.id == writer else absences.spells_of(tx, owner.id, after=ctx.now)
    return Keeper(team, calendars.hours_of(tx, ctx, owner.id, since=ctx.now), away, owner.tz)


def time_after(tx: Tx, ctx: Context, request: Request, since: datetime, span: timedelta, *, writer: str) -> datetime:
    """Return the time to offer that is a span later than another one."""
    return time_to_promise(keeper_of(tx, ctx, request, writer=writer), since, span)


def outside_hours(tx: Tx, ctx: Context, request: Request, due: datetime | None, *, reader: str) -> str:
    """Return a sentence about a time to come at which nobody who could keep it works; empty when somebody does.

    Of an owned request its owner's hours count, else the team's. The times in it are the reader's own.
    """
    if due is None or due <= ctx.now:
        return ""
    owner = _owner(tx, request)
    hours = calendars.hours_of(tx, ctx, owner.id, since=ctx.now) if owner else calendars.team_hours(tx, ctx)
    if is_inside(hours, due):
        return ""
    seen_by = people.member(tx, reader)
    tz = zone(seen_by.tz if seen_by else NO_ZONE)
    named = moment_words(due, tz, ctx.now)
    absence = _absence_at(tx, owner, due)
    opens = None if absence is not None and absence.over_at != absence.ends_at else _opening(hours, due)
    again = moment_words(opens, tz, ctx.now) if opens else ""
    if owner is not None and absence is not None:
        back = f" (back {again})" if again else ""
        if owner.id == reader:
            return f"{named} is while you are away{back}."
        return f"{named} is while {owner.name} is away{back}: whoever stands in has to keep it."
    whose = "the team's" if owner is None else "your" if owner.id == reader else f"{owner.name}'s"
    return f"{named} is outside {whose} hours{f' (next open: {again})' if again else ''}."


def _owner(tx: Tx, request: Request) -> Member | None:
    """Return who owns it; nobody when they have left the team."""
    owner = people.member(tx, request.owner) if request.owner else None
    return owner if owner is not None and owner.active else None


def _absence_at(tx: Tx, owner: Member | None, due: datetime) -> Absence | None:
    entered = absences.of_member(tx, owner.id, after=due) if owner else ()
    return next((each for each in entered if each.is_running(due)), None)


def _opening(hours: WorkingTime, due: datetime) -> datetime | None:
    try:
        return hours.next_opening(due)
    except NoWorkingTimeError:
        return None
