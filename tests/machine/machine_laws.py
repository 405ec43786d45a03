"""What must hold after each step, and at the end of all time."""

from dataclasses import dataclass, field
from datetime import timedelta

from machine_judge import Judge
from machine_world import TICK, World
from sqlalchemy import select

from bot.domain.nudges import RungKind
from bot.domain.promises import Outcome, Promise
from bot.domain.requests import CLOSED, State
from bot.services.finding import find_request
from bot.store import promises, tables, targets
from bot.store.outbox import is_waiting, o

WEEK = timedelta(days=7).total_seconds()


@dataclass
class Laws:
    """Looks at a world. `disturbed` are promises in whose life something kept them from being told in the usual way."""

    world: World
    disturbed: set[int] = field(default_factory=set)
    judge: Judge = field(init=False)

    def __post_init__(self) -> None:
        self.judge = Judge(self.world)
        self.world.slack.judge = self.judge.judge

    def disturb(self) -> None:
        """Note that whatever is open now need not be told in the usual way."""
        self.disturbed |= {promise.id for promise in self._all() if promise.outcome is Outcome.OPEN}

    def check(self) -> None:
        """Nothing wrong was posted, nothing twice, nothing while Slack had asked for patience."""
        assert not self.judge.wrong, "\n".join(self.judge.wrong)
        assert not (twice := self.world.slack.twice()), f"posted twice: {twice}"
        assert not self.world.slack.too_soon, "Slack had asked for patience"
        self._check_order()

    def _check_order(self) -> None:
        """What one person hears of one revision grows more urgent."""
        heard: dict[tuple[str, ...], list[int]] = {}
        for post in self.world.slack.nudges():
            for key in post.keys:
                subject, ident, revision, rung = key.split(":")[1:5]
                if subject == "promise" and rung.endswith(".0"):
                    heard.setdefault((ident, revision, post.to), []).append(int(rung.split(".")[0]))
        for what, numbers in heard.items():
            assert numbers == sorted(numbers), f"out of order: {what} {numbers}"

    def check_clock(self, request: int) -> None:
        """A request whose next move is ours has a promise or an aim."""
        with self.world.store.reading() as tx:
            found = find_request(tx, request)
            if found.state in CLOSED or found.state in {State.PARKED, State.WAITING_CLIENT}:
                return
            assert promises.has_clock(tx, request) or targets.open_target(tx, request), f"#{request} has no clock"

    def settle(self) -> None:
        """Let everything become due while nothing goes wrong any more: nothing may have been lost."""
        world = self.world
        world.slack.faults.clear()
        world.stopped = False
        last = max([promise.due_at for promise in self._all()] + [world.now])
        world.advance((last - world.now).total_seconds() + 6 * TICK)
        world.advance(WEEK)
        self.check()
        self._check_nothing_forgotten()
        self._check_told_before()
        self._check_nothing_stuck()

    def _check_nothing_forgotten(self) -> None:
        """Each promise that ran out was said to have slipped, unless somebody told the client more or closed it."""
        said = {key.split(":")[2] for post in self.world.slack.nudges() for key in post.keys if ".slipped:" in key}
        with self.world.store.reading() as tx:
            ended = select(tables.request.c.id).where(tables.request.c.closed_at.is_not(None))
            closed = set(tx.execute(ended).scalars())
        known = self._all()
        for promise in known:
            assert promise.outcome is not Outcome.OPEN or promise.due_at > self.world.now, f"forgotten: {promise}"
            words = [one.opened_at for one in known if one.request == promise.request and one.opened_at]
            moot = promise.request in closed or any(at >= promise.due_at for at in words)
            if promise.outcome is Outcome.SLIPPED and not moot:
                assert str(promise.id) in said, f"nobody heard that it slipped: {promise}\n{self._rows(promise.id)}"

    def _check_told_before(self) -> None:
        """Somebody heard of each undisturbed promise before it was due."""
        before = {
            key.split(":")[2]
            for post in self.world.slack.nudges()
            for key, item in zip(post.keys, post.nudge.items if post.nudge else (), strict=False)
            if key.startswith("nudge:promise:") and item.rung is not RungKind.SLIPPED
        }
        for promise in self._all():
            if promise.outcome is Outcome.SLIPPED and promise.id not in self.disturbed:
                assert str(promise.id) in before, f"nobody was told in time: {promise}\n{self._rows(promise.id)}"

    def _check_nothing_stuck(self) -> None:
        with self.world.store.reading() as tx:
            late = self.world.now - timedelta(minutes=10)
            stuck = tx.execute(select(o.key, o.error).where(is_waiting(o), o.not_before < late)).all()
            assert not stuck, f"stuck in the outbox: {stuck}"
            assert not tx.execute(
                select(tables.promise.c.id).where(
                    tables.promise.c.outcome == "open", tables.promise.c.next_at.is_(None)
                )
            ).all()

    def _all(self) -> list[Promise]:
        with self.world.store.reading() as tx:
            known = tx.execute(select(tables.request.c.id).order_by(tables.request.c.id)).scalars().all()
            return [promise for request in known for promise in promises.promises_of(tx, request)]

    def _rows(self, promise: int) -> str:
        """Return what the outbox knows of a promise's nudges."""
        query = select(o.key, o.state, o.not_before, o.sent_at, o.error, o.payload)
        with self.world.store.reading() as tx:
            rows = tx.execute(query.where(o.key.like(f"nudge:promise:{promise}:%")).order_by(o.id)).all()
        return "\n".join(map(str, rows))
