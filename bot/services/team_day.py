"""Where everybody of the team is right now."""

from bot.domain.people import Actor, Member
from bot.domain.settings import Whereabouts
from bot.services import calendars
from bot.services.context import Context
from bot.services.people import check_member
from bot.services.settings_shown import presence
from bot.store import Tx, absences, people


def team_day(ctx: Context, *, actor: Actor) -> tuple[Whereabouts, ...]:
    """Return everybody: those at work first, then who comes next, those who are away last."""
    with ctx.store.reading() as tx:
        check_member(tx, actor)
        members = people.members(tx)
        stand_ins = absences.stand_ins(tx, ctx.now)
        found = [_whereabouts(tx, ctx, member, stand_ins, members) for member in members]
    return tuple(sorted(found, key=_order))


def _whereabouts(
    tx: Tx, ctx: Context, member: Member, stand_ins: dict[str, str], members: tuple[Member, ...]
) -> Whereabouts:
    away = any(each.is_running(ctx.now) for each in absences.of_member(tx, member.id, after=ctx.now))
    covering = stand_ins.get(member.id) if away else None
    return Whereabouts(
        member=member,
        now=presence(calendars.hours_of(tx, ctx, member.id), ctx),
        away=away,
        stand_in=next((each for each in members if each.id == covering), None),
    )


def _order(where: Whereabouts) -> tuple[bool, bool, float, str]:
    until = where.now.until.timestamp() if where.now.until else float("inf")
    by_time = 0.0 if where.now.is_open else until
    return (where.away, not where.now.is_open, by_time, where.member.name)
