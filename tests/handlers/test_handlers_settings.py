"""Settings: what holds in plain words, and the hours of the team and of a member."""

from typing import Any

import pytest
from slack_floor import TEAM, Floor, shown

from bot.domain.hours.calendars import parse_rules
from bot.services.settings.calendar_saving import save_team_calendar


@pytest.fixture(autouse=True)
async def helsinki(floor: Floor) -> None:
    """A team in Helsinki with an ordinary week."""
    rules = parse_rules("Europe/Helsinki Mon-Fri 09:00-17:00")
    await floor.desk.do(save_team_calendar, actor=None, rules=rules, based_on=0)


async def opened(floor: Floor, who: str = "@mira", action: str = "") -> dict[str, Any]:
    """Open the settings from App Home, and from there one of the forms."""
    floor.control.open_home(who)
    await floor.until(lambda: floor.control.home(who))
    await floor.control.press(who, "open_settings", home=True)
    settings = await floor.window(who, "Settings")
    if not action:
        return settings
    await floor.control.press(who, action, view_id=settings["id"])
    return await floor.until(lambda: next(iter(floor.control.views(floor.user(who))[1:]), None))


async def settled(floor: Floor, words: str, who: str = "@mira") -> str:
    """Wait until the settings below say something; return all of it."""

    def said() -> str:
        below = floor.control.views(floor.user(who))[0]
        return shown(below) if words in shown(below) else ""

    return await floor.until(said)


def label(view: dict[str, Any]) -> str:
    return view["title"]["text"]


async def test_the_settings_say_in_plain_words_what_holds(floor: Floor):
    said = shown(await opened(floor))

    assert "The team works Mon–Fri 09:00–17:00, Helsinki time." in said
    assert "No public holidays yet" in said
    assert "You work like the team" in said
    assert "what cannot wait goes to Sam" in said
    assert "right now, <!date" in said


async def test_the_team_changes_its_hours_and_reads_at_once_what_holds_now(floor: Floor):
    await opened(floor, action="open_team_hours")

    saved = await floor.control.submit("@mira", {"week": "Mon-Thu 8-16, Fri 8-13", "tz": "Europe/Berlin"})

    view = saved.payload["view"]
    assert label(view) == "Saved"
    assert "The team works Mon–Thu 08:00–16:00, Fri 08:00–13:00, Berlin time." in shown(view)
    below = await settled(floor, "Mon–Thu 08:00–16:00")
    assert f" by <@{floor.user('@mira')}>" in below


async def test_choosing_a_country_offers_its_regions_and_keeps_what_was_typed(floor: Floor):
    form = await opened(floor, action="open_team_hours")
    floor.control.fill("@mira", {"week": "Mon-Thu 8-16"})
    assert "region" not in str([block["block_id"] for block in form["blocks"]])

    await floor.control.press("@mira", "country", value="DE")

    await floor.until(lambda: "Bayern" in str(floor.control.views("@mira")[-1]))
    top = floor.control.views("@mira")[-1]
    assert top["state"]["values"]["week"]["week"]["value"] == "Mon-Thu 8-16"
    saved = await floor.control.submit("@mira", {"region_DE": "BY"})
    assert "Bayern, Germany are off" in shown(saved.payload["view"])
    await settled(floor, "Confirm 20")

    await floor.control.close("@mira")
    await floor.control.press("@mira", "open_team_hours")
    await floor.window("@mira", "Team hours")
    await floor.control.press("@mira", "country", value="FI")
    await floor.until(lambda: "region_de" not in str(floor.control.views("@mira")[-1]).lower())
    saved = await floor.control.submit("@mira")
    assert "Public holidays of Finland are off" in shown(saved.payload["view"])


async def test_what_cannot_be_is_said_at_its_field_and_nothing_is_lost(floor: Floor):
    await opened(floor, action="open_team_hours")
    for typed, words in (
        ("Mon-Fri 25:00-26:00", "no time of day"),
        ("Mon 09:00-12:00 11:00-15:00", "cross each other"),
        ("Mo-Fr", "From when to when"),
        ("closed", "no day of the week"),
        ("Mon closed", "nobody works in the whole next year"),
        ("Mon-Fri 17:00-09:00 next week", "no time"),
    ):
        refused = await floor.control.submit("@mira", {"week": typed})
        assert words in refused.errors["week"] or "nobody works" in refused.errors["week"], typed
        assert floor.control.views("@mira")[-1]["state"]["values"]["week"]["week"]["value"] == typed

    assert "Mon–Fri 09:00–17:00" in shown(floor.control.views("@mira")[0])


