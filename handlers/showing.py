"""Looking closer: all of a long text in parts, one request in full, lists. Nothing changes."""

from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from bot.blocks.cards.whole_text import build_message_text
from bot.blocks.ids import Action
from bot.blocks.lists.lists import build_queue, build_queue_view
from bot.blocks.lists.status import build_status_view
from bot.domain.requests import Message
from bot.domain.snapshots.card import Card
from bot.domain.snapshots.lists import Queue
from bot.domain.snapshots.status import Status
from bot.services.context import Do
from bot.services.reading import asking
from handlers.ports import Now, Screens
from handlers.pressing import Presses
from handlers.reading import Press
from handlers.telling import show_window

OPEN, MINE = "Everything open", "Your requests"

Conversation: TypeAlias = tuple[Card, Sequence[Message]]


async def text_pressed(press: Press, *, read: Do) -> Conversation:
    """Read the whole conversation."""
    return await read(asking.conversation_of, actor=press.actor, request=press.number("request"))


async def text_then(press: Press, found: Conversation, *, screens: Screens) -> None:
    """Open its first part."""
    card, messages = found
    await show_window(press, build_message_text(card, messages=messages), screens=screens)


async def part_then(press: Press, found: Conversation, *, screens: Screens) -> None:
    """Turn to another part, in the same window."""
    card, messages = found
    await screens.update(press.view_id, build_message_text(card, messages=messages, part=press.number("part")))


async def status_pressed(press: Press, *, read: Do) -> Status:
    """Read one request in full."""
    return await read(asking.status_of, actor=press.actor, request=press.number("request"))


async def status_then(press: Press, status: Status, *, screens: Screens, now: Now) -> None:
    """Show it in a window."""
    await show_window(press, build_status_view(status, now=now()), screens=screens)


async def open_pressed(press: Press, *, read: Do) -> Queue:
    """Read everything that is open."""
    return await read(asking.open_queue, actor=press.actor)


async def mine_pressed(press: Press, *, read: Do) -> Queue:
    """Read the requests of whoever pressed."""
    return await read(asking.queue_of_member, actor=press.actor, member=press.actor.user)


async def queue_then(press: Press, queue: Queue, *, title: str, screens: Screens, now: Now) -> None:
    """Show a list instead of the one whose button was pressed; from App Home in a window."""
    if press.response_url:
        post = build_queue(queue, now=now(), title=title)
        await screens.respond(press.response_url, post["text"], post["blocks"], replace=True)
    else:
        await show_window(press, build_queue_view(queue, now=now(), title=title), screens=screens)


def register(presses: Presses, *, read: Do, screens: Screens, now: Now) -> None:
    """Listen for everything that only shows."""
    presses.on_action(Action.SHOW_TEXT, partial(text_pressed, read=read), partial(text_then, screens=screens))
    for turn in (Action.SHOW_NEXT_PART, Action.SHOW_PREVIOUS_PART):
        presses.on_action(turn, partial(text_pressed, read=read), partial(part_then, screens=screens))
    presses.on_action(
        Action.SHOW_STATUS, partial(status_pressed, read=read), partial(status_then, screens=screens, now=now)
    )
    lists = {Action.LIST_OPEN: (open_pressed, OPEN), Action.LIST_MINE: (mine_pressed, MINE)}
    for action, (first, title) in lists.items():
        presses.on_action(action, partial(first, read=read), partial(queue_then, title=title, screens=screens, now=now))
