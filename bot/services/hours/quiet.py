"""Do not disturb: whom a message would reach mute right now, as Slack told it last."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.quiet import Quiet, next_change, quiet_until
from bot.services.context import Context
from bot.store import nudges, quiet


def people_to_ask(ctx: Context) -> tuple[str, ...]:
    """Return the members of whom we want to know it."""
    with ctx.store.reading() as tx:
        return tuple(quiet.quiet_of(tx))


def note_quiet(ctx: Context, *, spells: Mapping[str, Quiet | None]) -> datetime | None:
    """Note what Slack said of some people, None for those without any spell; who is no member is left alone.

    What was held for somebody who may be disturbed again, earlier than it was known, goes out now, and what nobody
    answered is looked at anew: somebody may be waited for. Return when the next of these spells begins or ends: until
    then what was noted holds. Safe to repeat.
    """
    with ctx.store.reading() as tx:
        known = quiet.quiet_of(tx)
    ours = {user: spell for user, spell in spells.items() if user in known}
    if ours:
        with ctx.store.writing() as tx:
            for user, spell in ours.items():
                until = quiet_until(spell, ctx.now)
                quiet.save_dnd(tx, user, until=until, seen_at=ctx.now)
                if (known[user] or ctx.now) > (until or ctx.now):
                    nudges.wake(tx, user, now=ctx.now)
                if known[user] != until:
                    nudges.look_at_unanswered(tx, now=ctx.now)
    return min(filter(None, (next_change(spell, ctx.now) for spell in ours.values())), default=None)
