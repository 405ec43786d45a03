"""What the tour is told from: what happened, where it stands, and what was looked at."""

from dataclasses import dataclass

from bot.domain.overview import Happened, Journey, Milestone, Overview, Upcoming
from bot.trial.whereabouts import Whereabouts
from bot.workspace.models import User


@dataclass(frozen=True, slots=True)
class Story:
    """All that the steps are told from.

    `begun` says that somebody set out, `ledger` that a status was answered; `broken` that an answer will be lost or
    something was broken, `risked` that a reply met it, `survived` that it stands all the same.
    """

    overview: Overview
    where: Whereabouts
    undo_seconds: int
    begun: bool = False
    ledger: bool = False
    broken: bool = False
    risked: bool = False
    survived: bool = False

    @property
    def happened(self) -> Happened:
        """Return what happened since the tour began."""
        return self.overview.happened

    @property
    def mine(self) -> Journey | None:
        """Return the request that is followed."""
        return self.overview.journey

    @property
    def subject(self) -> Journey | None:
        """Return the request that is followed, or the one to begin with."""
        return self.overview.journey or self.overview.untouched

    @property
    def owner(self) -> User:
        """Return whose request it is."""
        return self.where.owner(self.mine)

    @property
    def coming(self) -> Upcoming | None:
        """Return the nudge that the tour waits for: the next one about what was promised, until there was one."""
        waits = not self.has(Milestone.NUDGED, Milestone.DELAY_SENT)
        return self.mine.next if waits and self.mine is not None and self.mine.promise is not None else None

    @property
    def jump(self) -> str:
        """Return what the jump to `coming` is called, else to the soonest nudge of all: it says when another is sooner.

        With the tour somebody follows one request, and others are nudged about meanwhile; after it, all are alike.
        """
        coming, soonest = self.coming, self.overview.next
        if coming is None or soonest is None or (coming.request, coming.at) == (soonest.request, soonest.at):
            return "To the next nudge"
        return f"To the next nudge about #{coming.request}"

    def has(self, *milestones: Milestone) -> bool:
        """Tell whether one of these happened."""
        return any(milestone in self.happened for milestone in milestones)
