"""One message that nobody can draw takes neither the others nor the page away."""

import pytest
from aiohttp import ClientSession
from frame_reading import live_page, messages, region

from bot.workspace.errors import ControlError
from bot.workspace.page import messages as drawing

HALF = "x\ud800.png"
SECRET = "The merger is on Friday"


async def status_and_text(server, search="?as=mira&in=requests"):
    async with ClientSession() as session, session.get(f"{server.url}/{search}") as answer:
        return answer.status, await answer.text()


def file_named(server, name):
    """A message with a file whose name got in before names were looked at."""
    server.control.say("jonas", "#requests", "Before.")
    server.control.say("jonas", "#requests", "See:", files=[{"name": "fine.png", "mimetype": "image/png"}])
    next(reversed(server.core.state.files.values())).name = name
    server.control.say("jonas", "#requests", "After.")


@pytest.mark.parametrize("name", [HALF, {"a": 1}, 5, None, "\0", "x" * 5000], ids=repr)
async def test_a_file_that_is_there_already_breaks_no_page(monday, name):
    file_named(monday, name)
    status, text = await status_and_text(monday)
    assert status == 200
    assert "Before." in text
    assert "After." in text
    async with live_page(monday) as page:
        assert "After." in page.regions["main"]


async def test_what_cannot_be_drawn_is_shown_as_that(monday):
    file_named(monday, {"a": 1})
    shown = messages(await region(monday, "main"))
    assert ["cannot be shown" in one for one in shown] == [False, True, False]
    broken = (await region(monday, "main")).all("article")[1]
    assert broken["aria-label"] == "A message that cannot be shown"
    assert broken["id"] == f"message-{broken['data-ts']}"


async def test_names_that_are_no_text_break_no_page(monday):
    monday.control.other_bot_says("Up\ud800time", "#requests", "It is up \udfff.")
    assert (await status_and_text(monday))[0] == 200
    assert (await status_and_text(monday, "?as=mira&in=requests&thread=%00"))[0] == 200


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ({"name": HALF, "content": "x"}, "characters that are none"),
        ({"name": "a\0b", "content": "x"}, "characters that are none"),
        ({"name": {"a": 1}, "content": "x"}, "a file needs a name"),
        ({"name": "", "content": "x"}, "a file needs a name"),
        ({"content": "x"}, "a file needs a name"),
        ({"name": "x" * 256, "content": "x"}, "255 characters at most; this one has 256"),
        ({"name": "a", "mimetype": {"a": 1}}, "the mimetype of a is none"),
        ({"name": "a", "mimetype": "a/b\r\nSet-Cookie: x=1"}, "the mimetype of a is none"),
        ({"name": "a", "content": 5}, "the content of a is neither text nor bytes"),
        ({"name": "a", "content": "\ud800"}, "the content of a is neither text nor bytes"),
        ({"name": "a", "base64": 5}, "the content of a is not base64"),
        ("a.png", "a file is an object"),
    ],
)
async def test_a_file_that_nobody_could_open_is_refused_and_nothing_is_said(monday, file, sentence):
    version = monday.core.state.version
    with pytest.raises(ControlError, match=sentence):
        monday.control.say("jonas", "#requests", "See:", files=[{"name": "fine", "content": "x"}, file])
    assert monday.core.state.version == version
    assert monday.core.state.files == {}


async def test_a_name_of_255_characters_is_kept(monday):
    monday.control.say("jonas", "#requests", "See:", files=[{"name": "ü" * 255, "content": "x"}])
    assert "ü" * 255 in (await status_and_text(monday))[1]


async def test_the_log_says_what_went_wrong_and_nothing_that_anybody_wrote(monday, monkeypatch, caplog):
    def draw(*given, **_options):
        raise ValueError(SECRET, given)

    monkeypatch.setattr(drawing, "message_html", draw)
    monday.control.say("carla", "#acme-shared", SECRET)
    await region(monday, "main", room="acme-shared")
    monkeypatch.setattr(drawing, "attached", draw)
    monday.control.say("carla", "#acme-shared", SECRET)
    await region(monday, "main", room="acme-shared")
    assert "a message cannot be shown: ValueError at test_messages_hostile.py" in caplog.text
    assert SECRET not in caplog.text
    assert [record.exc_info for record in caplog.records] == [None] * 2
