"""How much passed between the app and the workspace, counted from the journal as it grows."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from bot.workspace.journal import Journal


@dataclass
class Tally:
    """Calls of the app, deliveries that were tried again, and faults that were played (by kind)."""

    calls: int = 0
    retried: int = 0
    played: Counter[str] = field(default_factory=Counter)
    upto: int = 0


_TALLIES: Final[WeakKeyDictionary[Journal, Tally]] = WeakKeyDictionary()


def tally_of(journal: Journal) -> Tally:
    """The counts up to the journal's newest entry; each entry is counted once, however often this is asked."""
    tally = _TALLIES.setdefault(journal, Tally())
    for entry in journal.entries(after=tally.upto):
        tally.calls += entry.kind == "call"
        tally.retried += entry.kind == "delivery" and bool(entry.args.get("retry_attempt"))
        tally.played[entry.fault] += bool(entry.fault)
    tally.upto = journal.last_number
    return tally
