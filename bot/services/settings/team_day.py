"""Where everybody of the team is right now."""

from bot.domain.hours.settings import Whereabouts
from bot.domain.people import Actor
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.people import check_member
from bot.services.settings.settings_shown import presence
from bot.store import absences, people


def team_day(ctx: Context, *, actor: Actor) -> tuple[Whereabouts, ...]:
    """Return everybody: those at work first, then who comes next, those who are away last."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        members = people.by_id(people.members(tx))
        stand_ins = absences.stand_ins(tx, ctx.now)
        entered = absences.of_many(tx, members, after=ctx.now)
        hours = calendars.hours_of_many(tx, ctx, members, since=ctx.now)
    away = {ident for ident, theirs in entered.items() if any(each.is_running(ctx.now) for each in theirs)}
    found = [
        Whereabouts(
            member=member,
            now=presence(hours[ident], ctx),
            away=ident in away,
            stand_in=members.get(stand_ins.get(ident, "")) if ident in away else None,
        )
        for ident, member in members.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(where: Whereabouts) -> tuple[bool, bool, float, str]:
    until = where.now.until.timestamp() if where.now.until else float("inf")
    by_time = 0.0 if where.now.is_open else until
    return (where.away, not where.now.is_open, by_time, where.member.name)
