"""Requests that wait, are put aside, end and begin again, as rules of the machine."""

import contextlib
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from machine_work import Work, actor, people, picks, waits

from bot.errors import RefusedError
from bot.services.hours import calendars
from bot.services.requests import moving
from bot.store import targets

verbs = st.sampled_from(["wait_for_client", "wait_for_supplier", "resume_request", "close_request", "reopen_request"])


class Pauses(Work):
    """The rules."""

    @precondition(lambda self: self.requests)
    @rule(pick=picks, who=people, verb=verbs)
    def change(self, pick: int, who: str, verb: str) -> None:
        """A request waits, goes on, is closed or opened again."""
        with contextlib.suppress(RefusedError):
            self.world.do(getattr(moving, verb), actor=actor(who), request=self._request(pick))
            self.laws.note(f"{who}: {verb} #{self._request(pick)}")
        self._touch(self._request(pick))
        self.laws.check_clock(self._request(pick))

    @precondition(lambda self: self.requests)
    @rule(pick=picks, who=people, seconds=waits)
    def park(self, pick: int, who: str, seconds: int) -> None:
        """A request is put aside until an instant."""
        until = self.world.now + timedelta(seconds=seconds)
        with contextlib.suppress(RefusedError):
            self.world.do(moving.park_request, actor=actor(who), request=self._request(pick), until=until)
            self.laws.note(f"{who} parks #{self._request(pick)} for {seconds} seconds")
        self._touch(self._request(pick))

    @precondition(lambda self: self.requests)
    @rule(pick=picks, seconds=waits, times=st.integers(1, 3))
    def rest(self, pick: int, seconds: int, times: int) -> None:
        """An aim rests while the next move is the client's, and what was left of it is left afterwards."""
        request = self._request(pick)
        before = self._left(request)
        with contextlib.suppress(RefusedError):
            for _ in range(times):
                self.world.do(moving.wait_for_client, actor=actor("sam"), request=request)
                self.world.times.pass_by(seconds)
                self.world.do(moving.resume_request, actor=actor("sam"), request=request)
            after = self._left(request)
            if before is not None and after is not None and before[1] > timedelta():
                assert after[0] == before[0], f"#{request} has another aim after it rested"
                self.laws.history.rests.append((before[1], after[1]))
        self._touch(request)
        self.laws.disturb()

    def _left(self, request: int) -> tuple[int, timedelta] | None:
        """Return the open aim of a request, and the working time that is left of it."""
        with self.world.store.reading() as tx:
            aim = targets.open_target(tx, request)
            if aim is None or aim.paused_at is not None:
                return None
            hours = calendars.team_hours(tx, self.world.office.desk.context())
            return aim.id, hours.between(self.world.now, aim.due_at)
