"""The append-only record of what passed between the app and the workspace: the witness of the tests."""

import time
from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from bot.workspace.models import JSON

Kind = Literal["call", "delivery", "refusal"]
CAPACITY = 20_000
REFUSALS = 500


@dataclass
class Entry:
    """One thing that happened.

    `kind` call: an API call (`name` its method, `args` without the token, `answer`; `fault` when one was played).
    `kind` delivery: one attempt to deliver (`name` events_api, interactive or slash_commands; `args` the envelope;
    `answer` {acked, ms, payload, error, attempt, via}).
    `kind` refusal: a payload that Slack would refuse or drop (`name` the method, `answer` {error, problems}).
    """

    number: int
    kind: Kind
    name: str
    at: float
    args: JSON
    answer: JSON = field(default_factory=dict)
    fault: str = ""
    ms: float = 0.0

    def to_json(self) -> JSON:
        """The entry as JSON."""
        return dict(vars(self))


class Journal:
    """The newest 20,000 entries in order, and the newest 500 refusals; `at` is real monotonic time in seconds."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._entries: deque[Entry] = deque(maxlen=capacity)
        self._refusals: deque[Entry] = deque(maxlen=REFUSALS)
        self._refused = 0
        self._count = 0

    def add(self, kind: Kind, name: str, args: JSON, answer: JSON | None = None) -> Entry:
        """Write an entry; a call's answer and a delivery's outcome are filled in when they are known."""
        self._count += 1
        entry = Entry(self._count, kind, name, time.monotonic(), args, answer if answer is not None else {})
        self._entries.append(entry)
        if kind == "refusal":
            self._refusals.append(entry)
            self._refused += 1
        return entry

    def refuse(self, name: str, error: str, problems: list[JSON], payload: JSON) -> Entry:
        """Note that a payload was refused; each problem is {code, pointer, message}."""
        return self.add("refusal", name, payload, {"error": error, "problems": problems})

    def entries(
        self, kind: Kind | None = None, name: str | None = None, *, after: int = 0, last: int = 0
    ) -> list[Entry]:
        """Entries in order, filtered; `after` is a number to start behind, `last` keeps only so many of the newest."""
        skip = max(0, after - (self._count - len(self._entries)))
        found = [
            entry
            for entry in islice(self._entries, skip, None)
            if (kind is None or entry.kind == kind) and (name is None or entry.name == name)
        ]
        return found[-last:] if last else found

    def calls(self, method: str | None = None) -> list[Entry]:
        """Every API call, or those of one method."""
        return self.entries("call", method)

    def deliveries(self, name: str | None = None) -> list[Entry]:
        """Every attempt to deliver, or those of one envelope type."""
        return self.entries("delivery", name)

    @property
    def refusals(self) -> list[Entry]:
        """What the app sent and Slack would refuse, the newest 500; a correct app leaves it empty."""
        return list(self._refusals)

    @property
    def refusal_count(self) -> int:
        """How many refusals there were, also those that are no longer kept."""
        return self._refused

    @property
    def last_number(self) -> int:
        """The number of the newest entry, 0 for none."""
        return self._count
