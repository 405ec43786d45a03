"""What the leads of a ladder must not be, each as a sentence that says what to write instead."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from bot.domain.ladder.ladders import TIME_TO_ACT
from bot.domain.spans import span_text, span_words

SHORTEST: Final = timedelta(minutes=10)
"""A nudge that comes later is read when nothing can be done any more."""

LONGEST: Final = timedelta(days=14)

USUAL: Final = (timedelta(minutes=60), timedelta(minutes=15))

APART: Final = 2
"""So many times as long as the next lead is each one: who has just heard is not told again."""


class LadderError(ValueError):
    """These leads cannot be; the text is a sentence."""


def check_leads(leads: Sequence[timedelta]) -> None:
    """Refuse leads, in any order, that leave no time to act, or that nag.

    Raises:
        LadderError: what is wrong, a semicolon, and what to write instead.
    """
    if not leads:
        raise LadderError(f"a ladder needs a lead; write for example {leads_text(USUAL)}")
    ordered = sorted(set(leads), reverse=True)
    instead = leads_text(mended(ordered))
    if ordered[0] > LONGEST:
        early = span_text(ordered[0])
        raise LadderError(f"{early} before is too early; a nudge comes at most 14 days before, for example {instead}")
    if ordered[0] < TIME_TO_ACT:
        late = span_words(ordered[0])
        raise LadderError(
            f"the first nudge would come {late} before the due time, too late to act; write for example {instead}"
        )
    if ordered[-1] < SHORTEST:
        raise LadderError(
            f"{_lead_text(ordered[-1])} before is too late to act; the last nudge comes at least "
            f"{_lead_text(SHORTEST)} before, for example {instead}"
        )
    for longer, shorter in pairwise(ordered):
        if longer < APART * shorter:
            raise LadderError(
                f"{_lead_text(longer)} and {_lead_text(shorter)} are too close; "
                f"each is at most half of the one before, for example {instead}"
            )


def mended(leads: Sequence[timedelta]) -> tuple[timedelta, ...]:
    """Return leads that may be and keep as much of these as can be, longest first."""
    kept: list[timedelta] = []
    too_late = all(lead < TIME_TO_ACT for lead in leads)
    for lead in sorted({*leads, *([TIME_TO_ACT] if too_late else [])}, reverse=True):
        if SHORTEST <= lead <= LONGEST and (not kept or kept[-1] >= APART * lead):
            kept.append(lead)
    if not kept or kept[0] < TIME_TO_ACT:  # the only long ones were too long
        return USUAL
    return tuple(kept) if len(kept) > 1 or kept[0] < APART * USUAL[-1] else (kept[0], USUAL[-1])


def leads_text(leads: Sequence[timedelta]) -> str:
    """Return leads as they are written in a setting: `60m,15m`."""
    return ",".join(_lead_text(lead) for lead in leads)


def _lead_text(lead: timedelta) -> str:
    minutes, rest = divmod(lead, timedelta(minutes=1))
    return f"{minutes}m" if TIME_TO_ACT <= lead < 2 * TIME_TO_ACT and not rest else span_text(lead)
