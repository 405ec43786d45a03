"""All laws by name, and who holds a world against them: after each step, and at the end of all time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import machine_clocks as clocks
import machine_sending as sending
import machine_standing as standing
import machine_timing as timing
from machine_history import History, Said
from machine_inspection import Inspection
from machine_relying import Relying
from machine_sweep import Sweep
from machine_witness import Witness
from machine_world import TICK, World

from bot.domain.promises import Outcome
from bot.domain.requests import CLOSED, State
from bot.services.finding import find_request
from bot.store import promises, targets

Law = Callable[[History], Iterator[str]]

LAWS: tuple[Law, ...] = (
    sending.one_row_per_key,
    sending.one_message_per_key,
    sending.without_a_look_only_doubt_repeats,
    sending.nothing_is_lost,
    timing.never_early,
    timing.rungs_lie_where_their_lead_is_left,
    timing.a_call_before_the_last_closing,
    timing.nobody_off_work_hears,
    standing.what_rests_keeps_its_time,
    standing.what_ended_is_not_nudged_about,
    standing.no_older_revision_leaves,
    timing.what_was_past_when_told_never_comes,
    timing.rungs_grow_more_urgent,
    clocks.one_word_after_a_time_away,
    standing.answered_is_quiet_until_due,
    timing.no_time_left_is_somebody_elses,
    standing.a_new_owner_is_caught_up_once,
    sending.patience_asked_is_patience_kept,
    sending.only_a_living_lease_sends_and_marks,
    clocks.a_step_of_the_clock_repeats_nothing,
    clocks.instants_are_kept_in_utc,
    clocks.planning_and_starting_again_change_nothing,
    clocks.new_hours_reach_what_is_open_and_nothing_else,
    sending.a_bundle_names_each_of_its_keys,
    clocks.a_week_without_an_open_minute_is_refused,
    clocks.what_lost_its_step_is_found,
    sending.a_slip_is_said_once_with_its_facts,
    sending.nothing_stale_leaves_and_the_nearest_comes_first,
    standing.who_goes_away_is_not_relied_on,
    standing.a_stand_in_hears_when_it_begins,
)

WEEK = timedelta(days=7).total_seconds()


def breaches(history: History) -> list[str]:
    """Return what breaks which law."""
    return [f"{law.__name__}: {wrong}" for law in LAWS for wrong in law(history)]


@dataclass
class Laws:
    """Looks at a world. `disturbed` are promises in whose life something kept them from being told in the usual way."""

    world: World
    disturbed: set[int] = field(default_factory=set)
    troubles: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.history, sweep = self.world.history, Sweep()
        self.inspection = Inspection(self.world, self.history, sweep)
        self.relying = Relying(self.world, self.history, self.inspection, sweep)
        self.world.slack.posted = Witness(self.world, self.history, sweep).posted

    def note(self, what: str) -> None:
        """Tell the story: what somebody did, or what went wrong, now."""
        self.history.story.append(f"{self.world.now:%a %d %b %H:%M:%S} {what}")

    def disturb(self, *, trouble: bool = True) -> None:
        """Note that whatever is open now need not be told in the usual way; `trouble` is more than people's doings."""
        with self.world.store.reading() as tx:
            self.disturbed |= {each.id for each in self.inspection.all(tx) if each.outcome is Outcome.OPEN}
        if trouble:
            self.troubles.append(self.world.now)

    def check(self) -> None:
        """Hold everything so far against every law."""
        self.inspection.look()
        wrong = breaches(self.history)
        assert not wrong, "\n".join(["", *wrong, "", "What happened:", *self.history.story])

    def said_since(self, number: int) -> Said:
        """Return who was told of which promises since so many of them were told."""
        return tuple((one.ident, one.to) for one in self.history.told[number:] if one.subject == "promise")

    def check_clock(self, request: int) -> None:
        """A request whose next move is ours has a promise or an aim."""
        with self.world.store.reading() as tx:
            found = find_request(tx, request)
            if found.state in CLOSED or found.state in {State.PARKED, State.WAITING_CLIENT}:
                return
            assert promises.has_clock(tx, request) or targets.open_target(tx, request), f"#{request} has no clock"

    def settle(self, *, rest: float = WEEK) -> None:
        """Let everything become due while nothing goes wrong any more, and `rest` seconds pass: nothing may be lost."""
        world = self.world
        world.slack.faults.clear()
        world.stopped = False
        with world.store.reading() as tx:
            last = max([promise.due_at for promise in self.inspection.all(tx)] + [world.now])
        world.advance((last - world.now).total_seconds() + 6 * TICK)
        world.advance(rest)
        self.history.stuck = self.inspection.stuck()
        self.history.ends = self.inspection.ends(self.disturbed)
        self.relying.conclude(self.troubles)
        self.check()
