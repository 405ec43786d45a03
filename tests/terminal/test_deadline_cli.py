"""`headsup deadline` as a person types it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.clock import Clock
from bot.config import NAMES
from bot.domain.categories import CATEGORIES
from bot.domain.ladder.ladders import LADDERS
from bot.errors import HeadsupError
from bot.services.context import Context, Policy
from bot.services.people import sync_members
from bot.store import Store, absences
from bot.terminal import deadline_command
from bot.terminal.spans import span
from tests.support.office import MIRA

pytestmark = pytest.mark.usefixtures("late_in_2098")

FAR = "2099-11-30 10:15"
HELSINKI = "Europe/Helsinki Mon-Fri 09:00-17:00"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///headsup.db")
    return tmp_path


def typed(*words: str) -> str:
    result = CliRunner().invoke(app, ["deadline", *words])
    if isinstance(result.exception, HeadsupError):
        return result.exception.sentence
    assert result.exit_code == 0, result.output + repr(result.exception)
    return result.output


def test_the_call_before_closing_time_is_explained():
    said = typed("2099-11-30 09:15", "--lead", "60m", "--calendar", HELSINKI)
    assert said == (
        "Hours    Europe/Helsinki Mon-Fri 09:00-17:00\n"
        "Ladder   1 h before, as asked\n"
        "Due      Mon 30 Nov 2099, 09:15 (Europe/Helsinki)\n"
        "Nudge    Fri 27 Nov 2099, 16:15, because 1 h of working time is left then; work ends at 17:00 that day\n"
        "           Fri 27 Nov 2099, 16:15-17:00  45 min\n"
        "           Mon 30 Nov 2099, 09:00-09:15  15 min\n"
    )


def test_without_anything_else_the_settings_count(empty_folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEAM_CALENDAR", "Asia/Kolkata Mon-Fri 10:00-18:00")
    monkeypatch.setenv("LADDER", "2h")
    said = typed("2099-11-30 14:00")
    assert "the team's: Asia/Kolkata Mon-Fri 10:00-18:00" in said
    assert "Nudge    Mon 30 Nov 2099, 12:00, because 2 h of working time is left then\n" in said
    assert list(empty_folder.iterdir()) == []


def test_somebodys_own_hours_and_absences_count(empty_folder: Path):
    CliRunner().invoke(app, ["calendar", "set", "UTC Mon-Fri 09:00-17:00"])
    clock = Clock(wall=lambda: 1_795_420_800.0)  # 2026-11-23 08:00 UTC, a Monday
    store = Store(f"sqlite:///{empty_folder / 'headsup.db'}", elapsed=clock.monotonic)
    ctx = Context(store=store, now=clock.now(), policy=Policy())
    sync_members(ctx, members=[MIRA])
    assert "Hours    Mira works the team's week, Mon-Fri 09:00-17:00, absences left out\n" in typed(
        FAR, "--member", "mira"
    )
    with store.writing() as tx:
        away = datetime(2099, 11, 27, tzinfo=UTC), datetime(2099, 11, 28, tzinfo=UTC)
        facts = {"member": MIRA.id, "source": "cli", "made_at": ctx.now, "reason": ""}
        absences.add(tx, starts_at=away[0], ends_at=away[1], **facts)
    store.close()
    assert "That is within a time away; the last time that counts ends Thu 26 Nov 2099, 17:00.\n" in typed(
        "2099-11-27 16:30", "--member", "mira"
    )
    assert "That is outside working hours; " in typed("2099-11-28 12:00", "--member", "mira")
    CliRunner().invoke(app, ["calendar", "set", "Mon-Fri 10:00-14:00", "--member", "mira"])
    said = typed(FAR, "--lead", "60m", "--member", "mira")
    assert "Hours    Mira works Mon-Fri 10:00-14:00, absences left out\n" in said
    assert (
        "Nudge    Thu 26 Nov 2099, 13:15, because 1 h of working time is left then; work ends at 14:00 that day" in said
    )


def test_when_a_promise_is_made_may_be_said():
    said = typed("2099-11-30 09:20", "--made", "2099-11-27 16:50", "--calendar", HELSINKI)
    assert "Too late Fri 27 Nov 2099, 16:20, 1 h before; that has gone by\n" in said
    assert "Nudge    Fri 27 Nov 2099, 16:55, halfway, because the time is short: 25 min of working time is left" in said


def test_a_nudge_long_before_a_short_lead_says_what_it_is_for():
    """The time is not short: a week ahead, Monday's five past nine is when nothing can be done."""
    said = typed("2099-11-30 09:15", "--lead", "10m", "--made", "2099-11-24 09:00", "--calendar", HELSINKI)
    to_act = "to leave time to act: 1 h of working time is left then; work ends at 17:00 that day\n"
    assert f"Nudge    Fri 27 Nov 2099, 16:15, {to_act}" in said
    assert "Nudge    Mon 30 Nov 2099, 09:05, because 10 min of working time is left then\n" in said
    assert "short" not in said


