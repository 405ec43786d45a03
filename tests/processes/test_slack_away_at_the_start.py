"""A first start while Slack is away: what arrives is taken in, and stands in the team channel once Slack is back."""

import time
from pathlib import Path

import pytest

from bot.workspace.server import WorkspaceServer
from tests.support.databases import Databases
from tests.support.processes import Fleet, until
from tests.support.processes_client import SECRET, ClientSystem
from tests.support.processes_database import Ledger
from tests.support.processes_day import Day

pytestmark = [
    pytest.mark.processes,
    pytest.mark.xdist_group("processes"),
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_a_webhook_that_arrives_before_slack_was_ever_reached_gets_its_card(
    databases: Databases, orbit: ClientSystem, tmp_path: Path
):
    async with WorkspaceServer(time.time) as server:
        settings = {"WEBHOOK_SECRET": SECRET, "WEBHOOK_CALLBACK_HOSTS": orbit.host}
        fleet = Fleet(server, Ledger(databases.migrated("postgresql")), tmp_path, settings)
        day = Day(fleet, orbit)
        await server.go_down()
        try:
            await fleet.child("web").start()
            await until(lambda: fleet.answers("/healthz"), f"web to listen\n{fleet.child('web').said()}")
            number = await orbit.ask(fleet.url, "Slack is away: the site is slow.")
            tried = "SELECT 1 FROM outbox WHERE error IS NOT NULL AND tries > 0"
            await until(lambda: fleet.ledger.rows(tried), "the card to be tried")

            await server.come_back()

            await day.card(number)
            assert len(day.cards(number)) == 1
            assert server.journal.refusals == []
        finally:
            await fleet.close()
