import asyncio

from aiohttp import WSCloseCode, WSMsgType
from frame_reading import live_page


async def test_a_page_is_told_everything_first_and_then_what_differs(monday):
    async with live_page(monday) as page:
        assert {"top", "sidebar", "main", "side"} <= set(page.regions)
        monday.control.say("mira", "#requests", "Hello.")
        await page.shows("Hello.")
        assert "top" not in page.sent[-1]


async def test_what_does_not_change_what_is_seen_is_not_sent(monday):
    async with live_page(monday) as page:
        monday.control.say("dieter", "#beta-shared", "Not for Mira's page, who is in another room.")
        monday.control.say("mira", "#requests", "Now.")
        await page.shows("Now.")
        assert all("main" not in names or "Now." in page.regions["main"] for names in page.sent[1:])


async def test_two_pages_of_two_people_show_what_each_of_them_sees(monday):
    async with (
        live_page(monday, "?as=mira&in=acme-shared") as mira,
        live_page(monday, "?as=carla&in=acme-shared") as carla,
    ):
        monday.control.say("carla", "#acme-shared", "Is anybody there?")
        await mira.shows("Is anybody there?")
        await carla.shows("Is anybody there?")
        await mira.go("?as=mira&in=general")
        await mira.until(lambda: mira.place == "?as=mira&in=general")
        monday.control.say("mira", "#acme-shared", "Yes.")
        await carla.shows("Yes.")
        assert carla.place == "?as=carla&in=acme-shared"


async def test_a_page_that_goes_elsewhere_is_told_what_is_there(monday):
    monday.control.say("sam", "#general", "Welcome.")
    async with live_page(monday) as page:
        await page.go("?as=sam&in=general")
        await page.shows("Welcome.")
        assert page.title.endswith("#general · Sam")


async def test_words_that_make_no_sense_are_overheard(monday):
    async with live_page(monday) as page:
        for text in ("", "{", "[]", "null", '{"place": 5}', '{"watching": "yes"}', '{"watching": {"room": "no"}}'):
            await page.socket.send_str(text)
        await page.socket.send_bytes(b"\x00")
        monday.control.say("mira", "#requests", "Still here.")
        await page.shows("Still here.")


async def test_the_title_counts_what_is_unread_everywhere(monday):
    monday.control.say("carla", "#acme-shared", "Hello.")
    async with live_page(monday) as page:
        assert page.title == "(1) #requests · Mira"
        said = monday.control.say("jonas", "#requests", "Good morning.")["ts"]
        await page.until(lambda: page.title == "(2) #requests · Mira")
        monday.control.mark("mira", "#requests", said)
        await page.until(lambda: page.title == "(1) #requests · Mira")


async def test_new_stays_where_it_was_while_one_reads(monday):
    said = monday.control.say("jonas", "#requests", "Good morning.")["ts"]
    async with live_page(monday) as page:
        assert "news-message" in page.regions["main"]
        monday.control.mark("mira", "#requests", said)
        await page.until(lambda: "data-read" in page.regions["main"])
        assert "news-message" in page.regions["main"]
        await page.go("?as=mira&in=general")
        await page.until(lambda: "general" in page.place)
        await page.go("?as=mira&in=requests")
        await page.until(lambda: "requests" in page.place)
        assert "news-message" not in page.regions["main"]


async def test_what_comes_while_one_watches_is_not_new_and_while_one_looks_away_is(monday):
    async with live_page(monday) as page:
        monday.control.say("jonas", "#requests", "Seen.")
        await page.shows("Seen.")
        assert "news-message" not in page.regions["main"]
        monday.control.mark("mira", "#requests", monday.control.say("jonas", "#requests", "Seen too.")["ts"])
        await page.watch(room=False)
        monday.control.say("jonas", "#requests", "Missed.")
        await page.shows("Missed.")
        main = page.regions["main"]
        assert main.index("Seen too.") < main.index("news-message") < main.index("Missed.")


async def test_a_page_comes_back_after_a_restart_and_is_told_what_it_missed(make_server, tmp_path):
    first = await make_server(path=tmp_path / "workspace.db")
    async with live_page(first) as page:
        await first.stop()
        async with asyncio.timeout(45):
            await page.socket.receive()
    again = await make_server(path=tmp_path / "workspace.db")
    again.control.say("jonas", "#requests", "While you were away.")
    async with live_page(again) as page:
        assert "While you were away." in page.regions["main"]


async def test_many_changes_at_once_are_few_messages(monday):
    async with live_page(monday) as page:
        for number in range(200):
            monday.control.say("mira", "#requests", f"Number {number}.")
        await page.shows("Number 199.")
        assert len(page.sent) < 10


async def test_json_nested_beyond_measure_is_overheard_too(monday):
    async with live_page(monday) as page:
        await page.socket.send_str("[" * 16_000)
        await page.socket.send_str('{"place":' * 1_500)
        monday.control.say("mira", "#requests", "Still here.")
        await page.shows("Still here.")


async def test_half_a_surrogate_in_a_place_is_overheard_too(monday):
    async with live_page(monday) as page:
        await page.socket.send_str('{"place": "?as=mira&in=requests&thread=\\ud800"}')
        monday.control.say("mira", "#requests", "Still here.")
        await page.shows("Still here.")


async def test_a_page_that_says_more_than_a_page_does_is_let_go(monday):
    async with live_page(monday) as page:
        await page.socket.send_json({"place": "?as=" + "x" * 16_000})
        await page.until(lambda: page.place == "?as=mira&in=requests" and len(page.sent) > 1)
        await page.socket.send_json({"place": "?as=" + "x" * 3_000_000})
        async with asyncio.timeout(45):
            while (said := await page.socket.receive()).type is WSMsgType.TEXT:
                assert len(said.data) < 1_000_000
        assert (said.type, said.data) == (WSMsgType.CLOSE, WSCloseCode.MESSAGE_TOO_BIG)
