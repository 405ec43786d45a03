"""The few building blocks of which the rules are made: each says in Slack's own words what is wrong, and where."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.workspace.blockkit.limits import LIMITS


@dataclass(frozen=True)
class Problem:
    """One refusal: `code` is Slack's name of the error, `pointer` a JSON pointer into what was checked."""

    code: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


@dataclass(frozen=True)
class Spot:
    """Where we are: the JSON pointer, the surface (message, modal or home) and the type of the block around."""

    pointer: str
    surface: str
    block: str = ""

    def at(self, key: str | int) -> "Spot":
        """Return the spot one step further in."""
        escaped = str(key).replace("~", "~0").replace("/", "~1")
        return replace(self, pointer=f"{self.pointer}/{escaped}")


Fault: TypeAlias = tuple[str, str]
"""A JSON pointer and a sentence; the surface decides which error code it becomes."""

Check: TypeAlias = Callable[[Any, Spot], Iterator[Fault]]


def anything(_value: Any, _spot: Spot) -> Iterator[Fault]:
    """Accept every value."""
    return iter(())


def boolean(value: Any, spot: Spot) -> Iterator[Fault]:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield spot.pointer, "must provide a boolean"


def string(limit: str | int | None = None, *, least: int = 1) -> Check:
    """Accept a string of `least` to `limit` characters; a limit may be named as in LIMITS."""
    most = LIMITS[limit] if isinstance(limit, str) else limit

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield spot.pointer, "must provide a string"
        elif len(value) < least:
            yield spot.pointer, f"must be more than {least - 1} characters"
        elif most is not None and len(value) > most:
            yield spot.pointer, f"must be less than {most + 1} characters"

    return check


def link(limit: str) -> Check:
    """Accept an http or https address within the limit."""
    inner = string(limit)

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        yield from inner(value, spot)
        if isinstance(value, str) and value and not value.lower().startswith(("http://", "https://")):
            yield spot.pointer, "must be a valid URL"

    return check


def integer(least: int, most: int | None = None) -> Check:
    """Accept a whole number from `least` to `most`."""

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield spot.pointer, "must provide an integer"
        elif value < least:
            yield spot.pointer, f"must be greater than or equal to {least}"
        elif most is not None and value > most:
            yield spot.pointer, f"must be less than or equal to {most}"

    return check


def enum(*values: str) -> Check:
    """Accept one of the given strings."""

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if value not in values:
            yield spot.pointer, f"must be a valid enum value ({', '.join(values)})"

    return check


def array(of: Check, *, most: str | int | None = None, least: int = 1) -> Check:
    """Accept a list of `least` to `most` items that each pass `of`."""
    limit = LIMITS[most] if isinstance(most, str) else most

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield spot.pointer, "must provide an array"
            return
        if len(value) < least:
            yield spot.pointer, f"no fewer than {least} items allowed"
        if limit is not None and len(value) > limit:
            yield spot.pointer, f"no more than {limit} items allowed"
        for index, item in enumerate(value):
            yield from of(item, spot.at(index))

    return check


def record(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *rules: Check,
) -> Check:
    """Accept an object with these fields and no others; `rules` then see an object whose fields are all right."""
    fields = {**required, **(optional or {})}

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield spot.pointer, "must provide an object"
            return
        found = False
        for fault in _faults_of_fields(value, spot, required, fields):
            found = True
            yield fault
        if not found:
            for rule in rules:
                yield from rule(value, spot)

    return check


def _faults_of_fields(
    value: dict[str, Any], spot: Spot, required: Collection[str], fields: Mapping[str, Check]
) -> Iterator[Fault]:
    for name in required:
        if name not in value:
            yield spot.pointer, f"missing required field: {name}"
    for name, item in value.items():
        if name in fields:
            yield from fields[name](item, spot.at(name))
        else:
            yield spot.at(name).pointer, f"invalid additional property: {name}"


def typed(kinds: Mapping[str, Check]) -> Check:
    """Accept an object whose `type` is one of the given ones and that passes the check of that type."""

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield spot.pointer, "must provide an object"
            return
        kind = value.get("type")
        if kind is None:
            yield spot.pointer, "missing required field: type"
        elif not isinstance(kind, str) or kind not in kinds:
            yield spot.at("type").pointer, f"unsupported type: {kind}"
        else:
            yield from kinds[kind](value, spot)

    return check


def one_of(*names: str) -> Check:
    """Return a rule: exactly one of these fields is there."""

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        given = [name for name in names if name in value]
        if not given:
            yield spot.pointer, f"missing required field: {' or '.join(names)}"
        elif len(given) > 1:
            yield spot.pointer, f"only one of {' and '.join(given)} is allowed"

    return check


def some_of(*names: str) -> Check:
    """Return a rule: at least one of these fields is there."""

    def check(value: Any, spot: Spot) -> Iterator[Fault]:
        if not any(name in value for name in names):
            yield spot.pointer, f"missing required field: {' or '.join(names)}"

    return check


def only_on(surfaces: Collection[str], kind: str) -> Check:
    """Return a rule: what is named `kind` may stand on these surfaces alone."""

    def check(_value: Any, spot: Spot) -> Iterator[Fault]:
        if spot.surface not in surfaces:
            yield spot.at("type").pointer, f"unsupported type: {kind} is not available on this surface ({spot.surface})"

    return check
