"""Reading what the panel's templates made, as a person does: the words, and the elements by their attributes."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from bot.workspace.page.place import Place
from bot.workspace.page.regions import main
from bot.workspace.page.side import side
from bot.workspace.page.sight import look
from bot.workspace.server import WorkspaceServer

VOID = {"input", "path", "br"}
MORNING = 1_795_416_060.0
"""Monday, 23 November 2026, 06:41 UTC: 08:41 in Helsinki, 01:41 in New York."""


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    words: list[str] = field(default_factory=list)

    @property
    def text(self):
        return " ".join("".join(self.words).split())

    def __getitem__(self, name):
        return self.attributes[name]


class Reading(HTMLParser):
    """Every element of some HTML with its text; `text` is all of it."""

    def __init__(self, html):
        super().__init__()
        self.elements, self._open, self._words, self.html = [], [], [], str(html)
        self.feed(self.html)
        self.close()
        assert not self._open, f"never closed: {[one.tag for one in self._open]}"

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):
            self._open.append(element)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data):
        self._words.append(data)
        for element in self._open:
            element.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self._words).split())

    def all(self, tag="", **attributes):
        """Elements by tag and attributes; `data_done` stands for data-done, `class_` for one of the classes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.elements if tag in {"", one.tag} and all(map(one_has(one), wanted.items()))]

    def one(self, tag="", **attributes):
        (found,) = self.all(tag, **attributes)
        return found


def one_has(element):
    def has(wanted):
        name, value = wanted
        given = element.attributes.get(name)
        return given is not None and (value in given.split() if name == "class" else value in {given, ...})

    return has


async def panel(server: WorkspaceServer, user="mira", room="requests"):
    """The panel at the side of somebody's page."""
    return Reading(await side(look(server.core, Place(user, room))))


async def room(server: WorkspaceServer, name: str, user="mira"):
    """The room in the middle of somebody's page."""
    return Reading(await main(look(server.core, Place(user, name))))
