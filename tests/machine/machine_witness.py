"""Who stands beside Slack's list and notes what was true at the very instant at which a nudge was posted."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from machine_history import History, Told
from machine_slack import Post
from machine_sweep import LONGEST, MINUTE, Sweep
from machine_world import World
from sqlalchemy import func, select

from bot.domain.ladder.ladders import ladder_of
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import CLOSED, Request
from bot.domain.snapshots.nudge import NudgeItem
from bot.domain.targets import TargetOutcome
from bot.domain.working_time import WorkingTime
from bot.services.finding import find_request
from bot.services.hours.reaching import Crew
from bot.store import Tx, promises, tables, targets
from bot.store.outbox import o

ENDED_AIMS = {TargetOutcome.MET, TargetOutcome.RELEASED}

_LEADER = tables.outbox.alias("leader")
_ROW = (
    select(o.not_before, o.useless_after, o.payload, _LEADER.c.lease_until)
    .select_from(tables.outbox)
    .join(_LEADER, _LEADER.c.id == func.coalesce(o.bundle, o.id))
)
"""A nudge, and until when the message that it goes with is leased: only that one is."""


@dataclass
class Witness:
    """Writes into a history."""

    world: World
    history: History
    sweep: Sweep

    def posted(self, post: Post) -> None:
        """Note a message and, of a nudge, what holds of each of its items now."""
        self.history.posted.append(post.keys)
        self.history.named.append(tuple(item.key for item in post.nudge.items) if post.nudge else ())
        if post.nudge is None:
            return
        with self.world.store.reading() as tx:
            crew = Crew(tx, self.world.desks[0].context())
            told = [self._told(tx, crew, post, item) for item in post.nudge.items]
        self.history.told += [each for each in told if each is not None]
        now = self.world.now
        self.history.story.append(f"{now:%a %d %b %H:%M:%S} {post.to} hears {', '.join(post.keys)}")

    def _told(self, tx: Tx, crew: Crew, post: Post, item: NudgeItem) -> Told | None:
        subject, ident, revision, rung = item.key.split(":")[1:5]
        is_rung = subject == "promise" and rung[:1].isdigit()
        if not is_rung and subject != "target":
            return None
        row = tx.execute(_ROW.where(o.key == item.key)).one()
        number, name = rung.split(".", 1) if is_rung else ("0", rung)
        request = find_request(tx, item.request.id)
        facts: dict[str, Any] = {
            "key": item.key,
            "to": post.to,
            "at": self.world.now,
            "message": post.ts,
            "subject": subject,
            "ident": int(ident),
            "revision": int(revision),
            "rung": int(number),
            "name": name,
            "not_before": None if self.world.went_back else row.not_before,
            "useless_after": row.useless_after,
            "moot": item.moot,
            "reachable": post.to == "channel" or crew.is_reachable(post.to),
            "lease_left": row.lease_until - self.world.times.elapsed,
        }
        if subject == "target":
            return Told(**facts, **self._of_aim(tx, int(ident)))
        promise = promises.promise(tx, int(ident))
        assert promise is not None
        kept = row.payload.get("due_at") == promise.due_at.isoformat() and bool(row.payload.get("why"))
        keeps = kept and row.payload["revision"] == int(revision)
        return Told(**facts, keeps=keeps, **self._of_promise(crew, post, promise, request, facts))

    def _of_aim(self, tx: Tx, ident: int) -> dict[str, Any]:
        target = targets.target(tx, ident)
        assert target is not None
        over = f"the aim is {target.outcome}" if target.outcome in ENDED_AIMS else ""
        return {"due_at": target.due_at, "resting": target.paused_at is not None, "over": over}

    def _of_promise(
        self, crew: Crew, post: Post, promise: Promise, request: Request, facts: dict[str, Any]
    ) -> dict[str, Any]:
        now, slipped = self.world.now, facts["name"] == "slipped"
        crew.reach_back(promise.opened_at or promise.made_at)
        people = crew.of(request)
        over = "" if promise.outcome is (Outcome.SLIPPED if slipped else Outcome.OPEN) else str(promise.outcome)
        if slipped and not over and (promise.closed_at or now) < promise.due_at:
            over = f"slipped at {promise.closed_at}, due {promise.due_at}"
        if not slipped and now >= promise.due_at:
            over = f"due {promise.due_at}"
        owner = post.to == request.owner and bool(people)
        hours = people[0].hours if owner else None
        left = self.sweep.count(hours, now, promise.due_at) if hours and not slipped else None
        return {
            "due_at": None if self.world.went_back and slipped else promise.due_at,
            "opened_at": promise.opened_at or promise.made_at,
            "holds": promise.revision,
            "over": over or ("its request is closed" if request.state in CLOSED else ""),
            "answered": promise.acked_at is not None,
            "concerned": slipped or post.to in {"channel", *(person.id for person in people)},
            "owner": owner,
            "left": left,
            "lead": self._lead(hours, promise, request, facts) if hours else None,
        }

    def _lead(self, hours: WorkingTime, promise: Promise, request: Request, facts: dict[str, Any]) -> timedelta | None:
        """Return at which lead a rung comes; None where it is no plain one."""
        if facts["name"] != "0" or promise.snoozed or self.world.went_back or facts["rung"] % 2 == 0:
            return None
        leads = sorted(ladder_of(request.category, self.world.policy.ladder).leads, reverse=True)
        opened = promise.opened_at or promise.made_at
        if promise.due_at - opened > LONGEST or self.sweep.count(hours, opened, promise.due_at) <= leads[-1] + MINUTE:
            return None
        number: int = facts["rung"]
        return leads[(number - 1) // 2]
