"""Looking again at what waits: on the re-check date its owner is asked whether to ask again, go on, or close."""

from datetime import datetime
from functools import partial

from bot.domain.ladder.nudges import Subject
from bot.domain.ladder.reaching import Reach, reach, while_open
from bot.domain.pauses import WAITING, recheck_at
from bot.domain.requests import Request
from bot.domain.snapshots.nudge import ItemKind
from bot.services import announcing
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.calendars import team_hours
from bot.services.hours.reaching import Crew
from bot.services.nudges.row_by_row import try_plan, untried_after
from bot.store import Tx, events, outbox, requests
from bot.store.unplanned import PAUSE

RUNG = "recheck"
"""The last part but one of a question's key; its revision is the next re-check date, so that each is asked once."""


def usual_recheck(ctx: Context) -> datetime:
    """Return when somebody looks again at what begins to wait now, unless they choose another day."""
    with ctx.store.reading() as tx:
        return recheck_at(team_hours(tx, ctx), ctx.now)


def ask_due(tx: Tx, ctx: Context, *, most: int) -> int:
    """Ask about every wait whose re-check date has come, and set the next one; return how many there were.

    A wait goes on until somebody moves it, so it never is without a date. Two runs at one instant are one.
    """
    found = requests.rechecks_due(tx, ctx.now, most=most, untried_after=untried_after(ctx))
    for ident in found:
        try_plan(tx, ctx, partial(_ask, tx, ctx, ident), kind=PAUSE, ident=ident)
    return len(found)


def _ask(tx: Tx, ctx: Context, ident: int) -> None:
    request = find_request(tx, ident, lock=True)
    if request.state not in WAITING or request.parked_until is None or request.parked_until > ctx.now:
        return
    again = recheck_at(team_hours(tx, ctx), ctx.now)
    requests.change_request(tx, request.id, parked_until=again)
    asked_about(tx, request.id)
    to = _recipient(tx, ctx, request)
    announcing.nudge(
        tx,
        ctx,
        request,
        kind=ItemKind.RECHECK,
        subject=Subject.REQUEST,
        ident=request.id,
        revision=int(again.timestamp()),
        rung=RUNG,
        recipient=to.recipient,
        not_before=to.at if to.at > ctx.now else None,
    )
    events.note(tx, "rechecked", at=ctx.now, request=request.id, detail=to.recipient)
    announcing.show_card(tx, ctx, request.id)


def _recipient(tx: Tx, ctx: Context, request: Request) -> Reach:
    """Return who is asked, and when: nobody outside their hours, the team channel only while the team works."""
    crew = Crew(tx, ctx)
    due = crew.within_a_day()
    return while_open(reach(crew.of(request, until=due), ctx.now, due), ctx.now, crew.hours())


def asked_about(tx: Tx, request: int) -> None:
    """Show questions about a wait as they stand now: once somebody moved it, nobody need answer them."""
    outbox.refresh_nudges(tx, "request", request, rung=RUNG)
