"""How the same facts are said everywhere: promises, replies, states, the ledger. Our own words, formatted."""

from datetime import datetime
from typing import Final

from bot.blocks.words import Part, one_line, when
from bot.domain.categories import category_of
from bot.domain.languages import Unwritten, name_of
from bot.domain.pauses import LONGEST_NOTE, REASONS, WAITING, reason_words
from bot.domain.people import Client, Contact
from bot.domain.promises import ClientAnswer, Ledger, Outcome, Promise
from bot.domain.replies import PromiseKind, Reply, ReplyKind, ReplyState, WayKind
from bot.domain.requests import Request, State

REPLY_KINDS: Final = {
    ReplyKind.ACKNOWLEDGEMENT: "Acknowledgement",
    ReplyKind.QUESTION: "Question",
    ReplyKind.ANSWER: "Answer",
    ReplyKind.DELAY_UPDATE: "Delay update",
    ReplyKind.CLOSING: "Closing words",
}

ANSWERS: Final = {
    ClientAnswer.WORKS: "That works",
    ClientAnswer.SOONER: "I need it sooner",
    ClientAnswer.CALL: "Please call me",
}
"""The client's three buttons, in the words they read."""

_STATES: Final = {
    State.NEW: "New, nobody has it yet",
    State.OPEN: "In work",
    State.WAITING_CLIENT: "Waiting for the client",
    State.WAITING_SUPPLIER: "Waiting for a supplier",
    State.DONE: "Done",
    State.NOT_A_REQUEST: "Not a request",
}

_STANDS: Final = " · our promise to the client still stands"

_HEAT: Final = ("", "a little upset", "upset", "very upset")
_HEAT_MARK: Final = ("", "🌶", "🌶🌶", "🌶🌶🌶")


def number(request: Request) -> str:
    """Return the short name of a request: #142."""
    return f"#{request.id}"


def title(request: Request, client: Client) -> str:
    """Return the one-line name of a request, not escaped: "#142 · Acme"."""
    return f"{number(request)} · {client_name(client)}"


def client_name(client: Client) -> str:
    """Return the client's name on one line, not escaped."""
    return one_line(client.name, 100) or "A client without a name"


def contact_name(contact: Contact | None) -> str:
    """Return the contact's name on one line, not escaped, empty when nobody is known."""
    return one_line(contact.name or contact.email or "", 80) if contact else ""


def category(request: Request) -> str:
    """Return the category as people read it."""
    row = category_of(request.category)
    return f"{row.emoji} {row.name}"


def heat(request: Request) -> str:
    """Return a quiet mark for upset words, empty when they are calm."""
    level = max(0, min(request.heat, len(_HEAT) - 1))
    return f"{_HEAT_MARK[level]} {_HEAT[level]}" if level else ""


def state(request: Request, *, stands: bool = False) -> str:
    """Return where the request stands; of a wait also why, since when, and when somebody looks again.

    A wait never moves a promise: `stands` says that one is still ahead.
    Our own words about it are `pause_note`: they may quote a client, so they never stand in formatted text.
    """
    if request.state is State.PARKED:
        parked = f"Parked {when(request.parked_until, 'until ')}" if request.parked_until else "Parked"
        return parked + _why(request)
    if request.state in WAITING:
        since = f" · {when(request.paused_at, 'since ')}" if request.paused_at else ""
        again = f" · {when(request.parked_until, 'we look again ')}" if request.parked_until else ""
        return f"{_STATES[request.state]}{_why(request)}{since}{again}{_STANDS if stands else ''}"
    if request.state in {State.DONE, State.NOT_A_REQUEST} and request.closed_at:
        return f"{_STATES[request.state]} {when(request.closed_at, 'since ')}"
    return _STATES[request.state]


def _why(request: Request) -> str:
    words = reason_words(request.state, request.pause_reason)
    return f": {words}" if words else ""


def waited_for(request: Request) -> str:
    """Return what a request waits for: "their approval"."""
    return reason_words(request.state, request.pause_reason) or "an answer"


def pause_note(request: Request) -> str:
    """Return our own words about a wait on one line, not escaped; nothing when there are none or it does not wait."""
    note = one_line(request.pause_note, LONGEST_NOTE) if request.state in REASONS else ""
    return f"📎 {note}" if note else ""


def capital(words: str) -> str:
    """Return words as the beginning of a line."""
    return words[:1].upper() + words[1:]