@pytest.mark.parametrize(
    ("leads", "refused"),
    [
        (["10m"], "the first nudge would come 10 min before the due time, too late to act; write for example 60m,10m"),
        (["59m"], "the first nudge would come 59 min before the due time, too late to act; write for example 60m,15m"),
        (["60m"], ""),
        (["14d"], ""),
        (["2h", "90m"], "2h and 90m are too close; each is at most half of the one before, for example 2h,15m"),
    ],
)
def test_leads_that_the_setting_would_not_take_are_shown_and_said_to_be(leads: list[str], refused: str):
    asked = [word for lead in leads for word in ("--lead", lead)]
    lines = typed("2099-11-30 15:00", *asked, "--calendar", HELSINKI).splitlines()
    assert lines[1].endswith(" before, as asked")
    expected = [f"         LADDER would not take that: {refused}."] if refused else []
    assert [line for line in lines if "LADDER" in line] == expected


@pytest.mark.parametrize(
    ("leads", "sentence"),
    [
        (["5000d"], "5000d before is too early; a nudge comes at most 14 days before, for example 60m,15m."),
        (["337h", "1h"], "337h before is too early; a nudge comes at most 14 days before, for example 60m,15m."),
        (["9m"], "The first nudge would come 9 min before the due time, too late to act; write for example 60m,15m."),
        (["2h", "9m"], "9m before is too late to act; the last nudge comes at least 10m before, for example 2h,15m."),
    ],
)
def test_a_lead_beyond_the_bounds_of_the_setting_is_refused_as_there(leads: list[str], sentence: str):
    asked = [word for lead in leads for word in ("--lead", lead)]
    assert typed("2099-11-30 15:00", *asked, "--calendar", HELSINKI) == sentence


@pytest.mark.parametrize("when", ["2099-12-30 08:15", "2199-11-30 10:00", "9999-12-31 23:59"])
def test_a_time_more_than_a_year_away_is_refused_at_once_as_in_a_reply(when: str, monkeypatch: pytest.MonkeyPatch):
    def search(*_args: object) -> None:
        pytest.fail("nothing is counted through centuries")

    monkeypatch.setattr(deadline_command, "explain", search)
    refused = "That is more than a year away; nothing is promised so far ahead. Name a nearer time."
    assert typed(when, "--calendar", "UTC Mon 9-10") == refused
    assert typed(when, "--made", "2099-12-01 10:00", "--calendar", "UTC Mon 9-10") == refused


def test_a_year_before_it_is_due_is_the_earliest_that_a_promise_is_made():
    assert "Due      Wed 30 Dec 2099, 08:00 (UTC)" in typed("2099-12-30 08:00", "--calendar", "UTC Mon 9-10")
    made = ("2099-11-30 09:15", "--calendar", "UTC 24/7", "--made")
    assert "Due      Mon 30 Nov 2099, 09:15 (UTC)" in typed(*made, "2098-11-29 09:15")
    for earlier in ("2098-11-29 09:14", "1900-01-01"):
        assert typed(*made, earlier).startswith("A promise is made at most a year before it is due: this is due Mon 30")


def test_a_promise_that_is_made_after_it_is_due_is_refused():
    refused = "A promise is made before it is due: this is due Mon 30 Nov 2099, 09:15, and made Tue 1 Dec 2099, 10:00."
    assert typed("2099-11-30 09:15", "--made", "2099-12-01 10:00", "--calendar", HELSINKI) == refused
    assert typed("2099-11-30 09:15", "--made", "2099-11-30 09:15", "--calendar", HELSINKI).startswith("A promise is")


def test_a_time_that_has_gone_by_is_said_to_have():
    gone = "Due      Mon 30 Nov 2020, 09:15 (Europe/Helsinki)\n         That has gone by; its nudges would have come"
    assert gone in typed("2020-11-30 09:15", "--calendar", HELSINKI)
    assert "gone by" not in typed("2099-11-30 09:15", "--made", "2099-11-20 09:00", "--calendar", HELSINKI)


