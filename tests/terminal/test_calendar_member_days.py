"""A day of a member's own, as a person types it: the team's week stays theirs."""

import pytest
from terminal_typing import Type
from typer.testing import CliRunner

from bot.cli import app

LIKE_THE_TEAM = "Jonas works the team's week, Mon-Fri 09:00-17:00, by their own clock (Europe/Berlin)."


def test_a_day_off_leaves_a_member_the_teams_week(staffed: Type):
    assert staffed("day", "2099-11-26", "closed", "--member", "jonas") == "Thu 26 Nov 2099: closed\n"
    said = staffed("show", "--member", "jonas")
    assert said.startswith(LIKE_THE_TEAM)
    assert said.endswith("Special days:\n  Thu 26 Nov 2099  closed\n")
    assert "Hours of their own" not in staffed()


def test_the_teams_week_is_followed_when_it_changes_after_a_day_off(staffed: Type):
    staffed("day", "2099-11-26", "closed", "--member", "jonas")
    staffed("set", "UTC Mon-Thu 08:00-12:00")
    assert staffed("show", "--member", "jonas").startswith("Jonas works the team's week, Mon-Thu 08:00-12:00")


@pytest.mark.usefixtures("late_in_2098")
def test_a_deadline_by_such_a_member_counts_the_teams_week_without_the_day(staffed: Type):
    staffed("day", "2099-11-26", "closed", "--member", "jonas")
    result = CliRunner().invoke(
        app, ["deadline", "2099-11-27 09:15", "--made", "2099-11-23 09:00", "--lead", "1h", "--member", "jonas"]
    )
    assert "Hours    Jonas works the team's week, Mon-Fri 09:00-17:00, absences left out\n" in result.output
    assert "Nudge    Wed 25 Nov 2099, 16:15, " in result.output


def test_a_day_off_that_is_taken_back_leaves_nothing(staffed: Type):
    staffed("day", "2099-11-26", "closed", "--member", "jonas")
    staffed("day", "2099-11-26", "as-usual", "--member", "jonas")
    said = staffed("show", "--member", "jonas")
    assert said.startswith(LIKE_THE_TEAM)
    assert "Special days" not in said


def test_hours_of_their_own_stay_beside_a_day_off(staffed: Type):
    staffed("set", "Mon-Wed 10-12", "--member", "jonas")
    staffed("day", "2099-11-25", "closed", "--member", "jonas")
    assert staffed("show", "--member", "jonas").startswith("Jonas works Mon-Wed 10:00-12:00 (Europe/Berlin)")
    assert "Hours of their own: Jonas." in staffed()


def test_around_the_clock_whatever_the_team_does_are_hours_of_their_own(staffed: Type):
    staffed("set", "24/7", "--member", "jonas", "--outside")
    assert staffed("show", "--member", "jonas").startswith("Jonas works 24/7 (Europe/Berlin), whatever the team's")
    assert "Hours of their own: Jonas." in staffed()


def test_a_day_outside_the_teams_hours_is_refused_with_what_can_be_done(staffed: Type):
    assert staffed("day", "2099-11-28", "10:00-14:00", "--member", "jonas") == (
        "The team is closed on Sat 28 Nov 2099, so none of these hours would count. Choose others, open the day for "
        "the team first, or let Jonas's hours count outside the team's too."
    )
    assert staffed("show", "--member", "jonas").startswith(LIKE_THE_TEAM)
    assert "Special days" not in staffed("show", "--member", "jonas")


def test_a_day_that_the_team_opens_first_counts(staffed: Type):
    staffed("day", "2099-11-28", "09:00-12:00")
    assert staffed("day", "2099-11-28", "10:00-14:00", "--member", "jonas") == (
        "Sat 28 Nov 2099: 10:00-14:00, of which 10:00-12:00 counts, as far as the team works too\n"
    )
    staffed("day", "2099-11-28", "as-usual")
    assert "  Sat 28 Nov 2099  10:00-14:00, which counts for nothing: the team does not work then\n" in staffed(
        "show", "--member", "jonas"
    )


def test_a_day_of_whoever_works_outside_the_teams_hours_counts_whole(staffed: Type):
    staffed("set", "Mon-Fri 9-17", "--member", "jonas", "--outside")
    assert staffed("day", "2099-11-28", "10:00-14:00", "--member", "jonas") == "Sat 28 Nov 2099: 10:00-14:00\n"


def test_a_part_of_a_week_that_counts_for_nothing_is_named(staffed: Type):
    said = staffed("set", "Mon-Sat 10-14", "--member", "jonas")
    assert said.startswith(
        "Jonas works Mon-Sat 10:00-14:00 (Europe/Berlin), as far as the team does too.\n"
        "Sat 10:00-14:00 counts for nothing: the team does not work then.\n"
    )
    assert "for nothing" not in staffed("set", "Mon-Sat 10-14", "--member", "jonas", "--outside")
