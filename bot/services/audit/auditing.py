"""The hourly look at everything: what lost its way is found, and mended where that is safe. There should be nothing.

Three steps, so that no press waits for it: looking only reads, each thing is mended in a transaction of its own, which
looks again first, and what came of it is kept.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.domain.health import Audit, Orphan
from bot.services.audit import audit_counts, audits
from bot.services.audit.audit_checks import CHECKS, Check, Look
from bot.services.context import Context
from bot.store import events, orphans

log = structlog.get_logger(__name__)

Lost = tuple[Check, int]
"""One thing that lost its way: what it was found by, and its id."""


@dataclass(slots=True)
class Tally:
    """How many of each kind were found and mended so far."""

    found: Counter[Orphan] = field(default_factory=Counter)
    mended: Counter[Orphan] = field(default_factory=Counter)


def audit(ctx: Context) -> int:
    """Take all three steps at once and return how much was found. Safe to repeat."""
    tally = Tally()
    mend(ctx, lost=look(ctx), tally=tally)
    return conclude(ctx, tally=tally, at=ctx.now)


def look(ctx: Context) -> tuple[Lost, ...]:
    """Return what lost its way; it only reads."""
    return tuple((check, ident) for check in CHECKS for ident in _all(ctx, check.look))


def mend(ctx: Context, *, lost: Sequence[Lost], tally: Tally) -> None:
    """Mend what can be mended and count it. What fails is logged and keeps nothing else from being mended.

    Of several workers the one who mends a thing has found it.
    """
    for check, ident in lost:
        result = _try_mend(ctx, check, ident)
        tally.found[check.kind] += result is not None
        tally.mended[check.kind] += result is True


def conclude(ctx: Context, *, tally: Tally, at: datetime) -> int:
    """Keep what was found, with the wall time `at`; return how much that was.

    What people have to see to is only counted, and the team is told of hours that end.
    """
    with ctx.store.reading() as tx:
        counted = audit_counts.counts(tx, ctx)
    for kind, count in counted.items():
        tally.found[kind] = max(tally.found[kind], count)
    audit_counts.see_to(ctx)
    audits.keep(ctx, Audit(at, +tally.found, +tally.mended))
    return tally.found.total()


def _all(ctx: Context, look: Look) -> Iterator[int]:
    after = 0
    while True:
        with ctx.store.reading() as tx:
            some = look(tx, ctx, after=after)
        yield from some
        if len(some) < orphans.MOST:
            return
        after = some[-1]


def _try_mend(ctx: Context, check: Check, ident: int) -> bool | None:
    """Mend one thing: True when that helped, False when it failed; None when there was nothing to mend after all."""
    try:
        with ctx.store.writing() as tx:
            check.lock(tx, ident)
            if not check.look(tx, ctx, only=ident):
                return None
            told = check.mend(tx, ctx, ident)
            if check.look(tx, ctx, only=ident):
                return None  # it is as it should be, for a reason that only its own service knows
            events.note(tx, "clock_restored", at=ctx.now, detail=str(check.kind), **told)
            return True
    except Exception as error:
        if ctx.store.is_retryable(error):
            raise
        log.exception("What lost its way could not be mended.", action="audit", kind=str(check.kind), ident=ident)
        return False
