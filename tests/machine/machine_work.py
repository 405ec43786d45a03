"""What people do with requests and promises, as rules of the machine. Who left the team is refused, and that is all."""

import contextlib
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from machine_laws import Laws
from machine_world import World

from bot.domain.people import Actor
from bot.domain.promises import Promise
from bot.errors import RefusedError
from bot.services.replies import promising
from bot.services.requests import claiming
from bot.store import promises
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
        """A client asks; a member claims it and tells them a time."""
        self.arrive(text)
        self._tell(self.requests[-1], owner, timedelta(minutes=span), claims=True)
        if self.world.slack.faults or self.world.stopped:
            self.laws.disturb()

    @precondition(lambda self: len(self.requests) < MOST_REQUESTS)
    @rule(text=st.sampled_from(TEXTS))
    def arrive(self, text: str) -> None:
        """A client asks, and nobody claims it."""
        self.requests.append(int(self.world.run(self.world.office.webhook(text)).request))

    @precondition(lambda self: self.requests)
    @rule(pick=picks, who=people, span=spans)
    def tell_a_time(self, pick: int, who: str, span: int) -> None:
        """A member tells a client a time, beside what was told before."""
        self._tell(self._request(pick), who, timedelta(minutes=span))
        self.laws.disturb(trouble=False)

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people)
    def take_on(self, pick: int, who: str) -> None:
        """The owner, a stand-in, the lead or anybody else says that they are on it."""
        promise = self._standing(pick)
        with contextlib.suppress(RefusedError):
            taken = self.world.do(promising.take_on, actor=actor(who), promise=promise.id)
            self.laws.note(f"{who} is on promise {taken.id}, due {taken.due_at:%a %H:%M:%S} UTC")
            if taken.id == promise.id and promise.acked_at is None:
                self.laws.relying.acks.append((taken.id, TEAM[who].id, self.world.now))
        self.laws.disturb(trouble=False)

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people)
    def snooze(self, pick: int, who: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(promising.snooze, actor=actor(who), promise=self._standing(pick).id)
            self.laws.note(f"{who} snoozes promise {self._standing(pick).id}")
        self._touch(self._standing(pick).request)

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people)
    def answered(self, pick: int, who: str) -> None:
        with contextlib.suppress(RefusedError):
            self.world.do(promising.mark_answered, actor=actor(who), promise=self._standing(pick).id)
            self.laws.note(f"{who} says that promise {self._standing(pick).id} was kept")

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people, more=spans)
    def move(self, pick: int, who: str, more: int) -> None:
        """The client is told a later time."""
        old = self._standing(pick)
        until = max(old.due_at, self.world.now) + timedelta(minutes=more)
        self._tell(old.request, who, until - self.world.now, replaces=old.id)
        self._touch(old.request)

    @precondition(lambda self: self.promises)
    @rule(pick=picks, who=people, span=spans)
    def move_anywhere(self, pick: int, who: str, span: int) -> None:
        """The client is told another time, which may be sooner."""
        old = self._standing(pick)
        self._tell(old.request, who, timedelta(minutes=span), replaces=old.id)
        self._touch(old.request)

    @precondition(lambda self: self.requests)
    @rule(pick=picks, who=people, to=people)
    def hand_over(self, pick: int, who: str, to: str) -> None:
        """Somebody hands a request to a colleague, who may be away."""
        before = len(self.laws.history.told)
        with contextlib.suppress(RefusedError):
            self.world.do(claiming.hand_over, actor=actor(who), request=self._request(pick), to=TEAM[to].id)
            self.laws.note(f"{who} hands #{self._request(pick)} over to {to}")
            self.world.work()
            self.laws.history.handovers.append((TEAM[to].id, self.laws.said_since(before)))
        self._touch(self._request(pick))

    @precondition(lambda self: self.requests)
    @rule(pick=picks, who=people, claims=st.booleans())
    def change_owner(self, pick: int, who: str, claims: bool) -> None:
        """Somebody claims a request, or gives it back to the team."""
        verb = claiming.claim_request if claims else claiming.release_request
        with contextlib.suppress(RefusedError):
            self.world.do(verb, actor=actor(who), request=self._request(pick))
            self.laws.note(f"{who} {'claims' if claims else 'gives back'} #{self._request(pick)}")
        self._touch(self._request(pick))

    def _tell(
        self, request: int, who: str, span: timedelta, *, claims: bool = False, replaces: int | None = None
    ) -> None:
        """Tell a client a time, as far as that is allowed."""
        due = self.world.now + span
        with contextlib.suppress(RefusedError):
            if claims:
                self.world.do(claiming.claim_request, actor=actor(who), request=request)
            self.world.tell(request, TEAM[who], span, replaces=replaces)
            new = self._learn(request)
            self.laws.history.told_times += [(due, one.due_at) for one in new]
            numbers = ", ".join(str(one.id) for one in new)
            self.laws.note(f"{who} told the client of #{request} {due:%a %H:%M:%S} UTC (promise {numbers})")

    def _touch(self, request: int) -> None:
        """Note that people did something with a request: what was relied on before is no longer."""
        self.laws.relying.touched.add(request)
        self.laws.disturb(trouble=False)

    def _request(self, pick: int) -> int:
        return self.requests[pick % len(self.requests)]

    def _standing(self, pick: int) -> Promise:
        """Return a promise as it is now."""
        with self.world.store.reading() as tx:
            found = promises.promise(tx, self.promises[pick % len(self.promises)])
        assert found is not None
        return found

    def _learn(self, request: int) -> list[Promise]:
        """Return the promises that were not known before."""
        with self.world.store.reading() as tx:
            new = [one for one in promises.promises_of(tx, request) if one.id not in self.promises]
        self.promises += [one.id for one in new]
        return new
