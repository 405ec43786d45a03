"""Snapshots for the tests of blocks: one calm request, and what hostile clients may write into it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.incoming import Attachment, Source
from bot.domain.ladder.nudges import RungKind
from bot.domain.people import Client, ClientProfile, Contact, LinkedChannel, Member
from bot.domain.promises import Ledger, Outcome, Promise
from bot.domain.replies import PromiseKind, Reply, ReplyKind, ReplyState, Way, WayKind
from bot.domain.requests import Direction, Message, Request, State
from bot.domain.snapshots.card import Card, SuggestionChoice, ThreadPost
from bot.domain.snapshots.client import ClientPost
from bot.domain.snapshots.lists import Home, Line, Queue, Setup
from bot.domain.snapshots.nudge import ItemKind, Nudge, NudgeItem
from bot.domain.snapshots.review import Approved, DelayForm, Review
from bot.domain.snapshots.status import HistoryEntry, Status
from bot.domain.targets import Target, TargetKind, TargetOutcome

NOW = datetime(2026, 11, 27, 13, 0, tzinfo=UTC)
ANA = Member("U1ANA", "Ana", "Europe/Helsinki")
BEN = Member("U2BEN", "Ben", "America/New_York")
ACME = Client(7, "Acme", confirmed=True, tz="Europe/Helsinki")
MARIA = Contact(3, 7, "Maria Keller", slack_user="U9MARIA", slack_team="T9ACME")
REQUEST = Request(
    id=142,
    client=7,
    contact=3,
    state=State.NEW,
    owner=None,
    category="billing",
    category_by=None,
    reasons=("invoice", "VAT"),
    heat=1,
    ask="Could you send the invoice with the right VAT number?",
    subject="",
    language="en",
    source=Source.CHANNEL,
    opened_at=NOW - timedelta(hours=2),
    waiting_since=NOW - timedelta(hours=2),
    first_answered_at=None,
    parked_until=None,
    closed_at=None,
    channel="C2ACME",
    thread="1764240000.000100",
    callback_url=None,
)
WORDS = Message(
    1,
    142,
    Direction.IN,
    "Maria Keller",
    "Hello,\nthe invoice has the old VAT number again. Could you send the invoice with the right VAT number?",
    NOW - timedelta(hours=2),
    attachments=(Attachment("invoice.pdf", "application/pdf", size=120_000),),
)
WAY = Way(WayKind.CHANNEL, "C2ACME", "in #acme-shared", "1764240000.000100")
PROMISE = Promise(
    5, 142, PromiseKind.HEAR, NOW + timedelta(hours=1), NOW - timedelta(hours=1), 1, Outcome.OPEN, 9, next_at=NOW
)
REPLY = Reply(
    9,
    142,
    ReplyKind.ACKNOWLEDGEMENT,
    ReplyState.HELD,
    "Thank you, Maria. You will hear from us by 3 pm.",
    1,
    "U1ANA",
    NOW,
    NOW + timedelta(seconds=10),
    WayKind.CHANNEL,
    "in #acme-shared",
)
TARGET = Target(
    2,
    142,
    TargetKind.FIRST_ANSWER,
    NOW + timedelta(hours=1),
    1,
    TargetOutcome.OPEN,
    NOW + timedelta(hours=1),
    NOW,
    timedelta(hours=1),
)
CHOICES = (
    SuggestionChoice("ack.2h", "Acknowledge, back within 2 h", ReplyKind.ACKNOWLEDGEMENT),
    SuggestionChoice("ack.day", "Acknowledge, back within a day", ReplyKind.ACKNOWLEDGEMENT),
    SuggestionChoice("ask.more", "Ask for the invoice number", ReplyKind.QUESTION),
)
CARD = Card(
    REQUEST,
    ACME,
    MARIA,
    None,
    (WORDS,),
    1,
    (),
    TARGET,
    (),
    Ledger(3, 1, 0),
    CHOICES,
    WAY,
    (ANA, BEN),
    "C1TEAM",
    "1764240001.000100",
)
OWNED = replace(
    CARD,
    request=replace(REQUEST, state=State.OPEN, owner="U1ANA"),
    owner=ANA,
    promises=(PROMISE,),
    target=None,
    replies=(replace(REPLY, state=ReplyState.SENT, sent_at=NOW),),
)
REVIEW = Review(
    REQUEST,
    ACME,
    ANA,
    ReplyKind.ACKNOWLEDGEMENT,
    WAY,
    "Thank you, Maria.",
    PromiseKind.HEAR,
    NOW + timedelta(hours=2),
    (PROMISE,),
    5,
    9,
    10,
    WORDS.text,
    ("“soon” is no time: say when.",),
)
APPROVED = Approved(REPLY, OWNED.request, ACME, replace(PROMISE, outcome=Outcome.PENDING))
DELAY = DelayForm(OWNED.request, ACME, PROMISE, WAY, NOW + timedelta(hours=3), 9, WORDS.text)
ITEM = NudgeItem(
    "promise:5:1:0",
    ItemKind.PROMISE,
    RungKind.BEFORE,
    OWNED.request,
    ACME,
    ANA,
    promise=PROMISE,
    excerpt=WORDS.text,
    card=("C1TEAM", "1764240001.000100"),
)
LINE = Line(OWNED.request, ACME, ANA, PROMISE, None, WORDS.text)
FREE_LINE = Line(REQUEST, ACME, None, None, TARGET, WORDS.text)
QUEUE = Queue("Everything open", (LINE, FREE_LINE), 2, Ledger(3, 1, 0))
SETUP = Setup("C1TEAM", team_channel_joined=True, linked=(LinkedChannel("C2ACME", "acme-shared", 7, shared=True),))
HOME = Home(ANA, (LINE,), (FREE_LINE,), (LINE,), Ledger(3, 1, 0), SETUP, 1, 1)
STATUS = Status(
    OWNED,
    (replace(PROMISE, outcome=Outcome.MOVED_BEFORE), PROMISE),
    (HistoryEntry(NOW, "received", None), HistoryEntry(NOW, "claimed", "U1ANA")),
)
PROFILE = ClientProfile(ACME, SETUP.linked, (MARIA,), 1, 4)
THREAD_POST = ThreadPost(REQUEST, ACME, WORDS)
CLIENT_POST = ClientPost(9, 142, REPLY.text, "C2ACME", None, 5, PROMISE.due_at, ask_if_it_works=True)

HOSTILE = {
    "long": "All work and no play. " * 2_500,
    "long without spaces": "x" * 50_000,
    "only emoji": "🙂" * 50_000,
    "families": "👩‍👩‍👧‍👦" * 9_000,
    "mentions": "<!channel> <!here> <@U1ANA> <#C1TEAM> <!subteam^S1> @channel @here",
    "markup": "*bold* _italic_ ~strike~ `code` ```block``` > quote :tada: :skull:",
    "links": "<https://evil.example|your bank> https://evil.example [x](https://evil.example) <mailto:a@b.c|x>",
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\ud800g\u2028h\r\ni",
    "right to left": "\u202ereversed\u202c \u2067isolated \u0645\u0631\u062d\u0628\u0627 \u200f",
    "empty": "",
    "blank": " \n\t \u200b\u2060\ufeff ",
    "lines": "\n".join(str(number) for number in range(10_000)),
    "gaps": "a" + "\n" * 9_000 + "b",
    "spaces": "a" + " " * 30_000 + "b",
    "amps": "&<>" * 17_000,
    "date token": "<!date^1^{date}|x> {time} ^|^",
    "separators": "%3D=&1%26" * 50,
}


def hostile_card(words: str) -> Card:
    """Put the words wherever a client (or a colleague's profile) could put words."""
    message = replace(
        WORDS,
        text=words,
        author=words,
        edited=True,
        attachments=tuple(Attachment(words, words, words, words, 10**12) for _ in range(30)),
    )
    reply = replace(REPLY, text=words[:3_000], way_label=words, error=words, state=ReplyState.FAILED)
    return replace(
        OWNED,
        request=replace(OWNED.request, ask=words, subject=words, reasons=(words,) * 9, category_by="U2BEN"),
        client=replace(ACME, name=words, tone=words, notes=words, confirmed=False),
        contact=replace(MARIA, name=words, email=words),
        owner=replace(ANA, name=words),
        opening=(message,) * 7,
        conversation_count=9,
        promises=(PROMISE,) * 9,
        replies=(reply, replace(reply, state=ReplyState.UNCERTAIN), replace(reply, state=ReplyState.HELD)) * 3,
        target=TARGET,
        way=replace(WAY, label=words),
        members=(replace(ANA, name=words), replace(BEN, name=words)),
    )


def hostile_line(words: str) -> Line:
    """Return a line of a list about the hostile card."""
    card = hostile_card(words)
    return Line(card.request, card.client, card.owner, PROMISE, TARGET, words)


def hostile_nudge(words: str) -> Nudge:
    """Return a nudge with every kind of item, ten in all."""
    card = hostile_card(words)
    item = replace(ITEM, request=card.request, client=card.client, owner=card.owner, excerpt=words, target=TARGET)
    items = [replace(item, kind=kind, reply=card.replies[0]) for kind in ItemKind]
    return Nudge("U1ANA", to_channel=False, items=(*items, *(replace(item, moot=words) for _ in range(5))))


def texts(node: Any) -> list[dict[str, Any]]:
    """Return every object with a `text` string below a node."""
    if isinstance(node, list):
        return [found for item in node for found in texts(item)]
    if not isinstance(node, dict):
        return []
    own = [node] if isinstance(node.get("text"), str) else []
    return own + [found for item in node.values() for found in texts(item)]
