"""App Home: shown when somebody opens it, and again after each press in it."""

from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from bot.blocks.lists.home import build_home, build_stranger_home
from bot.domain.people import Actor
from bot.errors import HeadsupError, NotAMemberError
from bot.services.context import Do
from bot.services.reading import asking
from bot.services.settings import team_day
from handlers.ports import Now, Screens
from handlers.telling import meet, why_not

log = structlog.get_logger(__name__)

OPENED = "opened"


async def home_opened_happened(event: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext) -> None:
    """Note who opened the Home tab; drawing it is for afterwards."""
    if event.get("tab") == "home":
        context[OPENED] = str(event["user"])
    await ack()


async def home_opened_then(context: AsyncBoltContext, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Draw it."""
    user = context.get(OPENED)
    if user is not None:
        await show_home(user, do=do, read=read, screens=screens, now=now)


async def show_home(user: str, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Publish the Home tab of one person; somebody whom we do not know is looked up first."""
    actor = Actor(user)
    try:
        try:
            home = await read(asking.home_of, actor=actor)
        except NotAMemberError:
            if await meet(user, do=do, screens=screens) is None:
                await screens.publish(user, build_stranger_home(await why_not(user, screens=screens)))
                return
            home = await read(asking.home_of, actor=actor)
        team = await read(team_day.team_day, actor=actor)
        await screens.publish(user, build_home(home, now=now(), team=team))
    except HeadsupError as error:
        log.warning("App Home could not be shown.", action="home", error=type(error).__name__)


def register(app: AsyncApp, *, do: Do, read: Do, screens: Screens, now: Now) -> None:
    """Listen for opened Home tabs."""
    then = partial(home_opened_then, do=do, read=read, screens=screens, now=now)
    app.event("app_home_opened")(ack=home_opened_happened, lazy=[then])
