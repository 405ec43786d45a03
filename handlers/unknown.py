"""Whatever no feature knows: acknowledged, because Bolt does not, and told in a sentence. Registered last."""

import re
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.services.context import Do
from handlers.pressing import Presses, refresh_card
from handlers.reading import OldButtonError, Press

log = structlog.get_logger(__name__)

ANYTHING = re.compile(".*", re.DOTALL)


async def unknown_pressed(press: Press, *, do: Do) -> None:
    """Refuse a button that nobody listens to any more; its card is shown anew."""
    await refresh_card(press, do=do)
    raise OldButtonError


async def nothing_happened(ack: AsyncAck) -> None:
    """Acknowledge an event or a closed window that needs no answer."""
    await ack()


async def failed(error: Exception, body: dict[str, Any]) -> None:
    """Log what went wrong, without anybody's words.

    Slack is not acknowledged: it delivers an event again, and shows the one who pressed that nothing happened.
    """
    log.error("A request from Slack failed.", action=str(body.get("type") or body.get("command") or ""), exc_info=error)


def register(presses: Presses, app: AsyncApp, *, do: Do) -> None:
    """Listen for everything else."""
    first = partial(unknown_pressed, do=do)
    presses.on_action(ANYTHING, first)
    presses.on_submission(ANYTHING, first)
    presses.on_command(ANYTHING, first)
    presses.on_shortcut(ANYTHING, first)
    app.view_closed(ANYTHING)(nothing_happened)
    app.event(ANYTHING)(nothing_happened)
    app.error(failed)
