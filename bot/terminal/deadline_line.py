"""Who is in line for what a member promises: themself, who stands in, the lead, and at last the team's channel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.context import Context
from bot.services.hours.reaching import Crew
from bot.terminal.spans import span


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody in line: what they are (“who stands in”, “the lead”, or nothing), and their working time before it."""

    name: str
    what: str
    left: timedelta


def line_of(ctx: Context, member: str, *, since: datetime, due_at: datetime) -> tuple[InLine, ...]:
    """Return who is in line for something of a member's, in order, with the working time that each has for it.

    Stand-ins are those of now, then those of times away that begin before it is due; absences are left out.
    """
    with ctx.store.reading() as tx:
        crew = Crew(tx, ctx)
        people = [(person, crew.member(person.id)) for person in crew.people(member, until=due_at)]
    found = []
    for person, known in people:
        what = "the lead" if person.lead else "" if person.id == member else "who stands in"
        name = known.name if known else person.id
        found.append(InLine(name, what, person.hours.between(since, due_at)))
    return tuple(found)


def line_words(line: Sequence[InLine], label: str, width: int) -> Iterator[str]:
    """Say who is in line, one a line."""
    for number, one in enumerate(line):
        left = f"has {span(one.left)} of working time before it" if one.left else "has no working time before it"
        called = f"{one.name}, {one.what}," if one.what else one.name
        yield f"{'' if number else label:{width}}{called} {left}"
    yield f"{'':{width}}then the team channel"


def who_hears(line: Sequence[InLine]) -> str:
    """Return who hears when the one whose it is has no time left before it; of nobody in particular in general."""
    if not line:
        return "The first in line who works before it hears: a stand-in, the lead, else the team channel."
    able = next((one for one in line if one.left), None)
    if able is None:
        return "Nobody in line has any, so the team channel hears."
    return f"{able.name} hears instead, the first in line who has some."
