"""Planning anew: what was planned by hours that no longer hold."""

from bot.services.context import Context
from bot.store import Tx, calendars, events

CURSOR = "replan:team"
"""The setting that says up to which promise the team's promises have been planned anew."""


def replan_member(tx: Tx, ctx: Context, member: str) -> None:  # noqa: ARG001 - planning goes by its own now
    """Have the open promises of a member's requests planned by the hours that hold now. Safe to repeat."""
    calendars.forget_hours(tx, member)


def ask_for_team(tx: Tx, ctx: Context) -> None:  # noqa: ARG001 - likewise
    """Have everybody's open promises and targets planned anew, in parts, by the next ticks. Safe to repeat."""
    events.save_setting(tx, CURSOR, "0")
