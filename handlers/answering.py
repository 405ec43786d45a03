"""The client's three answers to a new time: the only buttons that people outside the team may press."""

from functools import partial

from bot.blocks.cards.client_post import build_thanks
from bot.blocks.ids import Action
from bot.domain.promises import ClientAnswer
from bot.domain.snapshots.client import ClientAnswered
from bot.services.context import Do
from bot.services.replies import answering
from handlers.ports import Screens
from handlers.pressing import Presses
from handlers.reading import Press
from handlers.telling import say

_ANSWERS = {
    Action.WORKS: ClientAnswer.WORKS,
    Action.SOONER: ClientAnswer.SOONER,
    Action.CALL: ClientAnswer.CALL,
}


async def answer_pressed(press: Press, *, answer: ClientAnswer, do: Do) -> ClientAnswered:
    """Record the client's answer; the service checks that they are of that very client."""
    return await do(
        answering.answer_as_client,
        actor=press.actor,
        promise=press.number("promise"),
        answer=answer,
        channel=press.channel or "",
    )


async def answer_then(press: Press, answered: ClientAnswered, *, screens: Screens) -> None:
    """Thank them in words that only they see, unless the message itself is about to: once is enough."""
    if not answered.shown:
        await say(press, build_thanks(answered.answer), screens=screens)


def register(presses: Presses, *, do: Do, screens: Screens) -> None:
    """Listen for the client's buttons."""
    for action, answer in _ANSWERS.items():
        presses.on_action(action, partial(answer_pressed, answer=answer, do=do), partial(answer_then, screens=screens))
