"""What befalls people, hours, clocks, processes and Slack, as rules of the machine."""

import contextlib
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from machine_laws import Laws
from machine_slack import FAULTS
from machine_work import TEAM, actor, people, waits
from machine_world import START, World

from bot.domain.calendars import parse_rules
from bot.errors import RefusedError
from bot.services import absences, calendar_saving, calendars, entering, nudging, quiet

WEEKS = (
    "Europe/Helsinki Mon-Fri 09:00-17:00",
    "Europe/Helsinki Mon-Fri 09:00-12:00 13:00-17:00",
    "Europe/Helsinki Mon-Thu 08:00-16:00",
    "Europe/Helsinki Mon-Fri 22:00-06:00",
    "Europe/Helsinki 24/7",
)
STEPS = ("plan after", "_lease after", "begin before", "begin after", "sent before", "sent after")
"""Where a process dies: after it planned, took, or was about to send, sent or noted something."""

LONGER_THAN_A_LEASE = 61.0


class Trouble(RuleBasedStateMachine):
    """The rules; `world` and `laws` are there from the first step on."""

    world: World
    laws: Laws

    @rule(who=people, after=waits, span=waits, cover=st.one_of(st.none(), people))
    def away(self, who: str, after: int, span: int, cover: str | None) -> None:
        start = self.world.now + timedelta(seconds=after)
        with contextlib.suppress(RefusedError):
            self.world.do(
                entering.enter_absence,
                actor=actor(who),
                starts_at=start,
                ends_at=start + timedelta(seconds=span),
                stand_in=TEAM[cover].id if cover else None,
            )
        self.laws.disturb()

    @rule(who=people)
    def back(self, who: str) -> None:
        self.world.do(absences.come_back, actor=actor(who))
        self.laws.disturb()

    @rule(who=people, minutes=st.sampled_from([10, 90, 600]))
    def do_not_disturb(self, who: str, minutes: int) -> None:
        spell = (self.world.now, self.world.now + timedelta(minutes=minutes))
        self.world.do(quiet.note_quiet, spells={TEAM[who].id: spell})
        self.laws.disturb()

    @rule(week=st.sampled_from(WEEKS))
    def change_hours(self, week: str) -> None:
        standing = self.world.do(calendars.calendar_of)
        rules = parse_rules(week)
        self.world.do(calendar_saving.save_team_calendar, actor=actor("sam"), rules=rules, based_on=standing.version)
        self.laws.disturb()

    @rule(seconds=waits)
    def wait(self, seconds: int) -> None:
        self.world.advance(seconds)

    @rule(seconds=waits)
    def down(self, seconds: int) -> None:
        """No process runs for a while; whoever comes back hears of each promise once."""
        self.laws.disturb()
        self.world.stopped = True
        self.world.advance(seconds)
        self.world.stopped = False
        before = len(self.world.slack.posts)
        self.world.work()
        said = [
            (key.split(":")[2], post.to)
            for post in self.world.slack.posts[before:]
            for key in post.keys
            if key.startswith("nudge:promise:")
        ]
        assert len(said) == len(set(said)), f"more than one word after we were away: {said}"

    @rule(seconds=st.sampled_from([-86_400, -3_600, -10, 10, 3_600, 86_400]))
    def step_the_wall(self, seconds: int) -> None:
        """The machine's clock is set; elapsed time knows nothing of it."""
        self.laws.disturb()
        if self.world.times.wall + seconds > START.timestamp():
            self.world.times.wall += seconds
            self.world.went_back |= seconds < 0
            self.world.work()

    @rule(faults=st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3))
    def trouble(self, faults: list[str]) -> None:
        self.laws.disturb()
        self.world.slack.faults += faults

    @rule(where=st.sampled_from(STEPS), number=st.integers(0, 1))
    def crash(self, where: str, number: int) -> None:
        verb, side = where.split()
        self.laws.disturb()
        self.world.desks[number % len(self.world.desks)].stop_at = (verb, side)

    @rule(verb=st.sampled_from(["begin", "_reserve", "sent"]), number=st.integers(0, 1))
    def stall(self, verb: str, number: int) -> None:
        """A process is held up until its lease has run out."""
        self.laws.disturb()
        self.world.desks[number % len(self.world.desks)].hold_up = (verb, LONGER_THAN_A_LEASE)

    @rule()
    def plan_twice(self) -> None:
        """Planning again at the same instant does nothing."""
        desk = self.world.office.desk
        while self.world.run(desk.do(nudging.plan)).more:
            pass
        before = self.world.run(self.world.office.nudges())
        self.world.run(desk.do(nudging.plan))
        assert self.world.run(self.world.office.nudges()) == before
