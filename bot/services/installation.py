"""What this installation learned and keeps: its own Slack ids, the team channel, how far its clock was moved."""

import json
from datetime import timedelta

from bot.services.context import Context
from bot.store import Tx, events

TEAM_CHANNEL = "team_channel"
OURSELVES = "ourselves"
CLOCK_OFFSET = "clock_offset"


def team_channel_found(ctx: Context, *, channel: str) -> None:
    """Remember the team channel's Slack id."""
    with ctx.store.writing() as tx:
        events.save_setting(tx, TEAM_CHANNEL, channel)


def team_channel(ctx: Context) -> str | None:
    """Return the team channel's Slack id, None while it is not known."""
    with ctx.store.reading() as tx:
        return events.setting(tx, TEAM_CHANNEL)


def met_ourselves(ctx: Context, *, facts: dict[str, str]) -> None:
    """Remember who we are at Slack, so that the next start needs not ask before it answers a press."""
    with ctx.store.writing() as tx:
        events.save_setting(tx, OURSELVES, json.dumps(facts, sort_keys=True))


def ourselves(ctx: Context) -> dict[str, str] | None:
    """Return who we were at Slack last time."""
    with ctx.store.reading() as tx:
        found = events.setting(tx, OURSELVES)
    return json.loads(found) if found else None


def our_team(tx: Tx) -> str | None:
    """Return our own Slack team's id, None while it is not known."""
    found = events.setting(tx, OURSELVES)
    return json.loads(found)["team"] if found else None


def clock_moved(ctx: Context, *, offset: timedelta) -> None:
    """Remember how far the clock was moved; other processes on this database follow within a second."""
    with ctx.store.writing() as tx:
        events.save_setting(tx, CLOCK_OFFSET, str(offset.total_seconds()))


def clock_offset(ctx: Context) -> timedelta:
    """Return how far the clock was moved."""
    with ctx.store.reading() as tx:
        return timedelta(seconds=float(events.setting(tx, CLOCK_OFFSET) or 0))
