"""What a folder remembers of its trial: which scenario it lives, which night it is, and what has come in already."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from bot.errors import HeadsupError


@dataclass(slots=True)
class Memory:
    """Kept at `path`. `done` are the identities of what happened: lines, introductions, what was taken."""

    path: Path
    scenario: str = ""
    evening: date | None = None
    done: list[str] = field(default_factory=list)
    ended: bool = False

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return what the folder remembers, an empty memory for a new one.

        HeadsupError for a file that cannot be read: to begin anew would let everything come in twice.
        """
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            evening = date.fromisoformat(kept["evening"]) if kept["evening"] else None
            return cls(path, str(kept["scenario"]), evening, [str(one) for one in kept["done"]], bool(kept["ended"]))
        except FileNotFoundError:
            return cls(path)
        except (OSError, ValueError, KeyError, TypeError):
            raise HeadsupError(
                f"{path} cannot be read. Remove the folder {path.parent} to begin the trial anew."
            ) from None

    def mark(self, ident: str) -> None:
        """Note that something happened."""
        self.done.append(ident)
        self.keep()

    def keep(self) -> None:
        """Write it down; a reader, or a crash, never sees half a file."""
        facts = asdict(self) | {"evening": self.evening.isoformat() if self.evening else None}
        del facts["path"]
        draft = self.path.with_suffix(".new")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(facts, indent=1), encoding="utf-8")
        draft.replace(self.path)
