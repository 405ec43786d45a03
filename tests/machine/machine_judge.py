"""What must hold of each nudge at the very instant at which it is posted.

Working time is counted here by sweeping minute by minute, never with the arithmetic that is on trial.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from machine_slack import Post
from machine_world import World

from bot.domain.ladders import ladder_of
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import Request
from bot.domain.snapshots.nudge import NudgeItem
from bot.domain.targets import TargetOutcome
from bot.domain.working_time import WorkingTime
from bot.services.finding import find_request
from bot.services.reaching import Crew
from bot.store import Tx, promises, targets

MINUTE = timedelta(minutes=1)
NOTHING = timedelta()
MOST_MINUTES = 6000


def swept(hours: WorkingTime, start: datetime, end: datetime) -> timedelta:
    """Count working time between two instants by asking each minute; what is over a few days is cut off."""
    minutes, at = 0, start
    for _ in range(MOST_MINUTES):
        if at >= end:
            break
        minutes += hours.is_open(at)
        at += MINUTE
    return minutes * MINUTE


@dataclass
class Judge:
    """Collects what was wrong."""

    world: World
    wrong: list[str] = field(default_factory=list)

    def judge(self, post: Post) -> None:
        assert post.nudge is not None
        now = self.world.now
        with self.world.store.reading() as tx:
            crew = Crew(tx, self.world.desks[0].context())
            for item in post.nudge.items:
                about = self._about(tx, crew, post, item)
                self.wrong += [f"{item.key} at {now:%a %d %b %H:%M:%S}: {law}" for law in about]
            if post.to != "channel" and not crew.is_reachable(post.to):
                self.wrong.append(f"{post.keys} at {now:%a %H:%M:%S}: {post.to} is not at work or not to be disturbed")

    def _about(self, tx: Tx, crew: Crew, post: Post, item: NudgeItem) -> list[str]:
        found = []
        subject, ident, revision, rung = item.key.split(":")[1:5]
        if item.moot:
            found.append(f"it was pointless already: {item.moot}")
        request = find_request(tx, item.request.id)
        if subject == "promise" and rung[:1].isdigit():
            promise = promises.promise(tx, int(ident))
            assert promise is not None
            if promise.revision != int(revision):
                found.append(f"revision {promise.revision} holds by now")
            found += self._rung(crew, post, promise, request, rung)
        if subject == "target":
            target = targets.target(tx, int(ident))
            assert target is not None
            if target.paused_at is not None:
                found.append("the aim is resting")
            if target.outcome in {TargetOutcome.MET, TargetOutcome.RELEASED}:
                found.append(f"the aim is over: {target.outcome}")
        return found

    def _rung(self, crew: Crew, post: Post, promise: Promise, request: Request, rung: str) -> list[str]:
        found: list[str] = []
        name, now = rung.split(".")[1], self.world.now
        if name == "slipped":
            if promise.outcome is not Outcome.SLIPPED or (promise.closed_at or now) < promise.due_at:
                found.append(f"it has not slipped: {promise.outcome}, due {promise.due_at}")
            return found
        if promise.outcome is not Outcome.OPEN or now >= promise.due_at:
            found.append(f"there is nothing to be in time for: {promise.outcome}, due {promise.due_at}")
        if promise.acked_at is not None:
            found.append("it was answered already")
        people = crew.of(request)
        if post.to not in {"channel", *(person.id for person in people)}:
            found.append(f"{post.to} has nothing to do with it any more")
        if post.to == request.owner:
            hours = people[0].hours
            left = swept(hours, now, promise.due_at)
            if left == NOTHING:
                found.append("its owner has no time left for it")
            if name == "0" and promise.snoozed == 0 and not self.world.went_back:
                found += self._early(hours, promise, request, int(rung.split(".", maxsplit=1)[0]), left)
        return found

    def _early(self, hours: WorkingTime, promise: Promise, request: Request, number: int, left: timedelta) -> list[str]:
        ladder = ladder_of(request.category, self.world.policy.ladder)
        leads = sorted(ladder.leads, reverse=True)
        opened = promise.opened_at or promise.made_at
        if number % 2 == 0 or swept(hours, opened, promise.due_at) <= leads[-1] + MINUTE:
            return []
        lead = leads[(number - 1) // 2]
        return [f"it is early: {left} are left of {lead}"] if left > lead + MINUTE else []
