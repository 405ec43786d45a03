"""Nothing lost, nothing doubled: the numbers beside the chat."""

import pytest
from side_reading import panel
from slack_helpers import slack_client

from bot.workspace.companion import Account, Briefing


async def shown_for(server, *accounts):
    server.companion.tell(Briefing(accounts=accounts))
    return await panel(server)


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (Account("requests · cards", 31, 31), "31 requests · 31 cards"),
        (Account("requests · cards", 1, 1), "1 request · 1 card"),
        (Account("replies · deliveries", 1, 0), "1 reply · 0 deliveries"),
    ],
)
async def test_two_nouns_stand_beside_their_numbers(monday, account, words):
    assert (await shown_for(monday, account)).one("th", scope="row").text == words


async def test_a_plain_label_has_its_numbers_in_columns(monday):
    shown = await shown_for(monday, Account("Nudges sent once", 1204, 1204, "two wait for a person"))
    assert shown.one("th", scope="row").text == "Nudges sent oncetwo wait for a person"
    assert [one.text for one in shown.all("td")] == ["1,204", "1,204", ""]


@pytest.mark.parametrize(
    ("seen", "trouble"), [(31, ""), (30, "1 missing"), (33, "2 too many")], ids=["right", "lost", "doubled"]
)
async def test_what_is_right_is_ticked_and_what_is_wrong_says_how(monday, seen, trouble):
    shown = await shown_for(monday, Account("requests · cards", 31, seen))
    assert shown.one("h2", id="side-accounts-title").text == "Nothing lost, nothing doubled"
    assert shown.one("td").text == trouble
    assert bool(shown.all("svg", aria_label="right")) == (not trouble)


async def test_without_accounts_the_journal_still_counts(monday):
    client = slack_client(monday)
    await client.auth_test()
    with pytest.raises(Exception, match="channel_not_found"):
        await client.chat_postMessage(channel="C0NOWHERE", text="x")
    await client.auth_test()
    shown = await panel(monday)
    assert not shown.all("table")
    assert shown.one("h2", id="side-accounts-title").text == "Between app and workspace"
    assert counts(shown) == {
        "Calls by the app": "3",
        "Refused": "0",
        "Events delivered again": "0",
        "Connections open": "0",
    }


async def test_every_retry_of_an_event_is_counted_once_however_often_one_looks(server):
    server.control.say("@mira", "#requests", "Is nobody there?")
    await server.control.settle()
    for _ in range(3):
        assert counts(await panel(server))["Events delivered again"] == "3"


async def test_refusals_are_counted_and_lead_to_their_room(monday):
    assert not (await panel(monday)).all(class_="side-refused")
    with pytest.raises(Exception, match="invalid_blocks"):
        await slack_client(monday).chat_postMessage(
            channel=monday.core.state.channel("#requests").id, text="x", blocks=[{"type": "header"}]
        )
    shown = await panel(monday)
    assert counts(shown)["Refused"] == "1"
    assert "would not have taken 1 payload of" in shown.one(class_="side-refused").text
    assert shown.one("a", href="?as=mira&in=refused").text == "See what and why"


def counts(shown):
    return dict(
        zip([one.text for one in shown.all("dt")][-4:], [one.text for one in shown.all("dd")][-4:], strict=True)
    )
