"""Laws of clocks, starts and hours: nothing doubles, nothing moves by itself, and what lost its way is found."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from machine_history import History, Said

Wrong = Iterator[str]
SOON_SECONDS = 1.0


def one_word_after_a_time_away(history: History) -> Wrong:
    """Whatever became due while nothing ran, each person hears of a promise once when it runs again."""
    for said in history.catch_ups:
        yield from _repeated(said)


def a_step_of_the_clock_repeats_nothing(history: History) -> Wrong:
    """A clock set back tells nothing again, and one set forward catches up like a time away."""
    for step, said, before, after in history.steps_of_the_clock:
        if step < 0:
            yield from (f"{key} again after {step:.0f} s" for key in after if key in before)
        yield from _repeated(said)


def instants_are_kept_in_utc(history: History) -> Wrong:
    """Whatever the process's own zone is, a time is stored as it was told, aware and in UTC."""
    for told, kept in history.told_times:
        if kept != told or kept.utcoffset() != timedelta():
            yield f"told {told}, kept {kept}"


def planning_and_starting_again_change_nothing(history: History) -> Wrong:
    """Planning twice at one instant is planning once, and a process that starts anew moves no promise's next step."""
    yield from (f"planned again: {now[len(was) :]}" for was, now in history.planned_twice if was != now)
    yield from (f"next steps were {was}, are {now}" for was, now in history.restarts if was != now)


def new_hours_reach_what_is_open_and_nothing_else(history: History) -> Wrong:
    """After hours changed no open promise sleeps past its step, and what was sent stays as it was."""
    for edit in history.edits:
        yield from edit.oversleeps
        changed = [key for key, row in edit.before.items() if edit.after.get(key) != row]
        yield from (f"{key} was rewritten: {edit.before[key]}, {edit.after.get(key)}" for key in changed)


def a_week_without_an_open_minute_is_refused(history: History) -> Wrong:
    """Hours in which nobody ever works are refused, within a second."""
    for refusal in history.refusals:
        if not refusal.refused:
            yield "hours without an open minute were saved"
        if refusal.seconds > SOON_SECONDS:
            yield f"it took {refusal.seconds:.1f} s to refuse hours without an open minute"


def what_lost_its_step_is_found(history: History) -> Wrong:
    """The look at everything finds a promise that lost its next step, and gives it one."""
    for one in history.orphaned:
        if not one.found or not one.mended:
            yield f"a promise without a next step: {one.found} found, mended: {one.mended}"


def _repeated(said: Said) -> Wrong:
    for (promise, to), count in Counter(said).items():
        if count > 1:
            yield f"{to} heard {count} times of promise {promise} at once"
