"""`headsup calendar` as a person types it, in an empty folder and beside a database."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from terminal_typing import Type

from bot.clock import Clock


def test_looking_makes_nothing(typed: Type, tmp_path: Path):
    assert typed().startswith("The team works Mon-Fri 09:00-17:00 (UTC).\nFrom the setting TEAM_CALENDAR.")
    assert typed("show") == typed()
    assert "No country is set" in typed("holidays")
    assert "There is no database yet" in typed("show", "--member", "mira")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_is_a_sentence_and_makes_nothing(typed: Type, tmp_path: Path):
    assert "did you mean Europe/Helsinki?" in typed("set", "Europe/Helsinky Mon-Fri 9-17")
    assert "Did you mean 09:00-20:00?" in typed("set", "Mon-Fri 9-8")
    assert typed("day", "tomorrow", "closed") == "“tomorrow” is no date; write it as 2026-12-24."
    assert typed("day", "2026-02-30", "closed") == "“2026-02-30” is no date; write it as 2026-12-24."
    assert typed("day", "2026-12-24", "9-25") == "“25” is no time of day; write for example 09:00 or 17:30."
    assert "Which country is that in?" in typed("holidays", "--region", "BY")
    alone = typed("holidays", "--open", "2026-12-24")
    assert "Write for example: headsup calendar holidays --confirm 2026 --open 2026-12-24" in alone
    assert list(tmp_path.iterdir()) == []


def test_hours_that_were_set_win_over_the_setting(typed: Type, monkeypatch: pytest.MonkeyPatch):
    said = typed("set", "Europe/Helsinki Mon-Thu 9-12 13-17, Fri 9-15")
    assert said.startswith("The team works Mon-Thu 09:00-12:00 13:00-17:00, Fri 09:00-15:00 (Europe/Helsinki).\nSaved ")
    monkeypatch.setenv("TEAM_CALENDAR", "24/7")
    assert typed() == said
    assert "nobody works in the whole next year" in typed("set", "closed")


def test_a_week_without_a_zone_keeps_the_one_that_was_chosen(typed: Type):
    typed("set", "Asia/Kolkata Mon-Fri 9-17")
    assert "Mon-Fri 08:00-16:00 (Asia/Kolkata)" in typed("set", "Mon-Fri 8-16")


def test_a_day_may_have_hours_of_its_own_and_lose_them_again(typed: Type):
    assert typed("day", "2099-12-23", "9-12", "--note", "the party") == "Wed 23 Dec 2099: 09:00-12:00 (the party)\n"
    assert "Special days:\n  Wed 23 Dec 2099  09:00-12:00  the party" in typed()
    assert typed("day", "2099-12-23", "closed") == "Wed 23 Dec 2099: closed\n"
    assert "Wed 23 Dec 2099  closed" in typed()
    assert typed("day", "2099-12-23", "as-usual") == "Wed 23 Dec 2099: as usual again\n"
    assert "Special days" not in typed()


def test_a_day_that_is_past_is_refused_and_todays_is_not(typed: Type):
    """Nothing could come of it; only what stands there already may be taken back."""
    typed("set", "UTC Mon-Fri 09:00-17:00")
    today = Clock().now().date()
    yesterday = today - timedelta(days=1)
    refused = "Pick today or a day to come."
    assert typed("day", "2020-01-01", "closed") == f"That day is past: Wed 1 Jan 2020. {refused}"
    assert typed("day", str(yesterday), "closed").endswith(refused)
    assert typed("day", str(yesterday), "as-usual").endswith(": as usual again\n")
    assert "Special days" not in typed()
    assert typed("day", str(today), "closed").endswith(": closed\n")
    assert typed("day", str(today + timedelta(days=1)), "closed").endswith(": closed\n")


def test_a_day_is_past_by_the_clock_of_whose_day_it_is(typed: Type):
    """At UTC+14 it is already another day than at UTC-11, whatever the hour."""
    now = Clock().now()
    there, here = (now.astimezone(ZoneInfo(zone)).date() for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"))
    typed("set", "Pacific/Kiritimati Mon-Fri 09:00-17:00")
    assert "is past" in typed("day", str(here), "closed")
    assert typed("day", str(there), "closed").endswith(": closed\n")
    typed("set", "Pacific/Pago_Pago Mon-Fri 09:00-17:00")
    assert typed("day", str(here), "closed").endswith(": closed\n")
    assert "is past" in typed("day", str(here - timedelta(days=1)), "closed")


def test_a_past_day_of_a_member_is_refused_too(staffed: Type):
    staffed("set", "Mon-Fri 10-12", "--member", "mira")
    assert "is past" in staffed("day", "2020-01-01", "closed", "--member", "mira")


def test_a_year_of_holidays_is_listed_and_confirmed(typed: Type):
    typed("set", "Europe/Helsinki Mon-Fri 9-17")
    year = str(Clock().now().year + 1)
    typed("holidays", "Finland")
    listed = typed("holidays", "--year", year)
    assert f"Public holidays in Finland, {year}:" in listed
    assert f"headsup calendar holidays --confirm {year}" in listed
    whole = next(line for line in listed.splitlines() if "--open" in line).partition("headsup calendar ")[2]
    assert date.fromisoformat(whole.split()[-1]).weekday() < 5, "a day on which the team would work"
    assert whole.split()[:3] == ["holidays", "--confirm", year]
    assert "is no public holiday" in typed("holidays", "--confirm", year, "--open", f"{year}-07-15")
    confirmed = typed("holidays", "--confirm", year, "--open", f"{year}-12-06")
    assert "Independence Day" in listed
    assert "Independence Day" not in confirmed
    assert "Somebody has looked at this list and confirmed it." in confirmed
    assert typed("holidays", "none").startswith("No country is set")
    assert "Public holidays" not in typed()


def test_a_member_has_hours_of_their_own_and_gives_them_up_again(staffed: Type):
    assert staffed("show", "--member", "mira").startswith(
        "Mira works the team's week, Mon-Fri 09:00-17:00, by their own clock (Europe/Helsinki)."
    )
    own = staffed("set", "Mon-Fri 10-12", "--member", "Mira")
    assert own.startswith("Mira works Mon-Fri 10:00-12:00 (Europe/Helsinki), as far as the team does too.")
    assert "Hours of their own: Mira." in staffed()
    outside = staffed("set", "Asia/Kolkata Sat 10-12", "--member", "@mira", "--outside")
    assert outside.startswith("Mira works Sat 10:00-12:00 (Asia/Kolkata), whatever the team's hours are.")
    assert "chosen in Headsup" in outside
    assert staffed("set", "team", "--member", "mira").startswith("Mira works the team's week")
    assert "Hours of their own" not in staffed()


def test_a_name_that_nobody_has_is_said_with_those_there_are(staffed: Type):
    assert staffed("show", "--member", "Carla") == "There is no “Carla” in the team; it has Jonas, Mira, Sam."


def test_a_database_of_an_older_version_is_told_so(typed: Type, tmp_path: Path):
    (tmp_path / "headsup.db").touch()
    assert typed() == "The database needs its tables brought up to date. Run `headsup migrate` first."
