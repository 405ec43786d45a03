"""What people do with requests and promises, as rules of the machine."""

import contextlib
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from machine_laws import Laws
from machine_world import World

from bot.domain.people import Actor
from bot.domain.promises import Promise
from bot.errors import RefusedError
from bot.services import calendars, claiming, moving, promising
from bot.store import promises, targets
from tests.support.office import JONAS, MIRA, SAM

TEAM = {"mira": MIRA, "jonas": JONAS, "sam": SAM}
TEXTS = ("The contact form is broken.", "I am very unhappy with how this went!", "Could you build us a second shop?")
MOST_REQUESTS = 4

people = st.sampled_from(sorted(TEAM))
picks = st.integers(0, 9)
spans = st.sampled_from([10, 20, 45, 60, 61, 90, 180, 300, 480, 1_000, 1_440, 2_000, 4_320, 6_000])
"""Minutes of a promise."""

waits = st.sampled_from([1, 14, 60, 300, 900, 1_800, 3_600, 14_400, 43_200, 86_400, 200_000])
"""Seconds that pass."""

verbs = st.sampled_from(["wait_for_client", "wait_for_supplier", "resume_request", "close_request", "reopen_request"])


def actor(who: str) -> Actor:
    """Return one of the team as whoever presses."""
    return Actor(TEAM[who].id)


class Work(RuleBasedStateMachine):
    """The rules; `world` and `laws` are there from the first step on."""

    world: World
    laws: Laws
    requests: list[int]
    promises: list[int]

    @precondition(lambda self: len(self.requests) < MOST_REQUESTS)
    @rule(owner=people, text=st.sampled_from(TEXTS), span=spans)
    def promise(self, owner: str, text: str, span: int) -> None:
        request = self.world.ask(TEAM[owner], text)
        self.requests.append(request)
        self.world.tell(request, TEAM[owner], timedelta(minutes=span))
        self._learn(request)
        if self.world.slack.faults or self.world.stopped:
            self.laws.disturb()

    @precondition(lambda self: len(self.requests) < MOST_REQUESTS)
    @rule(text=st.sampled_from(TEXTS))
    def arrive(self, text: str) -> None:
        """A client asks, and nobody claims it."""
        self.requests.append(int(self.world.run(self.world.office.webhook(text)).request))

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people)
    def take_on(self, pick: int, who: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(promising.take_on, actor=actor(who), promise=self._standing(pick).id)
            self.laws.disturb()

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people)
    def snooze(self, pick: int, who: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(promising.snooze, actor=actor(who), promise=self._standing(pick).id)
            self.laws.disturb()

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people)
    def answered(self, pick: int, who: str) -> None:
        self.world.do(promising.mark_answered, actor=actor(who), promise=self._standing(pick).id)

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people, more=spans)
    def move(self, pick: int, who: str, more: int) -> None:
        old = self._standing(pick)
        until = max(old.due_at, self.world.now) + timedelta(minutes=more)
        with contextlib.suppress(RefusedError):
            self.world.tell(old.request, TEAM[who], until - self.world.now, replaces=old.id)
            self._learn(old.request)
        self.laws.disturb()

    @precondition(lambda self: self.requests)
    @rule(pick=picks, who=people, to=people)
    def hand_over(self, pick: int, who: str, to: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(claiming.hand_over, actor=actor(who), request=self._request(pick), to=TEAM[to].id)
        self.laws.disturb()

    @precondition(lambda self: self.requests)
    @rule(pick=picks, verb=verbs)
    def change(self, pick: int, verb: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(getattr(moving, verb), actor=actor("mira"), request=self._request(pick))
        self.laws.disturb()
        self.laws.check_clock(self._request(pick))

    @precondition(lambda self: self.requests)
    @rule(pick=picks, seconds=waits)
    def rest(self, pick: int, seconds: int) -> None:
        """An aim rests while the next move is the client's, and what was left of it is left afterwards."""
        request = self._request(pick)
        before = self._left(request)
        with contextlib.suppress(RefusedError):
            self.world.do(moving.wait_for_client, actor=actor("mira"), request=request)
            self.world.times.pass_by(seconds)
            self.world.do(moving.resume_request, actor=actor("mira"), request=request)
            after = self._left(request)
            if before is not None and after is not None and before[1] > timedelta():
                assert after == before, f"#{request} rested and has {after} left of {before}"
        self.laws.disturb()

    def _left(self, request: int) -> tuple[int, timedelta] | None:
        """Return the open aim of a request, and the working time that is left of it."""
        with self.world.store.reading() as tx:
            aim = targets.open_target(tx, request)
            if aim is None or aim.paused_at is not None:
                return None
            hours = calendars.team_hours(tx, self.world.office.desk.context())
            return aim.id, hours.between(self.world.now, aim.due_at)

    def _request(self, pick: int) -> int:
        return self.requests[pick % len(self.requests)]

    def _standing(self, pick: int) -> Promise:
        """Return a promise as it is now."""
        with self.world.store.reading() as tx:
            found = promises.promise(tx, self.promises[pick % len(self.promises)])
        assert found is not None
        return found

    def _learn(self, request: int) -> None:
        with self.world.store.reading() as tx:
            known = promises.promises_of(tx, request)
        self.promises += [one.id for one in known if one.id not in self.promises]
