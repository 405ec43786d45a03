"""Pictures: what the workspace keeps itself and what comes with the payload; the rest is a frame with a link."""

import pytest
from html_helpers import READER, Node, parsed, plain

from bot.workspace.page.html import blocks_html

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ELSEWHERE = [
    "https://pics.example/a.png",
    "https://127.0.0.1.example/a.png",
    "http://127.0.0.1@pics.example/a.png",
    "http://127.0.0.1:8080/chart.png",
    "http://localhost:3000/logout",
    "http://[::1]:8080/chart.png",
]
RUNNING = [
    "data:image/svg+xml;base64,PHN2Zy8+",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:text/html;base64,PGI+",
    "data:image/avif;base64,AAAA",
    "data:image/png,raw",
    "data:image/png;base64,AAAA\nBBBB",
    " data:image/png;base64,AAAA",
    "blob:http://127.0.0.1/1",
    "/control/state",
    "//127.0.0.1:8080/a.png",
]


def draw(**image: object) -> Node:
    return parsed(blocks_html([{"type": "image", "alt_text": "a cat", **image}], READER, prefix="1.0"))


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_a_picture_that_comes_with_the_payload_is_shown(kind):
    address = f"data:image/{kind};base64,{DOT}"
    root = draw(image_url=address, title=plain("Kept"))
    assert (root.one("img")["src"], root.one("img")["alt"]) == (address, "a cat")
    assert root.one("figcaption").text == "Kept"


@pytest.mark.parametrize("file", [{"id": "F123"}, {"url": "http://127.0.0.1:8080/files-pri/F123/a.png"}])
def test_a_file_of_the_workspace_is_shown_from_the_page_s_own_origin(file):
    """Whatever server the address names: what the browser asks for is a path of the page that it has open."""
    assert draw(slack_file=file).one("img")["src"] == "/page/files/F123/?as=U1"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_picture_from_elsewhere_is_described_and_never_fetched(address):
    """Another server of this machine is elsewhere too: the browser would send its cookies along."""
    root = draw(image_url=address)
    assert root.all("img") == []
    assert "a cat" in root.text
    assert (root.one("a")["href"], root.one("a")["rel"]) == (address, "noopener noreferrer")


@pytest.mark.parametrize("address", RUNNING)
def test_what_is_no_picture_is_not_even_a_link(address):
    root = draw(image_url=address)
    assert root.all("img") + root.all("a") == []
    assert "a cat" in root.text
