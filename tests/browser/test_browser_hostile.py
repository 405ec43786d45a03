"""L8 on the page: whatever somebody writes is words, and words do nothing."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.workspace.server import WorkspaceServer
from tests.support.browser import Screen
from tests.support.browser_chromium import Desks
from tests.support.browser_posts import actions, button, plain, post, section

ROOM = "acme-shared"
SCRIPTS = (
    "<script>alert('script')</script>",
    "<img src=x onerror=alert('image')>",
    "<svg onload=alert('svg')><style>*{display:none}</style>",
    "\"><iframe src=javascript:alert('frame')></iframe>",
    "</template></textarea></title><body onload=alert('body')>",
    "{{ 7*7 }} {% raw %} ${7*7} &lt;b&gt;bold&lt;/b&gt; <!--",
)
LINKS = (
    "<javascript:alert('link')|press here>",
    "<data:text/html,<script>alert(1)</script>|or here>",
    "<https://evil.example/?a=\" onmouseover=\"alert('hover')|or there>",
    '<!channel> <@U0NOBODY> <#C0NOWHERE|"><b>> <!date^1795420800^{date}^javascript:alert(1)|date>',
)


@pytest.mark.parametrize("words", SCRIPTS)
async def test_markup_is_shown_as_it_was_written(workspace: WorkspaceServer, sit: Desks, words: str) -> None:
    mira = await sit(workspace, "mira", ROOM)
    before = await _alive(mira)
    await (await sit(workspace, "carla", ROOM)).say(words)
    await mira.sees(words, within=mira.main.get_by_role("article"))
    assert await _alive(mira) == before


async def test_links_go_nowhere_that_runs_something(workspace: WorkspaceServer, sit: Desks) -> None:
    mira = await sit(workspace, "mira", ROOM)
    for words in LINKS:
        workspace.control.say("@carla", f"#{ROOM}", words, raw=True)
    await mira.sees("or there")
    hrefs = await mira.page.eval_on_selector_all("a[href]", "links => links.map(link => link.protocol)")
    assert set(hrefs) <= {"http:", "https:", "mailto:", "tel:"}
    handlers = "all => all.filter(e => e.getAttributeNames().some(name => name.startsWith('on'))).length"
    assert await mira.page.eval_on_selector_all("*", handlers) == 0


async def test_hostile_names_files_and_labels_are_words_too(workspace: WorkspaceServer, sit: Desks) -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    workspace.control.set_user("@carla", real_name=hostile)
    file = {"name": f"{hostile}.txt", "mimetype": "text/html", "content": "<script>alert(1)</script>"}
    mira = await sit(workspace, "mira", ROOM)
    before = await _alive(mira)
    workspace.control.say("@carla", f"#{ROOM}", hostile, files=[file])
    await post(workspace, f"#{ROOM}", *_everywhere(hostile), text=hostile)
    await expect(mira.button(hostile)).to_be_visible()
    assert await _alive(mira) == before


def _everywhere(words: str) -> list[dict[str, Any]]:
    option = {"text": plain(words), "value": words, "description": plain(words)}
    confirm = {"title": plain(words), "text": plain(words), "confirm": plain("Yes"), "deny": plain("No")}
    select = {"type": "static_select", "action_id": words, "placeholder": plain(words), "options": [option]}
    overflow = {"type": "overflow", "action_id": "more", "options": [option, {**option, "value": "2"}]}
    return [
        {"type": "header", "text": plain(words), "block_id": words},
        section(words, fields=[plain(words)]),
        {"type": "image", "image_url": "https://evil.example/x.png", "alt_text": words, "title": plain(words)},
        actions(button(words, confirm=confirm), select, overflow),
        {"type": "context", "elements": [plain(words)]},
    ]


async def _alive(screen: Screen) -> dict[str, int]:
    """Count what could act on its own."""
    kinds = ("script", "iframe", "object", "embed", "style", "link", "base", "meta", "form", "svg[onload]", "[onerror]")
    return {kind: await screen.page.locator(kind).count() for kind in kinds}
