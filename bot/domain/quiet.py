"""Do not disturb, as Slack tells it of another person: the spell that runs or comes next."""

from datetime import UTC, datetime

Quiet = tuple[datetime, datetime]
"""A spell of do not disturb: UTC, from (included) until (not included)."""

LATEST = 4_102_444_800
"""2100-01-01: a snooze without an end is told as a time far away."""


def quiet_spell(start_ts: float | None, end_ts: float | None) -> Quiet | None:
    """Return a spell from Slack's `next_dnd_start_ts` and `next_dnd_end_ts` (Unix seconds); None when there is none.

    A snooze is such a spell too, whatever `dnd_enabled` says: that is only whether somebody has a nightly schedule.
    Where nothing is planned both are 1 (docs: /reference/methods/dnd.teamInfo).
    """
    start, end = (min(max(0, seconds or 0), LATEST) for seconds in (start_ts, end_ts))
    if end <= start:
        return None
    return datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC)


def quiet_until(spell: Quiet | None, now: datetime) -> datetime | None:
    """Return when the spell ends that runs now; None when none does."""
    return spell[1] if spell is not None and spell[0] <= now < spell[1] else None


def next_change(spell: Quiet | None, now: datetime) -> datetime | None:
    """Return when a spell begins or ends next; None when that is behind us, or when there is none."""
    return next((edge for edge in spell or () if edge > now), None)
