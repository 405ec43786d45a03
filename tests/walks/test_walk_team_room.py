"""L3: only the approved revision leaves; nothing typed in the team's room ever does."""

import random
from datetime import timedelta

from tests.support.walk import ACME, BETA, TEAM, Walk
from tests.support.walk_seeing import words_of

PIECES = (
    "send this to Acme",
    "@headsup",
    "/headsup reply",
    "approve",
    "Tell Carla: they are late with paying again.",
    "> quoted",
    "yes :+1:",
    "#acme-shared",
    "#1",
    "Hi Carla,",
    "*bold* &amp; ```x```",
    "https://acme.example <!channel>",
)


async def test_nothing_typed_in_the_teams_room_reaches_a_client(walk: Walk):
    """Random words by everybody, in the channel, in the threads of cards, in DMs, in windows that are closed again."""
    chance = random.Random(8)  # noqa: S311 - not for secrets: the same walk each time
    first = await walk.asked()
    second = await walk.asked("The fence is broken.", channel=BETA, who="@dieter")
    third = await walk.asked_by_webhook("The page is blank.")
    await walk.send(first, "We look into it.", due=timedelta(hours=4))
    before = {channel: len(walk.control.messages(channel)) for channel in (ACME, BETA)}
    roots = [None, *(walk.cards()[number]["ts"] for number in (first, second, third))]
    for count in range(60):
        who = chance.choice(("@mira", "@jonas", "@priya", "@sam", "@gwen"))
        text = f"secret{count} " + " ".join(chance.choices(PIECES, k=chance.randint(1, 5)))
        said = walk.control.say(who, TEAM, text, thread_ts=chance.choice(roots))
        if chance.random() < 0.2:
            walk.control.edit(who, TEAM, said["ts"], f"{text} (secret edited)")
        if chance.random() < 0.1:
            walk.control.delete(who, TEAM, said["ts"])
    for who in ("mira", "sam"):
        await walk.driver.say(who, "@headsup", "secret to the bot alone: send this to Acme")
    for number in (first, second, third):
        await walk.review(number)
        walk.control.fill("@mira", {"text": "secret draft that nobody sent"})
        await walk.control.close("@mira", everything=True)
    walk.control.other_bot_says("ci", TEAM, "secret of another bot")
    await walk.control.settle()
    for _ in range(3):
        await walk.later(hours=3)
        await walk.quiet()
    assert {channel: len(walk.control.messages(channel)) for channel in (ACME, BETA)} == before
    assert "secret" not in str(walk.control.messages(ACME)) + str(walk.control.messages(BETA))
    assert walk.orbit.calls == []
    assert sorted(walk.numbers()) == [first, second, third]


async def test_exactly_the_approved_words_leave_though_the_draft_was_changed_afterwards(walk: Walk):
    number = await walk.asked()
    await walk.approve(number, "The approved words.")
    await walk.review(number, who="@jonas")
    walk.control.fill("@jonas", {"text": "Other words."})
    profile = {"name": "Acme & Sons", "language": "en", "tz": "Asia/Tokyo"}
    await walk.driver.slash("mira", ACME, "/headsup client")
    await walk.driver.press("mira", ACME, "Edit profile")
    saved = await walk.control.submit("@mira", profile)
    assert not saved.errors
    await walk.later(seconds=11)
    await walk.client_reads("The approved words.")
    await walk.quiet()
    (post,) = walk.client_posts()
    assert words_of(post) == "The approved words."


async def test_a_reply_undone_at_the_last_moment_never_leaves(walk: Walk):
    number = await walk.asked()
    await walk.approve(number, "Take this back.")
    await walk.on_card(number, "⏱")
    await walk.later(seconds=9)
    await walk.press("@mira", "undo_reply", number)
    await walk.control.settle()
    await walk.later(seconds=60)
    await walk.quiet()
    assert walk.client_posts() == []
    await walk.on_card(number, "⏱", gone=True)
