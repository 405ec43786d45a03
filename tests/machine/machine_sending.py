"""Laws of sending: once, by whoever holds the row, with patience, and nothing lost."""

from collections import Counter
from collections.abc import Iterator

from machine_history import History

Wrong = Iterator[str]


def one_row_per_key(history: History) -> Wrong:
    """A nudge is one row of the outbox, however often it was planned."""
    yield from (f"{key} has {count} rows" for key, count in Counter(history.keys).items() if count > 1)


def one_message_per_key(history: History) -> Wrong:
    """At Slack each nudge stands at most once, whatever died or got lost; where we cannot look, the next law holds."""
    if not history.blind:
        yield from (f"{key} stands {count} times" for key, count in _counts(history).items() if count > 1)


def without_a_look_only_doubt_repeats(history: History) -> Wrong:
    """Also where nobody can look, a nudge stands at most once more than it was in doubt."""
    for key, count in _counts(history).items():
        if count > 1 + history.in_doubt[key]:
            yield f"{key} stands {count} times after {history.in_doubt[key]} doubts"


def nothing_is_lost(history: History) -> Wrong:
    """When all is well again nothing waits, every promise ended, slips were said, and undisturbed ones told before."""
    yield from (f"stuck in the outbox: {row}" for row in history.stuck)
    for end in history.ends:
        if end.open:
            yield f"promise {end.promise} was forgotten, due {end.due_at}"
        if end.slipped and not end.moot and not end.told_slipped:
            yield f"nobody heard that promise {end.promise} slipped at {end.due_at}"
        if end.slipped and end.undisturbed and not end.told_before:
            yield f"nobody was told of promise {end.promise} in time, due {end.due_at}"


def patience_asked_is_patience_kept(history: History) -> Wrong:
    """While Slack asks for patience nothing is called."""
    yield from (f"called at {at:.0f}, asked to wait until {until:.0f}" for at, until in history.called if at < until)


def only_a_living_lease_sends_and_marks(history: History) -> Wrong:
    """Whoever sends holds the row just then, and who lost it marks nothing."""
    for told in history.told:
        if told.lease_left <= 0:
            yield f"{told}: its lease was over"
    for key, held, took in history.marked:
        if took and not held:
            yield f"{key} was marked by somebody who had lost it"


def a_bundle_names_each_of_its_keys(history: History) -> Wrong:
    """A message that bundles several nudges carries the key of each, so that each counts once."""
    for keys, named in zip(history.posted, history.named, strict=True):
        if named and sorted(keys) != sorted(named):
            yield f"a message about {sorted(named)} carries {sorted(keys)}"


def nothing_stale_leaves_and_the_nearest_comes_first(history: History) -> Wrong:
    """After a long wait what became useless stays, and one message lists by due time."""
    last: dict[str, float] = {}
    for told in history.told:
        if told.useless_after is not None and told.at > told.useless_after:
            yield f"{told}: useless since {told.useless_after}"
        if told.due_at is not None:
            due = told.due_at.timestamp()
            if due < last.get(told.message, due):
                yield f"{told}: listed after something due later"
            last[told.message] = due


def a_slip_is_said_once_with_its_facts(history: History) -> Wrong:
    """Each person hears once that a promise slipped, and the row keeps when it was due, its revision and why."""
    heard = Counter((told.ident, told.to) for told in history.of_promises() if told.slipped)
    yield from (f"{to} heard {count} times that promise {it} slipped" for (it, to), count in heard.items() if count > 1)
    yield from (f"{told}: its row does not keep its facts" for told in history.told if not told.keeps)


def _counts(history: History) -> Counter[str]:
    return Counter(key for keys in history.posted for key in keys)
