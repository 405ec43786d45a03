"""Settings of days: holidays of a year, to be looked through, and special days."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_floor import Floor, shown
from test_handlers_settings import helsinki, label, opened, settled

from bot.domain.local_times import day_words

__all__ = ["helsinki"]

TODAY = datetime.now(ZoneInfo("Europe/Helsinki")).date()  # where the team works; the workspace runs on the real clock
SOON = TODAY + timedelta(days=20)
NEXT_YEAR = TODAY.year + 1

HALF_DAYS = f"half_days_{NEXT_YEAR}"


@pytest.fixture
async def finnish(floor: Floor) -> Floor:
    """A team that works in Finland."""
    await opened(floor, action="open_team_hours")
    await floor.control.press("@mira", "country", value="FI")
    await floor.control.submit("@mira", {"country": "FI"})
    await settled(floor, "Public holidays of Finland are off")
    await floor.control.close("@mira", everything=True)
    return floor


async def year(floor: Floor, number: int, who: str = "@mira") -> dict[str, Any]:
    """Open the list of a year."""
    form = await opened(floor, who, action="open_holidays")
    menu = next(block["elements"][0] for block in form["blocks"] if block["type"] == "actions")
    chosen = next(one["value"] for one in menu["options"] if str(number) in one["text"]["text"])
    await floor.control.press(who, "show_holiday_year", value=chosen)
    return await floor.window(who, f"Holidays {number}")


def ticks(view: dict[str, Any], *without: str) -> dict[str, list[str]]:
    """Every tick of a list but those of these names."""
    found = {}
    for block in view["blocks"]:
        if block["type"] == "input" and block["element"]["type"] == "checkboxes":
            kept = [one["value"] for one in block["element"]["options"] if not any(w in str(one) for w in without)]
            found[block["element"]["action_id"]] = kept
    return found


async def test_a_year_is_looked_through_once_and_confirmed(finnish: Floor):
    floor = finnish
    form = await year(floor, NEXT_YEAR)
    assert "Nobody has confirmed this list yet" in shown(form)
    assert form["submit"]["text"] == f"Confirm {NEXT_YEAR}"

    saved = await floor.control.submit("@mira", {**ticks(form, "Midsummer Eve"), HALF_DAYS: "6 Jan 10-12"})

    assert f"The holidays of {NEXT_YEAR} are confirmed." in shown(saved.payload["view"])
    await floor.control.close("@mira", everything=True)
    again = await year(floor, NEXT_YEAR)
    assert "Somebody has confirmed this list" in shown(again)
    values = again["state"]["values"]
    assert values["half_days"][HALF_DAYS]["value"] == "6 Jan 10:00-12:00"
    ticked = [
        one["text"]["text"]
        for block in values.values()
        for one in next(iter(block.values())).get("selected_options", [])
    ]
    assert not any("Midsummer Eve" in name for name in ticked)
    assert any("Epiphany" in name for name in ticked)


async def test_a_half_day_must_be_a_day_of_the_list(finnish: Floor):
    floor = finnish
    form = await year(floor, NEXT_YEAR)

    for typed, words in (
        ("17 Feb 9-12", "begins with none of the days above"),
        ("6 Jan", "From when to when"),
        ("6 Jan 25-26", "no time of day"),
        ("Epiphany 9-12\n6 Jan 9-11", "twice"),
    ):
        refused = await floor.control.submit("@mira", {**ticks(form), HALF_DAYS: typed})
        assert words in refused.errors["half_days"]
    refused = await floor.control.submit("@mira", {**ticks(form, "Epiphany"), HALF_DAYS: "Epiphany 9-12"})
    assert "There is no tick at" in refused.errors["half_days"]


async def test_whoever_confirms_second_is_told_and_keeps_their_ticks(finnish: Floor):
    floor = finnish
    form = await year(floor, NEXT_YEAR)
    theirs = await year(floor, NEXT_YEAR, "@jonas")
    await floor.control.submit("@jonas", ticks(theirs, "Epiphany"))

    second = await floor.control.submit("@mira", ticks(form, "Midsummer Eve"))

    view = second.payload["view"]
    assert "changed the holidays while this window was open" in shown(view)
    kept = next(b for b in view["blocks"] if b.get("block_id") == "first_days")["element"]["initial_options"]
    assert any("Epiphany" in str(one) for one in kept)
    saved = await floor.control.submit("@mira")
    assert label(saved.payload["view"]) == "Saved"


async def test_a_special_day_is_entered_shown_and_removed(floor: Floor):
    await opened(floor, action="open_special_days")
    day = {"date": SOON.isoformat(), "opening": "closed", "note": "Summer *party*"}

    saved = await floor.control.submit("@mira", day)

    words = f"{day_words(SOON, TODAY)} closed (Summer *party*)"
    assert words in shown(saved.payload["view"])
    await settled(floor, words)
    await floor.control.close("@mira")
    await floor.control.press("@mira", "open_special_days")
    form = await floor.window("@mira", "Special days")
    assert words in shown(form)

    await floor.control.press("@mira", "remove_special_day")

    await floor.until(lambda: "like any other day again" in shown(floor.control.views("@mira")[-1]))
    assert words not in shown(floor.control.views("@mira")[-1])
    await floor.until(lambda: words not in shown(floor.control.views("@mira")[0]))


async def test_a_special_day_refuses_what_cannot_be_at_the_field(floor: Floor):
    await opened(floor, action="open_special_days")
    for typed, field, words in (
        ({"date": "2020-01-01", "opening": "closed"}, "date", "That day is past"),
        ({"date": SOON.isoformat(), "opening": "open", "open_hours": ""}, "open_hours", "From when to when"),
        ({"date": SOON.isoformat(), "opening": "open", "open_hours": "9-12 11-14"}, "open_hours", "cross"),
        ({"date": SOON.isoformat(), "opening": "open", "open_hours": "noon"}, "open_hours", "no time of a day"),
    ):
        refused = await floor.control.submit("@mira", typed)
        assert words in refused.errors[field]


async def test_two_people_enter_the_same_day(floor: Floor):
    await opened(floor, action="open_special_days")
    await opened(floor, "@jonas", action="open_special_days")
    await floor.control.submit("@jonas", {"date": SOON.isoformat(), "opening": "closed"})

    second = await floor.control.submit("@mira", {"date": SOON.isoformat(), "opening": "open", "open_hours": "10-12"})

    assert "changed the special days while this window was open" in shown(second.payload["view"])
    kept = floor.control.views("@mira")[-1]["state"]["values"]
    assert kept["open_hours"]["open_hours"]["value"] == "10-12"
    saved = await floor.control.submit("@mira")
    assert "open 10:00–12:00" in shown(saved.payload["view"])
    assert "was a special day already" in shown(saved.payload["view"])
