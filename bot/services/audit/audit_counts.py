"""What the audit only counts, because people have to see to it, and what it tells the team of that."""

from datetime import timedelta

from bot.domain.health import Orphan
from bot.domain.hours.calendars import NO_ZONE
from bot.domain.hours.hours_end import end_soon
from bot.domain.local_times import day_words, zone
from bot.domain.targets import due_of
from bot.domain.working_time import ALWAYS
from bot.services import announcing
from bot.services.audit.audit_checks import OVERDUE
from bot.services.context import Context
from bot.services.hours.calendars import team_hours, team_rules
from bot.store import Tx, orphans, targets, unplanned

LATELY = timedelta(hours=1)
"""What could not be planned since the last audit."""


def counts(tx: Tx, ctx: Context) -> dict[Orphan, int]:
    """Return how much there is of each kind that is only counted.

    Messages that are overdue for no fault of the database's: delivery tries them anyway, and says why they wait. Rows
    that could not be planned: planning takes them up again each minute. Hours that end, and aims that find no time in
    them: they go on by the clock.
    """
    return {
        Orphan.MESSAGE: orphans.count_overdue(tx, ctx.now - OVERDUE),
        Orphan.UNPLANNED: unplanned.count(tx, since=ctx.now - LATELY),
        Orphan.AIM: _aims_by_the_clock(tx, ctx),
        Orphan.HOURS: int(end_soon(team_hours(tx, ctx), ctx.now) is not None),
    }


def see_to(ctx: Context) -> None:
    """Tell the team when its hours end soon, and when they have; forget what is planned again. Safe to repeat."""
    with ctx.store.writing() as tx:
        unplanned.forget(tx, before=ctx.now - LATELY)
        ends = end_soon(team_hours(tx, ctx), ctx.now)
        if ends is None:
            return
        over = ends <= ctx.now
        local = ends.astimezone(zone(team_rules(tx, ctx).tz or NO_ZONE))
        sentence = (
            f"The team's working hours {'ended' if over else 'end'} on {day_words(local.date())} at {local:%H:%M}, and "
            "nobody has said when you work after that. Choose hours that go on: App Home, Settings, or "
            f"`headsup calendar set`. {'Until there are some' if over else 'From then on'}, aims count by the clock."
        )
        announcing.notify_team(tx, ctx, f"hours-{'ended' if over else 'end'}:{ends.isoformat()}", sentence)


def _aims_by_the_clock(tx: Tx, ctx: Context) -> int:
    hours = team_hours(tx, ctx)
    if hours == ALWAYS:
        return 0
    return sum(due_of(target, hours)[1] == ALWAYS for target in targets.running_in(tx, ALWAYS.tag))
