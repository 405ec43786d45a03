"""`headsup calendar` says what it keeps, goes back to the settings, and speaks to the database that will be used."""

import shlex
from pathlib import Path

import pytest
from terminal_typing import Type


def test_a_week_without_a_zone_says_which_one_stays(typed: Type):
    typed("set", "Asia/Kolkata Mon-Fri 9-17")
    said = typed("set", "Mon-Fri 8-16")
    assert "\nNo zone was given, so Asia/Kolkata stays, which was chosen before.\n" in said
    assert "No zone was given" not in typed("set", "Asia/Kolkata Mon-Fri 8-16")
    assert "No zone was given" not in typed()


def test_a_week_without_a_zone_says_whose_zone_counts(typed: Type, staffed: Type):
    """The lead's, as long as nobody has chosen one, also when that is UTC."""
    typed("reset")
    said = staffed("set", "Mon-Fri 8-16")
    assert said.startswith("The team works Mon-Fri 08:00-16:00 (America/New_York, where Sam is, the lead).\n")
    assert "No zone was given, so it is the one where Sam is, the lead.\n" in said


def test_the_setting_counts_again_after_a_reset(typed: Type, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEAM_CALENDAR", "Europe/Helsinki Mon-Thu 08:00-14:00")
    from_the_setting = typed()
    typed("set", "Asia/Kolkata Mon-Fri 9-17")
    assert typed("reset") == from_the_setting
    assert "From the setting TEAM_CALENDAR." in from_the_setting
    monkeypatch.setenv("TEAM_CALENDAR", "UTC 24/7")
    assert typed().startswith("The team works 24/7 (UTC).\nFrom the setting TEAM_CALENDAR.")
    assert typed("reset") == typed()
    assert typed("set", "Mon-Fri 10-12").startswith("The team works Mon-Fri 10:00-12:00 (UTC).\nSaved ")


def test_a_reset_says_which_days_went_with_it(typed: Type):
    typed("holidays", "Finland", "--region", "Uusimaa")
    typed("day", "2099-12-23", "closed")
    said = typed("reset")
    assert (
        "No longer counted: 1 special day, and the public holidays in Uusimaa, Finland. "
        "They come back with: headsup calendar holidays Finland --region 18\n" in said
    )
    assert "Special days" not in said
    assert "No longer counted" not in typed("reset")


def test_a_reset_of_a_member_is_the_teams_week_again(staffed: Type):
    staffed("set", "Mon-Fri 10-12", "--member", "mira")
    assert staffed("reset", "--member", "mira").startswith("Mira works the team's week")
    assert staffed("reset", "--member", "mira").startswith("Mira works the team's week")


def test_a_reset_makes_nothing(typed: Type, tmp_path: Path):
    assert typed("reset").startswith("The team works Mon-Fri 09:00-17:00 (UTC).\nFrom the setting TEAM_CALENDAR.")
    assert "There is no database yet" in typed("reset", "--member", "mira")
    assert list(tmp_path.iterdir()) == []


def test_a_member_gives_up_hours_with_the_word_team_and_the_team_is_told_its_own_way(typed: Type):
    assert typed("set", "team") == (
        "“team” is for a member, with --member. The team goes back to its setting with: headsup calendar reset"
    )


WRITING = (
    ("set", "UTC Mon-Fri 9-17"),
    ("set", "Mon-Fri 9-17", "--member", "mira"),
    ("day", "2099-12-23", "closed"),
    ("holidays", "Finland"),
)


@pytest.mark.parametrize("words", WRITING)
def test_where_a_trial_would_begin_no_other_database_is_made(
    typed: Type, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.delenv("DATABASE_URL")
    assert typed(*words) == (
        "There is no database here yet, and nothing was saved: without Slack tokens `headsup run` begins a trial with "
        "a database of its own. Start that first, or name yours: DATABASE_URL=sqlite:///headsup.db"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_named_or_belongs_to_a_real_slack_is_made(
    typed: Type, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1-1-x")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1-1-x")
    monkeypatch.setenv("SLACK_TEAM_CHANNEL", "requests")
    assert typed("set", "UTC Mon-Fri 9-17").startswith("The team works Mon-Fri 09:00-17:00 (UTC).")
    assert (tmp_path / "headsup.db").exists()


@pytest.fixture
def with_days(staffed: Type) -> Type:
    """Jonas has hours of his own, and two days beside them."""
    staffed("set", "Mon-Thu 10-14", "--member", "jonas")
    staffed("day", "2099-12-24", "closed", "--note", "Party, at home", "--member", "jonas")
    staffed("day", "2099-12-23", "10:00-12:00 13:00-15:00", "--member", "jonas")
    return staffed


DAYS = "Special days:\n  Wed 23 Dec 2099  10:00-12:00 13:00-15:00\n  Thu 24 Dec 2099  closed  Party, at home\n"


def test_a_member_who_works_the_teams_week_again_keeps_days_of_their_own(with_days: Type):
    said = with_days("set", "team", "--member", "jonas")
    assert said.startswith("Jonas works the team's week, Mon-Fri 09:00-17:00")
    assert DAYS in said
    assert DAYS in with_days("show", "--member", "jonas")
    assert DAYS in with_days("set", "Mon-Fri 10-16", "--member", "jonas")


def test_a_reset_of_a_member_names_the_days_that_go_and_how_they_come_back(with_days: Type):
    was = with_days("show", "--member", "jonas")
    said = with_days("reset", "--member", "jonas")
    assert "Special days" not in said
    first, *commands = said.partition("No longer counted: ")[2].splitlines()
    assert first == "2 days of their own, and Mon-Thu 10:00-14:00. They come back with:"
    assert commands == [
        "  headsup calendar set 'Mon-Thu 10:00-14:00' --member Jonas",
        "  headsup calendar day 2099-12-23 '10:00-12:00 13:00-15:00' --member Jonas",
        "  headsup calendar day 2099-12-24 closed --note 'Party, at home' --member Jonas",
    ]
    for command in commands:
        with_days(*shlex.split(command)[2:])
    assert with_days("show", "--member", "jonas") == was
    with_days("reset", "--member", "jonas")
    assert "No longer counted" not in with_days("reset", "--member", "jonas")


def test_hours_outside_the_teams_come_back_outside(staffed: Type):
    staffed("set", "Mon-Fri 9-17", "--member", "jonas", "--outside")
    staffed("day", "2099-11-28", "10:00-14:00", "--member", "jonas")
    was = staffed("show", "--member", "jonas")
    commands = staffed("reset", "--member", "jonas").partition("They come back with:\n")[2].splitlines()
    for command in commands:
        staffed(*shlex.split(command)[2:])
    assert staffed("show", "--member", "jonas") == was
