"""The tour beside the chat."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from side_reading import Reading, panel

from bot.workspace.companion import Briefing, Jump, Spot, Step, Tour, Waiting
from bot.workspace.errors import ControlError
from bot.workspace.page.ahead import ahead
from bot.workspace.page.place import Place
from bot.workspace.page.regions import main
from bot.workspace.page.sight import look

CLAIM = Step("claim", "Claim a request", "Press <Claim> on a card.", spot=Spot("mira", "requests", "", "Claim"))
NUDGE = Step("nudge", "Be nudged", "Jump to the moment.", spot=Spot("", "dm"), jump="nudge")
CLIENT = Step("client", "Be the client", "See what Carla sees.", spot=Spot("carla", "acme-shared"))


def done(step):
    return replace(step, done=True)


async def toured(server, *steps, user="mira", jumps=()):
    server.companion.tell(Briefing(Tour("The morning", steps, "That was it."), jumps))
    return await panel(server, user)


async def test_the_first_step_that_is_not_done_is_the_current_one(monday):
    shown = await toured(monday, done(CLAIM), NUDGE, CLIENT)
    assert shown.one("li", aria_current="step")["data-step"] == "nudge"
    assert [one["data-step"] for one in shown.all("li", data_done=...)] == ["claim"]
    assert shown.one("h3").text == "Be nudged"
    assert [one.text for one in shown.all("summary")][:2] == ["Claim a request", "Be the client"]


async def test_a_step_done_out_of_order_leaves_the_first_undone_one_current(monday):
    shown = await toured(monday, CLAIM, done(NUDGE), CLIENT)
    assert shown.one("li", aria_current="step")["data-step"] == "claim"


async def test_how_far_it_is_stands_in_words_and_in_a_bar(monday):
    shown = await toured(monday, done(CLAIM), NUDGE, CLIENT)
    bar = shown.one("progress")
    assert (bar["value"], bar["max"]) == ("1", "3")
    assert shown.one(id=bar["aria-labelledby"]).text == "1 of 3 done"


async def test_a_steps_text_is_text(monday):
    assert "Press &lt;Claim&gt; on a card." in (await toured(monday, CLAIM)).html


async def test_the_jump_of_a_step_stands_in_it_until_it_is_done(monday):
    jump = Jump("nudge", "To the next nudge", None, "Nothing is promised yet.")
    assert (await toured(monday, NUDGE, jumps=(jump,))).one("button", id="jump-tour-nudge").text == jump.label
    assert not (await toured(monday, done(NUDGE), jumps=(jump,))).all("button", id="jump-tour-nudge")


async def test_a_jump_that_nobody_offers_is_left_out(monday):
    assert not (await toured(monday, NUDGE)).all("button", id="jump-tour-nudge")


async def test_the_way_to_a_spot_says_as_whom_one_will_be(monday):
    shown = await toured(monday, CLAIM, CLIENT)
    claim, client = shown.all("a", data_show=...)
    assert (claim["href"], claim["data-label"]) == ("?as=mira&in=requests", "Claim")
    assert claim.text == "Show me: Claim a request"
    assert (client["href"], client.text) == (
        "?as=carla&in=acme-shared",
        "Show me, as Carla Reyes: Be the client",
    )


async def test_a_spot_without_a_person_or_room_keeps_those_of_now(monday):
    shown = await toured(monday, NUDGE, Step("here", "Here", "Now.", spot=Spot(label="Send")), user="jonas")
    assert [one["href"] for one in shown.all("a", data_show=...)] == ["?as=jonas&in=dm", "?as=jonas&in=requests"]


async def test_the_way_to_a_reply_opens_its_thread(monday):
    parent = monday.control.say("@mira", "#requests", "Who takes it?")["ts"]
    reply = monday.control.say("@jonas", "#requests", "I do.", thread_ts=parent)["ts"]
    shown = await toured(monday, Step("look", "Look", "There.", spot=Spot("mira", "requests", reply)))
    link = shown.one("a", data_show=...)
    assert (link["href"], link["data-message"]) == (f"?as=mira&in=requests&thread={parent}", reply)


async def test_the_way_to_an_older_message_asks_for_as_many_as_it_takes(monday):
    first = monday.control.say("@mira", "#requests", "Good morning")["ts"]
    for number in range(100):
        monday.control.say("@jonas", "#requests", f"And {number}")
    shown = await toured(monday, Step("look", "Look", "There.", spot=Spot("mira", "requests", first)))
    search = shown.one("a", data_show=...)["href"]
    assert search == "?as=mira&in=requests&shown=180"
    assert f'data-ts="{first}"' in await main(look(monday.core, Place.of(dict(parse_qsl(search[1:])))))


@pytest.mark.parametrize("spot", [Spot("mira", "outside-acme", "1.2"), Spot("nobody", "requests", "1.2")])
async def test_a_spot_that_is_in_no_channel_is_still_a_way(monday, spot):
    link = (await toured(monday, Step("look", "Look", "There.", spot=spot))).one("a", data_show=...)
    assert link["href"] == f"?as={spot.user}&in={spot.room}"


async def test_the_closing_words_come_when_all_is_done(monday):
    assert not (await toured(monday, done(CLAIM), NUDGE)).all(class_="side-closing")
    assert (await toured(monday, done(CLAIM), done(NUDGE))).one(class_="side-closing").text == "That was it."


async def test_a_welcome_is_said_until_something_is_done(monday):
    tour = Tour("The morning", (CLAIM, NUDGE), "", "Clients ask for things here.")
    monday.companion.tell(Briefing(tour))
    assert (await panel(monday)).one(class_="side-welcome").text == "Clients ask for things here."
    monday.companion.tell(Briefing(replace(tour, steps=(done(CLAIM), NUDGE))))
    assert not (await panel(monday)).all(class_="side-welcome")


async def test_a_tour_that_waits_says_for_what_and_leads_nowhere(monday):
    waiting = Waiting("12 of 31 requests have come in.", 12, 31)
    monday.companion.tell(Briefing(Tour("The morning", (CLAIM, NUDGE), "The end.", "Good morning!", waiting)))
    shown = await panel(monday)
    bar = shown.one("progress")
    assert (bar["value"], bar["max"], shown.one(id=bar["aria-labelledby"]).text) == ("12", "31", waiting.text)
    assert shown.one(class_="side-welcome").text == "Good morning!"
    assert [one.text for one in shown.one(class_="side-outlook") and shown.all("li")][:2] == [
        "1Claim a request",
        "2Be nudged",
    ]
    assert not shown.all(data_show=...)
    assert not shown.all(aria_current="step")
    line = Reading(await ahead(look(monday.core, Place("mira", "requests"))))
    assert line.one("button", id="open-tour").text == "The morning 12 of 31 have come in"
    assert not line.all(data_show=...)
    monday.companion.tell(Briefing(Tour("The morning", (done(CLAIM),), "The end.", waiting=Waiting("In a moment."))))
    shown = await panel(monday)
    assert not shown.all("progress")
    assert not shown.all(class_="side-closing")


async def test_a_step_may_name_its_way_and_every_way_says_which_step_it_is(monday):
    shown = await toured(monday, replace(CLAIM, way="Begin"), CLIENT)
    begin, client = shown.all("a", data_show=...)
    assert (begin.text, begin["data-take"]) == ("Begin: Claim a request", "claim")
    assert (client.text, client["data-take"]) == ("Show me, as Carla Reyes: Be the client", "client")
    monday.control.take_step("client")
    assert monday.companion.taken == {"client"}
    with pytest.raises(ControlError, match="no step 'nudge' to take now"):
        monday.control.take_step("nudge")


async def test_words_to_type_name_whose_composer_they_are_for(monday):
    shown = await toured(monday, Step("look", "Look", "Type.", spot=Spot("mira", "requests", typed="/it #1")))
    link = shown.one("a", data_show=...)
    mira, room = monday.core.state.user("mira").id, monday.core.state.channel("requests").id
    assert (link["data-typed"], link["data-writer"], link["data-channel"]) == ("/it #1", mira, room)


async def test_a_spot_in_this_panel_is_a_button_that_goes_nowhere(monday):
    shown = await toured(monday, Step("break", "Break it", "Now.", spot=Spot(label="An answer is lost", beside=True)))
    lead = shown.one("button", data_beside=...)
    assert (lead.text, lead["data-label"]) == ("Show me: Break it", "An answer is lost")
    assert "data-go" not in lead.attributes


async def test_a_tour_without_steps_can_be_shown(monday):
    assert (await toured(monday)).one("progress")["max"] == "1"


async def test_without_a_tour_the_panel_says_how_an_app_connects(monday):
    shown = await panel(monday)
    assert "No app is connected yet." in shown.text
    assert f"{monday.url}/api/" in shown.text
    assert monday.app_token in shown.text


async def test_headings_and_ids_are_in_order(monday):
    shown = await toured(monday, done(CLAIM), NUDGE, jumps=(Jump("nudge", "To it", None, "None."),))
    heads = [one for one in shown.elements if one.tag in {"h1", "h2", "h3"}]
    assert [one.text for one in heads] == [
        "The morning",
        "Be nudged",
        "Time",
        "When things go wrong",
        "Between app and workspace",
    ]
    ids = [one["id"] for one in shown.all(id=...)]
    assert len(ids) == len(set(ids))
    assert not shown.all(style=...)
