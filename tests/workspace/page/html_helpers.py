"""Rendered HTML as a browser would read it, and small payloads."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from markupsafe import Markup

from bot.workspace.page.html import blocks_html
from bot.workspace.render import Reader
from bot.workspace.text import normalise_blocks

NOW = 1_795_784_400.0  # Friday, 27 November 2026, 13:00 UTC
READER = Reader(
    "Europe/Helsinki",
    NOW,
    {"U1": "Mira Laine", "U2": "Sam Ortiz"},
    {"C1": "requests", "C2": "acme-shared"},
    user="U1",
)
VOID = {"input", "br", "hr", "img"}


@dataclass
class Node:
    """One element: its tag, its attributes, what is in it."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.children)

    def all(self, tag: str = "", **wanted: str) -> list["Node"]:
        """Every element below it with this tag and these attributes (data_action stands for data-action)."""
        found = []
        for one in self.children:
            if isinstance(one, Node):
                names = {name.strip("_").replace("_", "-"): value for name, value in wanted.items()}
                fits = all(one.attributes.get(name) == value for name, value in names.items())
                found += [one] if fits and tag in {"", one.tag} else []
                found += one.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str) -> "Node":
        """The only such element."""
        (found,) = self.all(tag, **wanted)
        return found

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attrs)))


def parsed(html: Markup | str) -> Node:
    """The tree of some HTML; every element must be closed where it was opened."""
    tree = _Tree()
    tree.feed(str(html))
    tree.close()
    assert tree.open == [tree.root], [node.tag for node in tree.open]
    return tree.root


def draw(*blocks: dict[str, Any], **options: Any) -> Node:
    """Blocks as the page draws them, after Slack's own defaults."""
    return parsed(blocks_html(normalise_blocks(list(blocks), "test"), READER, prefix="1.0", **options))


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(label: str, value: str, about: str = "") -> dict[str, Any]:
    return {"text": plain(label), "value": value, **({"description": plain(about)} if about else {})}


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "block_id": "row", "elements": list(elements)}


def field_of(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": "field", "label": plain("Label"), "element": element, **more}
