"""Fresh snapshots for what stands in Slack: cards, their threads, nudges, and the client's side of an answer."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ladder.ladders import RungKind
from bot.domain.ladder.reaching import Why
from bot.domain.promises import ClientAnswer, Outcome, Promise
from bot.domain.replies import NEEDS_A_PERSON, ON_ITS_WAY, ReplyKind
from bot.domain.requests import LIVE, Message, Request
from bot.domain.snapshots.card import Card, SuggestionChoice, ThreadPost
from bot.domain.snapshots.client import ClientPost
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.services.drafting import choices_of, excerpt_of, unwritten_for
from bot.services.finding import find_client, find_request, way_of
from bot.services.nudges.reasons import early
from bot.services.outbox.pointless import moot_because
from bot.services.requests.handing import still_planned
from bot.store import Tx, messages, people, places, pressed, promises, replies, requests, targets
from bot.store.outbox import Row


def card(tx: Tx, ident: int) -> Card:
    """Return everything the card of a request shows now."""
    request = find_request(tx, ident)
    client = find_client(tx, request)
    live = replies.replies_of(tx, ident, states=[str(state) for state in (*ON_ITS_WAY, *NEEDS_A_PERSON)])
    last = replies.last_sent(tx, ident)
    way = way_of(tx, request)
    at = places.of_key(tx, f"card:{ident}")
    opening = messages.opening_messages(tx, ident)
    return Card(
        request=request,
        client=client,
        contact=people.contact(tx, request.contact) if request.contact else None,
        owner=people.member(tx, request.owner) if request.owner else None,
        opening=opening,
        conversation_count=messages.count_messages(tx, ident),
        promises=promises.promises_of(tx, ident, outcomes=("open", "pending")),
        target=targets.open_target(tx, ident),
        replies=(*live, last) if last else live,
        ledger=promises.ledger(tx, client=request.client),
        suggestions=choices_of(request, way) if request.state in LIVE else (),
        way=way,
        members=people.members(tx),
        channel=at[0] if at else None,
        ts=at[1] if at else None,
        slipped=_slipped(tx, ident),
        missed=targets.missed_of(tx, [request]).get(ident),
        others=tuple(other for other in requests.live_of_client(tx, request.client) if other != ident),
        unwritten=unwritten_for(request, client, opening),
    )


def _slipped(tx: Tx, request: int) -> Promise | None:
    """Return the newest promise when it slipped and no new time was told since."""
    told = [p for p in promises.promises_of(tx, request) if p.outcome not in {Outcome.PENDING, Outcome.VOID}]
    newest = max(told, key=lambda p: p.id, default=None)
    return newest if newest is not None and newest.outcome is Outcome.SLIPPED else None


def _passed(tx: Tx, request: Request) -> Promise | None:
    """Return the promise that slipped when no word of ours came since: whoever waits, waits for that."""
    slipped = _slipped(tx, request.id)
    return slipped if slipped is not None and slipped.told_at is None else None


def thread_post(tx: Tx, row: Row) -> ThreadPost:
    """Return one post of a card's thread: a mirrored message, or a note of ours."""
    message: Message | None = None
    if row.kind == "mirror":
        message = messages.message(tx, row.subject)
    request = find_request(tx, message.request if message else row.subject)
    client = find_client(tx, request)
    promise = promises.promise(tx, int(row.payload["promise"])) if "promise" in row.payload else None
    note = ""
    if row.payload.get("kind") == "client_answer":
        note = _ANSWERS[ClientAnswer(row.payload["answer"])].format(client=client.name)
    return ThreadPost(request=request, client=client, message=message, note=note, promise=promise)


_ANSWERS = {
    ClientAnswer.WORKS: "{client} says: that works.",
    ClientAnswer.SOONER: "{client} needs it sooner.",
    ClientAnswer.CALL: "{client} asks for a call.",
}


