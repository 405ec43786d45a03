"""App Home: my promises by time, my queue, what nobody has yet, and a guide until everything is set up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.blocks import phrases
from bot.blocks.ids import Action, Window, encode
from bot.blocks.lists.lines import line_blocks, rest
from bot.blocks.lists.people import team_blocks
from bot.blocks.pieces import Block, View, actions, button, context, divider, header, plain_section, section
from bot.blocks.words import mrkdwn, one_line, plain
from bot.domain.hours.settings import Whereabouts
from bot.domain.people import LinkedChannel
from bot.domain.snapshots.lists import Home, Line, Setup

_LINES: Final = 12
"""Of each kind: three lists of two blocks a line, and everything around them, stay below 100 blocks."""


def build_home(home: Home, *, now: datetime, team: Sequence[Whereabouts] = ()) -> View:
    """Return the Home tab of one member; `team` is where everybody is."""
    blocks = [
        header(f"Hello {one_line(home.member.name, 80)}"),
        context(mrkdwn(f"Your promises so far: {phrases.ledger(home.ledger)}")),
        *actions(
            button("New request", Action.NEW_REQUEST, encode(), style="primary"),
            button("All open", Action.LIST_OPEN, encode()),
            button("Settings", Action.SETTINGS, encode()),
        ),
        *_guide(home.setup),
        *_list("My promises, by time", home.promises, len(home.promises), now, _calm(home)),
        *_list("My requests", home.mine, home.total_mine, now, "You own no request right now."),
        *_list("Nobody has these yet", home.unclaimed, home.total_unclaimed, now, "Everything has somebody."),
        *team_blocks(team),
    ]
    return {"type": "home", "callback_id": Window.HOME, "blocks": blocks}


def _calm(home: Home) -> str:
    return "No promise is open." if any(entry.slipped for entry in home.mine) else "No promise is open. A calm day."


def build_stranger_home(sentence: str) -> View:
    """Return the Home tab of somebody who is not (or not yet) a member."""
    blocks = [header("Hello"), plain_section(sentence)]
    return {"type": "home", "callback_id": Window.HOME, "blocks": blocks}


def _guide(setup: Setup) -> list[Block]:
    if setup.team_channel_joined and setup.linked:
        return []
    room = f"<#{setup.team_channel}>" if setup.team_channel else "the team channel"
    invite = f"Invite me into {room}: type `/invite @Headsup` there. The cards will stand in it."
    link = (
        "Go into a client's channel, invite me, and type `/headsup client`. "
        "From then on, what the client writes there becomes a request."
    )
    steps = [(setup.team_channel_joined, invite), (bool(setup.linked), link)]
    lines = [f"{'☑' if done else '☐'}  {step}" for done, step in steps]
    return [divider(), section("*Two steps, and I can help*\n" + "\n".join(lines)), *_lost(setup.linked)]


def _lost(linked: Sequence[LinkedChannel]) -> list[Block]:
    gone = [channel for channel in linked if not channel.joined]
    return [context(plain(f"I was removed from #{one_line(channel.name, 80)}.")) for channel in gone[:5]]


def _list(title: str, lines: Sequence[Line], total: int, now: datetime, nothing: str) -> list[Block]:
    shown = lines[:_LINES]
    rows = [block for entry in shown for block in line_blocks(entry, now, show_owner=False)]
    more = rest(total, shown)
    return [
        divider(),
        section(f"*{title}*" + (f" ({total})" if total else "")),
        *(rows or [context(mrkdwn(nothing))]),
        *([context(mrkdwn(more))] if more else []),
    ]
