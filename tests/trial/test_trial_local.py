"""Starting a trial: taken ports, folders that live already, installations that must not be touched."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.domain.aims import FIRST_ANSWER, read_aims
from bot.errors import ConfigurationError
from bot.services.outbox import pacing
from bot.services.reading import asking
from bot.trial.hands import Hands
from bot.trial.local import local
from bot.trial.settings import apart
from bot.workspace.driver import Driver
from bot.workspace.pace import Pace
from tests.support.processes import free_port
from tests.support.walk_ground import until

FAST = Pace(enabled=False)


@contextlib.contextmanager
def taken(port: int) -> Iterator[None]:
    """Somebody else listens at a port."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        yield


@pytest.fixture(autouse=True)
def full_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".headsup"


async def test_taken_ports_are_told_and_the_next_ones_are_used(folder: Path, monkeypatch: pytest.MonkeyPatch):
    page, intake, outside = free_port(), free_port(), free_port()
    monkeypatch.setattr("bot.trial.outside.PORT", outside)
    said: list[str] = []
    with taken(page), taken(intake), taken(outside):
        async with local(Settings(port=intake), said.append, asked="short", port=page, folder=folder) as trial:
            assert trial.process.serving is not None
            assert trial.systems.port != outside
            assert said == [
                f"Port {outside} is taken, so the clients' own systems take replies at port {trial.systems.port}.",
                f"Port {page} is taken, so the workspace is at {trial.server.url}.",
                f"Port {intake} is taken, so webhooks come in at port {trial.process.serving.port}.",
            ]
            assert trial.process.headsup.settings.webhook_callback_hosts == (trial.systems.host,)


async def test_replies_follow_a_clients_system_to_another_port(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Its port is taken when the trial goes on: the reply to a request of before finds it all the same."""
    before = free_port()
    monkeypatch.setattr("bot.trial.outside.PORT", before)
    settings = Settings(port=0).model_copy(update={"undo_seconds": Settings().undo_seconds * 0})
    async with local(settings, print, asked="short", port=0, folder=folder, pace=FAST) as trial:
        assert await trial.feed.run()
        assert trial.systems.port == before
    with taken(before):
        async with local(settings, print, port=0, folder=folder, pace=FAST) as trial:
            assert not await trial.feed.run()
            assert trial.systems.port != before
            driver = Driver.of(trial.server.control)
            await driver.press("jonas", "#requests", "Acknowledge", message="· Orbit Travel")
            await driver.until("jonas", "modal", "Reply to #3")
            await driver.submit("jonas")
            [orbit] = trial.systems.all
            await until(lambda: orbit.received, "Orbit's system to receive the reply")
            assert [one.verified for one in orbit.received] == [True]


async def test_a_folder_that_lived_before_scenarios_were_remembered_is_left_as_it_is(folder: Path):
    async with local(Settings(port=0), print, asked="short", port=0, folder=folder, pace=FAST) as trial:
        await until(trial.process.headsup.synced.is_set, "the team to be known")
        await Driver.of(trial.server.control).slash("mira", "#acme-shared", "/headsup client link Acme")
    assert not (folder / "trial.json").exists()
    async with local(Settings(port=0), print, port=0, folder=folder, pace=FAST) as trial:
        assert not await trial.feed.run()
        assert trial.feed.banner == ""
        actor = Hands(trial.process, trial.server, "sam").actor
        assert (await trial.process.headsup.desk.read(asking.open_queue, actor=actor)).total == 0


async def test_what_somebody_keeps_from_happening_is_left_out_and_the_rest_comes(folder: Path):
    async with local(Settings(port=0), print, asked="short", port=0, folder=folder, pace=FAST) as trial:
        trial.server.control.archive("#beta-shared")
        assert await trial.feed.run()
        actor = Hands(trial.process, trial.server, "mira").actor
        queue = await trial.process.headsup.desk.read(asking.open_queue, actor=actor)
        assert {line.client.name for line in queue.lines} == {"Acme", "Orbit Travel"}
        assert trial.feed.banner == ""


async def test_two_trials_do_not_live_in_one_folder(folder: Path):
    async with local(Settings(port=0), print, asked="short", port=0, folder=folder):
        with pytest.raises(ConfigurationError, match="The local workspace runs already"):
            async with local(Settings(port=0), print, asked="short", port=0, folder=folder):
                pass


async def test_what_a_person_set_stays_and_aims_are_the_usual_ones_where_none_is_set(folder: Path):
    async with local(Settings(port=0), print, asked="short", port=0, folder=folder) as trial:
        assert trial.process.headsup.settings.target_first_answer == FIRST_ANSWER
    chosen = Settings(port=0, target_first_answer="2h", lead="@mira", webhook_callback_hosts="hooks.example.com")
    async with local(chosen, print, port=0, folder=folder) as trial:
        told = trial.process.headsup.settings
        assert told.target_first_answer == read_aims("2h")
        assert told.lead == chosen.lead
        assert told.webhook_callback_hosts == ("hooks.example.com", trial.systems.host)


def test_nothing_of_an_installation_with_slack_is_touched():
    real = Settings(
        slack_bot_token="xoxb-1-2-abc",
        slack_app_token="xapp-1-A1-2-abc",
        database_url="postgresql://headsup@db.example/headsup",
        webhook_secret="whsec_" + "c2VjcmV0" * 5,
        webhook_callback_hosts="hooks.example.com",
        slack_team_channel="team-room",
        lead="@boss",
        undo_seconds="3s",
        port=9_999,
    )
    told = apart(real)
    assert told == Settings().model_copy(update={"undo_seconds": real.undo_seconds, "port": real.port})
    assert told.model_fields_set == {"undo_seconds", "port"}
    assert apart(told) is told
    assert isinstance(told.database_url, SecretStr)
