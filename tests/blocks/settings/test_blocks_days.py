"""A day within a sentence is written small: no phrase of ours says "before it is due Today at 15:00".

Slack writes "Today" with a capital where a date begins, so the words that lead to one stand within it.
"""

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.blocks.away.away import build_away_view
from bot.blocks.away.away_posts import build_away_post, build_returned
from bot.blocks.away.back import build_back
from bot.blocks.away.not_there import build_not_there
from bot.blocks.cards.card import build_card
from bot.blocks.cards.thread import build_thread_post
from bot.blocks.lists.lists import build_queue
from bot.blocks.lists.status import build_status
from bot.blocks.nudges.delay import build_delay_form
from bot.blocks.nudges.nudge import build_nudge
from bot.blocks.windows.sending import build_sending
from bot.domain.away.absences import Absence, Source
from bot.domain.away.away import AwayPost, AwayShown, Back, Falling, Happened, Meanwhile, PostKind, Returned
from bot.domain.away.not_there import NotThere
from bot.domain.promises import Outcome
from bot.domain.replies import ReplyState
from bot.domain.requests import State
from bot.domain.snapshots.nudge import ItemKind, Nudge
from bot.domain.targets import TargetKind
from bot.workspace.render.reader import Reader
from bot.workspace.render.words import show_mrkdwn
from tests.blocks.block_samples import (
    ACME,
    ANA,
    APPROVED,
    BEN,
    CARD,
    DELAY,
    ITEM,
    NOW,
    OWNED,
    PROMISE,
    QUEUE,
    REPLY,
    STATUS,
    TARGET,
    THREAD_POST,
)

