"""The doctor's look at the work itself: does anybody plan, and what did the hourly audit find."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.config import Settings
from bot.doctor.finding import Finding, Level
from bot.domain.health import Audit, Audits, Heartbeat, Orphan, in_words
from bot.services.audit import audits, heartbeat
from bot.store import Store

START = "Start `headsup run`, or a `headsup worker` on this database; if one runs, look at the end of its log."
MESSAGES = "`/headsup status` in Slack says why they wait; with SLACK_BOT_TOKEN refused, nothing leaves at all."
HOURS = "Choose hours that go on in Slack (App Home, Settings) or with `headsup calendar set`."
MENDED = "Nothing to do. If it comes again, the lines with action=audit in the log of that hour say what happened."


async def examine_work(settings: Settings, *, real_now: Callable[[], datetime]) -> list[Finding]:
    """Look at the heartbeat and the last audits in a database that is known to be in order."""
    beat, found = await asyncio.to_thread(_read, settings)
    return [_planning(beat, real_now()), *_audit(found, real_now(), runs=beat is not None)]


def _read(settings: Settings) -> tuple[Heartbeat | None, Audits | None]:
    store = Store(settings.database_url.get_secret_value(), elapsed=Clock().monotonic)
    try:
        with store.reading() as tx:
            return heartbeat.last(tx), audits.last(tx)
    finally:
        store.close()


def _planning(beat: Heartbeat | None, now: datetime) -> Finding:
    if beat is None:
        return Finding("planning", Level.NOTE, "no worker is running now, so nobody is nudged.", START)
    if beat.at > now and beat.is_late(now):
        sentence = f"by its clock, {beat.by} planned {_span(beat.at - now)} from now."
        return Finding("planning", Level.BAD, sentence, "Set both machines' clocks right (timedatectl set-ntp true).")
    if beat.is_late(now):
        sentence = f"no worker has finished a tick for {_span(now - beat.at)} (the last was {beat.by})."
        return Finding("planning", Level.BAD, f"{sentence[:-1]}, so promises may slip without word.", START)
    return Finding("planning", Level.GOOD, f"{beat.by} did it {_span(now - beat.at)} ago.")


def _audit(found: Audits | None, now: datetime, *, runs: bool) -> list[Finding]:
    if found is None:
        return []
    last = found.last
    if runs and last.is_late(now):
        sentence = f"the last look at everything was {_span(abs(now - last.at))} ago; it should come hourly."
        return [Finding("audit", Level.BAD, sentence, START)]
    if last.left:
        cure = _CURES.get(frozenset(last.left), "The lines with action=audit and action=plan in the log say why.")
        return [Finding("audit", Level.BAD, f"{_said(last, now)} Not mended yet.", cure)]
    if last.found:
        return [Finding("audit", Level.NOTE, f"{_said(last, now)} All of it was mended.", MENDED)]
    good = Finding("audit", Level.GOOD, f"{_span(abs(now - last.at))} ago nothing had lost its way.")
    if found.finding is None or not found.finding.found or abs(now - found.finding.at) > timedelta(days=1):
        return [good]
    return [good, Finding("audit", Level.NOTE, _said(found.finding, now), MENDED)]


_CURES = {
    frozenset({Orphan.MESSAGE}): MESSAGES,
    frozenset({Orphan.HOURS}): HOURS,
    frozenset({Orphan.AIM}): HOURS,
    frozenset({Orphan.AIM, Orphan.HOURS}): HOURS,
}
"""What helps when no more than this is left."""


def _said(audit: Audit, now: datetime) -> str:
    return f"{_span(abs(now - audit.at))} ago {in_words(audit.found)}."


def _span(span: timedelta) -> str:
    """Return a span in its largest unit: "12 s", "3 min", "5 h", "2 days"."""
    seconds = int(span.total_seconds())
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
