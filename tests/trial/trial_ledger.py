"""Both sides of the accounts, set by hand."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.domain.overview import Books, Leaving, Link
from bot.trial.accounts import Accounts
from bot.trial.outside import Outside
from bot.trial.standing import Standing
from bot.workspace.companion import Account

TEAM, ACME, DM = "C0TEAM", "C0ACME", "D0MIRA"
SINCE = datetime.fromtimestamp(1000, UTC)
EMPTY = Books(frozenset(), (), frozenset(), (Link(ACME, SINCE),), frozenset({"U0MIRA"}), frozenset())


class Ledger:
    """Both sides, and what is said of them. `elapsed` are real seconds."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.accounts = Accounts(lambda: self.elapsed)
        self.before = self.after = EMPTY
        self.posts: dict[tuple[str, str], tuple[str, ...]] = {}
        self.words: dict[tuple[str, str], str] = {}
        self.systems = [Outside("orbit", "Orbit Travel", "")]
        self.delivering = False

    def left(self, *rows: Leaving) -> None:
        """Rows that are in both reads."""
        self.before = replace(self.before, leaving=rows)
        self.after = replace(self.after, leaving=rows)

    def row(self, label: str) -> Account:
        standing = Standing(self.posts, self.words)
        rows = self.accounts.rows(self.before, standing, self.after, self.systems, delivering=self.delivering)
        return next(row for row in rows if row.label.startswith(label))

    def says(self, label: str) -> tuple[int, int, str]:
        row = self.row(label)
        return row.expected, row.seen, row.note


def leaving(key: str, ts: str = "", *, state: str = "", channel: str = TEAM, webhook: bool = False) -> Leaving:
    kind, subject = key.split(":", maxsplit=1)[0], int(key.split(":")[1])
    stands = bool(ts) or (webhook and not state)
    place = (channel, ts) if ts else None
    return Leaving(key, kind, subject, state or ("sent" if stands else "pending"), stands, place, by_webhook=webhook)
