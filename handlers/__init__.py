"""The Slack edge: raw payloads in, one service call, words out. One file per feature."""

import asyncio
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.services.context import Do
from handlers import (
    answering,
    away,
    away_list,
    channels,
    claiming,
    commands,
    creating,
    hearing,
    home,
    membership,
    moving,
    profiles,
    promising,
    replying,
    settings,
    settings_away,
    settings_days,
    showing,
    unknown,
)
from handlers.ports import Now, Screens, TeamChannel
from handlers.pressing import Presses
from handlers.watching import Watch


def register_all(
    app: AsyncApp,
    *,
    do: Do,
    read: Do,
    screens: Screens,
    now: Now,
    team_channel: TeamChannel,
    background: set[asyncio.Task[Any]],
) -> None:
    """Register every feature with Bolt, what nobody knows last.

    `do` runs writing services, `read` those that only read; `now` is the clock's; `team_channel` is its
    Slack id once it is known. What follows a press stands in `background` until it is done; whoever stops ends it.
    """
    show_home = partial(home.show_home, do=do, read=read, screens=screens, now=now)
    presses = Presses(app, do=do, screens=screens, show_home=show_home, background=background)
    claiming.register(presses, do=do)
    moving.register(presses, do=do, read=read, screens=screens)
    watch = Watch(read=read, screens=screens, now=now)
    replying.register(presses, do=do, read=read, screens=screens, watch=watch)
    promising.register(presses, do=do, read=read, screens=screens, now=now)
    answering.register(presses, do=do, screens=screens)
    showing.register(presses, read=read, screens=screens, now=now)
    creating.register(presses, do=do, read=read, screens=screens, now=now)
    settings.register(presses, do=do, read=read, screens=screens)
    settings_days.register(presses, do=do, read=read, screens=screens)
    settings_away.register(presses, do=do, read=read, screens=screens)
    away.register(presses, do=do, screens=screens, now=now)
    away_list.register(presses, do=do, read=read, screens=screens, now=now)
    profiles.register(presses, do=do, read=read, screens=screens)
    commands.register(presses, do=do, read=read, screens=screens, now=now, team_channel=team_channel)
    home.register(app, do=do, read=read, screens=screens, now=now)
    hearing.register(app, do=do, read=read, screens=screens)
    membership.register(app, do=do, screens=screens, team_channel=team_channel)
    channels.register(app, do=do)
    unknown.register(presses, app, do=do)
