"""What the audits found, kept as a setting of the installation: the last one, and the last one with a finding."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.health import Audit, Audits, Orphan
from bot.services.context import Context
from bot.store import Tx, events

AUDIT = "audit"


def keep(ctx: Context, audit: Audit) -> None:
    """Keep an audit as the last one; the last one that found anything stays beside it."""
    with ctx.store.writing() as tx:
        before = last(tx)
        finding = audit if audit.found else before.finding if before else None
        facts = {"last": _to_json(audit), "finding": _to_json(finding) if finding else None}
        events.save_setting(tx, AUDIT, json.dumps(facts))


def last(tx: Tx) -> Audits | None:
    """Return what was found last, None before the first audit."""
    stored = events.setting(tx, AUDIT)
    if stored is None:
        return None
    facts = json.loads(stored)
    return Audits(_from_json(facts["last"]), _from_json(facts["finding"]) if facts["finding"] else None)


def last_audits(ctx: Context) -> Audits | None:
    """Return what was found last, for whoever asks how things are."""
    with ctx.store.reading() as tx:
        return last(tx)


def _to_json(audit: Audit) -> dict[str, Any]:
    return {"at": audit.at.isoformat(), "found": dict(audit.found), "mended": dict(audit.mended)}


def _from_json(facts: dict[str, Any]) -> Audit:
    return Audit(datetime.fromisoformat(facts["at"]), _counts(facts["found"]), _counts(facts["mended"]))


def _counts(stored: Mapping[str, int]) -> dict[Orphan, int]:
    """Return counts by kind; a kind that this release does not know any more is left out."""
    return {kind: stored[kind] for kind in Orphan if kind in stored}