def waiting(request: Request) -> str:
    """Return since when the client waits for a person's words, or that nobody waits; when we wait too, for whose."""
    if request.waiting_since is None:
        return "they have an answer" if request.first_answered_at else "nobody waits for an answer"
    who = "they have waited for our word" if request.state in WAITING else "waiting"
    return f"{who} {when(request.waiting_since, 'since ')}"


def told(kind: PromiseKind) -> str:
    """Return what the client was told they get."""
    return "hear from us" if kind is PromiseKind.HEAR else "have it"


def promise(entry: Promise, now: datetime) -> str:
    """Return one promise and how it stands."""
    what, due = told(entry.kind), when(entry.due_at, "by ")
    match entry.outcome:
        case Outcome.PENDING if entry.due_at <= now:
            said = f"Passed while its reply waits: {what} {due}"
        case Outcome.PENDING:
            said = f"They will {what} {due}, once the reply is sent"
        case Outcome.OPEN if entry.due_at <= now:
            said = f"⚠️ They were to {what} {due}, and have not been told otherwise"
        case Outcome.OPEN:
            said = f"They {what} {due}"
        case Outcome.KEPT:
            said = f"✓ Kept: {what} {due}"
        case Outcome.MOVED_BEFORE:
            said = f"↷ Moved before it was due: {what} {due}"
        case Outcome.SLIPPED:
            word = f", told after{when(entry.told_at, ', ')}" if entry.told_at else ", no word since"
            said = f"✗ Slipped{word}: {what} {due}"
        case Outcome.RELEASED:
            said = f"Released: {what} {due}"
        case Outcome.VOID:
            said = f"Never sent: {what} {due}"
    return f"{said} · {answer(entry.answer)}" if entry.answer else said


def slipped(entry: Promise) -> str:
    """Return openly that a time passed, and whether the client has heard anything since."""
    if entry.told_at is not None:
        due = when(entry.due_at, "by ")
        after = f"a word came after{when(entry.told_at, ', ')}"
        return f"⚠️ They were to {told(entry.kind)} {due}; {after}, without a new time"
    return f"⚠️ They were to {told(entry.kind)} {when(entry.due_at, 'by ')}; they have heard nothing since"


def answer(entry: ClientAnswer) -> str:
    """Return what the client said to a time."""
    return f"the client said “{ANSWERS[entry]}”"


def ledger(entry: Ledger) -> str:
    """Return what became of the promises made so far: "3 kept, 1 moved before"."""
    after = f" ({entry.told_after} told after)" if entry.told_after else ""
    parts = [(entry.kept, "kept"), (entry.moved_before, "moved before"), (entry.slipped, f"slipped{after}")]
    return ", ".join(f"{count} {word}" for count, word in parts if count) or "none due yet"


def reads(client: Client, entry: Unwritten) -> str:
    """Return what a client reads, or what their words look like, as the end of a sentence; not escaped."""
    name = one_line(name_of(entry.language), 40)
    return f"this looks like {name}" if entry.guessed else f"{client_name(client)} reads {name}"


def way(kind: WayKind, label: str, *, address: bool = False) -> str:
    """Return where a reply goes, not escaped. A system's `address` may stand beside its name, never alone."""
    shown = one_line(label, 120)
    if kind is not WayKind.WEBHOOK:
        return shown or "their usual way"
    return f"their system ({shown})" if address and shown else "their system"


def reply(entry: Reply, *, to: str = "") -> list[Part]:
    """Return one reply and where it is, as a sentence in parts; `to` replaces where it went."""
    kind, to = REPLY_KINDS[entry.kind], to or way(entry.way, entry.way_label)
    at: list[Part] = [" · ", entry.sent_at] if entry.sent_at else []
    said: list[Part]
    match entry.state:
        case ReplyState.HELD:
            said = [f"⏱ {kind} to {to} ", ("leaves ", entry.hold_until)]
        case ReplyState.SENDING:
            said = [f"⏱ {kind} to {to}: being sent"]
        case ReplyState.SENT if entry.way is WayKind.BY_HAND:
            said = [f"✓ {kind}, told by hand", *at]
        case ReplyState.SENT:
            said = [f"✓ {kind} sent to {to}", *at]
        case ReplyState.FAILED:
            said = [f"⚠️ {kind} did not reach {to}"]
        case ReplyState.UNCERTAIN:
            said = [f"⚠️ {kind} to {to}: we cannot tell whether it arrived"]
        case ReplyState.UNDONE:
            said = [f"{kind}: undone, it never left"]
        case ReplyState.DROPPED:
            said = [f"{kind}: dropped"]
    return said
