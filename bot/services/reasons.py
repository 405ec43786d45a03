"""Why a nudge comes to this reader, and why now: facts that go with it into the outbox."""

from datetime import datetime

from bot.domain.ladders import pause_before
from bot.domain.reaching import Person, Reach, Why, ready_at
from bot.domain.requests import Request


def facts_of(people: tuple[Person, ...], request: Request, to: Reach, due_at: datetime) -> dict[str, str]:
    """Return what a nudge's row keeps: when it is due, why this one hears and whose it is, and why so early."""
    facts = {"due_at": due_at.isoformat(), "why": str(to.why)}
    if request.owner:
        facts["of"] = request.owner
    reader = next((person for person in people if person.id == to.recipient), None)
    pause = pause_before(to.at, due_at, reader.hours) if reader else None
    if pause is not None:
        facts |= {"closes_at": pause.closes.isoformat(), "opens_at": pause.opens.isoformat()}
    if to.why in {Why.AWAY, Why.NOT_NOW} and people and people[0].id == request.owner:
        back = ready_at(people[0], to.at)
        if back is not None and back > to.at:
            facts["back_at"] = back.isoformat()
    return facts
