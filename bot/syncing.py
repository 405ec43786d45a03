"""Getting to know Slack beside everything else: who we are, where the team channel is, who is in it, what we missed."""

import asyncio
from dataclasses import asdict

import structlog

from bot.catching_up import catch_up
from bot.errors import HeadsupError, LockedOutError, RefusedError
from bot.outbound import slack_people
from bot.outbound.slack_people import Ourselves
from bot.services import installation, people
from bot.services.arriving import receiving
from bot.services.away import statuses
from bot.services.settings.noticing_hours import notice_changed_hours
from bot.wiring import Headsup

log = structlog.get_logger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0


async def recall(headsup: Headsup) -> None:
    """Take over what the last run learned, so that the first press needs nothing from Slack."""
    facts = await headsup.desk.read(installation.ourselves)
    headsup.known.ourselves = Ourselves(**facts) if facts else None
    headsup.known.team_channel = await headsup.desk.read(installation.team_channel)


async def sync_until_done(headsup: Headsup) -> None:
    """Sync once, trying again with growing pauses while Slack does not answer."""
    wait = FIRST_WAIT
    while True:
        try:
            await sync(headsup)
        except LockedOutError as error:
            headsup.delivery.locked_out = error.sentence
        except HeadsupError as error:
            log.warning("Slack could not be asked; trying again.", action="sync", why=error.sentence, **error.facts)
        except Exception:
            log.exception("Getting to know Slack failed; trying again.", action="sync")
        else:
            return
        await asyncio.sleep(wait)
        wait = min(LONGEST_WAIT, wait * 2)


async def sync(headsup: Headsup) -> None:
    """Ask Slack who we are, find the team channel, mirror its members, read what was missed. Safe to repeat."""
    await headsup.desk.do(receiving.take_in_waiting)
    ours = await slack_people.who_are_we(headsup.client)
    _check_same_workspace(headsup, ours)
    if ours != headsup.known.ourselves:
        headsup.known.ourselves = ours
        await headsup.desk.writing(installation.met_ourselves, facts=asdict(ours))
    await _find_team_channel(headsup)
    if headsup.known.team_channel:
        heard = await headsup.desk.read(statuses.last_heard)
        team = await slack_people.team_of(headsup.client, headsup.known.team_channel)
        await headsup.desk.do(people.sync_members, members=[member for member, _ in team])
        await headsup.desk.do(notice_changed_hours)
        await headsup.desk.do(statuses.statuses_read, found={member.id: said for member, said in team}, heard=heard)
    headsup.synced.set()
    missed = await catch_up(headsup.desk, headsup.client)
    if missed:
        log.info("Messages written while Headsup was away have arrived.", action="catch_up", count=missed)


def _check_same_workspace(headsup: Headsup, ours: Ourselves) -> None:
    """Send nothing to another Slack workspace than the one whose channels and people this database knows."""
    before = headsup.known.ourselves
    if before is None or before.team == ours.team:
        headsup.delivery.paused = ""
        return
    headsup.delivery.paused = (
        f"This database belongs to the Slack workspace {before.team_name or before.team}, "
        f"and these tokens to {ours.team_name or ours.team}. Set another DATABASE_URL."
    )
    raise RefusedError(headsup.delivery.paused)


async def _find_team_channel(headsup: Headsup) -> None:
    wanted = headsup.settings.slack_team_channel
    if not wanted:
        return
    found = await slack_people.find_channel(headsup.client, wanted)
    if found is None:
        if headsup.known.team_channel is None:
            log.warning("The team channel was not found. Invite Headsup to it.", action="sync", channel=wanted)
        return
    if found != headsup.known.team_channel:
        headsup.known.team_channel = found
        await headsup.desk.do(installation.team_channel_found, channel=found)
