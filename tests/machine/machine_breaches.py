"""A breach of each law, made by hand: what a run would have left behind had it been broken."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from machine_history import Beginning, Closing, Edit, End, History, Leaving, Orphaned, Refusal, Step, Told

NOW = datetime(2026, 3, 26, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
KEY = "nudge:promise:1:0:1.0:mira"
TOLD = Told(
    KEY,
    "mira",
    NOW,
    due_at=NOW + HOUR,
    opened_at=NOW - HOUR,
    not_before=NOW,
    useless_after=NOW + 24 * HOUR,
    left=HOUR,
    lead=HOUR,
)
SLIPPED = replace(
    TOLD, key="nudge:promise:1:1:5.slipped:mira", at=NOW + HOUR, name="slipped", rung=5, left=None, lead=None
)
LEAVING = Leaving(1, "mira", NOW, NOW + HOUR, NOW + 4 * HOUR, 3 * HOUR, timedelta(), ((NOW + HOUR, "jonas"),))
BEGINNING = Beginning(1, "mira", "jonas", NOW + HOUR, NOW + 2 * HOUR, ((NOW, "mira"), (NOW + HOUR, "jonas")))


def as_it_should_be() -> History:
    """Return what a run leaves behind in which everything was as it should be."""
    return History(
        keys=[KEY],
        posted=[(KEY,), (SLIPPED.key,)],
        named=[(KEY,), (SLIPPED.key,)],
        told=[TOLD, SLIPPED],
        called=[(100.0, 90.0), (90.0, 90.0)],
        marked=[(KEY, True, True), (KEY, False, False)],
        steps=[Step(1, NOW, NOW - HOUR, NOW + HOUR, HOUR, HOUR)],
        closings=[Closing(1, NOW, 15 * MINUTE, HOUR, 1)],
        rests=[(HOUR, HOUR)],
        catch_ups=[((1, "mira"), (2, "mira"), (1, "sam"))],
        steps_of_the_clock=[(-3600.0, (), (KEY,), (SLIPPED.key,))],
        handovers=[("jonas", ((1, "jonas"), (2, "jonas")))],
        planned_twice=[([KEY], [KEY])],
        restarts=[({1: NOW}, {1: NOW})],
        told_times=[(NOW, NOW)],
        edits=[Edit({KEY: ("sent",)}, {KEY: ("sent",), "nudge:2": ("sent",)})],
        refusals=[Refusal(refused=True, seconds=0.01)],
        orphaned=[Orphaned(1, mended=True)],
        ends=[End(1, NOW)],
        leavings=[LEAVING],
        beginnings=[BEGINNING],
    )


def _with(**facts: Any) -> History:
    return replace(as_it_should_be(), **facts)


def _told(**facts: Any) -> History:
    return _with(told=[replace(TOLD, **facts)])


def _doubts(number: int) -> Counter[str]:
    return Counter({KEY: number})


TWICE = [(KEY,), (KEY,)]
BREACHES: dict[str, tuple[Callable[[], History], ...]] = {
    "one_row_per_key": (lambda: _with(keys=[KEY, KEY]),),
    "one_message_per_key": (lambda: _with(posted=TWICE, named=TWICE, in_doubt=_doubts(1)),),
    "without_a_look_only_doubt_repeats": (
        lambda: _with(blind=True, posted=TWICE, named=TWICE),
        lambda: _with(blind=True, posted=[*TWICE, (KEY,)], named=[*TWICE, (KEY,)], in_doubt=_doubts(1)),
    ),
    "nothing_is_lost": (
        lambda: _with(stuck=[KEY]),
        lambda: _with(ends=[End(1, NOW, open=True)]),
        lambda: _with(ends=[End(1, NOW, told_slipped=False)]),
        lambda: _with(ends=[End(1, NOW, told_before=False)]),
    ),
    "never_early": (lambda: _told(left=HOUR + 2 * MINUTE), lambda: _told(not_before=NOW + MINUTE)),
    "rungs_lie_where_their_lead_is_left": (
        lambda: _with(steps=[Step(1, NOW, NOW - HOUR, NOW + HOUR, HOUR, HOUR - MINUTE)]),
        lambda: _with(steps=[Step(1, NOW + HOUR, NOW - HOUR, NOW + HOUR, None, timedelta())]),
    ),
    "a_call_before_the_last_closing": (lambda: _with(closings=[Closing(1, NOW, 15 * MINUTE, HOUR, 0)]),),
    "nobody_off_work_hears": (lambda: _told(reachable=False),),
    "what_rests_keeps_its_time": (lambda: _told(resting=True), lambda: _with(rests=[(HOUR, HOUR - MINUTE)])),
    "what_ended_is_not_nudged_about": (lambda: _told(over="kept"), lambda: _told(moot="it was answered")),
    "no_older_revision_leaves": (lambda: _told(holds=1),),
    "what_was_past_when_told_never_comes": (
        lambda: _told(opened_at=NOW),
        lambda: _told(opened_at=NOW, revision=1),
        lambda: _told(opened_at=NOW + MINUTE, revision=2),
    ),
    "rungs_grow_more_urgent": (
        lambda: _with(told=[replace(TOLD, rung=3), TOLD]),
        lambda: _with(told=[replace(SLIPPED, at=NOW)]),
        lambda: _with(keys=["nudge:promise:1:0:3.passed:sam"]),
    ),
    "one_word_after_a_time_away": (lambda: _with(catch_ups=[((1, "mira"), (1, "mira"))]),),
    "answered_is_quiet_until_due": (lambda: _told(answered=True),),
    "no_time_left_is_somebody_elses": (lambda: _told(left=timedelta()),),
    "a_new_owner_is_caught_up_once": (
        lambda: _with(handovers=[("jonas", ((1, "jonas"), (1, "jonas")))]),
        lambda: _told(concerned=False),
    ),
    "patience_asked_is_patience_kept": (lambda: _with(called=[(89.0, 90.0)]),),
    "only_a_living_lease_sends_and_marks": (
        lambda: _told(lease_left=0.0),
        lambda: _with(marked=[(KEY, False, True)]),
    ),
    "a_step_of_the_clock_repeats_nothing": (
        lambda: _with(steps_of_the_clock=[(-3600.0, (), (KEY,), (KEY,))]),
        lambda: _with(steps_of_the_clock=[(3600.0, ((1, "mira"), (1, "mira")), (), ())]),
    ),
    "instants_are_kept_in_utc": (
        lambda: _with(told_times=[(NOW, NOW + HOUR)]),
        lambda: _with(told_times=[(NOW, NOW.astimezone(timezone(HOUR)))]),
    ),
    "planning_and_starting_again_change_nothing": (
        lambda: _with(planned_twice=[([], [KEY])]),
        lambda: _with(restarts=[({1: NOW}, {1: NOW + MINUTE})]),
    ),
    "new_hours_reach_what_is_open_and_nothing_else": (
        lambda: _with(edits=[Edit({}, {}, ("promise 1 sleeps",))]),
        lambda: _with(edits=[Edit({KEY: ("sent",)}, {KEY: ("changed",)})]),
        lambda: _with(edits=[Edit({KEY: ("sent",)}, {})]),
    ),
    "a_bundle_names_each_of_its_keys": (lambda: _with(posted=[(KEY,)], named=[(KEY, SLIPPED.key)]),),
    "a_week_without_an_open_minute_is_refused": (
        lambda: _with(refusals=[Refusal(refused=False, seconds=0.01)]),
        lambda: _with(refusals=[Refusal(refused=True, seconds=2.0)]),
    ),
    "what_lost_its_step_is_found": (
        lambda: _with(orphaned=[Orphaned(0, mended=True)]),
        lambda: _with(orphaned=[Orphaned(1, mended=False)]),
    ),
    "a_slip_is_said_once_with_its_facts": (
        lambda: _with(told=[SLIPPED, SLIPPED]),
        lambda: _told(keeps=False),
    ),
    "nothing_stale_leaves_and_the_nearest_comes_first": (
        lambda: _told(useless_after=NOW - MINUTE),
        lambda: _with(told=[replace(TOLD, due_at=NOW + 2 * HOUR), TOLD]),
    ),
    "who_goes_away_is_not_relied_on": (
        lambda: _with(leavings=[replace(LEAVING, heard=((NOW, "mira"),))]),
        lambda: _with(leavings=[replace(LEAVING, heard=((NOW - HOUR, "jonas"),))]),
        lambda: _with(leavings=[replace(LEAVING, heard=((NOW + 4 * HOUR, "jonas"),))]),
    ),
    "a_stand_in_hears_when_it_begins": (
        lambda: _with(beginnings=[replace(BEGINNING, heard=((NOW, "mira"),))]),
        lambda: _with(beginnings=[replace(BEGINNING, heard=((NOW + 2 * HOUR + MINUTE, "jonas"),))]),
    ),
}
"""What breaks each law, by the law's name; each in every way that it can be."""
