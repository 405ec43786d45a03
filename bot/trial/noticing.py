"""What a person looked at and broke, as far as no database knows it: read from the workspace's journal, and kept."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.domain.slash import Verb, parse
from bot.workspace.journal import Entry, Journal

LEDGER: Final = "ledger"
"""Somebody looked at what was promised: `/headsup status #3`, or Headsup's Home."""

SURVIVED: Final = "survived"
"""Something was broken, and a reply that left afterwards stands all the same."""


@dataclass(slots=True)
class Notes:
    """Kept at `path`: after which event the tour began (None: not yet), and what was seen since."""

    path: Path
    since: int | None = None
    seen: set[str] = field(default_factory=set)
    _read: int = 0
    _broken: bool = False
    _risked: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, path: Path) -> "Notes":
        """Return what was kept; a file that cannot be read is an empty one: a tour may begin anew."""
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, int(kept["since"]), {str(one) for one in kept["seen"]})
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)

    def begin(self, event: int, journal: Journal) -> None:
        """Let the tour begin after this event; what the journal says of before does not count."""
        self.since, self._read = event, journal.last_number
        self._keep()

    def read(self, journal: Journal, *, promised: bool) -> None:
        """Take in what is new in the journal. A ledger without a promise teaches nothing yet."""
        for entry in journal.entries(after=self._read):
            if entry.kind == "delivery" and promised and _shows_the_ledger(entry):
                self._see(LEDGER)
            elif entry.kind == "call":
                self._broken = self._broken or bool(entry.fault)
                if self._broken and (reply := _reply_of(entry)) is not None:
                    self._risked.add(reply)
        self._read = journal.last_number

    def arrived(self, replies: Collection[int]) -> None:
        """Take in which replies stand with the client."""
        if self._risked & set(replies):
            self._see(SURVIVED)

    @property
    def risked(self) -> bool:
        """Whether something was broken, and a reply has not got through it yet."""
        return bool(self._risked) and SURVIVED not in self.seen

    def _see(self, what: str) -> None:
        if what not in self.seen:
            self.seen.add(what)
            self._keep()

    def _keep(self) -> None:
        """Write it down; a reader, or a crash, never sees half a file."""
        draft = self.path.with_suffix(".new")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({"since": self.since, "seen": sorted(self.seen)}), encoding="utf-8")
        draft.replace(self.path)


def _shows_the_ledger(entry: Entry) -> bool:
    payload: dict[str, Any] = entry.args.get("payload") or {}
    if entry.name == "slash_commands":
        command = parse(str(payload.get("text") or ""))
        return command.verb is Verb.STATUS and command.request is not None
    event = payload.get("event") or {}
    return event.get("type") == "app_home_opened" and event.get("tab") == "home"


def _reply_of(entry: Entry) -> int | None:
    """Return the reply that a call carries to a client."""
    if entry.name != "chat.postMessage":
        return None
    metadata = entry.args.get("metadata") or {}
    try:
        metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
        kind, _, number = str(metadata["event_payload"]["key"]).partition(":")
        return int(number) if kind == "reply" else None
    except (ValueError, KeyError, TypeError):
        return None