ROOT = Path(__file__).parents[3]
SOURCES = sorted([*(ROOT / "bot/blocks").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")])
LEADS_ON = re.compile(r"[a-z,]\s*$|^\s+$")
"""Words of ours that go on: after them a date must not begin anew."""

CAPITAL = re.compile(r"[a-z,] (?:Today|Tomorrow|Yesterday)\b")


def is_bare(node: ast.AST, name: str) -> bool:
    """Tell whether this is a date without anything that leads to it."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == name
        and len(node.args) + len(node.keywords) == 1
    )


def end_of(node: ast.AST) -> str:
    """Return the last words of a literal, or of a call with one: `said(f"… due ")`."""
    if isinstance(node, ast.Call) and node.args:
        return end_of(node.args[0])
    if isinstance(node, ast.JoinedStr):
        return end_of(node.values[-1])
    return str(node.value) if isinstance(node, ast.Constant) else ""


def kept_bare(tree: ast.AST) -> set[str]:
    """Return the names that a date without anything that leads to it is kept under."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = (
                    zip(target.elts, node.value.elts, strict=False)
                    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                    else [(target, node.value)]
                )
                found |= {name.id for name, value in pairs if isinstance(name, ast.Name) and is_bare(value, "when")}
    return found


def begun_anew(tree: ast.AST) -> Iterator[int]:
    """Return the lines in which a date begins though a sentence of ours leads to it."""
    bare = kept_bare(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for before, part in itertools.pairwise(node.values):
                if (
                    isinstance(part, ast.FormattedValue)
                    and (is_bare(part.value, "when") or (isinstance(part.value, ast.Name) and part.value.id in bare))
                    and LEADS_ON.search(end_of(before))
                ):
                    yield part.lineno
        elements = (
            node.elts if isinstance(node, ast.List | ast.Tuple) else node.args if isinstance(node, ast.Call) else []
        )
        for before, part in itertools.pairwise(elements):
            if is_bare(part, "when_element") and LEADS_ON.search(end_of(before)):
                yield part.lineno


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_phrase_leads_to_a_date_that_begins_anew(source: Path):
    assert list(begun_anew(ast.parse(source.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('f"it is due {when(at)}."', [1]),
        ('f"told after, {when(at)}"', [1]),
        ('f"{name} {when(at)}"', [1]),
        ("f\"it is due {when(at, 'at ')}\"", []),
        ('f"Sent · {when(at)}"', []),
        ('who, due = name, when(at)\nf"it is due {due}"', [2]),
        ("due = when(at, 'at ')\nf\"it is due {due}\"", []),
        ('f"{when(at)}: nudge"', []),
        ('line(said(f"{title}: due "), when_element(at))', [1]),
        ("[said(\"from \"), when_element(at, 'at ')]", []),
    ],
)
def test_the_search_finds_what_it_looks_for(code: str, lines: list[int]):
    assert list(begun_anew(ast.parse(code))) == lines


# -- as it is read -----------------------------------------------------------------------------------------------------

DAYS = (timedelta(days=-1), timedelta(), timedelta(days=1))


def all_words(node: Any, reader: Reader) -> Iterator[str]:
    """Return every text of a message or a window as its reader sees it."""
    if isinstance(node, str):
        yield show_mrkdwn(node, reader)
    elif isinstance(node, list):
        for item in node:
            yield from all_words(item, reader)
    elif isinstance(node, dict) and str(node.get("type")).startswith("rich_text_"):
        yield "".join(
            show_mrkdwn(of_element(element), reader) for element in node["elements"] if "elements" not in element
        )
        yield from all_words([element for element in node["elements"] if "elements" in element], reader)
    elif isinstance(node, dict):
        for key, item in node.items():
            if key in {"text", "blocks", "elements", "fields", "accessory", "label", "hint"}:
                yield from all_words(item, reader)


def of_element(element: dict[str, Any]) -> str:
    """Return an element of a rich text as formatted text."""
    if element["type"] == "date":
        return f"<!date^{element['timestamp']}^{element['format']}|{element['fallback']}>"
    return str(element.get("text", ""))


def away(at: datetime) -> Iterator[Any]:
    """Return what people read about absences, in messages, windows and answers to a command."""
    item = Falling(replace(PROMISE, due_at=at), OWNED.request, ACME, "The invoice", owner=ANA)
    absence = Absence(3, ANA.id, at, at + timedelta(days=1), BEN.id, "", Source.SLASH, NOW)
    shown = AwayShown(absence, ANA, ANA, BEN, chosen=True, falling=(item, replace(item, moved_to=at), item))
    yield build_away_view(shown, now=NOW)
    yield build_back(Back(ANA, ended=(), coming=(absence,) * 4), now=NOW)
    for kind in PostKind:
        yield build_away_post(AwayPost(kind, shown))
    happened = [Meanwhile(kind, OWNED.request, ACME, at, BEN, ANA, item.promise, 2) for kind in Happened]
    happened += [replace(each, by=None, to=None, count=1) for each in happened]
    yield build_returned(Returned(ANA, at, tuple(happened), due=(item,)))
    for back_at in (at, at + timedelta(hours=1), None):
        found = NotThere(request=ITEM.request, owner=BEN, promise=item.promise, back_at=back_at, hears=ANA)
        yield build_not_there(found, reader=ANA.id)


def posts(at: datetime) -> Iterator[Any]:
    """Return what people read about promises, replies, aims and nudges whose times are around one instant."""
    yield from away(at)
    promises = [replace(PROMISE, due_at=at, made_at=at, outcome=outcome) for outcome in Outcome]
    promises.append(replace(promises[0], outcome=Outcome.SLIPPED, told_at=at))
    replies = tuple(replace(REPLY, state=state, sent_at=at, hold_until=at) for state in ReplyState)
    for promise in promises:
        slipped = promise if promise.outcome is Outcome.SLIPPED else None
        card = replace(OWNED, promises=(promise,), slipped=slipped, replies=replies)
        yield build_card(card, now=NOW)
        yield build_status(replace(STATUS, card=card, promises=(promise,)), now=NOW)
        yield build_queue(replace(QUEUE, lines=(replace(QUEUE.lines[0], promise=promise, slipped=slipped),)), now=NOW)
        yield build_thread_post(replace(THREAD_POST, promise=promise, reply=replies[0]))
        yield build_delay_form(replace(DELAY, promise=promise))
        yield build_sending(replace(APPROVED, promise=promise))
        for kind in ItemKind:
            yield build_nudge(
                Nudge("U1ANA", to_channel=False, items=(replace(ITEM, kind=kind, promise=promise),)), now=NOW
            )
    for kind in TargetKind:
        yield build_card(replace(CARD, target=replace(TARGET, kind=kind, due_at=at)), now=NOW)
    for state in State:
        waits = replace(OWNED.request, state=state, paused_at=at, parked_until=at, closed_at=at, waiting_since=at)
        yield build_card(replace(OWNED, request=waits), now=NOW)


@pytest.mark.parametrize("day", DAYS, ids=["yesterday", "today", "tomorrow"])
def test_whatever_is_said_of_a_day_nearby_reads_as_a_sentence(day: timedelta):
    reader = Reader(tz="UTC", now=NOW.timestamp())
    read = [words for post in posts(NOW + day) for words in all_words(post, reader)]
    assert sum("yesterday" in words or "today" in words or "tomorrow" in words for words in read) > 10
    assert [words for words in read if CAPITAL.search(words)] == []


def test_a_day_is_read_as_slack_writes_it():
    """The judge itself: a date that begins anew has a capital, one that is led to has none."""
    reader = Reader(tz="UTC", now=NOW.timestamp())
    stamp = int(datetime(2026, 11, 27, 15, tzinfo=UTC).timestamp())
    assert show_mrkdwn(f"due <!date^{stamp}^{{date_short_pretty}} at {{time}}|x>", reader) == "due Today at 15:00"
    assert show_mrkdwn(f"due <!date^{stamp}^by {{date_short_pretty}}|x>", reader) == "due by today"
