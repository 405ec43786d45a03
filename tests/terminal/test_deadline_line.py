"""`headsup deadline --member` names who is in line, and who of them has time."""

from pathlib import Path

import pytest
from terminal_typing import Type
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import Clock
from bot.services.context import Context, Policy
from bot.services.settings import own_settings
from bot.store import Store
from tests.support.office import JONAS, MIRA

pytestmark = pytest.mark.usefixtures("late_in_2098")

SATURDAY = "2099-11-28 14:00"
MADE = ("--made", "2099-11-28 08:00")


@pytest.fixture
def team(staffed: Type, tmp_path: Path) -> Type:
    """Mira, Jonas who stands in for her, and Sam, the lead, on Saturdays too."""
    store = Store(f"sqlite:///{tmp_path / 'headsup.db'}", elapsed=Clock().monotonic)
    ctx = Context(store=store, now=Clock().now(), policy=Policy())
    own_settings.set_stand_in(ctx, actor=None, member=MIRA.id, stand_in=JONAS.id)
    store.close()
    return staffed


def asked(*words: str) -> str:
    result = CliRunner().invoke(app, ["deadline", *words])
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


def test_who_is_in_line_is_named_with_the_time_that_they_have(team: Type):
    team("set", "UTC Sat 10:00-14:00", "--member", "jonas", "--outside")
    said = asked(SATURDAY, *MADE, "--member", "mira")
    assert said.endswith(
        "Nudge    none: no working time is left before it. Jonas hears instead, the first in line who has some.\n"
        "In line  Mira has no working time before it\n"
        "         Jonas, who stands in, has 2 h of working time before it\n"
        "         Sam, the lead, has no working time before it\n"
        "         then the team channel\n"
    )


def test_the_lead_hears_when_nobody_before_them_has_time(team: Type):
    team("set", "UTC Sat 10:00-14:00", "--member", "sam", "--outside")
    assert "before it. Sam hears instead, the first in line who has some.\n" in asked(
        SATURDAY, *MADE, "--member", "mira"
    )


@pytest.mark.usefixtures("team")
def test_the_channel_hears_when_nobody_in_line_has_time():
    said = asked(SATURDAY, *MADE, "--member", "mira")
    assert "before it. Nobody in line has any, so the team channel hears.\n" in said


@pytest.mark.usefixtures("team")
def test_the_line_stands_below_nudges_too_and_the_lead_has_a_short_one():
    said = asked("2099-11-30 15:00", "--made", "2099-11-30 11:00", "--member", "mira")
    assert "Nudge    Mon 30 Nov 2099, 14:00, because 1 h of working time is left then" in said
    assert "In line  Mira has 4 h of working time before it\n" in said
    leads = asked("2099-11-30 15:00", "--made", "2099-11-30 11:00", "--member", "sam")
    assert "In line  Sam, the lead, has 4 h of working time before it\n         then the team channel\n" in leads


@pytest.mark.usefixtures("team")
def test_without_a_member_or_of_a_time_that_has_gone_by_the_words_stay_general():
    general = "The first in line who works before it hears: a stand-in, the lead, else the team channel."
    assert general in asked(SATURDAY, *MADE)
    assert "In line" not in asked(SATURDAY, *MADE)
    assert "In line" not in asked("2020-11-30 15:00", "--member", "mira")
