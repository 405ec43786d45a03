"""Where the systems that sent requests take the replies, after they moved."""

from bot.services.context import Context
from bot.store import requests


def callbacks_moved(ctx: Context, *, old: str, new: str) -> int:
    """Send replies that are approved from now on to the new address; return for how many requests. Safe to repeat.

    `old` and `new` are beginnings of addresses, with the slash after the host. What was approved before keeps the
    address that was approved.
    """
    with ctx.store.writing() as tx:
        return requests.move_callbacks(tx, old, new)
