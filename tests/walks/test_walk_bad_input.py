"""What bad input gets: a sentence where it was typed, and a card that is right again."""

from datetime import timedelta

import pytest

from tests.support.walk import TEAM, Walk
from tests.support.walk_seeing import words_of


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"due_at": timedelta(minutes=-1)}, "due_at", "already past"),
        ({"due_at": timedelta(seconds=5)}, "due_at", "already past"),
        ({"due_at": timedelta(days=367)}, "due_at", "more than a year away"),
        ({"text": "  \n "}, "text", "Write a few words first"),
        ({"text": "\u200b\u2060"}, "text", "Write a few words first"),
    ],
)
async def test_a_reply_that_nobody_could_keep_or_read_is_refused_at_its_field(
    walk: Walk, values: dict[str, object], field: str, sentence: str
):
    number = await walk.asked()
    await walk.review(number)
    filled = {
        name: int((walk.clock.now() + value).timestamp()) if isinstance(value, timedelta) else value
        for name, value in values.items()
    }
    refused = await walk.control.submit("@mira", filled)
    assert sentence in refused.errors[field]
    await walk.later(minutes=1)
    await walk.quiet()
    assert walk.client_posts() == []
    assert await walk.outcomes(number) == []


async def test_an_overlong_reply_is_refused_and_one_that_just_fits_arrives_whole(walk: Walk):
    number = await walk.asked()
    await walk.review(number)
    longest = "x" * 2_999 + "!"
    await walk.control.submit("@mira", {"text": longest, "promise_kind": "none"})
    await walk.control.close("@mira", everything=True)
    await walk.later(seconds=11)
    post = await walk.client_reads("x!")
    assert words_of(post) == longest


async def test_the_delay_form_says_what_is_wrong_at_the_field(walk: Walk):
    number = await walk.asked()
    await walk.send(number, due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.press_nudge("@mira", "open_delay_form")
    await walk.window("@mira", "Delay update")
    good = {"happened": "A test fails.", "doing": "We mend it."}
    for span, sentence in ((timedelta(hours=-1), "already past"), (timedelta(days=400), "more than a year away")):
        refused = await walk.control.submit("@mira", {**good, "new_due_at": int((walk.clock.now() + span).timestamp())})
        assert sentence in refused.errors["new_due_at"]
    new = int((walk.clock.now() + timedelta(hours=5)).timestamp())
    refused = await walk.control.submit("@mira", {"happened": " \n", "doing": "x", "new_due_at": new})
    assert "should not have to guess" in refused.errors["happened"]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("status #77", "There is no request #77."),
        ("77", "There is no request #77."),
        ("status #99999999999999999999", "There is no request"),
        ("status Nobody Ltd", "I know no client by “Nobody Ltd”"),
        ("client Nobody Ltd", "I know no client by “Nobody Ltd”"),
        ("frobnicate", "I do not know “frobnicate”"),
        ("client link", "client"),
        ("help frobnicate", "headsup"),
    ],
)
async def test_a_command_that_finds_nothing_says_so(walk: Walk, line: str, sentence: str):
    seen = await walk.driver.slash("mira", TEAM, f"/headsup {line}")
    assert sentence in " ".join(seen.text.split())


async def test_someone_elses_request_opens_with_whose_it_is_and_a_closed_one_is_refused(walk: Walk):
    number = await walk.asked()
    old = walk.cards()[number]
    await walk.press("@mira", "claim_request", number)
    window = await walk.review(number, who="@jonas")
    assert f"Owned by <@{walk.id('@mira')}>" in words_of(window)
    await walk.control.close("@jonas", everything=True)
    await walk.press("@mira", "open_more", number)
    await walk.window("@mira", "More")
    await walk.control.submit("@mira", {"verb": "close"})
    await walk.on_card(number, "Reopen")

    stale = walk.server.core.state.message(walk.id(TEAM), old["ts"]).body
    stale["blocks"] = old["blocks"]
    await walk.press("@jonas", "review_first_suggestion", number)
    await walk.told("@jonas", "closed")
    await walk.on_card(number, "Reopen")
    await walk.press("@jonas", "reopen_request", number)
    await walk.on_card(number, "Reopen", gone=True)


async def test_a_button_whose_value_is_not_ours_is_answered_in_a_sentence(walk: Walk):
    number = await walk.asked()
    await walk.quiet()
    body = walk.server.core.state.message(walk.id(TEAM), walk.cards()[number]["ts"]).body
    for value in ("", "2&request=1", "1&request=", "1&request=-1", "1&request=9999999999", "request=1", "1&request=x"):
        for block in body["blocks"]:
            for element in block.get("elements", []):
                if element.get("action_id") == "claim_request":
                    element["value"] = value or "0"
        pressed = await walk.press("@mira", "claim_request", number)
        assert pressed.acked
    await walk.control.settle()
    told = [words_of(message) for message in walk.control.ephemerals("@mira", TEAM)]
    assert len(told) == 7
    assert all("older card" in words or "no request" in words for words in told)
    assert (await walk.card(number)).owner is None


async def test_very_long_words_are_stored_whole_and_can_be_read_whole(walk: Walk):
    words = " ".join(f"word{number}" for number in range(6_000))
    number = await walk.asked_by_webhook(words)
    (message,) = (await walk.card(number)).opening
    assert message.text == words
    await walk.press("@mira", "show_text", number)
    await walk.window("@mira")
    seen = set()
    parts = 0
    for parts in range(1, 40):  # noqa: B007 - how many there were is looked at below
        view = walk.control.views("@mira")[-1]
        seen |= {word for word in words_of(view).split() if word.startswith("word")}
        if "show_next_part" not in str(view["blocks"]):
            break
        await walk.control.press("@mira", "show_next_part")
        await walk.control.settle()
    assert parts > 3
    assert 6_000 - len(seen) <= 2 * parts, "but for a word that is cut where a part ends"
