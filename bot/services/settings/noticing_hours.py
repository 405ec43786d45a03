"""Noticing what changed without anybody saving it: a zone at Slack, who is in the team, its lead, a setting."""

import json

from bot.domain.ladder.ladders import LADDERS
from bot.services.context import Context
from bot.services.hours import calendars
from bot.services.nudges import in_hand, replanning
from bot.store import Tx, events, nudges, people, promises

SEEN = "hours_seen"
"""The setting that holds what plans were last made to fit: whose hours were which, who led, which ladders counted."""

LEAD, LADDER = ":lead", ":ladder"
"""Names beside the members' and the team's; no id of Slack's begins so."""

AT_ONCE = 3
"""So many who left have what they left behind planned in the same transaction; of more it comes with everybody's."""


def notice_changed_hours(ctx: Context) -> bool:
    """Have plans made anew, in parts, when something changed since the last look; tell whether it did. Safe to repeat.

    Who left has no hours any more, and stands in for nobody: what was theirs goes by those of whoever hears it now, and
    that is at once where they were told. The first look of a database has everything planned anew: what is planned may
    be by an earlier version's rules. As long as nothing changed it only reads.
    """
    with ctx.store.reading() as tx:
        if _seen(tx) == _standing(tx, ctx):
            return False
    with ctx.store.writing() as tx:
        seen, found = _seen(tx), _standing(tx, ctx)
        if found == seen:
            return False
        events.save_setting(tx, SEEN, json.dumps(found, sort_keys=True))
        replanning.ask_for_team(tx, ctx)
        in_hand.show_anew(tx, ctx)
        left = sorted(set(seen) - set(found))
        for member in left[:AT_ONCE]:
            replanning.replan_member(tx, ctx, member)
        for member in left:
            _wait_no_longer_for(tx, ctx, member)
        return True


def _wait_no_longer_for(tx: Tx, ctx: Context, member: str) -> None:
    """Have what somebody who left was told of, and has not taken, looked at now: the next one in line hears."""
    for promise in nudges.unanswered_by(tx, member):
        promises.change_promise(tx, promise, next_at=ctx.now)


def _seen(tx: Tx) -> dict[str, str]:
    seen: dict[str, str] = json.loads(events.setting(tx, SEEN) or "{}")
    return seen


def _standing(tx: Tx, ctx: Context) -> dict[str, str]:
    """Return what plans depend on, absences left aside: they are planned when saved."""
    members = people.members(tx)
    lead = next((member.id for member in members if member.lead), "")
    named = calendars.usual_tags(tx, ctx, [member.id for member in members])
    return {**named, LEAD: lead, LADDER: f"{ctx.policy.ladder} {dict(LADDERS)}"}
