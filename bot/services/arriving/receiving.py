"""The one way in: raw first, then understood, once; what cannot be read is kept, and the team is told."""

import hashlib
from dataclasses import replace

from bot.domain.incoming import IncomingMessage, Received, Source
from bot.errors import ConflictError, HeadsupError, UnreadableError
from bot.services import announcing
from bot.services.arriving.taking_in import take_in
from bot.services.context import Context
from bot.store import Tx, inbound


def receive(ctx: Context, *, incoming: IncomingMessage, raw: bytes) -> Received:
    """Take in a client's message, whatever way it came; return the request it belongs to.

    The raw bytes are stored in a transaction of their own before anyone looks at them. The same identity again
    returns the same answer and changes nothing; with other bytes it is a ConflictError. What cannot be understood is
    quarantined, told to the team, and raised as UnreadableError.
    """
    fingerprint = hashlib.sha256(raw).hexdigest()
    with ctx.store.writing() as tx:
        ident = inbound.try_store(
            tx,
            source=str(incoming.source),
            identity=incoming.identity,
            fingerprint=fingerprint,
            raw=raw,
            message=inbound.to_json(incoming),
            now=ctx.now,
        )
    try:
        with ctx.store.writing() as tx:
            return _once(tx, ctx, incoming, fingerprint, first=ident is not None)
    except HeadsupError:
        raise
    except Exception as error:
        if ctx.store.is_retryable(error):
            raise
        _quarantine(ctx, incoming, type(error).__name__)
        raise UnreadableError(source=str(incoming.source)) from error


def take_in_waiting(ctx: Context) -> int:
    """Finish what was stored but not understood when a process died in between; return how many."""
    with ctx.store.reading() as tx:
        waiting = inbound.unhandled(tx)
    for _, incoming in waiting:
        try:
            with ctx.store.writing() as tx:
                _once(tx, ctx, incoming, None, first=True)
        except Exception as error:  # one bad arrival must not stop the ones behind it; it is recorded
            if ctx.store.is_retryable(error):
                raise
            _quarantine(ctx, incoming, type(error).__name__)
    return len(waiting)


def _once(tx: Tx, ctx: Context, incoming: IncomingMessage, fingerprint: str | None, *, first: bool) -> Received:
    arrival = inbound.arrival(tx, str(incoming.source), incoming.identity)
    if arrival is None:  # pragma: no cover - it was stored a moment ago
        raise LookupError(incoming.identity)
    if fingerprint is not None and arrival.fingerprint != fingerprint and incoming.source is Source.WEBHOOK:
        raise ConflictError("This webhook-id arrived before with another body.")
    if arrival.state == "handled" and arrival.request is not None:
        return Received(request=arrival.request, created=False, duplicate=True)
    received = take_in(tx, ctx, incoming, arrival.id)
    inbound.mark(tx, arrival.id, "handled", request=received.request)
    return received if first else replace(received, duplicate=False)


def _quarantine(ctx: Context, incoming: IncomingMessage, reason: str) -> None:
    with ctx.store.writing() as tx:
        arrival = inbound.arrival(tx, str(incoming.source), incoming.identity)
        if arrival is None:
            return
        inbound.mark(tx, arrival.id, "quarantined", error=reason)
        announcing.notify_team(
            tx,
            ctx,
            f"quarantine:{arrival.id}",
            f"Something arrived by {incoming.source} that I could not read ({reason}). "
            f"It is kept as arrival {arrival.id}; nothing is lost.",
        )
