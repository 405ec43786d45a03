"""What there is to do by itself: whether something is due now, and when something is again."""

from datetime import datetime

from bot.domain.ladder.nudges import BUNDLE_WINDOW
from bot.domain.overview import Work
from bot.domain.working_time import NoWorkingTimeError
from bot.services.context import Context
from bot.services.hours.calendars import hours_of
from bot.services.nudges.row_by_row import untried_after
from bot.store import Tx, absences, upcoming


def work_of(ctx: Context) -> Work:
    """Return what planning and delivery have to do now and next, whoever it concerns."""
    with ctx.store.reading() as tx:
        unplanned = upcoming.is_planning_behind(tx, ctx.now, untried_after=untried_after(ctx))
        is_due = unplanned or upcoming.is_sending_behind(tx, ctx.now)
        moments = [upcoming.next_change(tx, ctx.now), _joined(tx, ctx), *_returns(tx, ctx)]
        return Work(is_due, min((at for at in moments if at is not None), default=None))


def _joined(tx: Tx, ctx: Context) -> datetime | None:
    """Return when a nudge that waits for others to join it leaves at the latest."""
    since = upcoming.waiting_for_others(tx, after=ctx.now - BUNDLE_WINDOW, now=ctx.now)
    return since + BUNDLE_WINDOW if since is not None else None


def _returns(tx: Tx, ctx: Context) -> list[datetime]:
    """Return when those who are back from a time away begin to work, and hear what happened meanwhile."""
    found = []
    for member in {each.member for each in absences.untold(tx, ctx.now)}:
        try:
            found.append(hours_of(tx, ctx, member, since=ctx.now).next_opening(ctx.now))
        except NoWorkingTimeError:
            continue
    return [at for at in found if at > ctx.now]
