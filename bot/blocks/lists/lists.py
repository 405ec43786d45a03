"""Lists of requests: everything open, a member's queue, a client's requests."""

from datetime import datetime

from bot.blocks import phrases
from bot.blocks.ids import Action, Window, encode
from bot.blocks.lists.lines import LINES_IN_MESSAGE, line_blocks, line_text, rest
from bot.blocks.pieces import Block, Post, View, actions, button, context, header, modal, plain_section
from bot.blocks.words import escape, fallback, mrkdwn, plain
from bot.domain.snapshots.lists import Queue


def build_queue(queue: Queue, *, now: datetime, title: str = "") -> Post:
    """Return the list; an empty one says so kindly and offers what to do next."""
    title = title or queue.of
    shown = queue.lines[:LINES_IN_MESSAGE]
    more = rest(queue.total, shown)
    ledger = f"Promises: {phrases.ledger(queue.ledger)}" if queue.ledger else ""
    blocks: list[Block] = [header(title)]
    blocks += [context(mrkdwn(ledger))] if ledger else []
    blocks += [block for entry in shown for block in line_blocks(entry, now)]
    if not shown:
        blocks.append(plain_section("Nothing waits here."))
    blocks += [context(plain(more))] if more else []
    blocks += actions(
        button("All open", Action.LIST_OPEN, encode()),
        button("Mine", Action.LIST_MINE, encode()),
        button("New request", Action.NEW_REQUEST, encode()),
    )
    lines = [line_text(entry, now) for entry in shown] or ["Nothing waits here."]
    return Post(text=fallback([escape(title), ledger, *lines, more]), blocks=blocks)


def build_queue_view(queue: Queue, *, now: datetime, title: str = "") -> View:
    """Return the same as a window, for where no message can stand."""
    return modal(Window.STATUS, "Requests", build_queue(queue, now=now, title=title)["blocks"])
