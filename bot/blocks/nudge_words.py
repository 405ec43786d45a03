"""What a nudge says, item by item. Our own words with date tokens: a client's name or words are never in here."""

from collections.abc import Sequence
from datetime import datetime

from bot.blocks import phrases
from bot.blocks.words import person, spoken, when
from bot.domain.nudges import RungKind
from bot.domain.promises import ClientAnswer, Outcome
from bot.domain.replies import ReplyState
from bot.domain.snapshots import ItemKind, NudgeItem
from bot.domain.targets import TargetKind


def heading(items: Sequence[NudgeItem], live: Sequence[NudgeItem]) -> str:
    """Return the first line: calm, and saying at once whether there is still time."""
    if not live:
        return "Nothing left to do here" if len(items) > 1 else "Done: nothing left to do here"
    if len(live) > 1:
        return f"{len(live)} things to look at, the nearest first"
    return _HEADINGS.get((live[0].kind, live[0].rung)) or _KIND_HEADINGS[live[0].kind]


_HEADINGS: dict[tuple[ItemKind, RungKind | None], str] = {
    (ItemKind.PROMISE, RungKind.BEFORE): "A promise nears, and there is still time to say so",
    (ItemKind.PROMISE, RungKind.SLIPPED): "A promised time has come without word",
}
_KIND_HEADINGS = {
    ItemKind.PROMISE: "A promise nears",
    ItemKind.TARGET: "A client is waiting for a first word",
    ItemKind.REPLY: "A reply needs you",
    ItemKind.CLIENT_ANSWER: "The client has answered",
    ItemKind.SAID_DIRECTLY: "You wrote to the client yourself",
    ItemKind.FOLLOW_UP: "The client wrote again",
    ItemKind.RESUMED: "A parked request is back",
    ItemKind.HANDED_OVER: "This is yours now",
}


def sentence(item: NudgeItem, now: datetime) -> str:
    """Return what this item is about and, where a time matters, by when in the reader's own zone."""
    return _SENTENCES[item.kind](item, now)


def left(item: NudgeItem, now: datetime) -> str:
    """Return how much time is left, for the notification alone: it is read now, the message perhaps later."""
    if item.promise is None or item.promise.outcome is not Outcome.OPEN or item.promise.due_at <= now:
        return ""
    minutes = max(1, round((item.promise.due_at - now).total_seconds() / 60))
    return f" That is in {minutes} min." if minutes < _MINUTES else f" That is in {round(minutes / 60)} h."


_MINUTES = 120
"""From here on people think in hours."""


def _promise(item: NudgeItem, now: datetime) -> str:
    if item.promise is None:
        return "A promise nears."
    told = f"You told them that they *{phrases.told(item.promise.kind)}* by {when(item.promise.due_at)}"
    if item.rung is RungKind.SLIPPED or item.promise.outcome is Outcome.SLIPPED or item.promise.due_at <= now:
        return f"{told}. That time is here and they have heard nothing. A word now still counts."
    return f"{told}."


def _target(item: NudgeItem, _now: datetime) -> str:
    since = f", waiting since {when(item.request.waiting_since)}" if item.request.waiting_since else ""
    if item.target and item.target.kind is TargetKind.NEXT_WORD:
        return f"Nobody has told them when they will hear again{since}. One line with a time is enough."
    return f"Nobody has answered them yet{since}. An acknowledgement with a time is enough for now."


def _reply(item: NudgeItem, _now: datetime) -> str:
    if item.reply is None:
        return "A reply did not get through: the client has not been told."
    said = spoken(phrases.reply(item.reply, to="them"))
    if item.reply.state is ReplyState.UNCERTAIN:
        return f"{said}. Only a person can see that; please have a look."
    if item.reply.state is ReplyState.FAILED:
        return f"{said}: the client has not been told."
    return f"{said}."


def _client_answer(item: NudgeItem, _now: datetime) -> str:
    if item.promise is None or item.promise.answer is None:
        return "They answered to the time you told them."
    said = f"To {when(item.promise.due_at)} they said: *{phrases.ANSWERS[item.promise.answer]}*."
    match item.promise.answer:
        case ClientAnswer.WORKS:
            return f"{said} Nothing to do until then."
        case ClientAnswer.SOONER:
            return f"{said} Can part of it be sooner? Tell them either way."
        case ClientAnswer.CALL:
            return f"{said} They would rather talk than write."


def _said_directly(item: NudgeItem, _now: datetime) -> str:
    if item.promise is None:
        return "Your words are noted with the request."
    told = f"they *{phrases.told(item.promise.kind)}* by {when(item.promise.due_at)}"
    return f"Your words are noted with the request. You had promised that {told}. Is that answered with it?"


def _follow_up(item: NudgeItem, _now: datetime) -> str:
    since = f", waiting since {when(item.request.waiting_since)}" if item.request.waiting_since else ""
    return f"They wrote again{since}."


def _resumed(item: NudgeItem, _now: datetime) -> str:
    since = f" They wait since {when(item.request.waiting_since)}." if item.request.waiting_since else ""
    return f"It was put aside until now.{since}"


def _handed_over(item: NudgeItem, now: datetime) -> str:
    owner = f"{person(item.owner.id, item.owner.name)} has it now. " if item.owner else ""
    promised = phrases.promise(item.promise, now) if item.promise else "Nothing was promised yet"
    return f"{owner}{promised}. All that was said is in the card's thread; they need not repeat anything."


_SENTENCES = {
    ItemKind.PROMISE: _promise,
    ItemKind.TARGET: _target,
    ItemKind.REPLY: _reply,
    ItemKind.CLIENT_ANSWER: _client_answer,
    ItemKind.SAID_DIRECTLY: _said_directly,
    ItemKind.FOLLOW_UP: _follow_up,
    ItemKind.RESUMED: _resumed,
    ItemKind.HANDED_OVER: _handed_over,
}
