"""What a nudge says, item by item. Our own words with date tokens: a client's name or words are never in here."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.blocks import phrases
from bot.blocks.nudges.handed import handed_by
from bot.blocks.nudges.in_hand import who_hears
from bot.blocks.nudges.nudge_over import heading_over
from bot.blocks.nudges.reasons import why_this_reader
from bot.blocks.nudges.slip_words import aim_passed, told, without_word
from bot.blocks.words import person, spoken, when
from bot.domain.categories import THANKS
from bot.domain.ladder.ladders import RungKind
from bot.domain.ladder.reaching import CHANNEL
from bot.domain.promises import ClientAnswer, Outcome
from bot.domain.replies import PromiseKind, ReplyState
from bot.domain.requests import State
from bot.domain.snapshots.nudge import ItemKind, NudgeItem
from bot.domain.spans import span_words
from bot.domain.targets import TargetKind


def heading(items: Sequence[NudgeItem], live: Sequence[NudgeItem]) -> str:
    """Return the first line: calm, and saying at once whether there is still time."""
    if not live:
        return heading_over(items)
    if len(live) > 1:
        return f"{len(live)} things to look at, the nearest first"
    only = live[0]
    if only.passed:
        return _AIM_OF_A_SLIP
    if only.target and only.kind is ItemKind.TARGET and only.target.kind in _AIM_HEADINGS:
        return _AIM_HEADINGS[only.target.kind]
    return _HEADINGS.get((only.kind, only.rung)) or _KIND_HEADINGS[only.kind]


_HEADINGS: dict[tuple[ItemKind, RungKind | None], str] = {
    (ItemKind.PROMISE, RungKind.BEFORE): "A promise nears, and there is still time to say so",
    (ItemKind.PROMISE, RungKind.SLIPPED): "A promised time has come without word",
}
_AIM_OF_A_SLIP = "A time that we told them has passed, and they still wait"
_AIM_HEADINGS = {
    TargetKind.NEXT_ANSWER: "A client is waiting for an answer",
    TargetKind.NEXT_WORD: "A client does not know when they will hear again",
}
_KIND_HEADINGS = {
    ItemKind.PROMISE: "A promise nears",
    ItemKind.TARGET: "A client is waiting for a first word",
    ItemKind.REPLY: "A reply needs you",
    ItemKind.CLIENT_ANSWER: "The client has answered",
    ItemKind.SAID_DIRECTLY: "Written to the client directly",
    ItemKind.FOLLOW_UP: "The client wrote again",
    ItemKind.STAYS_OPEN: "The client wrote again",
    ItemKind.RESUMED: "A parked request is back",
    ItemKind.RECHECK: "Still waiting: how does it go on?",
    ItemKind.HANDED_OVER: "This is yours now",
}


def sentences(items: Sequence[NudgeItem], now: datetime, reader: str) -> list[str]:
    """Return what each item is about and, where a time matters, by when in the reader's own zone.

    `reader` is the member's id, or the channel's: nobody is told about themselves by name. What would be enough for
    now is said once, however many items it holds for.
    """
    said: list[str] = []
    advised: set[str] = set()
    for item in items:
        advice = "" if item.moot else _advice(item)
        said.append(_sentence(item, now, reader) + (f" {advice}" if advice and advice not in advised else ""))
        advised.add(advice)
    return said


def _sentence(item: NudgeItem, now: datetime, reader: str) -> str:
    if item.kind is ItemKind.HANDED_OVER:
        return _handed_over(item, now, reader)
    if item.handed_on and not item.moot:
        tz = None if reader == CHANNEL else item.tz
        return f"{_promise(item, now)} It is in hand; {who_hears(item.handed_on, reader, tz=tz, now=now)}."
    reason = "" if item.moot else why_this_reader(item, reader)
    return f"{_SENTENCES[item.kind](item, now)}{reason and f' {reason}'}"


def _advice(item: NudgeItem) -> str:
    """Return what would be enough for now; who only thanked us waits for no time."""
    if item.kind is not ItemKind.TARGET or item.request.category == THANKS:
        return ""
    if item.passed:
        return "Say so now: what happened, what is done about it, and a new time."
    if item.target and item.target.kind is TargetKind.NEXT_WORD:
        return "One line with a time is enough."
    return "An acknowledgement with a time is enough for now."


def left(item: NudgeItem, now: datetime) -> str:
    """Return how much time is left, for the notification alone: it is read now, the message perhaps later.

    Never more than there is: nobody should think that they have two hours when it is one and a half.
    """
    if item.promise is None or item.promise.outcome is not Outcome.OPEN or item.promise.due_at <= now:
        return ""
    ahead = item.promise.due_at - now
    return f" That is in {span_words(ahead)}." if ahead >= timedelta(minutes=1) else " That is in less than a minute."


def _promise(item: NudgeItem, now: datetime) -> str:
    if item.promise is None:
        return "A promise nears."
    is_over = item.rung is RungKind.SLIPPED or item.promise.outcome is Outcome.SLIPPED or item.promise.due_at <= now
    if item.moot or not is_over:
        rests = item.promise.acked_at is not None and not (item.moot or item.handed_on)
        return f"{told(item.promise)}.{' It is in hand: nothing more comes before then.' if rests else ''}"
    return f"{without_word(item.promise, now)} A word now still counts."


def _target(item: NudgeItem, now: datetime) -> str:
    if item.passed and not item.moot:
        return without_word(item.passed, now)
    since = item.request.waiting_since
    waited = f"They have waited {when(since, 'since ')}, and nobody" if since else "Nobody"
    if item.target and item.target.kind is TargetKind.NEXT_WORD:
        said = f"{waited} has told them when they will hear again."
    else:
        said = f"{waited} has answered yet."
    passed = aim_passed(item.target, item.missed, now) if item.target and not item.moot else ""
    return f"{said} {passed}" if passed else said


def _reply(item: NudgeItem, _now: datetime) -> str:
    if item.reply is None:
        return "A reply did not get through. They do not know yet."
    said = spoken(phrases.reply(item.reply, to="them"))
    if item.reply.state is ReplyState.UNCERTAIN:
        return f"{said}. Please look on their side, and say what you found."
    if item.reply.state is ReplyState.FAILED:
        return f"{said}. They do not know yet."
    return f"{said}."


def _client_answer(item: NudgeItem, _now: datetime) -> str:
    if item.promise is None:
        return "They answered the time we gave them."
    which = "The new time" if item.promise.replaces else "The time we gave them"
    when_due = f"{which} {when(item.promise.due_at, 'is ')}."
    if item.promise.answer is None:
        return f"{when_due} They answered."
    return f"{when_due} They say: *“{phrases.ANSWERS[item.promise.answer]}.”* {_TO_DO[item.promise.answer]}"


_TO_DO = {
    ClientAnswer.WORKS: "Nothing to do until then.",
    ClientAnswer.SOONER: "Can part of it be sooner? Tell them either way.",
    ClientAnswer.CALL: "They would rather talk than write; a short call may be enough.",
}


def _said_directly(item: NudgeItem, _now: datetime) -> str:
    writer = person(item.by.id, item.by.name) if item.by else "A colleague"
    noted = f"{writer} wrote to them; the words are noted with the request."
    if item.promise is None:
        return noted
    hear = item.promise.kind is PromiseKind.HEAR
    question = "was this the word they are waiting for?" if hear else "do they have it now?"
    return f"{noted} They were to *{phrases.told(item.promise.kind)}* {when(item.promise.due_at, 'by ')}: {question}"


def _follow_up(item: NudgeItem, _now: datetime) -> str:
    return f"Their words are in the card's thread.{_waited(item)}"


def _stays_open(item: NudgeItem, now: datetime) -> str:
    number = phrases.number(item.request)
    return f"They wrote again before your closing words left, so {number} stays open. {_follow_up(item, now)}"


def _resumed(item: NudgeItem, _now: datetime) -> str:
    return f"It was put aside until now.{_waited(item)}"


def _recheck(item: NudgeItem, _now: datetime) -> str:
    """Ask how a wait goes on. Who let us wait is never blamed: what we wait for is said, and since when."""
    request = item.request
    since = f" {when(request.paused_at, 'since ')}" if request.paused_at else ""
    if request.state is State.WAITING_CLIENT:
        return f"We have waited for {phrases.waited_for(request)}{since}. Ask again, go on, or close?"
    if request.state is State.WAITING_SUPPLIER:
        return f"We have waited for {phrases.waited_for(request)}{since}. Ask the supplier again, go on, or close?"
    return "It waited for somebody else."


def _waited(item: NudgeItem) -> str:
    since = item.request.waiting_since
    return f" They have waited {when(since, 'since ')}." if since else ""


def _handed_over(item: NudgeItem, now: datetime, reader: str) -> str:
    other = item.owner if item.owner and item.owner.id != reader else None
    owner = f"{person(other.id, other.name)} has it now. " if other else ""
    promised = f"{phrases.promise(item.promise, now)}. " if item.promise else ""
    known = "All that was said and promised is with the card; the client need not repeat anything."
    return f"{handed_by(item)}{owner}{promised}{known}"


_SENTENCES = {
    ItemKind.PROMISE: _promise,
    ItemKind.TARGET: _target,
    ItemKind.REPLY: _reply,
    ItemKind.CLIENT_ANSWER: _client_answer,
    ItemKind.SAID_DIRECTLY: _said_directly,
    ItemKind.FOLLOW_UP: _follow_up,
    ItemKind.STAYS_OPEN: _stays_open,
    ItemKind.RESUMED: _resumed,
    ItemKind.RECHECK: _recheck,
}
