"""What befalls clocks, processes and Slack, as rules of the machine. A calm week knows nothing of it."""

import os
import time
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from machine_history import Orphaned, Said
from machine_laws import Laws
from machine_slack import FAULTS
from machine_work import TEAM, people, waits
from machine_world import START, World
from sqlalchemy import update

from bot.domain.promises import Outcome
from bot.services.audit import auditing
from bot.services.hours import quiet
from bot.services.nudges import nudging
from bot.store import promises, tables

STEPS = ("plan after", "_lease after", "begin before", "begin after", "sent before", "sent after")
"""Where a process dies: after it planned, took, or was about to send, sent or noted something."""

ZONES = ("UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia")
LONGER_THAN_A_LEASE = 61.0
MOST_STEPS = 40

stormy = precondition(lambda self: not self.calm)


class Trouble(RuleBasedStateMachine):
    """The rules; `world` and `laws` are there from the first step on."""

    world: World
    laws: Laws
    calm: bool

    @stormy
    @rule(who=people, minutes=st.sampled_from([0, 10, 90, 600]))
    def do_not_disturb(self, who: str, minutes: int) -> None:
        """Somebody is not to be disturbed for a while, or may be again."""
        self.laws.note(f"{who} is not to be disturbed for {minutes} minutes")
        spell = (self.world.now, self.world.now + timedelta(minutes=minutes)) if minutes else None
        self.world.do(quiet.note_quiet, spells={TEAM[who].id: spell})
        self.laws.disturb()

    @rule(seconds=waits)
    def wait(self, seconds: int) -> None:
        self.laws.note(f"{seconds} seconds pass")
        self.world.advance(seconds)

    @stormy
    @rule(seconds=waits)
    def down(self, seconds: int) -> None:
        """No process runs for a while; whoever comes back hears of each promise once."""
        self.laws.note(f"nothing runs for {seconds} seconds")
        self.laws.disturb()
        self.world.stopped = True
        self.world.advance(seconds)
        self.world.stopped = False
        self.laws.history.catch_ups.append(self._work())

    @stormy
    @rule(number=st.integers(0, 1))
    def tick(self, number: int) -> None:
        """One process of several looks, between the others' times."""
        self.world.tick(number % len(self.world.desks))

    @stormy
    @rule(seconds=st.sampled_from([-86_400, -3_600, -10, 10, 3_600, 86_400]))
    def step_the_wall(self, seconds: int) -> None:
        """The machine's clock is set; elapsed time knows nothing of it."""
        if self.world.times.wall + seconds <= START.timestamp():
            return
        self.laws.note(f"the clock is set by {seconds} seconds")
        self.laws.disturb()
        before = tuple(one.key for one in self.laws.history.told)
        self.world.times.wall += seconds
        self.world.went_back |= seconds < 0
        said = self._work()
        after = tuple(one.key for one in self.laws.history.told[len(before) :])
        if not self.laws.history.blind:
            self.laws.history.steps_of_the_clock.append((seconds, said, before, after))

    @stormy
    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3))
    def trouble(self, faults: list[str]) -> None:
        self.laws.note(f"Slack will answer {', '.join(faults)}")
        self.laws.disturb()
        self.world.slack.faults += faults

    @stormy
    @rule(minutes=st.sampled_from([3, 20]))
    def storm(self, minutes: int) -> None:
        """Slack asks everybody for patience, again and again."""
        self.laws.note(f"Slack asks for patience for {minutes} minutes")
        self.laws.disturb()
        self.world.slack.faults += ["429"] * MOST_STEPS
        self.world.advance(60.0 * minutes)
        self.world.slack.faults.clear()

    @stormy
    @rule(where=st.sampled_from(STEPS), number=st.integers(0, 1))
    def crash(self, where: str, number: int) -> None:
        self.laws.note(f"a process will die: {where}")
        verb, side = where.split()
        self.laws.disturb()
        self.world.desks[number % len(self.world.desks)].stop_at = (verb, side)

    @stormy
    @rule(number=st.integers(0, 1))
    def restart(self, number: int) -> None:
        """A process ends in order and starts anew: no promise's next step moves by that."""
        before = self.laws.inspection.next_steps()
        self.world.restart(number % len(self.world.desks))
        self.laws.history.restarts.append((before, self.laws.inspection.next_steps()))

    @stormy
    @rule(verb=st.sampled_from(["begin", "_reserve", "sent"]), number=st.integers(0, 1))
    def stall(self, verb: str, number: int) -> None:
        """A process is held up until its lease has run out."""
        self.laws.note(f"a process will be held up before {verb}")
        self.laws.disturb()
        self.world.desks[number % len(self.world.desks)].hold_up = (verb, LONGER_THAN_A_LEASE)

    @stormy
    @rule(zone=st.sampled_from(ZONES))
    def move_the_process(self, zone: str) -> None:
        """The process's own zone is another one from here on."""
        os.environ["TZ"] = zone
        time.tzset()

    @rule()
    def plan_twice(self) -> None:
        """Planning again at the same instant does nothing."""
        desk = self.world.office.desk
        while self.world.run(desk.do(nudging.plan)).more:
            pass
        before = self.world.run(self.world.office.nudges())
        self.world.run(desk.do(nudging.plan))
        self.laws.history.planned_twice.append((before, self.world.run(self.world.office.nudges())))

    @stormy
    @rule()
    def lose_a_step(self) -> None:
        """A promise loses its next step, as no code of ours would do; the hourly look comes by."""
        with self.world.store.writing() as tx:
            found = [each for each in self.laws.inspection.all(tx) if each.outcome is Outcome.OPEN]
            if not found:
                return
            self.laws.note(f"promise {found[0].id} loses its next step")
            tx.execute(update(tables.promise).where(tables.promise.c.id == found[0].id).values(next_at=None))
        count = self.world.do(auditing.audit)
        with self.world.store.reading() as tx:
            now = promises.promise(tx, found[0].id)
        self.laws.history.orphaned.append(Orphaned(count, now is not None and now.next_at is not None))

    def _work(self) -> Said:
        before = len(self.laws.history.told)
        self.world.work()
        return self.laws.said_since(before)
