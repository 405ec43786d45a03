import asyncio
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.config import load_settings
from bot.domain.people import Actor
from bot.manifest import EVENTS, scopes
from bot.outbound.slack_client import build_client
from bot.running import Roles, running
from bot.services.arriving.linking import link_channel
from bot.services.people import member
from bot.wiring import build
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer


@asynccontextmanager
async def over_http(database):
    """The workspace and the bot that it calls over signed HTTP, with exactly the manifest's scopes and events."""
    async with WorkspaceServer(
        now=time.time, pace=Pace(enabled=False), scopes=scopes(), retry_after=(0.05, 0.1, 0.2)
    ) as slack:
        slack.control.set_app(subscriptions=sorted(EVENTS))
        settings = load_settings(
            {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_SIGNING_SECRET": slack.signing_secret,
                "SLACK_API_URL": slack.api_url,
                "SLACK_TEAM_CHANNEL": "requests",
                "DATABASE_URL": f"sqlite:///{database}",
                "HOST": "127.0.0.1",
                "PORT": "0",
            }
        )
        async with running(build(settings), Roles(bot=True, web=True, worker=True)) as process:
            await slack.control.events_url(f"{process.serving.url}/slack/events")
            yield slack, process
        assert slack.journal.refusals == []


async def ephemerals(slack, user, command, seconds=45):
    """Run a command until its answer comes (members are known a moment after the start)."""
    async with asyncio.timeout(seconds):
        while True:
            result = await slack.control.slash(user, "/headsup", command)
            assert result.error == ""
            if result.ephemerals:
                return result.ephemerals


async def test_a_command_comes_signed_over_http_and_is_answered(sqlite_path):
    async with over_http(sqlite_path) as (slack, _):
        (message, *_rest) = await ephemerals(slack, "@mira", "help")
        assert "/headsup" in str(message)


async def test_readiness_counts_this_process_as_ready_without_a_socket(sqlite_path):
    async with (
        over_http(sqlite_path) as (_, process),
        aiohttp.ClientSession(process.serving.url) as client,
        client.get("/readyz") as answer,
    ):
        assert (answer.status, (await answer.json())["problems"]) == (200, [])


async def test_an_event_that_could_not_be_stored_is_delivered_again_until_it_is(served):
    heard = []

    async def hear(event, ack):
        heard.append(event["channel"]["name"])
        if len(heard) <= 2:
            raise OSError("disk full")
        await ack()

    async with WorkspaceServer(now=time.time, retry_after=(0.01, 0.01, 0.01)) as slack:
        app = AsyncApp(
            client=build_client(None, base_url=slack.api_url),
            authorize=lambda **_: _somebody(slack),
            signing_secret=slack.signing_secret,
            process_before_response=True,
        )
        app.event("channel_rename")(hear)
        async with served(slack=app.async_dispatch) as client:
            await slack.control.events_url(f"{client._base_url}/slack/events")
            slack.control.rename("#requests", "asks")
            async with asyncio.timeout(45):
                while len(heard) <= 2:
                    await slack.control.settle()
            await slack.control.settle()
    assert heard == ["asks"] * 3


async def _somebody(slack):
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token=slack.bot_token, bot_id="B1", bot_user_id="U1")


@pytest.mark.parametrize("skew", [400, -400])
async def test_what_is_signed_at_another_time_is_refused(sqlite_path, skew):
    async with over_http(sqlite_path) as (slack, _):
        slack.control.clock_skew(skew)
        assert not (await slack.control.slash("@mira", "/headsup", "help")).acked


async def synced(process, user, seconds=45):
    """Wait until a person of the team channel is known as a member."""
    async with asyncio.timeout(seconds):
        while await process.headsup.desk.read(member, user=user) is None:
            pass


async def test_no_words_of_anybody_reach_the_log_whatever_goes_wrong(sqlite_path, logged):
    words = "grandmothers invoice"
    async with over_http(sqlite_path) as (slack, process):
        await synced(process, slack.core.state.user("@mira").id)
        channel = slack.core.state.channel("#acme-shared").id
        actor = Actor(slack.core.state.user("@mira").id, slack.core.state.home_team.id)
        await process.headsup.desk.do(
            link_channel, actor=actor, channel=channel, name="acme-shared", client_name=f"Acme {words}", shared=True
        )
        for kind in ("error", "http_500", "lost_answer"):
            slack.control.fault("chat.postMessage", kind, error="invalid_blocks")
        said = slack.control.say("@carla", "#acme-shared", f"Where is my {words}? <!channel>")
        await slack.control.settle()
        slack.control.edit("@carla", "#acme-shared", said["ts"], f"Where are my {words}s?")
        slack.control.delete("@carla", "#acme-shared", said["ts"])
        await slack.control.slash("@mira", "/headsup", f"status {words}")
        await slack.control.slash("@gwen", "/headsup", words)
        await slack.control.settle()
    assert len(slack.journal.calls("chat.postMessage")) >= 2
    assert logged.getvalue()
    assert words not in logged.getvalue()
    assert slack.bot_token not in logged.getvalue()
