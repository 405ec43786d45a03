"""Laws of what stands: rests, ends, revisions, answers, owners, and who can be relied on."""

from collections import Counter
from collections.abc import Iterator

from machine_history import History
from machine_sweep import MINUTE, SECOND

from bot.domain.ladder.ladders import TIME_TO_ACT

Wrong = Iterator[str]


def what_rests_keeps_its_time(history: History) -> Wrong:
    """Nothing is told of an aim at rest, and however often it rests, as much is left afterwards."""
    yield from (f"{told}: it rests" for told in history.told if told.resting)
    yield from (f"rested with {was} left, went on with {now}" for was, now in history.rests if was != now)


def what_ended_is_not_nudged_about(history: History) -> Wrong:
    """Right before the call it is looked at again: what ended, or is pointless, does not leave."""
    yield from (f"{told}: it is over: {told.over}" for told in history.told if told.over)
    yield from (f"{told}: pointless already: {told.moot}" for told in history.told if told.moot)


def no_older_revision_leaves(history: History) -> Wrong:
    """What was planned before a promise changed does not leave after it."""
    for told in history.of_promises():
        if not told.slipped and told.revision < told.holds:
            yield f"{told}: revision {told.holds} holds by now"


def answered_is_quiet_until_due(history: History) -> Wrong:
    """After an answer no further rung of that revision comes; that it slipped still does."""
    yield from (f"{told}: it was answered" for told in history.of_promises() if told.answered and not told.slipped)


def a_new_owner_is_caught_up_once(history: History) -> Wrong:
    """Handed over, the old owner hears no more of it, and the new one at most one word at once."""
    for owner, said in history.handovers:
        for (promise, to), count in Counter(said).items():
            if to == owner and count > 1:
                yield f"{to} heard {count} times of promise {promise} when it was handed over"
    yield from (f"{told}: it is not theirs any more" for told in history.of_promises() if not told.concerned)


def who_goes_away_is_not_relied_on(history: History) -> Wrong:
    """Who has a promise in hand and goes away with hardly any time left: somebody else hears before it is due."""
    for one in history.leavings:
        goes = one.taken >= MINUTE and one.left < TIME_TO_ACT - MINUTE and one.at < one.due_at - 2 * MINUTE
        if goes and not any(to != one.who and one.since <= at < one.due_at for at, to in one.heard):
            yield f"{one.who} has promise {one.promise} in hand, goes at {one.at}; nobody else hears by {one.due_at}"


def a_stand_in_hears_when_it_begins(history: History) -> Wrong:
    """Of what its owner was told before they went away, somebody else hears when their stand-in is first at work."""
    for one in history.beginnings:
        by = max(one.starts_at, one.free_at) + 31 * SECOND
        if not any(to != one.owner and at <= by for at, to in one.heard):
            yield f"{one.owner} is away since {one.starts_at}, and nobody else hears of {one.promise} by {by}"