async def test_two_people_change_different_things_and_both_hold(floor: Floor):
    await opened(floor, action="open_team_hours")
    await opened(floor, "@jonas", action="open_team_hours")

    await floor.control.submit("@jonas", {"tz": "Europe/Berlin"})
    saved = await floor.control.submit("@mira", {"week": "Mon-Thu 9-17"})

    assert "The team works Mon–Thu 09:00–17:00, Berlin time." in shown(saved.payload["view"])


async def test_the_second_to_change_the_same_is_told_what_changed_and_keeps_every_word(floor: Floor):
    await opened(floor, action="open_team_hours")
    await opened(floor, "@jonas", action="open_team_hours")
    await floor.control.submit("@jonas", {"week": "Mon-Fri 8-16"})

    second = await floor.control.submit("@mira", {"week": "Mon-Thu 9-17"})

    view = second.payload["view"]
    assert label(view) == "Team hours"
    assert "Jonas" in shown(view)
    assert "changed the hours while this window was open: The team works Mon–Fri 08:00–16:00" in shown(view)
    assert floor.control.views("@mira")[-1]["state"]["values"]["week"]["week"]["value"] == "Mon-Thu 9-17"

    saved = await floor.control.submit("@mira")
    assert "The team works Mon–Thu 09:00–17:00" in shown(saved.payload["view"])


async def test_saving_what_holds_already_changes_nothing(floor: Floor):
    await opened(floor, action="open_team_hours")

    saved = await floor.control.submit("@mira", {"week": "Monday to Friday 9-17"})

    assert label(saved.payload["view"]) == "As it was"


async def test_my_hours_my_clock_and_my_stand_in(floor: Floor):
    await opened(floor, action="open_my_hours")
    mine = {
        "hours_kind": "own",
        "week": "Mon-Thu 08:00-14:00",
        "within": "outside",
        "tz": "Europe/Lisbon",
        "stand_in": floor.user("@jonas"),
    }

    saved = await floor.control.submit("@mira", mine)

    said = shown(saved.payload["view"])
    assert "You work Mon–Thu 08:00–14:00, Lisbon time, also outside the team's hours." in said
    assert "Jonas" in said
    assert "stands in for you" in said

    await settled(floor, "Lisbon time")
    await floor.control.close("@mira")
    await floor.control.press("@mira", "open_my_hours")
    await floor.window("@mira", "My hours")
    back = await floor.control.submit("@mira", {"hours_kind": "team", "tz": "none", "stand_in": None})
    assert "You work like the team" in shown(back.payload["view"])
    assert "goes to Sam" in shown(back.payload["view"])


async def test_my_hours_refuse_what_cannot_be_at_the_field(floor: Floor):
    await opened(floor, action="open_my_hours")
    own = {"hours_kind": "own", "week": "Sat-Sun 10-12", "within": "inside"}

    refused = await floor.control.submit("@mira", own)
    assert "None of these hours lie in the team's" in refused.errors["week"]
    refused = await floor.control.submit("@mira", {**own, "week": ""})
    assert "From when to when do you work?" in refused.errors["week"]
    refused = await floor.control.submit("@mira", {**own, "week": "Mon 9-17", "stand_in": floor.user("@mira")})
    assert "Pick a colleague" in refused.errors["stand_in"]
    refused = await floor.control.submit("@mira", {**own, "week": "Mon 9-17", "stand_in": floor.user("@gwen")})
    assert "not in the team channel" in refused.errors["stand_in"]
    assert "You work like the team" in shown(floor.control.views("@mira")[0])


async def test_a_guest_is_told_kindly_that_settings_are_for_members(floor: Floor):
    asked = await floor.control.slash("@gwen", "/headsup", "settings", channel=TEAM)
    assert asked.acked

    await floor.whispered("@gwen", "You are a guest here")
    assert floor.control.views("@gwen") == []


async def test_the_lead_says_which_status_means_away(floor: Floor):
    await opened(floor, "@sam", action="open_away_signs")

    refused = await floor.control.submit("@sam", {"away_emoji": ":palm_tree: 🌴"})
    assert "not the name of an emoji" in refused.errors["away_emoji"]
    saved = await floor.control.submit("@sam", {"away_words": "Ferien, on a *boat*", "away_emoji": ":boat:"})

    assert "“Ferien”, “on a *boat*”" in shown(saved.payload["view"])
    await settled(floor, "“Ferien”", "@sam")


async def test_others_see_who_may_change_the_away_words(floor: Floor):
    settings = await opened(floor)

    assert "the lead, changes these" in shown(settings)
    assert "open_away_signs" not in str(settings)


async def test_the_command_opens_the_settings(floor: Floor):
    asked = await floor.control.slash("@mira", "/headsup", "settings", channel=TEAM)

    assert asked.acked
    assert "The team works" in shown(await floor.window("@mira", "Settings"))
