"""Time beside the chat: what it is for the one who acts, and the moments worth moving to."""

import pytest
from side_reading import MORNING, panel

from bot.workspace.companion import Briefing, Jump
from bot.workspace.page.side.wording import city, counted


@pytest.mark.parametrize(
    ("user", "said", "tomorrow"),
    [
        ("mira", "08:41 Monday, 23 November 2026 in Helsinki, where Mira Lahtinen is", "Tomorrow 08:30"),
        ("priya", "12:11 Monday, 23 November 2026 in Kolkata, where Priya Nair is", "Tomorrow 08:30"),
        ("sam", "1:41 AM Monday, 23 November 2026 in New York, where Sam Carter is", "Tomorrow 8:30 AM"),
    ],
)
async def test_the_time_is_that_of_whoever_acts(monday, user, said, tomorrow):
    shown = await panel(monday, user)
    assert shown.one("p", class_="side-clock").text == said
    assert shown.one("button", data_forward_words="tomorrow 08:30").text == tomorrow
    assert shown.one("section", data_user=...)["data-user"] == user


async def test_programs_read_the_time_with_its_offset(monday):
    assert (await panel(monday)).one("time")["datetime"] == "2026-11-23T08:41+02:00"


@pytest.mark.parametrize(
    ("label", "about"),
    [
        ("To the next nudge", "Today at 14:01"),
        ("To the next nudge: Mira, about #3 Acme", "Today at 14:01: Mira, about #3 Acme"),
    ],
)
async def test_a_jump_says_when_it_is_and_where_it_goes(monday, label, about):
    monday.companion.tell(Briefing(jumps=(Jump("nudge", label, MORNING + 19_200),)))
    shown = await panel(monday)
    button = shown.one("button", id="jump-time-nudge")
    assert (button.text, button["data-forward-to"]) == ("To the next nudge", str(MORNING + 19_200))
    assert shown.one(id=button["aria-describedby"]).text == about


@pytest.mark.parametrize(
    ("jump", "why"),
    [
        (Jump("nudge", "To the next nudge", None, "Nothing is promised yet."), "Nothing is promised yet."),
        (Jump("nudge", "To the next nudge", MORNING - 1), "That moment is over."),
    ],
)
async def test_a_jump_without_a_moment_does_nothing_and_says_why(monday, jump, why):
    monday.companion.tell(Briefing(jumps=(jump,)))
    shown = await panel(monday)
    button = shown.one("button", id="jump-time-nudge")
    assert button["aria-disabled"] == "true"
    assert "data-forward-to" not in button.attributes
    assert shown.one(id=button["aria-describedby"]).text == why


async def test_the_field_for_any_time_has_a_label_and_a_place_for_trouble(monday):
    shown = await panel(monday)
    field = shown.one("input", name="words")
    assert shown.one("label", for_=field["id"]).text == "Or move to any time"
    assert [shown.one(id=one)["role"] for one in field["aria-describedby"].split()] == ["status", "alert"]


@pytest.mark.parametrize(
    ("hours", "examples"),
    [
        (0, ["2h", "12:00", "wednesday 9"]),
        (4, ["2h", "17:00", "wednesday 9"]),
        (13, ["2h", "wednesday 9"]),
        (24, ["2h", "12:00", "thursday 9"]),
    ],
)
async def test_the_examples_of_a_time_all_lie_ahead_and_are_understood(monday, hours, examples):
    monday.control.forward(hours * 3600)
    named = (await panel(monday)).one("input", name="words")["placeholder"].split(", ")
    assert named == examples
    for words in named:
        assert 0 < monday.control.clock_for("mira", words)["ahead"] < 3 * 86_400


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("Europe/Helsinki", "Helsinki"),
        ("America/New_York", "New York"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/UTC", "UTC"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_called_by_its_city(zone, name):
    assert city(zone) == name


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 requests"), (1, "1 request"), (2, "2 requests"), (1204, "1,204 requests")]
)
def test_numbers_have_their_nouns(count, words):
    assert counted(count, "request") == words