@pytest.mark.parametrize("name", ["New work", "new work", "NEW-WORK", "new_work", " newwork "])
def test_a_category_goes_by_its_own_ladder_and_says_so(name: str):
    said = typed("2099-11-30 15:00", "--category", name, "--calendar", HELSINKI)
    assert "Ladder   4 h, 1 h, 15 min before: New work has its own\n" in said
    assert [line[9:33] for line in said.splitlines() if line.startswith("Nudge")] == [
        "Mon 30 Nov 2099, 11:00, ",
        "Mon 30 Nov 2099, 14:00, ",
        "Mon 30 Nov 2099, 14:45, ",
    ]


def test_every_category_is_known_by_the_name_that_people_read():
    for row in CATEGORIES:
        whose = "has its own" if row.key in LADDERS else f"the team's, also for {row.name}"
        said = typed("2099-11-30 15:00", "--category", row.name, "--calendar", HELSINKI)
        assert next(line for line in said.splitlines() if line.startswith("Ladder")).endswith(whose)


def test_without_a_category_it_is_the_teams_ladder_and_the_others_are_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LADDER", "2h,30m")
    said = typed("2099-11-30 15:00", "--calendar", HELSINKI)
    whose = "the team's; New work and Complaint have their own (--category)"
    assert f"Ladder   2 h, 30 min before: {whose}\n" in said


def test_a_nudge_before_a_break_says_until_when():
    said = typed("2099-11-30 13:30", "--lead", "60m", "--calendar", "UTC Mon-Fri 09:00-12:00 13:00-17:00")
    assert "11:30, because 1 h of working time is left then; work pauses from 12:00 to 13:00\n" in said


def test_a_time_outside_work_says_where_work_ends():
    said = typed("2099-11-28 14:00", "--calendar", HELSINKI)
    assert "That is outside working hours; the last time that counts ends Fri 27 Nov 2099, 17:00.\n" in said


def test_a_time_that_does_not_exist_is_shown_as_what_it_is_taken_for():
    said = typed("2027-03-28 03:30", "--lead", "3h", "--calendar", "Europe/Helsinki 22:00-06:00")
    assert "Sun 28 Mar 2027, 04:30 (Europe/Helsinki)\n" in said
    assert "03:30 does not exist on Sun 28 Mar, so I take 04:30.\n" in said
    assert "Nudge    Sun 28 Mar 2027, 00:30, " in said


def test_nobody_at_work_is_said():
    assert "Nudge    none: no working time is left before it." in typed("2099-11-28 14:00", "--calendar", "closed")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["tomorrow 25:00"], "There is no 25:00: a day goes from 00:00 to 24:00."),
        (["Mon 09:15", "--lead", "soon"], "“soon” is not a duration; write a number and a unit"),
        (["Mon 09:15", "--lead", "0m"], "A nudge comes before the time: a lead is longer than nothing"),
        (["Mon 09:15", "--calendar", "Mars/X 9-17"], "There is no time zone “Mars/X”"),
        (["Mon 09:15", "--calendar", "Mon-Fri 9-8"], "09:00-08:00 would be 23 hours"),
        (["Mon 09:15", "--member", "mira"], "There is no database yet, so nobody is known."),
        (["Mon 09:15", "--member", "mira", "--calendar", "24/7"], "Either --member or --calendar"),
        (["Mon 09:15", "--lead", "1h", "--category", "Support"], "Either --lead or --category: which ladder is meant?"),
        (
            ["Mon 09:15", "--category", "Suport"],
            "There is no category “Suport”. There are Support, New work, Complaint, Billing, Follow-up and Thanks.",
        ),
        (["Mon 09:15", "--category", ""], "There is no category “”. There are Support, "),
    ],
)
def test_what_cannot_be_read_is_a_sentence(words: list[str], sentence: str):
    assert typed(*words).startswith(sentence)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "no time"),
        (40, "40 s"),
        (450, "7 min 30 s"),
        (60, "1 min"),
        (3600, "1 h"),
        (9000, "2 h 30 min"),
        (3599, "59 min 59 s"),
        (3659, "1 h"),
        (7199, "1 h 59 min"),
        (59.9, "59 s"),
        (0.9, "no time"),
    ],
)
def test_a_length_is_said_as_people_say_it_and_never_rounded_up(seconds: float, words: str):
    assert span(timedelta(seconds=seconds)) == words
