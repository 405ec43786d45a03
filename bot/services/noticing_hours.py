"""Noticing hours that changed without anybody saving them: a zone at Slack, who left, another lead or setting."""

import json

from bot.domain.calendars import member_time, team_time
from bot.services import calendars, replanning
from bot.services.calendars import TEAM
from bot.services.context import Context
from bot.store import Tx, events, nudges, people, promises

SEEN = "hours_seen"
"""The setting that holds whose hours were which when plans were last made to fit them."""


def notice_changed_hours(ctx: Context) -> bool:
    """Have plans made anew whose hours are others than at the last look; tell whether there were any. Safe to repeat.

    Who left has no hours any more: what was theirs goes by those of whoever hears it now, and that is at once where
    they were told. The first look of a database has everything planned anew: what is planned may be by an earlier
    version's rules.
    """
    with ctx.store.writing() as tx:
        seen: dict[str, str] = json.loads(events.setting(tx, SEEN) or "{}")
        found = _tags(tx, ctx)
        if found == seen:
            return False
        events.save_setting(tx, SEEN, json.dumps(found, sort_keys=True))
        changed = {whose for whose in {*found, *seen} if found.get(whose) != seen.get(whose)}
        if TEAM in changed:
            replanning.ask_for_team(tx, ctx)
            changed -= set(found)
        for member in sorted(changed):
            replanning.replan_member(tx, ctx, member)
        for member in sorted(set(seen) - set(found)):
            _wait_no_longer_for(tx, ctx, member)
        return True


def _wait_no_longer_for(tx: Tx, ctx: Context, member: str) -> None:
    """Have what somebody who left was told of, and has not taken, looked at now: the next one in line hears."""
    for promise in nudges.unanswered_by(tx, member):
        promises.change_promise(tx, promise, next_at=ctx.now)


def _tags(tx: Tx, ctx: Context) -> dict[str, str]:
    """Return what names the hours of the team and of each member, absences left aside: they are planned when saved."""
    found = {TEAM: team_time(calendars.team_rules(tx, ctx)).tag}
    for member in people.members(tx):
        shown = calendars.shown(tx, ctx, member.id)
        found[member.id] = member_time(shown.team, shown.rules, shown.tz).tag
    return found
