"""What lost its way: the hourly look at what no plan would ever find again, and its mending."""

from bot.domain.requests import OURS
from bot.services import keeping
from bot.services.context import Context
from bot.services.finding import find_request
from bot.store import events, promises, requests


def audit(ctx: Context) -> int:
    """Find what lost its clock and give it one; return how many there were (it should be none).

    Requests of ours without promise or target, and open promises without a next rung.
    """
    with ctx.store.writing() as tx:
        lost = promises.without_a_rung(tx)
        for promise in lost:  # planning looks at it now, and finds when its next rung really is due
            promises.change_promise(tx, promise.id, next_at=ctx.now)
            events.note(tx, "clock_restored", at=ctx.now, request=promise.request, promise=promise.id)
        found = requests.without_a_clock(tx, OURS)
        for ident in found:
            request = find_request(tx, ident, lock=True)
            keeping.keep_a_clock(tx, ctx, request)
            events.note(tx, "clock_restored", at=ctx.now, request=ident)
    return len(found) + len(lost)
