"""Whether whoever has a request now is there before its promises are due, and who hears of them if not."""

from bot.domain.away.not_there import NotThere
from bot.domain.ladder.reaching import is_there, reach, ready_at
from bot.services.context import Context
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.store import promises


def found_missing(ctx: Context, *, request: int) -> NotThere | None:
    """Return the next promise that the owner of a request is not there for, and who is; None when they are for all."""
    with ctx.store.reading() as tx:
        crew, found = Crew(tx, ctx), find_request(tx, request)
        owner = crew.member(found.owner) if found.owner else None
        if owner is None:
            return None
        for promise in promises.promises_of(tx, request, outcomes=("open",)):
            people = crew.of(found, until=promise.due_at)
            if promise.due_at > ctx.now and not is_there(people[0], ctx.now, promise.due_at):
                return NotThere(
                    request=found,
                    owner=owner,
                    promise=promise,
                    back_at=ready_at(people[0], ctx.now),
                    hears=crew.member(reach(people, ctx.now, promise.due_at).recipient),
                )
    return None
