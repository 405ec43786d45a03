"""Nothing lost, nothing doubled: the numbers that must agree, and what the journal says."""

from dataclasses import dataclass

from bot.workspace.companion import Account
from bot.workspace.page.side.tally import tally_of
from bot.workspace.page.side.wording import counted
from bot.workspace.page.sight import Sight


@dataclass(frozen=True)
class Line:
    """Two numbers side by side. `both` is set for a label of two nouns: 31 requests · 31 cards."""

    account: Account
    both: str
    trouble: str


@dataclass(frozen=True)
class Books:
    """The companion's accounts and the journal's counts; `link` says how the app is connected."""

    lines: tuple[Line, ...]
    calls: int
    refused: int
    retried: int
    link: str

    @property
    def has_columns(self) -> bool:
        """Whether some numbers stand without their nouns, so that the columns need their heads."""
        return any(not line.both for line in self.lines)


def books(sight: Sight) -> Books:
    """The numbers as they stand."""
    core = sight.core
    tally = tally_of(core.journal)
    over_http = bool(core.state.app.events_url)
    link = "over HTTP" if over_http else f"{len(core.hub.connections):,}"
    lines = tuple(_line(one) for one in core.companion.briefing.accounts)
    return Books(lines, tally.calls, core.journal.refusal_count, tally.retried, link)


def _line(account: Account) -> Line:
    return Line(account, _both(account), _trouble(account))


def _both(account: Account) -> str:
    """The numbers with their nouns, for a label such as "requests · cards"."""
    first, dot, second = account.label.partition(" · ")
    if not dot:
        return ""
    return f"{_with_noun(account.expected, first)} · {_with_noun(account.seen, second)}"


def _with_noun(count: int, plural: str) -> str:
    noun = f"{plural[:-3]}y" if plural.endswith("ies") else plural.removesuffix("s")
    return counted(count, noun, plural)


def _trouble(account: Account) -> str:
    if account.is_right:
        return ""
    off = account.seen - account.expected
    return f"{off:,} too many" if off > 0 else f"{-off:,} missing"
