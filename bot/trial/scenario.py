"""What a trial begins with: clients, their people, and what they write when. The words are data files in data/."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

from bot.errors import ConfigurationError

NAMES = ("morning", "short")
USUAL = "morning"
_DATA = files("bot.trial") / "data"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a client: `name` as in the workspace, unique over the whole scenario."""

    name: str
    full: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """A client's organisation. It shares a `channel` with the agency, or its own `system` sends webhooks.

    With a language and a zone it gets a profile. `about` says what the system outside is.
    """

    name: str
    domain: str
    people: tuple[Person, ...]
    channel: str = ""
    system: str = ""
    about: str = ""
    language: str = ""
    tz: str = ""
    tone: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that comes with a line."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One message of a client's person. `id` is its identity: it comes in once in the life of a folder.

    `at` is in Helsinki: before noon it is the morning's, after it the day's before; None: as soon as it is its turn.
    `follows` names the line in whose conversation it is written, `joins` the one that it adds to within two minutes:
    both open no request. `taken_by` acknowledges it at once.
    """

    id: str
    by: Person
    client: Client
    text: str
    at: time | None = None
    subject: str = ""
    follows: str = ""
    joins: str = ""
    taken_by: str = ""
    enclosed: tuple[Enclosed, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether it is a request of its own."""
        return not self.follows and not self.joins


@dataclass(frozen=True, slots=True)
class Scenario:
    """Clients and lines; `host` is the member who links channels and writes profiles.

    The tour begins with the request whose words contain `tour`, if nobody has it yet.
    """

    name: str
    host: str
    tour: str
    clients: tuple[Client, ...]
    lines: tuple[Line, ...] = field(repr=False)

    @property
    def requests(self) -> int:
        """How many requests it opens."""
        return sum(line.opens for line in self.lines)

    @property
    def goes_through_the_night(self) -> bool:
        """Whether its lines have their times, so that the clock goes with them."""
        return any(line.at is not None for line in self.lines)

    def line(self, ident: str) -> Line:
        """Return the line of this identity; KeyError for none."""
        return {line.id: line for line in self.lines}[ident]


def check_name(name: str) -> str:
    """Return the name of a scenario that there is, whatever its letter case; ConfigurationError names them all."""
    if name.strip().lower() in NAMES:
        return name.strip().lower()
    raise ConfigurationError(f"There is no scenario “{name}”. There are: {', '.join(NAMES)}.")


@cache
def load(name: str) -> Scenario:
    """Return a scenario by its name; ConfigurationError as `check_name`."""
    return read(check_name(name), tomllib.loads((_DATA / f"{check_name(name)}.toml").read_text(encoding="utf-8")))


def read(name: str, data: Mapping[str, Any]) -> Scenario:
    """Build a scenario from a data file's tables; KeyError or TypeError for what does not fit."""
    clients = tuple(_client(entry) for entry in data["client"])
    of = {person.name: (person, client) for client in clients for person in client.people}
    lines = tuple(_line(entry, *of[entry["by"]]) for entry in data["line"])
    return Scenario(name, data["host"], data["tour"], clients, lines)


def _client(entry: Mapping[str, Any]) -> Client:
    people = tuple(Person(**person) for person in entry["people"])
    return Client(**{**entry, "people": people})


def _line(entry: Mapping[str, Any], by: Person, client: Client) -> Line:
    enclosed = tuple(
        Enclosed(one["name"], one["type"], (_DATA / one["name"]).read_bytes()) for one in entry.get("enclosed", ())
    )
    facts = {key: value for key, value in entry.items() if key not in {"by", "text", "enclosed"}}
    return Line(by=by, client=client, text=entry["text"].strip(), enclosed=enclosed, **facts)
