"""What a nudge says once it is over: why nothing is left to do, and what became of a time that came without word."""

from collections.abc import Sequence

from bot.blocks.words import escape, one_line, when
from bot.domain.ladder.ladders import RungKind
from bot.domain.promises import Outcome
from bot.domain.requests import CLOSED
from bot.domain.snapshots.nudge import ItemKind, NudgeItem


def heading_over(items: Sequence[NudgeItem]) -> str:
    """Return the first line of a message of which nothing is left to do here, though perhaps in a newer one."""
    if any(_came_without_word(item) and not _is_done(item) for item in items):
        return "The time came without word; a newer message says what can still be done"
    return "Nothing left to do here" if len(items) > 1 else "Done: nothing left to do here"


def why_moot(item: NudgeItem) -> str:
    """Return why an item no longer matters, for mrkdwn; of a time that passed, when they got word after all."""
    passed = _came_without_word(item)
    late = _late_word(item) if passed or item.rung is RungKind.SLIPPED else ""
    said = [*(["The time came without word."] if passed else []), *([late] if late else [])]
    return " ".join(said) or f"No longer needed: {escape(one_line(item.moot, 200))}"


def _came_without_word(item: NudgeItem) -> bool:
    """Tell whether a nudge was about a time that was then let pass: that is over, but not yet done."""
    return item.rung is RungKind.BEFORE and item.promise is not None and item.promise.outcome is Outcome.SLIPPED


def _is_done(item: NudgeItem) -> bool:
    return item.request.state in CLOSED or bool(_late_word(item))


def _late_word(item: NudgeItem) -> str:
    """Return when the client got word after a time had passed, and the new time in it; nothing when they got none."""
    if item.kind is not ItemKind.PROMISE or item.promise is None or item.promise.told_at is None:
        return ""
    new = when(item.new_time, ", with a new time: ") if item.new_time else ""
    return f"{when(item.promise.told_at, 'They got word ')}{new}."
