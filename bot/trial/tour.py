"""The tour: a request's day in nine steps, each ticked off by what happened, wherever and by whomever it was done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.domain.overview import Counts, Overview
from bot.trial import steps
from bot.trial.story import Story
from bot.trial.whereabouts import Whereabouts, first_name
from bot.workspace.companion import Step, Tour, Waiting

TITLE: Final = "A request's day, in five minutes"
CLOSING: Final = (
    "That was a request's whole day: heard, promised, and told before it slipped. "
    "The pile is yours now. Be whoever you like."
)

_STEPS: Final[tuple[Callable[[Story], Step], ...]] = (
    steps.look,
    steps.claim,
    steps.acknowledge,
    steps.arrived,
    steps.time,
    steps.delay,
    steps.answer,
    steps.ledger,
    steps.survive,
)


def build_tour(story: Story) -> Tour:
    """Return the tour as it stands. The steps are in their order; each is done when it was done, whatever the order."""
    return Tour(TITLE, tuple(step(story) for step in _STEPS), CLOSING, welcome(story.where))


def build_waiting_tour(where: Whereabouts, text: str, *, seen: int = 0, total: int = 0) -> Tour:
    """Return the tour before it can begin: its welcome, what it waits for, and its steps by their general names."""
    nothing = Story(Overview(Counts(), None, {}, None, None), where, undo_seconds=0)
    return replace(build_tour(nothing), waiting=Waiting(text, seen, total))


def welcome(where: Whereabouts) -> str:
    """Return what somebody needs to know who has never seen Headsup: what it is, and who they are."""
    return (
        "Your clients' requests come in here, and Headsup sees to it that each of them hears from you in time. "
        f"You are {first_name(where.guide.real_name)}, at a small agency called {where.agency}, and whatever you try "
        "here reaches nobody outside."
    )
