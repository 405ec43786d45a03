"""A day that shows a client's words on every surface, whatever those words are."""

from datetime import timedelta

from tests.support.walk import ACME, TEAM, Walk, until


async def live_a_day(walk: Walk, words: str, *, name: str = "Orbit Travel") -> list[int]:
    """Let `words` arrive every way there is, and look at them everywhere; return the numbers of their requests.

    `name` is what the client, its contact and its files are called where they name themselves.
    """
    await walk.link()
    numbers = await _arrive(walk, words, name)
    for number in numbers:
        await _look(walk, number)
    await _reply(walk, numbers[0], words)
    await _lists(walk)
    await walk.quiet()
    return numbers


async def _arrive(walk: Walk, words: str, name: str) -> list[int]:
    known = set(walk.numbers())

    async def new(what: str) -> int:
        number = int(await until(lambda: next(iter(set(walk.numbers()) - known), None), what))
        known.add(number)
        return number

    said = walk.control.say(
        "@carla", ACME, words, files=[{"name": name, "mimetype": "text/plain", "content": "x"}], raw=True
    )
    numbers = [await new("the message")]
    walk.control.edit("@carla", ACME, said["ts"], f"{words} (edited)", raw=True)
    walk.control.say("@carla", ACME, words, thread_ts=said["ts"], raw=True)
    facts = {"subject": words[:200], "from": {"name": name, "email": "noor@orbit.example"}}
    files = [{"name": name, "url": "https://orbit.example/a.txt", "type": "text/plain"}]
    await walk.orbit.ask(walk.url, words, client=name, attachments=files, **facts)
    numbers.append(await new("the webhook"))
    await walk.control.slash("@mira", "/headsup", f"new {words[:200]}")
    await walk.window("@mira", "New client request")
    await walk.control.submit("@mira", {"name": f"{name} two"[:80], "contact": name[:100], "text": words[:2_900]})
    await walk.control.close("@mira", everything=True)
    numbers.append(await new("the form"))
    other = walk.control.say("@mira", "#beta-shared", words, raw=True)
    await walk.control.message_shortcut("@mira", "make_client_request", channel="#beta-shared", ts=other["ts"])
    await walk.window("@mira", "New client request")
    await walk.control.submit("@mira", {"name": "Beta GmbH"})
    await walk.control.close("@mira", everything=True)
    numbers.append(await new("the shortcut"))
    return numbers


async def _look(walk: Walk, number: int) -> None:
    """Open every window and answer about one request."""
    await walk.control.slash("@mira", "/headsup", f"status #{number}")
    buttons = {
        element.get("action_id") for block in walk.cards()[number]["blocks"] for element in block.get("elements", [])
    }
    for action in ("show_text", "open_more"):
        if action in buttons:
            await walk.press("@jonas", action, number)
            await walk.window("@jonas")
            await walk.control.close("@jonas", everything=True)
    for verb in ("profile", "park", "wait_client", "wait_supplier", "hand_over"):
        await walk.press("@jonas", "open_more", number)
        await walk.window("@jonas", "More")
        await walk.control.submit("@jonas", {"verb": verb})
        await walk.control.close("@jonas", everything=True)


async def _reply(walk: Walk, number: int, words: str) -> None:
    """Acknowledge, be nudged, send a delay update, be answered, fail once, hand over."""
    await walk.send(number, "", due=timedelta(hours=4))
    await walk.later(hours=3, minutes=1)
    await walk.press_nudge("@mira", "show_status", f"#{number}")
    await walk.window("@mira", "Request")
    await walk.control.close("@mira", everything=True)
    await walk.press_nudge("@mira", "open_delay_form", f"#{number}")
    await walk.window("@mira", "Delay update")
    new = int((walk.clock.now() + timedelta(hours=5)).timestamp())
    await walk.control.submit("@mira", {"happened": "A test fails.", "doing": "We mend it.", "new_due_at": new})
    await walk.control.submit("@mira")
    await walk.control.close("@mira", everything=True)
    await walk.later(seconds=11)
    post = await walk.client_reads("A test fails.")
    await until(lambda: walk.replies_are(number, {"sent"}), "the delay update to be recorded")
    await walk.control.press("@carla", "answer_call", channel=ACME, ts=post["ts"])
    await walk.nudged("@mira", "Please call me")
    walk.control.fault("chat.postMessage", "error", error="is_archived", channel=ACME)
    await walk.approve(number, "This one fails.")
    await walk.later(seconds=11)
    await walk.on_card(number, "did not reach")
    await walk.press("@mira", "drop_reply", number)
    await walk.press("@mira", "open_more", number)
    await walk.window("@mira", "More")
    await walk.control.submit("@mira", {"verb": "hand_over"})
    await walk.control.submit("@mira", {"to": walk.id("@priya")})
    await walk.nudged("@priya", "This is yours now")
    walk.control.say("@carla", ACME, words, thread_ts=post["thread_ts"], raw=True)


async def _lists(walk: Walk) -> None:
    """Look at every list, and at what is said to strangers."""
    for line in ("", "open", "mine", "status", "status Acme", "client Acme", "help", "no such thing", "status #999"):
        await walk.control.slash("@mira", "/headsup", line)
    for channel in (ACME, TEAM):
        await walk.control.slash("@mira", "/headsup", "client", channel=channel)
    await walk.control.slash("@gwen", "/headsup", "open")
    for who in ("@mira", "@priya", "@gwen"):
        walk.control.open_home(who)
    await walk.control.settle()
    await until(lambda: walk.control.home("@priya") and walk.control.home("@gwen"), "their home")
