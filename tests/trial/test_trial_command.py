"""`headsup run` without tokens, and `headsup workspace --scenario …`, as a person types and reads them."""

import asyncio
import shutil
from pathlib import Path

import pytest
from trial_morning import Morning
from typer.testing import CliRunner

from bot import commands
from bot.cli import app as headsup
from bot.config import Settings, load_settings
from bot.services.outbox import pacing
from bot.trial.scenario import NAMES, USUAL
from bot.workspace.cli import make_app
from tests.support.processes import free_port


@pytest.fixture
def nobody_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The trial ends as soon as it would wait for Ctrl-C; it lives in a folder of this test."""

    async def at_once() -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(commands, "until_stopped", at_once)
    monkeypatch.setattr(pacing, "PACE_SECONDS", 0.0)
    monkeypatch.chdir(tmp_path)


async def run(asked: str = "") -> list[str]:
    said: list[str] = []
    await commands.run_local(Settings(port=0), said.append, asked=asked, port=free_port())
    return "\n".join(said).strip().splitlines()


def test_an_unknown_scenario_is_answered_with_those_that_there_are():
    result = CliRunner().invoke(headsup, ["workspace", "--scenario", "evening"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "there is no scenario 'evening'; there is “morning” and “short”\n"


@pytest.mark.parametrize("option", [("--host", "::1"), ("--file", "elsewhere.db")])
def test_a_scenario_lives_in_its_folder_on_this_machine(option: tuple[str, str]):
    result = CliRunner().invoke(headsup, ["workspace", "--scenario", "short", *option])
    assert result.exit_code == 2
    assert "a scenario lives in the folder .headsup" in result.stderr


def test_the_workspace_hands_name_and_port_to_whoever_plays():
    played: list[tuple[str, int]] = []
    app = make_app(NAMES, lambda *asked: played.append(asked))
    assert CliRunner().invoke(app, ["--scenario", "short", "--port", "7799"]).exit_code == 0
    assert CliRunner().invoke(app, ["--scenario", "morning"]).exit_code == 0
    assert played == [("short", 7799), ("morning", 7780)]


def test_a_workspace_without_scenarios_says_so():
    result = CliRunner().invoke(make_app(), ["--scenario", "morning"])
    assert (result.exit_code, result.stderr) == (2, "there is no scenario 'morning'; there is none here\n")


def test_help_names_every_scenario():
    told = CliRunner().invoke(headsup, ["workspace", "--help"], env={"COLUMNS": "200"}).stdout
    assert ", ".join(NAMES) in told


@pytest.mark.usefixtures("nobody_waits")
async def test_the_first_thing_said_is_where_to_look_then_what_it_is_then_how_it_ends():
    assert USUAL == "morning"
    where, _, what, folder, end, *rest = await run()
    assert where.startswith("Open http://127.0.0.1:")
    assert where.endswith("/ in a browser.")
    assert "a local stand-in for Slack; webhooks come in at http://127.0.0.1:" in what
    assert ".headsup" in folder
    assert end == "Ctrl-C stops it."
    assert rest[-1].startswith("Stopped. Everything is kept in the folder .headsup")


@pytest.mark.parametrize(
    ("settings", "port", "said"),
    [
        (load_settings({}), 7780, False),
        (load_settings({"PORT": "9000"}), 7780, True),
        (load_settings({"PORT": "9000"}), 8000, False),
    ],
    ids=["nothing set", "PORT alone", "the page's too"],
)
def test_who_sets_port_alone_hears_that_the_page_has_another(settings: Settings, port: int, *, said: bool):
    told = commands.about_ports(settings, port, "short")
    assert told == said * [
        (
            "PORT (9000) is where webhooks come in. The page has a port of its own: "
            "headsup workspace --scenario short --port 8000"
        )
    ]


@pytest.mark.xdist_group("morning")
@pytest.mark.usefixtures("nobody_waits")
async def test_a_morning_does_not_flood_the_terminal(morning: Morning, tmp_path: Path):
    shutil.copytree(morning.folder, tmp_path / ".headsup")
    lines = await run("short")
    assert lines[0].startswith("Open ")
    assert sum(line.startswith("This folder lives the scenario morning already") for line in lines) == 1
    assert len(lines) < 12


@pytest.mark.usefixtures("nobody_waits")
async def test_the_short_one_shows_its_three_cards_and_says_what_to_do_next():
    lines = await run("short")
    text = "\n".join(lines)
    cards, _, following = text.partition("Three clients have asked for something")
    assert [name for name in ("· Acme", "· Beta GmbH", "· Orbit Travel") if name not in cards] == []
    assert "Next, in a second terminal:" in following
    again = await run("short")
    assert "Everything is as you left it: the cards stand in #requests." in "\n".join(again)
