"""Whoever comes back hears once what happened meanwhile: in their first working minute, and only if something did."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.domain.away.absences import Absence
from bot.domain.people import Member
from bot.domain.working_time import NoWorkingTimeError
from bot.services.away import away_posts, meanwhile
from bot.services.away.meanwhile import News
from bot.services.context import Context
from bot.services.hours.calendars import hours_of
from bot.services.hours.reaching import Crew
from bot.services.nudges import replanning
from bot.services.nudges.row_by_row import try_plan, untried_after
from bot.store import Tx, absences, people
from bot.store.unplanned import ABSENCE

AT_ONCE = 200
"""Absences that are looked at in one run; those of people who are not at work yet stay for later."""

GIVEN_UP = timedelta(days=14)
"""Who was not at work for this long after an absence has found out what happened."""

EVENING_BEFORE = timedelta(days=4)
"""How far before an absence somebody's last working time may lie to count: a long weekend."""


def summarise(ctx: Context) -> int:
    """Tell everybody who is back and at work what happened while they were away; return how many were told.

    Running it twice tells nobody twice: that an absence was told of is noted in the same transaction. Whoever cannot be
    told is looked at again a little later, and counted by the audit; the others are told all the same.
    """
    told: list[str] = []
    with ctx.store.writing() as tx:
        ended: dict[str, list[Absence]] = defaultdict(list)
        for absence in absences.to_summarise(tx, ctx.now, most=AT_ONCE, untried_after=untried_after(ctx)):
            ended[absence.member].append(absence)
        for member, found in ended.items():
            one = partial(_summarise, tx, ctx, member, found, told)
            try_plan(tx, ctx, one, kind=ABSENCE, ident=found[0].id)
    return len(told)


def _summarise(tx: Tx, ctx: Context, ident: str, ended: Sequence[Absence], told: list[str]) -> None:
    """Tell one member what happened, if they are here, and add them to those who were `told`."""
    member = people.member(tx, ident)
    if member is not None and _is_here(tx, ctx, member, ended) and summarise_member(tx, ctx, member, ended).any:
        told.append(ident)


def _is_here(tx: Tx, ctx: Context, member: Member, ended: Sequence[Absence]) -> bool:
    """Tell whether somebody is at work and may be disturbed, or will never be told otherwise."""
    if not member.active or max(each.over_at for each in ended) < ctx.now - GIVEN_UP:
        return True
    if member.dnd_until is not None and member.dnd_until > ctx.now:
        return False
    return hours_of(tx, ctx, member.id, since=ctx.now).is_open(ctx.now)


def summarise_member(tx: Tx, ctx: Context, member: Member, ended: Sequence[Absence]) -> News:
    """Note that a member was told of absences that are over, tell them in one message, and return what they hear.

    A slip that they are told of in a message of its own is not in it: when nothing else happened, there is no summary.
    Their promises are planned anew: an absence that ended by itself ended unnoticed.
    """
    mine = [each for each in ended if absences.try_summarise(tx, each.id, at=ctx.now)]
    if not mine:
        return NOTHING
    replanning.replan_member(tx, ctx, member.id)
    since = _left_at(tx, ctx, member, min(each.starts_at for each in mine))
    is_late = max(each.over_at for each in mine) < ctx.now - GIVEN_UP
    if is_late or not member.active:
        return NOTHING
    here = Crew(tx, ctx).is_reachable(member.id)
    found = meanwhile.news(tx, member, since=since, until=ctx.now, here=here)
    if found.told:
        apart = [each.promise.id for each in found.apart if each.promise is not None]
        away_posts.tell_what_happened(tx, ctx, mine[-1], since=since, apart=apart)
    return found


def _left_at(tx: Tx, ctx: Context, member: Member, starts_at: datetime) -> datetime:
    """Return when somebody last worked before a time away: what comes in the evening before, they see no sooner."""
    earliest = starts_at - EVENING_BEFORE
    try:
        return max(earliest, hours_of(tx, ctx, member.id, since=earliest).previous_close(starts_at))
    except NoWorkingTimeError:
        return starts_at


NOTHING = News()
"""What whoever left the team hears, or whoever was not at work for so long that they have found out."""
