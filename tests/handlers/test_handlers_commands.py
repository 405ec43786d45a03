"""`/headsup …`: every answer comes with the acknowledgement, for the asker's eyes."""

import pytest
from slack_floor import CLIENT, TEAM, Floor, shown

from bot.domain.commands.slash_help import help_lines


async def _ask(floor: Floor, text: str, *, who: str = "@mira", channel: str = TEAM) -> str:
    asked = await floor.control.slash(who, "/headsup", text, channel=channel)
    assert asked.acked
    assert not asked.error
    return shown(asked.ephemerals[-1]) if asked.ephemerals else ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Your requests"),
        ("mine", "Your requests"),
        ("open", "Everything open"),
        ("status @jonas", "Requests of Jonas"),
        ("status Acme", "Requests of Acme"),
        ("status @carla", "is a client's contact: try “/headsup status Acme”."),
        ("status <@U0NOBODY1>", "is not in your team, so no requests are theirs."),
        ("status Nobody Ltd", "I know no client"),
        ("#1", "#1 · Acme"),
        ("status 1", "What happened"),
        ("999", "There is no request #999"),
        ("client acme", "Time zone"),
        ("client", "team's own channel"),
        ("help", "What you can type"),
        ("frobnicate", "I do not know"),
    ],
)
async def test_each_command_is_answered(floor: Floor, text, words):
    await floor.request()

    assert words in await _ask(floor, text)


async def test_an_unknown_word_is_answered_shortly_and_one_press_shows_the_whole_help(floor: Floor):
    asked = await floor.control.slash("@mira", "/headsup", "stauts", channel=TEAM)
    [answer] = asked.ephemerals
    assert "Did you mean “/headsup status”?" in shown(answer)
    assert "Where a request stands" in shown(answer)
    assert str(answer["blocks"]).count("/headsup ") < len(help_lines())

    await floor.control.press("@mira", "show_help", channel=TEAM, ts=answer["ts"])

    await floor.whispered("@mira", "What you can type")
    assert len(floor.control.ephemerals("@mira", TEAM)) == 1


async def test_status_alone_says_how_headsup_is_doing(floor: Floor):
    async def is_well() -> bool:
        return "Headsup is well" in await _ask(floor, "status")

    await floor.until_async(is_well)


async def test_a_list_offers_the_next_step(floor: Floor):
    number = await floor.request()
    asked = await floor.control.slash("@jonas", "/headsup", "open", channel=TEAM)
    listed = asked.ephemerals[-1]

    await floor.control.press("@jonas", "claim_request", channel=TEAM, ts=listed["ts"])

    await floor.on_card(number, f"<@{floor.user('@jonas')}>")


async def test_a_list_is_exchanged_for_another_in_place(floor: Floor):
    await floor.request()
    asked = await floor.control.slash("@jonas", "/headsup", "open", channel=TEAM)

    await floor.control.press("@jonas", "list_mine", channel=TEAM, ts=asked.ephemerals[-1]["ts"])

    await floor.whispered("@jonas", "Your requests")
    assert len(floor.control.ephemerals("@jonas", TEAM)) == 1


async def test_show_opens_the_request_in_a_window(floor: Floor):
    number = await floor.request()
    await floor.press("@mira", "claim_request", number)
    asked = await floor.control.slash("@jonas", "/headsup", "open", channel=TEAM)

    await floor.control.press("@jonas", "show_status", channel=TEAM, ts=asked.ephemerals[-1]["ts"])

    assert "What happened" in shown(await floor.window("@jonas", f"Request #{number}"))


async def test_a_channel_is_linked_shown_and_unlinked(floor: Floor):
    asked = await floor.control.slash("@sam", "/headsup", "client", channel="#beta-shared")
    assert "belongs to no client yet" in shown(asked.ephemerals[-1])
    await floor.control.press("@sam", "open_link_channel", channel="#beta-shared", ts=asked.ephemerals[-1]["ts"])
    form = await floor.window("@sam", "Link")
    assert "Beta" in str(form["blocks"])
    linked = await floor.control.submit("@sam", {"name": "Beta GmbH"})
    assert "Beta GmbH" in shown(linked.payload["view"])

    asked = await floor.control.slash("@sam", "/headsup", "client", channel="#beta-shared")
    assert "Beta GmbH" in shown(asked.ephemerals[-1])
    await floor.control.press("@sam", "unlink_channel", channel="#beta-shared", ts=asked.ephemerals[-1]["ts"])
    await floor.whispered("@sam", "is unlinked", channel="#beta-shared")


@pytest.mark.parametrize("text", ["", "open", "1", "client link Evil", "new"])
async def test_a_guest_gets_a_sentence_and_nothing_else(floor: Floor, text):
    asked = await floor.control.slash("@gwen", "/headsup", text, channel=TEAM)

    assert asked.acked
    assert asked.ephemerals == []
    await floor.whispered("@gwen", "Guests can read along")


async def test_the_teams_own_channel_cannot_be_linked(floor: Floor):
    assert "team's own channel" in await _ask(floor, "client link Acme")


async def test_new_opens_the_form_with_what_was_typed(floor: Floor):
    await _ask(floor, "new Acme called: the shop is down", channel=CLIENT)

    assert "the shop is down" in str((await floor.window("@mira", "New client request"))["blocks"])


async def test_new_chooses_the_client_with_whose_name_the_words_begin(floor: Floor):
    await floor.link()
    await _ask(floor, "new acme called: the shop is down")
    await floor.window("@mira", "New client request")

    made = await floor.control.submit("@mira", {})

    assert "This is #1 now" in shown(made.payload["view"])
    card = await floor.until(lambda: next(iter(floor.cards()), None))
    assert "Acme" in shown(card)
