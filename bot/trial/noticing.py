"""What a person asked for and broke, as far as no database knows it: read from the workspace's journal, and kept."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.domain.commands.slash import parse
from bot.domain.commands.slash_commands import Verb
from bot.workspace.journal import Entry, Journal

BEGUN: Final = "begun"
"""Somebody asked the tour for the way."""

LEDGER: Final = "ledger"
"""A member was shown what was promised: `/headsup status #3`."""

SURVIVED: Final = "survived"
"""Something was broken, and a reply that left afterwards stands all the same."""


@dataclass(slots=True)
class Notes:
    """Kept at `path`: after which event the tour began (None: not yet), and what was seen since.

    `broken` says that something was broken since this process began.
    """

    path: Path
    since: int | None = None
    seen: set[str] = field(default_factory=set)
    broken: bool = False
    _read: int = 0
    _risked: set[int] = field(default_factory=set)
    _asked: list[Entry] = field(default_factory=list)

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

    def read(self, journal: Journal) -> None:
        """Take in what is new in the journal."""
        for entry in journal.entries(after=self._read):
            if entry.kind == "delivery" and _status_asked(entry) is not None:
                self._asked.append(entry)
            elif entry.kind == "call":
                self.broken = self.broken or bool(entry.fault)
                if self.broken and (reply := _reply_of(entry)) is not None:
                    self._risked.add(reply)
        self._read = journal.last_number

    def answered(self) -> list[tuple[str, int]]:
        """Return who asked for the status of which request and got an answer, whatever it said, since this was asked.

        What has no answer yet is told of once it has one.
        """
        ended = [entry for entry in self._asked if "acked" in entry.answer]
        self._asked = [entry for entry in self._asked if entry not in ended]
        found = [(_asker(entry), _status_asked(entry)) for entry in ended if entry.answer["acked"]]
        return [(asker, request) for asker, request in found if request is not None]

    def arrived(self, replies: Collection[int]) -> None:
        """Take in which replies stand with the client."""
        if self._risked & set(replies):
            self.see(SURVIVED)

    @property
    def risked(self) -> bool:
        """Whether something was broken, and a reply has not got through it yet."""
        return bool(self._risked) and SURVIVED not in self.seen

    def see(self, what: str) -> None:
        """Note it for good."""
        if what not in self.seen:
            self.seen.add(what)
            self._keep()

    def _keep(self) -> None:
        """Write it down; a reader, or a crash, never sees half a file."""
        draft = self.path.with_suffix(".new")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({"since": self.since, "seen": sorted(self.seen)}), encoding="utf-8")
        draft.replace(self.path)


def _status_asked(entry: Entry) -> int | None:
    """Return the request whose status a delivery asks for."""
    if entry.name != "slash_commands":
        return None
    command = parse(str(_payload(entry).get("text") or ""))
    return command.request if command.verb is Verb.STATUS else None


def _asker(entry: Entry) -> str:
    return str(_payload(entry).get("user_id") or "")


def _payload(entry: Entry) -> dict[str, Any]:
    return entry.args.get("payload") or {}


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
