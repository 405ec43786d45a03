"""Why a nudge no longer matters, in words for whoever still reads it."""

from bot.domain.ladder.reaching import Why
from bot.domain.pauses import RESTING, WAITING
from bot.domain.promises import Outcome, Promise
from bot.domain.replies import NEEDS_A_PERSON
from bot.domain.requests import CLOSED, LIVE, Request
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.domain.targets import Target, TargetKind, TargetOutcome
from bot.services.announcing import CHANNEL
from bot.store import Tx, promises, replies, targets
from bot.store.outbox import Row
from bot.store.unanswered import answered_until


def moot_because(tx: Tx, row: Row, item: NudgeItem, *, slipped: bool) -> str:
    """Say in words why a nudge no longer matters, or return nothing."""
    if item.kind is ItemKind.PROMISE and item.promise is not None:
        return _promise_moot(tx, row, item, item.promise, slipped=slipped)
    if item.kind is ItemKind.SAID_DIRECTLY and item.promise is not None and item.promise.outcome is not Outcome.OPEN:
        return _ENDED.get(item.promise.outcome, "done")
    if item.kind is ItemKind.TARGET and (item.target is None or item.target.outcome is TargetOutcome.MET):
        return "answered"
    if item.kind is ItemKind.TARGET and item.target is not None:
        return _target_moot(tx, row, item, item.target)
    if item.kind is ItemKind.REPLY and item.reply is not None and item.reply.state not in NEEDS_A_PERSON:
        return f"now {item.reply.state.replace('_', ' ')}"
    return _moved_on(tx, row, item)


def _moved_on(tx: Tx, row: Row, item: NudgeItem) -> str:
    if item.kind is ItemKind.STAYS_OPEN:
        return _stays_open_moot(tx, row, item.request)
    if item.kind is ItemKind.HANDED_OVER and not row.shown:
        return _news_moot(row, item)
    over = item.kind is ItemKind.RECHECK and not _still_waits(row, item.request)
    return "somebody has moved it on" if over else ""


def _stays_open_moot(tx: Tx, row: Row, request: Request) -> str:
    """Say why nobody need look any more at a request that stayed open over what its client wrote."""
    if request.state in CLOSED:
        return "the request is closed"
    if request.state in RESTING:
        return "it rests for now"
    told = promises.promises_of(tx, request.id, outcomes=("open",))
    if any(promise.made_at > row.created_at for promise in told):
        return "they know when they will hear again"
    if request.waiting_since is not None:
        return ""
    last = replies.last_sent(tx, request.id)
    words = (last.sent_at if last else None, *answered_until(tx, request.id))
    return "answered" if any(at is not None and at > row.created_at for at in words) else "somebody has moved it on"


def _news_moot(row: Row, item: NudgeItem) -> str:
    """Say why nobody needs to hear any more that something is theirs now: it ended, or is somebody else's again."""
    if item.request.state in CLOSED:
        return "the request is closed"
    theirs = item.owner is not None and item.owner.id == row.recipient
    return "" if theirs or row.payload.get("rerouted") else "somebody else has it now"


def _still_waits(row: Row, request: Request) -> bool:
    """Tell whether a request waits as it did when its owner was asked: nobody ended it or chose another day."""
    until = request.parked_until
    return request.state in WAITING and until is not None and int(until.timestamp()) == int(row.payload["revision"])


def _target_moot(tx: Tx, row: Row, item: NudgeItem, target: Target) -> str:
    if target.outcome is TargetOutcome.RELEASED:
        return "no longer ours to do"
    if target.paused_at is not None:
        return "it rests for now"
    if target.outcome is TargetOutcome.MISSED:
        return _missed_moot(tx, item.request, target)
    if target.revision == int(row.payload["revision"]):
        return ""
    if item.owner and item.owner.active and row.recipient not in {item.owner.id, CHANNEL}:
        return f"now with {item.owner.name}"
    return "its time changed"


def _missed_moot(tx: Tx, request: Request, target: Target) -> str:
    """Say why nobody waits any more for what an aim was about that passed: it holds as long as the card says so."""
    if request.state in CLOSED:
        return "the request is closed"
    if request.state in RESTING:
        return "it rests for now"
    first = targets.missed_of(tx, [request]).get(request.id)
    if first is not None and first.id <= target.id:
        return ""
    if target.kind is TargetKind.NEXT_WORD:
        if request.waiting_since is not None:
            return "they wrote again"
        return "they know when they will hear again" if promises.has_clock(tx, request.id) else "answered"
    since = request.waiting_since
    return "answered" if since is None or since > target.due_at else "its time changed"


_ENDED = {
    Outcome.KEPT: "kept",
    Outcome.MOVED_BEFORE: "moved before it was due",
    Outcome.SLIPPED: "slipped",
    Outcome.RELEASED: "released",
    Outcome.VOID: "never sent",
}


def _promise_moot(tx: Tx, row: Row, item: NudgeItem, promise: Promise, *, slipped: bool) -> str:
    if slipped:
        return _slip_moot(tx, item, promise)
    if promise.outcome is not Outcome.OPEN:
        return _ENDED.get(promise.outcome, "done")
    if promise.acked_at is not None and not row.shown:
        return "somebody is on it"
    owner = item.owner if item.owner and item.owner.active else None
    was = row.payload.get("of", owner.id if owner else None)
    instead = row.payload.get("rerouted") or row.payload.get("why", Why.FIRST) != Why.FIRST
    if owner and (was != owner.id or (row.recipient not in {owner.id, CHANNEL} and not instead)):
        return f"now with {owner.name}"
    return "" if promise.revision == int(row.payload["revision"]) else "somebody else hears of it"


def _slip_moot(tx: Tx, item: NudgeItem, promise: Promise) -> str:
    """Say why nobody needs to hear any more that a time passed; words that were late are words all the same."""
    if promise.outcome is not Outcome.SLIPPED:
        return _ENDED.get(promise.outcome, "done")
    others = promises.promises_of(tx, item.request.id, outcomes=("open", "kept"))
    if item.new_time or any(other.opened_at is not None and other.opened_at >= promise.due_at for other in others):
        return "a new time was told"
    if promise.told_at is not None:
        return "they got word"
    return "" if item.request.state in LIVE else "the request is closed"