def answered_post(tx: Tx, promise: int) -> ClientPost | None:
    """Return a delay update as it stands in the client's channel after they answered it."""
    found = promises.promise(tx, promise)
    if found is None or found.reply is None:
        return None
    reply = replies.reply(tx, found.reply)
    if reply is None:
        return None
    way = replies.frozen(tx, reply.id).way
    return ClientPost(
        reply=reply.id,
        request=reply.request,
        text=reply.text,
        channel=way.target,
        thread=way.thread,
        promise=found.id,
        due_at=found.due_at,
        ask_if_it_works=reply.kind is ReplyKind.DELAY_UPDATE,
        answer=found.answer,
    )


def nudge_item(tx: Tx, row: Row) -> NudgeItem:
    """Return one line of a nudge as its subject stands now; `moot` says why it no longer matters."""
    kind = ItemKind(row.payload["kind"])
    request = find_request(tx, int(row.payload["request"]))
    client = find_client(tx, request)
    subject = row.key.split(":")[1]
    promise = promises.promise(tx, row.subject) if subject == "promise" else None
    if kind is ItemKind.HANDED_OVER:
        promise = next(iter(promises.promises_of(tx, request.id, outcomes=("open",))), None)
    target = targets.target(tx, row.subject) if subject == "target" else None
    reply = replies.reply(tx, row.subject) if subject == "reply" else None
    slipped = str(row.payload["rung"]).endswith("slipped")
    reader = people.member(tx, row.recipient)
    away = still_planned(tx, row.payload)
    said = early(row.payload)
    item = NudgeItem(
        key=row.key,
        kind=kind,
        rung=(RungKind.SLIPPED if slipped else RungKind.BEFORE) if kind is ItemKind.PROMISE else None,
        request=request,
        client=client,
        owner=people.member(tx, request.owner) if request.owner else None,
        promise=promise,
        target=target,
        reply=reply,
        excerpt=excerpt_of(tx, request),
        moot="",
        card=places.of_key(tx, f"card:{request.id}"),
        by=people.member(tx, str(row.payload["by"])) if "by" in row.payload else None,
        acknowledge=_choice(tx, request, _CHOICES[kind]) if kind in _CHOICES else None,
        why=Why(row.payload.get("why", Why.FIRST)),
        closes_at=said.closes_at,
        opens_at=said.opens_at,
        missing=said.missing,
        back_at=_instant(row, "back_at") if away else None,
        tz=reader.tz if reader else "UTC",
        was=people.member(tx, str(row.payload["was"])) if "was" in row.payload else None,
        away_from=_instant(row, "away_from") if away else None,
        away_days=str(row.payload.get("away_days", "")) if away else "",
        away_until=str(row.payload.get("away_until", "")) if away else "",
        new_time=_new_time(tx, promise) if promise else None,
        passed=_passed(tx, request) if kind is ItemKind.TARGET else None,
        missed=targets.missed_of(tx, [request]).get(request.id) if kind is ItemKind.TARGET else None,
        put_off=_put_off(tx, row, promise) if promise and kind is ItemKind.PROMISE else 0,
    )
    return replace(item, moot=moot_because(tx, row, item, slipped=slipped))


def _put_off(tx: Tx, row: Row, promise: Promise) -> int:
    return pressed.times_put_off(tx, promise.request, promise.id, before=row.not_before) if promise.snoozed else 0


def _instant(row: Row, name: str) -> datetime | None:
    return datetime.fromisoformat(str(row.payload[name])) if name in row.payload else None


_CHOICES = {ItemKind.TARGET: ReplyKind.ACKNOWLEDGEMENT, ItemKind.RECHECK: ReplyKind.QUESTION}


def _choice(tx: Tx, request: Request, kind: ReplyKind) -> SuggestionChoice | None:
    """Return the suggestion of the request's card that acknowledges, or asks; a closed one has none."""
    choices = choices_of(request, way_of(tx, request)) if request.state in LIVE else ()
    return next((choice for choice in choices if choice.kind is kind), None)


def _new_time(tx: Tx, promise: Promise) -> datetime | None:
    """Return the time in the very words that came after a promise had slipped."""
    told = promises.promises_of(tx, promise.request) if promise.told_at is not None else ()
    return next((each.due_at for each in told if each.opened_at == promise.told_at), None)
