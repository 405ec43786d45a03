"""Do not disturb is asked of Slack fifty people at a time, over real HTTP."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import PermanentSendError
from bot.outbound.slack_client import build_client
from bot.outbound.slack_quiet import quiet_times
from bot.workspace.pace import Pace
from bot.workspace.server import WorkspaceServer


@pytest.fixture
async def server() -> AsyncIterator[WorkspaceServer]:
    async with WorkspaceServer(time.time, pace=Pace(enabled=False)) as found:
        yield found


@pytest.fixture
def client(server: WorkspaceServer) -> AsyncWebClient:
    return build_client(server.bot_token, base_url=server.api_url)


def ident(server: WorkspaceServer, name: str) -> str:
    return server.core.state.user(name).id


async def test_each_person_has_the_spell_that_slack_tells_or_none(server, client):
    sam, mira = ident(server, "@sam"), ident(server, "@mira")
    server.control.set_user("@sam", dnd=[1_800_000_000, 1_800_003_600])
    assert await quiet_times(client, [sam, mira, "U0NOBODY000"]) == {
        sam: (datetime.fromtimestamp(1_800_000_000, UTC), datetime.fromtimestamp(1_800_003_600, UTC)),
        mira: None,
    }


@pytest.mark.parametrize(("people", "calls"), [(0, 0), (1, 1), (50, 1), (51, 2), (120, 3)])
async def test_fifty_people_are_one_call(server, client, people, calls):
    users = [server.control.add_user(f"person{number}") for number in range(people)]
    assert await quiet_times(client, users) == dict.fromkeys(users)
    assert len(server.journal.calls("dnd.teamInfo")) == calls
    assert server.journal.refusals == []


async def test_one_whom_slack_does_not_show_hides_nobody_else(server, client):
    server.control.remove("#acme-shared", "@carla")
    names = ["@sam", "@mira", "@carla", "@jonas", "@priya"]
    found = await quiet_times(client, [ident(server, name) for name in names])
    assert set(found) == {ident(server, name) for name in names if name != "@carla"}


async def test_too_many_calls_are_waited_out(server, client):
    server.control.fault("dnd.teamInfo", "rate_limited", seconds=1, times=1)
    assert await quiet_times(client, [ident(server, "@sam")]) == {ident(server, "@sam"): None}
    assert len(server.journal.calls("dnd.teamInfo")) == 2


async def test_a_missing_permission_is_told_apart(server, client):
    server.control.set_app(scopes=["users:read"])
    with pytest.raises(PermanentSendError) as refusal:
        await quiet_times(client, [ident(server, "@sam")])
    assert refusal.value.facts["code"] == "missing_scope"
