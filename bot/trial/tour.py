"""The tour: a request's day in nine steps, each ticked off by what happened, wherever and by whomever it was done."""

from collections.abc import Callable
from typing import Final

from bot.trial import steps
from bot.trial.story import Story
from bot.workspace.companion import Step, Tour

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
    return Tour(TITLE, tuple(step(story) for step in _STEPS), CLOSING)
