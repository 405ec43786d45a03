"""A press, always the same way: one service call, acknowledge, and only then talk to Slack.

The listener runs `first` (decode, one service call) and acknowledges; a task of its own then runs `then` (windows,
whispers) with what that returned. A refusal is acknowledged too, and told to the person in a sentence. Bolt's own
lazy functions are not used here: it copies the whole payload for each before it lets the acknowledgement go, which
costs more than everything else that the loop does for a press.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks.notice import build_notice, build_notice_view
from bot.blocks.pieces import Post, View
from bot.errors import FieldError, HeadsupError, MovedOnError, NotAMemberError, PressedAgainError
from bot.services.context import Do
from bot.services.reading import asking
from handlers.ports import Screens
from handlers.reading import Press, Surface, read_action, read_command, read_shortcut, read_submission
from handlers.telling import STRANGER, explain, try_say

log = structlog.get_logger(__name__)

SORRY = "Something went wrong on our side. Nothing was lost; please try again."

T = TypeVar("T")
Read = Callable[[Mapping[str, Any]], Press]
First = Callable[[Press], Awaitable[T]]
Then = Callable[[Press, T], Awaitable[None]]
Acknowledge = Callable[[AsyncAck, Press, Any], Awaitable[None]]
Listener = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Outcome:
    """What the first half of a press came to: a snapshot, or a refusal."""

    result: Any = None
    refusal: HeadsupError | None = None


class Presses:
    """Registers features with Bolt, each press the same way."""

    def __init__(
        self,
        app: AsyncApp,
        *,
        do: Do,
        screens: Screens,
        show_home: Callable[[str], Awaitable[None]],
        background: set[asyncio.Task[Any]],
    ) -> None:
        self.app = app
        self._do = do
        self._screens = screens
        self._show_home = show_home
        self._following = background

    def on_action(self, action: Any, first: First[T], then: Then[T] | None = None) -> None:
        """Answer a button or menu (an action_id, or a pattern of them)."""
        self.app.action(action)(self._listener(read_action, first, then, _just_acknowledge))

    def on_submission(
        self,
        window: Any,
        first: First[T],
        answer: Callable[[T], View | None] | None = None,
        then: Then[T] | None = None,
    ) -> None:
        """Answer a submitted window (a callback_id). `answer` gives the next window; without one all windows close."""
        acknowledge = partial(_answer_submission, answer=answer)
        self.app.view_submission(window)(self._listener(read_submission, first, then, acknowledge))

    def on_command(self, command: Any, first: First[T], then: Then[T] | None = None) -> None:
        """Answer a slash command; a Post that `first` returns is the answer that only this person sees."""
        self.app.command(command)(self._listener(read_command, first, then, _answer_command))

    def on_shortcut(self, callback: Any, first: First[T], then: Then[T] | None = None) -> None:
        """Answer a shortcut, global or on a message."""
        self.app.shortcut(callback)(self._listener(read_shortcut, first, then, _just_acknowledge))

    def _listener(self, read: Read, first: First[T], then: Then[T] | None, acknowledge: Acknowledge) -> Listener:
        return partial(self._take, read=read, first=first, then=then, acknowledge=acknowledge)

    async def _take(
        self,
        body: dict[str, Any],
        ack: AsyncAck,
        *,
        read: Read,
        first: First[Any],
        then: Then[Any] | None,
        acknowledge: Acknowledge,
    ) -> None:
        press = read(body)
        try:
            outcome = Outcome(result=await first(press))
        except HeadsupError as refusal:
            outcome = Outcome(refusal=refusal)
        await acknowledge(ack, press, outcome)
        if then is not None or outcome.refusal is not None or press.surface is Surface.HOME:
            following = asyncio.create_task(self._follow(press, outcome, then), name="follow up a press")
            self._following.add(following)
            following.add_done_callback(self._following.discard)

    async def _follow(self, press: Press, outcome: Outcome, then: Then[Any] | None) -> None:
        """Do what talks to Slack; an error becomes a sentence for the one who pressed."""
        try:
            if outcome.refusal is not None:
                await self._refuse(press, outcome.refusal)
            elif then is not None:
                await then(press, outcome.result)
            if press.surface is Surface.HOME:
                await self._show_home(press.actor.user)
        except HeadsupError as error:
            await try_say(press, error.sentence, screens=self._screens)
        except Exception:
            log.exception("A press could not be followed up.", action="press")
            await try_say(press, SORRY, screens=self._screens)

    async def _refuse(self, press: Press, refusal: HeadsupError) -> None:
        if isinstance(refusal, PressedAgainError):
            return  # the first time has its answer
        if press.surface is Surface.WINDOW and press.filled:
            if isinstance(refusal, NotAMemberError):
                await explain(press, refusal, do=self._do, screens=self._screens)
            if isinstance(refusal, MovedOnError):
                await refresh_card(press, do=self._do)
            return  # the form has said it
        if press.surface is not Surface.COMMAND or isinstance(refusal, NotAMemberError):
            await explain(press, refusal, do=self._do, screens=self._screens)
        await refresh_card(press, do=self._do)


async def refresh_card(press: Press, *, do: Do) -> None:
    """Ask for the card that was pressed to be shown as it stands, when the press says which one it was."""
    try:
        request = press.number("request")
    except HeadsupError:
        return
    await do(asking.refresh_card, request=request)


async def _just_acknowledge(ack: AsyncAck, _press: Press, _outcome: Outcome) -> None:
    await ack()


async def _answer_submission(
    ack: AsyncAck, press: Press, outcome: Outcome, *, answer: Callable[[Any], View | None] | None
) -> None:
    if outcome.refusal is not None:
        await _answer_refused(ack, press, outcome.refusal)
        return
    view = answer(outcome.result) if answer else None
    if view is None:
        await ack(response_action="clear")
    else:
        await ack(response_action="update", view=view)


async def _answer_refused(ack: AsyncAck, press: Press, refusal: HeadsupError) -> None:
    """Say it at the field, so that nothing typed is lost; a window without fields becomes the sentence.

    So does one about what has moved on: nothing that stands in it can be sent any more.
    """
    at = refusal.field if isinstance(refusal, FieldError) and refusal.field in press.inputs else ""
    at = at or next(iter(press.inputs), "")
    sentence = STRANGER if isinstance(refusal, NotAMemberError) else refusal.sentence
    if at and not isinstance(refusal, MovedOnError):
        await ack(response_action="errors", errors={at: sentence})
    else:
        await ack(response_action="update", view=build_notice_view(sentence))


async def _answer_command(ack: AsyncAck, _press: Press, outcome: Outcome) -> None:
    if isinstance(outcome.refusal, NotAMemberError):
        await ack()  # looked up first, told afterwards
        return
    post: Post | None = build_notice(outcome.refusal.sentence) if outcome.refusal else None
    if isinstance(outcome.result, dict) and "text" in outcome.result:
        post = Post(text=outcome.result["text"], blocks=outcome.result["blocks"])
    if post is None:
        await ack()
    else:
        await ack(text=post["text"], blocks=post["blocks"])
