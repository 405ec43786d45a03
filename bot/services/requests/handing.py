"""Why a request changes hands: whose it was, and whether they are away for it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.away.absence_words import days_words, end_words
from bot.domain.away.absences import Absence
from bot.domain.local_times import zone
from bot.domain.requests import Request
from bot.services.context import Context
from bot.store import Tx, absences, people, promises


def facts_of(tx: Tx, ctx: Context, request: Request) -> dict[str, str]:
    """Return what whoever gets a request is told about its owner so far, as it stands in the outbox.

    `was` is who that is; `away_from` (when that is still to come) and `back_at` when they are away now, or will be when
    something that was promised falls due: its ends, as whoever stands in is told them. What ends with a day says so in
    words, `away_until`, and what lasts whole days, `away_days`. `absence` is that time away.
    """
    if request.owner is None:
        return {}
    facts = {"was": request.owner}
    absence = _absence_for(tx, ctx, request, request.owner)
    owner = people.member(tx, request.owner)
    if absence is None or owner is None:
        return facts
    tz = zone(owner.tz)
    today = ctx.now.astimezone(tz).date()
    if absence.starts_at > ctx.now:
        facts["away_from"] = absence.starts_at.isoformat()
        facts["away_days"] = days_words(absence.spell, tz, today)
    facts["away_until"] = end_words(absence.over_at, tz, today)
    return {**facts, "back_at": absence.over_at.isoformat(), "absence": str(absence.id)}


def still_planned(tx: Tx, facts: Mapping[str, Any]) -> bool:
    """Tell whether the time away in these facts was not taken back or ended early since."""
    if "absence" not in facts:
        return True
    found = absences.absence(tx, int(facts["absence"]))
    return found is not None and found.ended_at is None


def _absence_for(tx: Tx, ctx: Context, request: Request, owner: str) -> Absence | None:
    """Return the absence that runs, or the one that a promise of the request falls into."""
    told = [promise.id for promise in promises.promises_of(tx, request.id, outcomes=("open",))]
    for absence in absences.of_member(tx, owner, after=ctx.now):
        if absence.is_running(ctx.now) or any(ident in absence.promises for ident in told):
            return absence
    return None
